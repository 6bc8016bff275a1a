import Glibc
import Host
import TestSupport
import Testing

@Suite(.serialized) struct `A history that a team shares` {
    @Test(arguments: Transport.servable)
    func `what CI has run is seen by a laptop, logs and all`(_ transport: Transport) throws {
        let server = try HistoryServer(transport)
        let ci = try Checkout(of: server)
        let laptop = try Checkout(of: server)
        let ran = ci.run("--reason", "a new version")
        #expect(ran.status == 0, "\(ran)")
        #expect(laptop.sync().status == 0)
        let (id, status) = try #require(try laptop.history.first)
        #expect(status == "succeeded")
        #expect(try laptop.scratch.text(of: laptop.path(of: id)) == ci.scratch.text(of: ci.path(of: id)))
        #expect(laptop.rehearse("history", "verify").status == 0)
        #expect(laptop.rehearse("history", "log", id, "two").output == ci.rehearse("history", "log", id, "two").output)
        #expect(try laptop.scratch.text(of: laptop.path(of: id, "steps/02-two.log")) == "at work\n")
        #expect(try server.locks.isEmpty)
        // Nothing is new any more: the second time nothing goes to and fro.
        let again = laptop.sync()
        #expect(again.status == 0 && again.output.isEmpty, "\(again)")
    }

    @Test(arguments: Transport.servable)
    func `a run of CI that was killed is taken back from a laptop, and CI sees it`(_ transport: Transport) throws {
        let server = try HistoryServer(transport)
        let ci = try Checkout(of: server)
        let laptop = try Checkout(of: server)
        let running = try ci.startHeld()
        running.send(SIGKILL)
        #expect(try running.wait().status == 137)
        try ci.letGo()

        // As long as nobody says that it is dead, it may be at work.
        let refused = laptop.run()
        #expect(refused.status == 3, "\(refused)")
        let id = try #require(Checkout.lockID(in: refused.error))
        let run = try laptop.lastRun
        #expect(laptop.rehearse("rollback", run, "--yes").status == 3)
        #expect(laptop.rehearse("lock", "break", id, "--reason", "the runner is gone").status == 0)

        #expect(try laptop.history.first?.status == "crashed")
        let unsettled = laptop.run()
        #expect(unsettled.status == 4, "\(unsettled)")
        #expect(unsettled.error.contains("rehearse rollback \(run)"))
        let nameless = laptop.rehearse("rollback", "-e", "production", "--yes", "--kill-orphan")
        #expect(nameless.status == 2 && nameless.error.contains("its full id"), "\(nameless)")
        let back = laptop.rehearse("rollback", run, "--yes", "--kill-orphan")
        #expect(back.status == 0, "\(back)")
        #expect(back.error.contains("chain verified"))
        #expect(laptop.trace == ["undo two", "undo one before-one"])

        #expect(ci.sync().status == 0)
        #expect(try ci.history.first?.status == "rolled_back")
        #expect(try server.locks.isEmpty)
        try ci.scratch.write("go", to: "go")
        #expect(ci.run().status == 0)
    }

