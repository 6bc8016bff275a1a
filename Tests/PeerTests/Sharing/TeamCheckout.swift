import Glibc
import Host
import TestSupport
import Testing
import YAML

/// One checkout of a team's repository: the code and the shared history are on one remote, and the world that is deployed
/// to is the same for all.
final class TeamCheckout {
    let scratch: ScratchDirectory
    let rehearse: RehearseBinary
    private let world: String

    /// The first one, which makes the repository and both worlds, at version 1.4.1.
    init(founding server: HistoryServer) throws {
        scratch = try ScratchDirectory()
        world = server.scratch("world")
        rehearse = RehearseBinary(in: scratch("app"), server.variables.merging(["HOME": scratch.path]) { $1 })
        for folder in ["app", "app/environments", "app/templates", "app/runbooks"] {
            try Files.live.makeDirectory(scratch(folder), 0o755)
        }
        try Files.live.makeDirectory(world, 0o755)
        for name in ["staging", "production"] {
            try scratch.write(environment(name), to: "app/environments/\(name).yaml")
            try Files.live.makeDirectory("\(world)/\(name)", 0o755)
            for file in Self.parts { try Files.live.replace("\(world)/\(name)/\(file)", Array("1.4.1\n".utf8), 0o644) }
        }
        try scratch.write("services: {web: {image: \"app:${APP_TAG}\"}}\n", to: "app/templates/compose.yaml")
        try scratch.write(
            "runbook: deploy\nowner: platform\nfingerprint: {version: 'cat \"$WORLD/service\"'}\nsteps:\n"
                + Self.parts.map(Self.step).joined(), to: "app/runbooks/deploy.yaml")
        try scratch.write(".rehearse/\n", to: "app/.gitignore")
        try shell(
            "git init -q -b main; git remote add origin '\(server.url)'; git add -A; git commit -qm '1.4.2'; "
                + "git push -qu origin main")
    }

    init(cloning server: HistoryServer) throws {
        scratch = try ScratchDirectory()
        world = server.scratch("world")
        rehearse = RehearseBinary(in: scratch("app"), server.variables.merging(["HOME": scratch.path]) { $1 })
        let variables = server.variables.merging(["HOME": scratch.path]) { $1 }
        let cloned = RehearseBinary(in: scratch.path, variables).run(["git", "clone", "-qb", "main", server.url, "app"])
        try #require(cloned.status == 0, "\(cloned)")
    }

    /// What is deployed, in this order.
    static let parts = ["assets", "service", "edge"]

    private func environment(_ name: String) -> String {
        """
        environment: \(name)
        compose: {project: app, files: [compose.yaml]}
        values: {APP_TAG: "1.4.2", WORLD: "\(world)/\(name)"}
        history: {remote: origin, timeout: 60s}

        """ + (name == "production" ? "gate: {rehearsed: {on: staging, within: 7d}, acknowledged: true}\n" : "")
    }

    /// The one that starts the service stops half way through, and says that it is there, where the world is `slow`.
    private static func step(_ part: String) -> String {
        #"""
          - id: \#(part)
            name: Put the \#(part) there
            owner: platform
            capture: {BEFORE: cat "$WORLD/\#(part)"}
            run: |
              echo "$APP_TAG" >"$WORLD/\#(part)"
              if [ \#(part) = service ] && [ -e "$WORLD/slow" ]; then echo $$ >"$WORLD/ready"; sleep 7341; fi
            expect: it is there
            rollback: {run: echo "$BEFORE" >"$WORLD/\#(part)", verify: test "$(cat "$WORLD/\#(part)")" = "$BEFORE"}

        """#
    }

    // MARK: - Doing

    func callAsFunction(_ arguments: String...) -> RehearseBinary.Answer {
        rehearse.run([RehearseBinary.path] + arguments)
    }

    @discardableResult func shell(_ text: String) throws -> String {
        let answer = rehearse.shell(text)
        try #require(answer.status == 0, "\(text)\n\(answer)")
        return answer.output
    }

    /// A production run whose machine goes away, with everything on it, while the service is being started.
    func runAndVanish() throws {
        try Files.live.replace("\(world)/production/slow", Array("yes\n".utf8), 0o644)
        let program = try rehearse.start(words: ["run", "deploy", "-e", "production"])
        let deadline = ContinuousClock.now + .seconds(30)
        var step: Int32?
        while step == nil, ContinuousClock.now < deadline {
            step = (try? text("production/ready")).flatMap { Int32($0) }
            usleep(5_000)
        }
        let pid = try #require(step, "the second step did not begin")
        program.send(SIGKILL)
        // Its step has a process group of its own.
        kill(-pid, SIGKILL)
        #expect(try program.wait().status == 137)
        try Files.live.remove("\(world)/production/slow")
    }

    // MARK: - Looking

    /// A file of the world, without its line break.
    func text(_ path: String) throws -> String {
        String(decoding: try Files.live.read("\(world)/\(path)", 4_096), as: UTF8.self).filter { $0 != "\n" }
    }

    /// The versions of what is deployed.
    func deployed(on environment: String = "production") throws -> [String] {
        try Self.parts.map { try text("\(environment)/\($0)") }
    }

    var isGateOpen: Bool { self("gate", "production", "--runbook", "deploy").status == 0 }

    /// What the gate of production found of a condition that is not held.
    func closed(_ condition: String) throws -> String {
        let answer = self("gate", "production", "--runbook", "deploy", "--format", "json")
        try #require(answer.status == 1, "\(answer)")
        let document = try JSONReader.read(Array(answer.output.utf8))
        let found = document["conditions"]?.sequence?.first { $0["name"]?.string == condition }
        #expect(found?["held"]?.boolean == false)
        return found?["found"]?.string ?? ""
    }

    /// Runs on production, newest first.
    func history() throws -> [(id: String, status: String)] {
        let answer = self("history", "-e", "production", "--format", "json")
        let document = try JSONReader.read(Array(answer.output.utf8))
        return (document["runs"]?.sequence ?? []).map { ($0["id"]?.string ?? "", $0["status"]?.string ?? "") }
    }

    func shown(_ run: String) throws -> Node {
        try JSONReader.read(Array(self("history", "show", run, "--format", "json").output.utf8))
    }
}
