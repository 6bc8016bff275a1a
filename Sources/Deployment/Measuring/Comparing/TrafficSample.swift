/// What one side of a measurement found.
package struct TrafficSample: Hashable, Sendable {
    /// What the answers say of the database that they needed, by `Server-Timing: db;dur=…;desc=…`.
    package struct Database: Hashable, Sendable {
        /// Answers that say something of it.
        package var answers: Int
        package var calls: Int
        package var microseconds: Int

        package init(answers: Int = 0, calls: Int = 0, microseconds: Int = 0) {
            self.answers = answers
            self.calls = calls
            self.microseconds = microseconds
        }
    }

    /// Good answers only: a refusal is often quick, and no improvement.
    package var samples: [AnswerKind: LatencySample]
    /// How many requests failed, by the reason.
    package var errors: [String: Int]
    /// Of the bodies of good answers, as they came over the wire.
    package var bytes: Int
    package var database: Database

    package init(
        samples: [AnswerKind: LatencySample], errors: [String: Int] = [:], bytes: Int = 0,
        database: Database = Database()
    ) {
        self.samples = samples
        self.errors = errors
        self.bytes = bytes
        self.database = database
    }

    package var answers: Int { samples.values.reduce(0) { $0 + $1.count } }
    package var failures: Int { errors.values.reduce(0, +) }

    /// `nil` when nothing was asked.
    package var errorRate: Double? {
        let all = answers + failures
        return all > 0 ? Double(failures) / Double(all) : nil
    }

    /// All good answers together, for the figures that people compare with their own.
    package var histogram: LatencyHistogram {
        samples.values.reduce(into: LatencyHistogram()) { $0.merge($1.histogram) }
    }

    package func histogram(_ cache: CacheUse) -> LatencyHistogram {
        samples.filter { $0.key.cache == cache }.values.reduce(into: LatencyHistogram()) { $0.merge($1.histogram) }
    }

    package func count(_ cache: CacheUse) -> Int {
        samples.reduce(0) { $0 + ($1.key.cache == cache ? $1.value.count : 0) }
    }

    /// The share of a kind among the answers of its route.
    func shareOfRoute(_ kind: AnswerKind) -> Double {
        let route = samples.reduce(0) { $0 + ($1.key.route == kind.route ? $1.value.count : 0) }
        return route > 0 ? Double(samples[kind]?.count ?? 0) / Double(route) : 0
    }

    /// The share of hits among the answers that say whether they are one; `nil` when none does.
    package var hitShare: Double? {
        let (hits, misses) = (count(.hit), count(.miss))
        return hits + misses > 0 ? Double(hits) / Double(hits + misses) : nil
    }
}
