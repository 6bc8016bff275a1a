import Glibc
import Host
import TestSupport
import Testing

/// Row C5 of RELIABILITY section 3 to its end: not only has the lock gone, somebody else has worked since.
@Suite(.serialized) struct `A holder that was paused while others went on` {
    /// What the one who took over has done by the time the first wakes.
    enum Other: CaseIterable { case isAtWork, isDone }

    @Test(arguments: [true, false], Other.allCases)
    func `starts no step and no undo, and leaves their run alone`(inStep: Bool, other: Other) throws {
        let server = try HistoryServer(.file)
        let paused = try Checkout(of: server)
        let laptop = try Checkout(of: server)
        let running = try paused.startPaused(inStep: inStep)

        // Nobody but a person takes a lock over, and he by its exact id.
        let refused = laptop.run("--lock-timeout", "300ms")
        #expect(refused.status == 3, "\(refused)")
        let id = try #require(Checkout.lockID(in: refused.error), "\(refused)")
        #expect(laptop.rehearse("lock", "break", String(id.dropLast()), "--reason", "a guess").status == 3)
        #expect(laptop.rehearse("lock", "break", id, "--reason", "it sleeps").status == 0)
        let first = try laptop.lastRun
        #expect(laptop.run().status == 4, "what it has left is to be settled first")
        let back = laptop.rehearse("rollback", first, "--yes", "--kill-orphan")
        #expect(back.status == 0, "\(back)")
        #expect(laptop.trace == ["undo two", "undo one before-one"])

        let held = other == .isAtWork ? try laptop.startHeld() : nil
        if held == nil { #expect(laptop.run().status == 0) }
        let second = try laptop.lastRun
        #expect(second != first)
        let before = try picture(of: server, first, second)

        running.send(SIGCONT)
        let answer = try running.wait()
        #expect(answer.status == 4, "\(answer)")
        #expect(answer.error.contains("lock.lost: the shared lock of `production` is no longer ours"), "\(answer)")
        #expect(answer.error.contains("next: rehearse history sync, then: rehearse history show \(first)"), "\(answer)")
        if held != nil { #expect(answer.error.contains(second), "who has it now is named: \(answer)") }
        #expect(paused.trace == ["one", "two"])
        #expect(try picture(of: server, first, second) == before)

        if let held {
            try laptop.letGo()
            #expect(try held.wait().status == 0)
        }
        #expect(laptop.trace.suffix(3) == ["one", "two", "three"])
        #expect(laptop.rehearse("history", "verify").status == 0)
        // What the others did with its run is what counts, there as well.
        #expect(paused.sync().status == 0)
        #expect(try paused.history.map(\.status) == ["succeeded", "rolled_back"])
        #expect(paused.rehearse("history", "verify").status == 0)
        #expect(try server.locks.isEmpty)
        #expect(paused.run().status == 0)
    }

    /// What the one who wakes must not change: the lock, and both journals.
    private func picture(of server: HistoryServer, _ runs: String...) throws -> [String] {
        try [server.git("for-each-ref", "refs/rehearse/")] + runs.map { try server.text($0, "journal.jsonl") }
    }
}
