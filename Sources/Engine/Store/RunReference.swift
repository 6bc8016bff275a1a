import Deployment
package import Diagnostics
import Host

/// How a person names a run: an identifier, a unique prefix, `last`, or `last:ENVIRONMENT`.
package enum RunReference {
    package enum Failure: Error, Hashable, Sendable {
        case none(String)
        case ambiguous(String, [String])
        case noRuns(environment: String?)

        package var diagnostic: Diagnostic {
            switch self {
            case .none(let text):
                Diagnostic(
                    "no run is called `\(text)`", expected: "an identifier or the beginning of one",
                    next: "rehearse history")
            case .ambiguous(let text, let runs):
                Diagnostic(
                    "`\(text)` begins \(Wording.count(runs.count, "run")): \(runs.prefix(5).joined(separator: ", "))",
                    expected: "enough of the identifier to tell them apart", next: "rehearse history")
            case .noRuns(let environment):
                Diagnostic(
                    environment.map { "there is no run on `\($0)`" } ?? "there are no runs yet",
                    expected: "at least one run",
                    next: "rehearse history")
            }
        }
    }
}

extension RunStore {
    /// - Throws: `RunReference.Failure` when the text names no run or several; `StateFailure` when they cannot be read.
    package func resolve(_ text: String) throws -> String {
        if text == "last" || text.hasPrefix("last:") {
            let environment = text == "last" ? nil : String(text.dropFirst(5))
            guard let run = try last(on: environment) else {
                throw RunReference.Failure.noRuns(environment: environment)
            }
            return run
        }
        let all = try identifiers() + refusedAlone()
        if all.contains(text) { return text }
        let matches = text.isEmpty ? [] : all.filter { $0.hasPrefix(text) }
        guard let match = matches.first else { throw RunReference.Failure.none(text) }
        guard matches.count == 1 else { throw RunReference.Failure.ambiguous(text, matches) }
        return match
    }
}
