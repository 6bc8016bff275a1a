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
        let received = timed("receiving them") { laptop.rehearse("history", "sync", within: .seconds(900)) }
        #expect(received.status == 0, "\(received.error)")
        #expect(try laptop.history.count == Self.records + 1)

        #expect(ci.run().status == 0)
        let before = try objects(of: laptop)
        let one = timed("receiving one more") { laptop.sync() }
        #expect(one.status == 0 && one.output.split(separator: "\n").count == 1, "\(one)")
        let after = try objects(of: laptop)
        // Its commit, the folders above it, its own and its files.
        #expect(after - before <= 20, "\(after - before) objects came")
        let none = timed("receiving none") { laptop.sync() }
        #expect(none.status == 0 && none.output.isEmpty, "\(none)")
    }

    private func objects(of checkout: Checkout) throws -> Int {
        let text = try HistoryServer.git(["count-objects", "-v"], in: checkout.scratch(".rehearse/shared/history.git"))
        let counts = text.split(separator: "\n").map { $0.split(separator: ":") }
        return counts.filter { $0[0] == "count" || $0[0] == "in-pack" }
            .reduce(0) { $0 + (Int($1[1].filter { $0 != " " }) ?? 0) }
    }

    private func timed<Result>(_ what: String, _ work: () -> Result) -> Result {
        let began = ContinuousClock.now
        let result = work()
        print("\(what): \(ContinuousClock.now - began)")
        return result
    }
}
