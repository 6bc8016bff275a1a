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

    /// The newest run, on one environment or on any.
    package func last(on environment: String?) throws(StateFailure) -> String? {
        guard let environment else { return try identifiers().first }
        for run in candidates(on: environment, among: try names()) where try listed(run).environment.name == environment
        {
            return run
        }
        return nil
    }

    /// All that lies in the folder of runs, sorted.
    private func names() throws(StateFailure) -> [String] {
        do { return try host.files.list(folder.runs) } catch {
            guard error.cause == .notFound else { throw .file(error) }
            return []
        }
    }

    /// Newest first, and each found only when it is asked for: most often the first one is it, of a history of thousands.
    private func candidates(on environment: String, among names: [String]) -> some Sequence<String> {
        var names = names.filter { RunID.isPossible($0, on: environment) }
        return AnyIterator {
            // Sorted as they are, only those of one second have to be compared.
            while let last = names.last {
                let second = names.lastIndex { !$0.utf8.prefix(16).elementsEqual(last.utf8.prefix(16)) }.map { $0 + 1 }
                let place =
                    ((second ?? 0)..<names.endIndex).max { RunID.isEarlier(names[$0], names[$1]) } ?? names.endIndex - 1
                let name = names.remove(at: place)
                if RunID.isValid(name) { return name }
            }
            return nil
        }
    }

    /// The newest run on an environment, whole, unless it simply succeeded: what a next run there has to know. On the way
    /// removes what dead processes have left among the runs.
    ///
    /// - Returns: `nil` when there is none, or none that left anything.
    package func lastJournalToMind(
        on environment: String
    ) throws(StateFailure) -> (journal: Journal, record: RunRecord)? {
        let names = try names()
        folder.removeLeftovers(names, in: folder.runs)
        for run in candidates(on: environment, among: names) {
            // What cannot be read is told by the closer look.
            if let bytes = try? host.files.read(journalPath(of: run), Self.largestJournal),
                let name = Journal.environmentOfPlainSuccess(bytes, digest: host.digest, cores: host.cores)
            {
                if name == environment { return nil }
                continue
            }
            let journal = try journal(of: run)
            let record = try record(journal, of: run)
            if record.environment.name == environment { return (journal, record) }
        }
        return nil
    }
}
