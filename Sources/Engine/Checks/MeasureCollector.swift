import Deployment
import Host

/// Keeps what the answers of one side say, as they come.
struct MeasureCollector {
    private struct Entry {
        let number: Int
        let microseconds: Int
    }

    private var entries: [AnswerKind: [Entry]] = [:]
    private var errors: [String: Int] = [:]
    private var bytes = 0
    private var database = TrafficSample.Database()

    /// - Parameter route: what answers of this address are called.
    mutating func take(_ event: HTTPLoadEvent, route: String) {
        switch event.result {
        case .failure(let failure): errors[failure.cause.wording, default: 0] += 1
        case .success(let response):
            guard (200..<400).contains(response.status) else {
                errors["status \(response.status)", default: 0] += 1
                return
            }
            let kind = AnswerKind(route: route, cache: CacheAnswer(response.headers).use)
            // From the instant at which it should have started: one that had to wait is slow, and not left out.
            let microseconds = max(0, (event.ended - event.intended) / 1_000)
            entries[kind, default: []].append(Entry(number: event.number, microseconds: microseconds))
            bytes += response.bodyBytes
            take(ServerTiming(response.headers.values(ServerTiming.headerName)))
        }
    }

    private mutating func take(_ timing: ServerTiming) {
        guard timing.saysSomething else { return }
        database.answers += 1
        database.calls += timing.databaseCalls
        database.microseconds += timing.databaseMicroseconds
    }

    /// In blocks by time.
    var inOrder: TrafficSample { sample { LatencySample(inOrder: $0.map(\.microseconds)) } }

    /// In the turns in which two sides were asked.
    func inTurns(_ turns: MeasureTurns) -> TrafficSample {
        sample { entries in
            var groups = [[Int]](repeating: [], count: turns.count)
            for entry in entries { groups[turns.turn(of: entry.number)].append(entry.microseconds) }
            return LatencySample(turns: groups)
        }
    }

    private func sample(_ build: ([Entry]) -> LatencySample) -> TrafficSample {
        TrafficSample(
            // They come as they end, and count in the order in which they began.
            samples: entries.mapValues { build($0.sorted { $0.number < $1.number }) },
            errors: errors, bytes: bytes, database: database)
    }
}

/// Two sides asked in turns: a pair of turns each, which of them first by chance.
struct MeasureTurns: Sendable {
    /// Pairs.
    let count: Int
    /// Requests of a turn.
    let size: Int
    private let isFirstNow: [Bool]

    init(requests: Int, concurrency: Int, seed: UInt64) {
        // Where turns meet, requests of both are under way: a turn is much longer than that.
        size = max(LatencySample.usualBlock, 4 * concurrency)
        count = max(LatencyComparison.fewestBlocks, (requests + size - 1) / size)
        var random = SeededRandom(seed: seed)
        isFirstNow = (0..<count).map { _ in random.index(below: 2) == 0 }
    }

    /// Of both sides together.
    var requests: Int { 2 * count * size }

    func turn(of number: Int) -> Int { min(number / (2 * size), count - 1) }

    /// Whether the request of this number is for what is measured, and not for what it is compared with.
    func isNow(_ number: Int) -> Bool { (number % (2 * size) < size) == isFirstNow[turn(of: number)] }
}
