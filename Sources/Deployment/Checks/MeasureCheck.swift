/// How long answers take, and whether that is longer than it was.
package struct MeasureCheck: Hashable, Sendable {
    package enum Baseline: Hashable, Sendable {
        /// An earlier `measure` step of the same run.
        case step(String)
        /// The same step of the last good run on the environment.
        case last
        /// Another address, asked in turns with the first.
        case address(WebAddress)
    }

    /// Asked in turns; never empty.
    package var addresses: [WebAddress]
    package var headers: [CheckHeader]
    /// Of each side.
    package var requests: Int
    /// How many are under way at once; with a `rate`, at most.
    package var concurrency: Int
    /// Requests a second; `nil`: the next starts when one has ended.
    package var rate: Double?
    /// Requests before it counts, so that nothing cold is measured.
    package var warmup: Int
    package var baseline: Baseline?
    package var limits: MeasureLimits
    package var connection: CheckConnection

    package static let defaultRequests = 1_000
    package static let defaultConcurrency = 4
    package static let defaultConcurrencyAtRate = 256
    package static let defaultWarmup = 50
    package static let mostRequests = 1_000_000

    package init(
        addresses: [WebAddress], headers: [CheckHeader] = [], requests: Int = defaultRequests,
        concurrency: Int = defaultConcurrency, rate: Double? = nil, warmup: Int = defaultWarmup,
        baseline: Baseline? = nil, limits: MeasureLimits = MeasureLimits(),
        connection: CheckConnection = CheckConnection()
    ) {
        self.addresses = addresses
        self.headers = headers
        self.requests = requests
        self.concurrency = concurrency
        self.rate = rate
        self.warmup = warmup
        self.baseline = baseline
        self.limits = limits
        self.connection = connection
    }

    /// What answers of one address are called, wherever they are compared.
    package func route(_ index: Int) -> String { addresses[index].pathAndQuery }

    /// How the two sides of a comparison are taken.
    package var design: SampleDesign {
        if case .address = baseline { return .interleaved }
        return .apart
    }
}

/// What a measurement must not exceed.
package struct MeasureLimits: Hashable, Sendable {
    /// Milliseconds.
    package var p50: Int?
    package var p95: Int?
    package var p99: Int?
    package var max: Int?
    /// A fraction; held also where nothing is said of it.
    package var errorRate: Double
    /// A fraction: the slow-down that must not have happened.
    package var regression: Double?

    package static let defaultErrorRate = 0.01

    package init(
        p50: Int? = nil, p95: Int? = nil, p99: Int? = nil, max: Int? = nil, errorRate: Double = defaultErrorRate,
        regression: Double? = nil
    ) {
        self.p50 = p50
        self.p95 = p95
        self.p99 = p99
        self.max = max
        self.errorRate = errorRate
        self.regression = regression
    }
}
