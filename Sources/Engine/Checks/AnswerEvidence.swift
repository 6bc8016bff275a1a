import Deployment
import Diagnostics
package import Host

/// What a server answered, kept for whoever asks why a check failed.
package enum AnswerEvidence {
    /// Bytes of a body that are shown.
    package static let bodyLimit = 4_096

    /// - Returns: none for a good answer (2xx, 3xx).
    package static func ofFailure(_ result: Result<HTTPResponse, HTTPFailure>, url: String) -> [String] {
        switch result {
        case .success(let response):
            return (200..<400).contains(response.status) ? [] : lines(response, url: url)
        case .failure(let failure):
            let head = "\(url): \(MeasureCollector.word(failure)): \(CheckText.line(failure.detail))"
            return [head] + (failure.partial.map { lines($0, url: url) } ?? [])
        }
    }

    package static func lines(_ response: HTTPResponse, url: String) -> [String] {
        let headers = response.headers.prefix(60).map { "  \(CheckText.line($0.name)): \(CheckText.line($0.value))" }
        let body = CheckText.lines(response.body, limit: bodyLimit).map { "  | \($0)" }
        let rest = response.bodyBytes - min(response.body.count, bodyLimit)
        return ["\(url) answered \(response.status):"] + headers + body
            + (rest > 0 ? ["  | … \(Wording.count(rest, "byte")) more"] : [])
    }
}
