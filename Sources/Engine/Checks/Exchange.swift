package import Deployment
package import Host

/// A request and what came of it.
package struct Exchange: Hashable, Sendable {
    package enum Failure: Error, Hashable, Sendable {
        case http(HTTPFailure)
        /// The last answer was a redirect that is not followed.
        case redirect(RedirectRefusal, HTTPResponse)
        /// The check's own time was over before it was sent.
        case noTimeLeft
        /// It names a secret whose value is not there.
        case noSecret(String)
    }

    /// The one that was asked last: behind redirects another one than was asked first.
    package var request: CheckRequest
    /// The addresses that led there.
    package var via: [WebAddress]
    package var result: Result<HTTPResponse, Failure>
    /// Monotonic nanoseconds.
    package var began: Int

    /// The answer, whole or as far as it came.
    package var response: HTTPResponse? {
        switch result {
        case .success(let response): response
        case .failure(.http(let failure)): failure.partial
        case .failure(.redirect(_, let response)): response
        case .failure(.noTimeLeft), .failure(.noSecret): nil
        }
    }

    package var status: Int? { try? result.get().status }

    package var isInterrupted: Bool {
        if case .failure(.http(let failure)) = result { return failure.cause == .interrupted }
        return false
    }

    /// Whether asking again may go better: nothing came, or somebody said to wait.
    var isWorthRepeating: Bool {
        switch result {
        case .success(let response): [425, 429, 502, 503, 504].contains(response.status)
        case .failure(.http(let failure)): failure.isWorthRepeating
        case .failure: false
        }
    }

    /// How it ended, in a few words.
    package var ending: String {
        switch result {
        case .success(let response): "status \(response.status)"
        case .failure(.http(let failure)): "\(failure.cause.wording): \(failure.detail)"
        case .failure(.redirect(let refusal, let response)): "status \(response.status), \(refusal.what)"
        case .failure(.noTimeLeft): "no time was left to ask"
        case .failure(.noSecret(let name)): "the secret `\(name)` is not there"
        }
    }
}

extension HTTPFailure.Cause {
    /// Stands before what libcurl said.
    var wording: String {
        switch self {
        case .unavailable: "libcurl is missing"
        case .request: "the request cannot be sent"
        case .resolve: "no such host"
        case .connect: "no connection"
        case .tls: "no trusted encryption"
        case .timeout: "no answer in time"
        case .tooLarge: "too much"
        case .cut: "the answer was cut off"
        case .protocol: "no HTTP"
        case .interrupted: "interrupted"
        }
    }
}
