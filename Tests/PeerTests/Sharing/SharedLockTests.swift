import Glibc
import Host
import TestSupport
import Testing

@Suite(.serialized) struct `A lock that all machines see` {
    /// So many times twenty clients meet; the whole count with `REHEARSE_LOCK_ROUNDS=50`.
    private static let rounds = Host.live().surroundings.variables["REHEARSE_LOCK_ROUNDS"].flatMap { Int($0) } ?? 1
    private static let clients = Host.live().surroundings.variables["REHEARSE_LOCK_CLIENTS"].flatMap { Int($0) } ?? 20

    @Test(arguments: Transport.servable)
    func `of twenty clients at once exactly one runs`(_ transport: Transport) throws {
        let server = try HistoryServer(transport)
        let checkouts = try (0..<Self.clients).map { _ in try Checkout(of: server) }
        let began = ContinuousClock.now
        for round in 1...Self.rounds {
            if round > 1, round % 10 == 1 {
                print("\(transport): \(round - 1) rounds in \(ContinuousClock.now - began)")
            }
            let programs = try checkouts.map { checkout in
                try? Files.live.remove(checkout.scratch("ready"))
                try? Files.live.remove(checkout.scratch("go"))
                return try checkout.rehearse.start(words: ["run", "work", "-e", "production", "--input", "HOLD=yes"])
            }
            // The others are through before the one that runs may go on: none of them can have run after it.
            let winner = try awaitWinner(checkouts)
            for (index, program) in programs.enumerated() where index != winner {
                let answer = try program.wait(within: .seconds(120))
                #expect(answer.status == 3, "round \(round): \(answer)")
                #expect(answer.error.contains("rehearse lock break "), "\(answer)")
            }
            try checkouts[winner].letGo()
            let answer = try programs[winner].wait(within: .seconds(60))
            #expect(answer.status == 0, "round \(round): \(answer)")
            #expect(try server.locks.isEmpty)
            let ran = checkouts.filter { $0.trace.last == "three" }.count
            #expect(ran >= 1)
            #expect(checkouts.reduce(0) { $0 + $1.trace.count } == 3 * round)
        }
        #expect(try Set(server.runs).count == Self.rounds)
        print("\(transport): \(Self.rounds) rounds of \(Self.clients) clients in \(ContinuousClock.now - began)")
    }

    private func awaitWinner(_ checkouts: [Checkout]) throws -> Int {
        let deadline = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < deadline {
            if let found = checkouts.firstIndex(where: { (try? Files.live.status($0.scratch("ready"))) ?? nil != nil })
            {
                return found
            }
            usleep(10_000)
        }
        throw HistoryServer.Unusable(description: "none of them ran")
    }

    @Test(arguments: Transport.servable)
    func `a holder that wakes after its lock was taken starts no step`(_ transport: Transport) throws {
        let server = try HistoryServer(transport)
        let paused = try Checkout(of: server)
        let other = try Checkout(of: server)
        let running = try paused.startHeld()
        running.send(SIGSTOP)
        let refused = other.run()
        let id = try #require(Checkout.lockID(in: refused.error), "\(refused)")
        #expect(other.rehearse("lock", "break", id, "--reason", "it hangs").status == 0)
        // On one machine, what the paused run's step still does is seen.
        let closed = other.rehearse("history", "close", try other.lastRun, "--reason", "by hand", "--kill-orphan")
        #expect(closed.status == 0, "\(closed)")
        let held = try other.startHeld()
        try paused.letGo()
        running.send(SIGCONT)
        let answer = try running.wait()
        #expect(answer.status == 4, "\(answer)")
        #expect(answer.error.contains("lock.lost"), "\(answer)")
        #expect(paused.trace == ["one", "two"])
        // The other's lock is untouched by it.
        #expect(try server.locks.count == 1)
        try other.letGo()
        #expect(try held.wait().status == 0)
        #expect(other.trace == ["one", "two", "three"])
    }

