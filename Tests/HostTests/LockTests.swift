import Glibc
import Host
import TestSupport
import Testing

extension `Real processes` {
    @Suite struct `Locks` {
        private let scratch: ScratchDirectory
        private let files = Files.live

        init() throws { scratch = try ScratchDirectory() }

        private func note(_ attempt: LockAttempt) -> String? {
            guard case .held(let note) = attempt else { return nil }
            return String(decoding: note, as: UTF8.self)
        }

        /// What another program finds: 0 free, 1 locked.
        private func tryElsewhere() -> ProcessOutcome.Ending {
            let command = Command(
                ["flock", "--nonblock", scratch("lock"), "true"], environment: standardPath, directory: "/")
            return Observed.run(command).outcome.ending
        }

        @Test func `a second one is told who holds the first`() throws {
            let first = try files.lock(scratch("lock"), Array("run 1 by ann".utf8))
            #expect(try note(files.lock(scratch("lock"), Array("run 2".utf8))) == "run 1 by ann")
            withExtendedLifetime(first) {}
        }

        @Test func `another process is kept out until the release`() throws {
            guard case .acquired(let lock) = try files.lock(scratch("lock"), [1]) else {
                Issue.record("a new lock is free")
                return
            }
            #expect(tryElsewhere() == .exited(1))
            lock.release()
            lock.release()
            #expect(tryElsewhere() == .exited(0))
        }

        @Test func `a lock is free when its value is gone`() throws {
            _ = try files.lock(scratch("lock"), [1])
            #expect(tryElsewhere() == .exited(0))
        }

        @Test func `another process keeps us out until it ends`() throws {
            try files.replace(scratch("lock"), Array("their note".utf8), 0o600)
            var seen: String?
            let command = Command(
                ["flock", scratch("lock"), "sh", "-c", "echo locked; sleep 0.3"], environment: standardPath,
                directory: "/")
            let outcome = Processes.live.run(command, .brief) { event in
                guard case .output = event else { return }
                seen = (try? files.lock(scratch("lock"), Array("ours".utf8))).flatMap(note)
            }
            #expect(outcome.ending == .exited(0))
            #expect(seen == "their note")
            #expect(try note(files.lock(scratch("lock"), [])) == nil)
        }

        @Test func `a child does not inherit it`() throws {
            let lock = try files.lock(scratch("lock"), [])
            let daemon = Observed.shell("setsid sleep 6501 >/dev/null 2>&1 &").outcome.leftovers
            if case .acquired(let held) = lock { held.release() }
            #expect(tryElsewhere() == .exited(0))
            #expect(Processes.live.stop(daemon, .seconds(5)).isEmpty)
        }

        @Test func `a note goes with its lock`() throws {
            if case .acquired(let lock) = try files.lock(scratch("lock"), Array("old".utf8)) { lock.release() }
            #expect(try scratch.text(of: "lock") == "\n")
        }

        @Test(arguments: ["", "\n", "by a process that died, and longer than any that comes after it"])
        func `a note is whole, whatever stood in its file`(former: String) throws {
            try files.replace(scratch("lock"), Array(former.utf8), 0o600)
            let lock = try files.lock(scratch("lock"), Array("new\n".utf8))
            #expect(try scratch.text(of: "lock") == "new\n")
            #expect(try note(files.lock(scratch("lock"), [])) == "new\n")
            withExtendedLifetime(lock) {}
        }
    }
}