    @Test func `a run of CI is resumed from a laptop with its full id`() throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server)
        let laptop = try Checkout(of: server)
        let running = try ci.startHeld()
        running.send(SIGTERM)
        #expect(try running.wait().status == 143)
        try laptop.letGo()
        #expect(laptop.sync().status == 0)
        let run = try laptop.lastRun
        let short = laptop.rehearse("resume", "last", "--assume", "rerun")
        #expect(short.status == 2 && short.error.contains("its full id"), "\(short)")
        #expect(laptop.trace.isEmpty)
        let resumed = laptop.rehearse("resume", run, "--assume", "rerun")
        #expect(resumed.status == 0, "\(resumed)")
        #expect(laptop.trace == ["two", "three"])
        #expect(ci.sync().status == 0)
        #expect(try ci.history.first?.status == "succeeded")
    }

    @Test func `a run that is going on elsewhere is shown so`() throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server)
        let laptop = try Checkout(of: server)
        let running = try ci.startHeld()
        #expect(laptop.sync().status == 0)
        #expect(try laptop.history.first?.status == "running")
        let status = laptop.rehearse("lock", "status", "production", "--format", "json")
        #expect(status.status == 1)
        #expect(status.output.contains(try laptop.lastRun))
        try ci.letGo()
        #expect(try running.wait().status == 0)
        #expect(laptop.rehearse("lock", "status").status == 0)
        #expect(laptop.sync().status == 0)
        #expect(try laptop.history.first?.status == "succeeded")
    }

    @Test func `projects that share a remote do not see each other`() throws {
        let server = try HistoryServer(.file)
        let shop = try Checkout(of: server, history: ", project: shop")
        let blog = try Checkout(of: server, history: ", project: blog")
        let held = try shop.startHeld()
        #expect(blog.run().status == 0)
        try shop.letGo()
        #expect(try held.wait().status == 0)
        #expect(blog.sync().status == 0 && shop.sync().status == 0)
        #expect(try blog.history.count == 1)
        #expect(try shop.history.count == 1)
        #expect(
            try server.git("for-each-ref", "--format=%(refname)") == """
                refs/rehearse/projects/blog/history
                refs/rehearse/projects/shop/history

                """)
    }

    @Test func `what a step prints of a secret is on no byte of the remote`() throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server, variables: ["TOKEN_SOURCE": "canary-4f1d-0815"])
        try ci.scratch.write(
            """
            environment: production
            history: {remote: origin}
            secrets: {TOKEN: {env: TOKEN_SOURCE}}
            """, to: "environments/production.yaml")
        try ci.scratch.write(
            """
            runbook: work
            owner: ops
            steps:
              - {id: leak, name: Leak, owner: ops, run: 'echo "$TOKEN"', secrets: [TOKEN], expect: said, rollback: {none: reads}}
            """, to: "runbooks/work.yaml")
        let ran = ci.run()
        #expect(ran.status == 0, "\(ran)")
        let run = try ci.lastRun
        #expect(try server.text(run, "steps/01-leak.log") == "[secret TOKEN]\n")
        for file in ["journal.jsonl", "run.json", "seal"] { #expect(!(try server.text(run, file)).contains("canary")) }
    }

    @Test func `of a long log its beginning and its end are shared`() throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server)
        try ci.scratch.write(
            """
            runbook: work
            owner: ops
            steps:
              - {id: talk, name: Talk, owner: ops, run: 'seq 200000', expect: numbers, rollback: {none: reads}}
            """, to: "runbooks/work.yaml")
        #expect(ci.run().status == 0)
        let log = try server.text(try ci.lastRun, "steps/01-talk.log")
        #expect(log.utf8.count <= 256 << 10)
        #expect(log.hasPrefix("1\n2\n") && log.hasSuffix("199999\n200000\n"))
        #expect(log.contains("bytes are not shared; they are where the step ran]"))
    }

    // MARK: - What a step keeps for its undo

    /// A run that writes its rendering over a file that was there, and is stopped in the step behind.
    private func rendering(over text: String, _ ci: Checkout) throws -> StartedProgram {
        try ci.scratch.write(
            """
            environment: production
            history: {remote: origin}
            compose: {project: app, files: [compose.yaml]}
            secrets: {TOKEN: {env: TOKEN_SOURCE}}
            values: {TAG: "2"}
            """, to: "environments/production.yaml")
        try Files.live.makeDirectory(ci.scratch("templates"), 0o755)
        try ci.scratch.write("services: {web: {image: \"app:${TAG}\"}}\n", to: "templates/compose.yaml")
        try ci.scratch.write(
            """
            runbook: work
            owner: ops
            steps:
              - {id: render, name: Render, owner: ops, render: {output: live.yaml}, expect: it is there}
              - id: wait
                name: Wait
                owner: ops
                secrets: [TOKEN]
                run: echo there >ready; until [ -e go ]; do sleep 0.05; done
                expect: it may go on
                rollback: {none: waits}
            """, to: "runbooks/work.yaml")
        try ci.scratch.write(text, to: "live.yaml")
        let program = try ci.rehearse.start(words: ["run", "work", "-e", "production", "--on-failure", "stop"])
        _ = try ci.scratch.awaitFile("ready")
        return program
    }

    private static let earlier =
        "# Rendered by rehearse from templates/compose.yaml.\nservices: {web: {image: \"app:1\"}}\n"

    @Test func `a rendering over an earlier one is undone from a laptop as well`() throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server, variables: ["TOKEN_SOURCE": Canary.value])
        let laptop = try Checkout(of: server)
        let running = try rendering(over: Self.earlier, ci)
        running.send(SIGTERM)
        #expect(try running.wait().status == 143)
        let rendered = try ci.scratch.text(of: "live.yaml")
        #expect(rendered.contains("app:2"))
        #expect(laptop.sync().status == 0)
        try laptop.scratch.write(rendered, to: "live.yaml")
        let back = laptop.rehearse("rollback", try laptop.lastRun, "--yes")
        #expect(back.status == 0, "\(back)")
        #expect(try laptop.scratch.text(of: "live.yaml") == Self.earlier)
        #expect(ci.sync().status == 0)
        #expect(try ci.history.first?.status == "rolled_back")
    }

    /// What a person wrote may hold anything; what we rendered holds a secret only where somebody has put it there.
    enum OtherFile: CaseIterable {
        case written, withSecret, large

        var text: String {
            switch self {
            case .written: "token: mine\n"
            case .withSecret: "\(earlier)# \(Canary.value)\n"
            case .large: earlier + String(repeating: "#\n", count: 600_000)
            }
        }
    }

    @Test(arguments: OtherFile.allCases)
    func `any other file is kept for the undo as well, and stays on its machine`(_ file: OtherFile) throws {
        let text = file.text
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server, variables: ["TOKEN_SOURCE": Canary.value])
        let running = try rendering(over: text, ci)
        running.send(SIGTERM)
        #expect(try running.wait().status == 143)
        let run = try ci.lastRun
        let names = try server.git("ls-tree", "-r", "--name-only", "refs/rehearse/history")
        #expect(names.contains("steps/01-render.log") && !names.contains("before"), "\(names)")
        #expect(try Files.live.status(ci.scratch(ci.path(of: run, "steps/01-render.before")))?.mode == 0o600)
        let back = ci.rehearse("rollback", "last", "--yes")
        #expect(back.status == 0, "\(back)")
        let isBack = try ci.scratch.text(of: "live.yaml") == text
        #expect(isBack)
        // The test run searches what is left for it.
        try Files.live.removeTree(ci.scratch(".rehearse"))
        try Files.live.remove(ci.scratch("live.yaml"))
    }
}
