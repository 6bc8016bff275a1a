/// Why there is no whole answer.
package struct HTTPFailure: Error, Hashable, Sendable {
    package enum Cause: Hashable, Sendable {
        /// libcurl is not there, or not as it should be.
        case unavailable
        /// The request cannot be sent as it is: its URL, a header, or its method.
        case request
        /// The name has no address.
        case resolve
        case connect
        /// The certificate is not accepted, or no encryption was agreed on.
        case tls
        /// The time limit, with whatever had come until then.
        case timeout
        /// More than `HTTPLimits.body` bytes of body, or `HTTPLimits.headers` of header lines.
        case tooLarge
        /// The connection ended in the middle, or before anything came.
        case cut
        /// What came is no HTTP.
        case `protocol`
        /// A signal or a `StopSwitch` ended it.
        case interrupted
    }

    package let cause: Cause
    /// What libcurl or the system said of it; may hold text from the server.
    package let detail: String
    /// The answer as far as it came, once its status line had.
    package let partial: HTTPResponse?

    package init(_ cause: Cause, _ detail: String, partial: HTTPResponse? = nil) {
        self.cause = cause
        self.detail = detail
        self.partial = partial
    }

    /// Asking again may go better.
    package var isWorthRepeating: Bool {
        switch cause {
        case .resolve, .connect, .timeout, .cut: true
        case .unavailable, .request, .tls, .tooLarge, .protocol, .interrupted: false
        }
    }
}
