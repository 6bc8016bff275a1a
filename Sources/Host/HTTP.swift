/// Asking servers, over libcurl, which is loaded by the first call and needed by nothing else.
///
/// Only `http:` and `https:`. Redirects are answers like others and are never followed; there is no cookie store, no
/// `.netrc`, no decompression, no retry. A proxy comes from the environment alone and is told with the answer. Whatever
/// is sent beyond `Host`, `Accept` and the body's length stands in the request.
package struct HTTP: Sendable {
    /// One request on a new connection, to its end or to its time limit.
    ///
    /// A signal to us that comes meanwhile, or the request's `StopSwitch`, ends it with `.interrupted`.
    package var perform: @Sendable (_ request: HTTPRequest) -> Result<HTTPResponse, HTTPFailure>
    /// Many requests on connections that are kept open and used again, on the calling thread.
    ///
    /// `observe` is called on the calling thread for each request that has ended, in the order in which they end, with
    /// no more than the next starts waiting for it; it answers whether to go on. Requests under way when it says no, or
    /// when a signal comes, are given up and not observed.
    package var performMany: @Sendable (_ load: HTTPLoad, _ observe: (HTTPLoadEvent) -> Bool) -> HTTPLoadEnding

    package init(
        perform: @escaping @Sendable (_ request: HTTPRequest) -> Result<HTTPResponse, HTTPFailure>,
        performMany: @escaping @Sendable (_ load: HTTPLoad, _ observe: (HTTPLoadEvent) -> Bool) -> HTTPLoadEnding
    ) {
        self.perform = perform
        self.performMany = performMany
    }
}

/// What to send, how often, and when.
package struct HTTPLoad: Sendable {
    package enum Pace: Sendable {
        /// At most this many under way at once; the next starts when one has ended. At least 1.
        case concurrency(Int)
        /// Each starts at its own instant, in nanoseconds after the beginning; they never go back. One that finds `atMost`
        /// under way starts as soon as another has ended: its `intended` instant stays, so that its waiting is counted.
        case starts(_ instant: @Sendable (_ number: Int) -> Int, atMost: Int)

        /// A fixed rate: one request each `1 / perSecond` seconds, the first at once.
        package static func rate(_ perSecond: Double, atMost: Int) -> Pace {
            .starts({ Int(Double($0) * 1_000_000_000 / perSecond) }, atMost: atMost)
        }
    }

    /// What can be sent; never empty.
    package var targets: [HTTPRequest]
    /// How many requests in all; may be 0.
    package var count: Int
    package var pace: Pace
    /// Which of the `targets` the request of this number is for. Without another wish they take turns.
    package var target: @Sendable (_ number: Int) -> Int
    /// Ends everything when it is turned on.
    package var stopSwitch: StopSwitch?

    package init(
        _ targets: [HTTPRequest], count: Int, pace: Pace, target: (@Sendable (_ number: Int) -> Int)? = nil,
        stopSwitch: StopSwitch? = nil
    ) {
        precondition(!targets.isEmpty, "somewhere the requests have to go")
        self.targets = targets
        self.count = count
        self.pace = pace
        let turns = targets.count
        self.target = target ?? { $0 % turns }
        self.stopSwitch = stopSwitch
    }
}

/// One request of a load that has ended. Instants are nanoseconds after the load's beginning.
package struct HTTPLoadEvent: Sendable {
    /// 0-based, in the order of the starts.
    package var number: Int
    /// Index into the load's `targets`.
    package var target: Int
    /// When it should have started. With a fixed concurrency the same as `started`.
    package var intended: Int
    package var started: Int
    package var ended: Int
    package var result: Result<HTTPResponse, HTTPFailure>

    package init(
        number: Int, target: Int, intended: Int, started: Int, ended: Int, result: Result<HTTPResponse, HTTPFailure>
    ) {
        self.number = number
        self.target = target
        self.intended = intended
        self.started = started
        self.ended = ended
        self.result = result
    }
}

package enum HTTPLoadEnding: Hashable, Sendable {
    /// All `count` requests have ended and were observed.
    case finished
    /// `observe` said so.
    case enough
    /// A signal came or the `StopSwitch` was turned on.
    case interrupted
    /// Nothing was sent: libcurl is not there.
    case unavailable(String)
}
