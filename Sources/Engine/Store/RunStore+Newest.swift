import Deployment
import Host

extension RunStore {
    /// The newest run, on one environment or on any.
    package func last(on environment: String?) throws(StateFailure) -> String? {
        guard let environment else { return try identifiers().first }
        return try newest(among: try survey(environment), environment) { run throws(StateFailure) in
            try listed(run).environment.name == environment
        }
    }

    /// What a next run on an environment has to know of all before it.
    package struct Past: Sendable {
        /// The newest run there, whole; `nil` when there is none, or when it simply succeeded.
        package var lastToMind: (journal: Journal, record: RunRecord)?
        /// Names among the runs that begin with a dot: what dead processes have left, and drafts of the living.
        package var hidden: [String]
    }

    /// Only looks, so that it can go on beside something else.
    package func past(on environment: String) -> Result<Past, StateFailure> {
        Result { () throws(StateFailure) in try whatToMind(on: environment) }
    }

    private func whatToMind(on environment: String) throws(StateFailure) -> Past {
        let survey = try survey(environment)
        var found: (journal: Journal, record: RunRecord)?
        _ = try newest(among: survey, environment) { run throws(StateFailure) in
            // What cannot be read is told by the closer look.
            if let bytes = try? host.files.read(journalPath(of: run), Self.largestJournal),
                let name = Journal.environmentOfPlainSuccess(bytes)
            {
                return name == environment
            }
            let journal = try journal(of: run)
            let record = try record(journal, of: run)
            guard record.environment.name == environment else { return false }
            found = (journal, record)
            return true
        }
        return Past(lastToMind: found, hidden: survey.hidden)
    }

    // MARK: - Among thousands

    /// What one look at the names of all runs gives.
    private struct Survey {
        /// Those that may have been on the environment and began in the newest second of all such.
        var newest: [String] = []
        /// Names that begin with a dot.
        var hidden: [String] = []
    }

    private func survey(_ environment: String) throws(StateFailure) -> Survey {
        var survey = Survey()
        var second: [UInt8] = []
        let end = Array("-\(environment)".utf8)
        do {
            try host.files.visit(folder.runs) { name in
                if name[0] == UInt8(ascii: ".") {
                    survey.hidden.append(String(decoding: name, as: UTF8.self))
                    return
                }
                guard RunID.isPossible(name, ending: end), let order = RunID.order(of: name, by: second) else { return }
                let text = String(decoding: name, as: UTF8.self)
                guard order >= 0, RunID.isValid(text) else { return }
                if order > 0 {
                    survey.newest = []
                    second = Array(text.utf8.prefix(RunID.stampLength))
                }
                survey.newest.append(text)
            }
        } catch {
            guard error.cause == .notFound else { throw .file(error) }
        }
        survey.newest = RunID.newestFirst(survey.newest)
        return survey
    }

    /// The newest run that is the one; most often the first that is asked about.
    private func newest(
        among survey: Survey, _ environment: String, where isTheOne: (String) throws(StateFailure) -> Bool
    ) throws(StateFailure) -> String? {
        for run in survey.newest where try isTheOne(run) { return run }
        guard !survey.newest.isEmpty else { return nil }
        for run in try identifiers() where RunID.isPossible(run, on: environment) && !survey.newest.contains(run) {
            if try isTheOne(run) { return run }
        }
        return nil
    }
}
