import Engine
import Glibc
import Host
import TestSupport
import Testing

/// The gate is judged before a run waits for its turn, and what it saw may be over when the turn comes.
@Suite struct `A run that waits behind another one` {
    /// What happens meanwhile, and what the gate has to say of it; `nil` for nothing.
    struct Change: Sendable, CustomTestStringConvertible {
        let name: String
        /// Whether the run in front fails, and is rolled back.
        var fails = false
        var edit = "true"
        let told: String?
        var testDescription: String { name }

        static let all = [
            Change(name: "nothing happens", told: nil),
            Change(name: "the one in front is rolled back", fails: true, told: "`acknowledged` is not held"),
            Change(
                name: "another commit is checked out", edit: "git commit -q --allow-empty -m next",
                told: "the commit changed while the run waited for `production`"),
            Change(
                name: "a file is edited", edit: "echo '# more' >>runbooks/deploy.yaml",
                told: "`rehearsed` is not held"),
            Change(
                name: "the rehearsal is rolled back", edit: #""$REHEARSE" rollback last:staging --yes"#,
                told: "`rehearsed` is not held"),
        ]
    }

    @Test(arguments: Change.all)
    func `is judged by the gate as it is when its turn comes`(_ change: Change) throws {
        let project = try GatedProject(gate: "{rehearsed: {on: staging}, acknowledged: true}")
        try project.scratch.write(Self.runbook, to: "app/runbooks/deploy.yaml")
        try project.shell("git commit -qam 'wait'")
        try project.rehearseDeploy()
        let first = try project.rehearse.start("run", "deploy", "-e", "production", "--input", "HOLD=yes")
        _ = try project.scratch.awaitFile("world/ready")
        let lock = Project(root: project.rehearse.directory, host: .live()).state.lock(of: "production")
        let watch = try OpeningWatch(lock)
        let second = try project.rehearse.start(
            "run", "deploy", "-e", "production", "--lock-timeout", "60s", "--reason", "second")
        // It looks at the lock: the gate was open, or it would not.
        try watch.wait()
        try project.shell(change.edit)
        try project.scratch.write(change.fails ? "badly\n" : "well\n", to: "world/go")
        #expect(try first.wait(within: .seconds(60)).status == (change.fails ? 1 : 0))
        let answer = try second.wait(within: .seconds(60))
        let runs = project("history", "-e", "production", "--format", "json").output
        guard let told = change.told else {
            #expect(answer.status == 0, "\(answer)")
            #expect(runs.contains("second"))
            return
        }
        #expect(answer.status == 1, "\(answer)")
        #expect(answer.error.contains(told), "\(answer)")
        #expect(!runs.contains("second"), "nothing was begun: \(runs)")
        // The lock is free again, and the same words pass it with a reason.
        let passed = project("run", "deploy", "-e", "production", "--override-gate", "seen to it")
        #expect(passed.status == 0, "\(passed)")
        #expect(try project.record().gateOverride == "seen to it")
    }

    private static let runbook = #"""
        runbook: deploy
        owner: platform
        inputs:
          HOLD: {description: whether it waits, default: "no"}
        steps:
          - id: deploy
            name: Start the version
            owner: platform
            capture: {PREVIOUS: cat "$WORLD"}
            run: |
              echo "$APP_TAG" >"$WORLD"
              [ "$HOLD" = yes ] || exit 0
              echo there >../world/ready
              until [ -s ../world/go ]; do sleep 0.02; done
              grep -q well ../world/go
            expect: the version runs
            rollback: echo "$PREVIOUS" >"$WORLD"

        """#
}

/// Waits until somebody opens a file.
final class OpeningWatch {
    private let descriptor: Int32

    struct Failure: Error { let what: String }

    init(_ path: String) throws {
        descriptor = inotify_init1(Int32(IN_CLOEXEC))
        guard descriptor >= 0, inotify_add_watch(descriptor, path, UInt32(IN_OPEN)) >= 0 else {
            throw Failure(what: "cannot watch \(path)")
        }
    }

    deinit { close(descriptor) }

    func wait(within limit: Duration = .seconds(30)) throws {
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard Glibc.poll(&poll, 1, Int32(limit.components.seconds * 1_000)) == 1 else {
            throw Failure(what: "nobody has opened it")
        }
    }
}
