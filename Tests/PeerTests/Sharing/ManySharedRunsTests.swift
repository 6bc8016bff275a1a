import Host
import TestSupport
import Testing

@Suite(.serialized) struct `Many shared runs` {
    private static func count(_ name: String, _ usual: Int) -> Int {
        Host.live().surroundings.variables[name].flatMap { Int($0) } ?? usual
    }

    /// All of them: 1,000 with `REHEARSE_SHARED_RUNS=1000`.
    private static let runs = count("REHEARSE_SHARED_RUNS", 160)
    /// All of them: 10,000 with `REHEARSE_SHARED_RECORDS=10000`.
    private static let records = count("REHEARSE_SHARED_RECORDS", 300)

    @Test func `runs pushed by four clients at once are all there, each as it was`() throws {
        let server = try HistoryServer(.file)
        let clients = try (0..<4).map { _ in try Checkout(of: server) }
        #expect(clients[0].run().status == 0)
        let first = try clients[0].lastRun
        let prepared = try PreparedRuns(from: first, of: clients[0])
        for client in clients { #expect(client.sync().status == 0) }
        let rounds = 8
        for round in 0..<rounds {
            for (index, client) in clients.enumerated() {
                for number in (Self.runs * round / rounds)..<(Self.runs * (round + 1) / rounds)
                where number % 4 == index {
                    try prepared.put(number, into: client)
                }
            }
            let syncs = try clients.map { try $0.rehearse.start(words: ["history", "sync"]) }
            for sync in syncs {
                let answer = try sync.wait(within: .seconds(120))
                #expect(answer.status == 0, "\(answer)")
            }
        }
        let expected = Set((0..<Self.runs).map(PreparedRuns.id) + [first])
        #expect(try Set(server.runs) == expected)
        let laptop = try Checkout(of: server)
        let sync = laptop.rehearse("history", "sync", within: .seconds(300))
        #expect(sync.status == 0, "\(sync.error)")
        #expect(try Set(laptop.history.map(\.id)) == expected)
        #expect(laptop.rehearse("history", "verify", within: .seconds(300)).status == 0)
    }

    @Test func `one more record is all that is fetched`() throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server)
        #expect(ci.run().status == 0)
        let prepared = try PreparedRuns(from: try ci.lastRun, of: ci)
        for number in 0..<Self.records { try prepared.put(number, into: ci) }
        let sent = timed("sending \(Self.records) records") {
            ci.rehearse("history", "sync", within: .seconds(600))
        }
        #expect(sent.status == 0, "\(sent.error)")
        let laptop = try Checkout(of: server)
        let received = try receiving("all of them", laptop, within: .seconds(900))
        #expect(received.objects > Self.records)
        #expect(try laptop.history.count == Self.records + 1)

        let none = try receiving("none", laptop)
        #expect(none.objects == 0 && none.lines == 0, "\(none)")
        #expect(ci.run().status == 0)
        let one = try receiving("one more", laptop)
        // Its commit, the folders above it, its own and its files.
        #expect((1...20).contains(one.objects) && one.lines == 1, "\(one)")
        #expect(try laptop.history.count == Self.records + 2)
        let noneAgain = try receiving("none again", laptop)
        #expect(noneAgain.objects == 0 && noneAgain.lines == 0, "\(noneAgain)")
    }

    /// Brings a checkout up to date.
    ///
    /// - Returns: how many objects came, and how many lines were told of them.
    private func receiving(
        _ what: String, _ checkout: Checkout, within limit: Duration = .seconds(60)
    ) throws -> (objects: Int, lines: Int) {
        let before = try size(of: checkout)
        let answer = timed("receiving \(what)") { checkout.rehearse("history", "sync", within: limit) }
        #expect(answer.status == 0, "\(answer.error)")
        let after = try size(of: checkout)
        let objects = after.objects - before.objects
        print("  \(objects) objects, \(after.kibibytes - before.kibibytes) KiB on disk")
        return (objects, answer.output.split(separator: "\n").count)
    }

    /// Of the checkout's copy of the history.
    private func size(of checkout: Checkout) throws -> (objects: Int, kibibytes: Int) {
        let folder = checkout.scratch(".rehearse/shared/history.git")
        guard try Files.live.status(folder) != nil else { return (0, 0) }
        let text = try HistoryServer.git(["count-objects", "-v"], in: folder)
        let counts = text.split(separator: "\n").map { $0.split(separator: ":") }
        func sum(_ names: Set<Substring>) -> Int {
            counts.filter { names.contains($0[0]) }.reduce(0) { $0 + (Int($1[1].filter { $0 != " " }) ?? 0) }
        }
        return (sum(["count", "in-pack"]), sum(["size", "size-pack"]))
    }

    private func timed<Result>(_ what: String, _ work: () -> Result) -> Result {
        let began = ContinuousClock.now
        let result = work()
        print("\(what): \(ContinuousClock.now - began)")
        return result
    }
}