    @Test func `a lock that is broken during a step is seen before the next`() throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server)
        let running = try ci.startHeld()
        try server.git("update-ref", "-d", "refs/rehearse/locks/production")
        try ci.letGo()
        let answer = try running.wait()
        #expect(answer.status == 4 && answer.error.contains("lock.lost"), "\(answer)")
        #expect(ci.trace == ["one", "two"])
        // What was only announced is not undone.
        let back = ci.rehearse("rollback", "last", "--yes")
        #expect(back.status == 0, "\(back)")
        #expect(ci.trace == ["one", "two", "undo two", "undo one before-one"])
    }

    @Test func `only the exact id breaks a lock, and by whom and why is recorded`() throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server)
        let laptop = try Checkout(of: server)
        let running = try ci.startHeld()
        let id = try server.git("rev-parse", "refs/rehearse/locks/production").filter { $0 != "\n" }
        for wrong in [
            String(id.dropLast()), String(id.prefix(12)), id.uppercased() + "x", String(repeating: "0", count: 40),
        ] {
            let answer = laptop.rehearse("lock", "break", wrong, "--reason", "guessing")
            #expect(answer.status == 3, "\(answer)")
        }
        #expect(laptop.rehearse("lock", "break", id).status == 2)
        #expect(try server.locks.count == 1)
        #expect(laptop.rehearse("lock", "break", id, "--reason", "it hangs").status == 0)
        #expect(try server.locks.isEmpty)
        let notes = try server.git("ls-tree", "-r", "--name-only", "refs/rehearse/history", "notes/lock-break/")
        let note = try server.git("show", "refs/rehearse/history:\(notes.filter { $0 != "\n" })")
        #expect(note.contains("it hangs") && note.contains(id), "\(note)")
        // A second time it is nobody's.
        #expect(laptop.rehearse("lock", "break", id, "--reason", "again").status == 3)
        try ci.letGo()
        #expect(try running.wait().status == 4)
    }

    @Test func `waiting for a lock ends when it is let go`() throws {
        let server = try HistoryServer(.file)
        let first = try Checkout(of: server)
        let second = try Checkout(of: server)
        let running = try first.startHeld()
        let waiting = try second.rehearse.start(words: ["run", "work", "-e", "production", "--lock-timeout", "60s"])
        usleep(500_000)
        #expect(second.trace.isEmpty)
        try first.letGo()
        #expect(try running.wait().status == 0)
        #expect(try waiting.wait(within: .seconds(60)).status == 0)
        #expect(second.trace == ["one", "two", "three"])
    }

    @Test func `whoever was killed here takes his own lock again`() throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server)
        let running = try ci.startHeld()
        running.send(SIGKILL)
        _ = try running.wait()
        try ci.letGo()
        let again = ci.run("--kill-orphan")
        #expect(again.status == 4, "\(again)")
        #expect(ci.rehearse("rollback", "last", "--yes", "--kill-orphan").status == 0)
        #expect(try server.locks.isEmpty)
    }

    @Test func `two locks of one person in one instant are not the same`() throws {
        let server = try HistoryServer(.file)
        let first = try Checkout(of: server)
        let one = try first.startHeld()
        let id = try server.git("rev-parse", "refs/rehearse/locks/production")
        // Somebody pushes the very same commit: that is not a new lock of his.
        let copy = try Checkout(of: server)
        _ = try HistoryServer.git(["fetch", "-q", "origin", "refs/rehearse/locks/production"], in: copy.scratch.path)
        let pushed = try HistoryServer.git(
            [
                "push", "--porcelain", "--force-with-lease=refs/rehearse/locks/production:", "origin",
                "\(id.filter { $0 != "\n" }):refs/rehearse/locks/production",
            ], in: copy.scratch.path)
        #expect(pushed.contains("="))
        #expect(copy.run().status == 3)
        try first.letGo()
        #expect(try one.wait().status == 0)
    }
}
