package import Host

/// The git repository that a project lies in, asked through the `git` program.
///
/// Every question is one short process with a time limit and a bounded answer. Nothing here changes a ref, the index,
/// the working tree or the stash.
package struct GitRepository: Sendable {
    /// The project's folder, absolute; it may be below the top of the repository.
    package let directory: String
    package let host: Host
    /// The whole environment of every git process, hardened.
    package let environment: [String: String]
    /// How long a remote may take to answer a question.
    package let networkTimeout: Duration

    /// - Parameter environment: The caller's variables, usually `host.surroundings.variables`.
    package init(
        directory: String, host: Host, environment: [String: String], networkTimeout: Duration = .seconds(30)
    ) {
        self.directory = directory
        self.host = host
        self.environment = GitEnvironment.hardened(environment)
        self.networkTimeout = networkTimeout
    }

    /// Where rehearse keeps its own state; never part of a question about the working tree.
    static let stateFolder = ".rehearse"

    /// How long a question that needs no network may take: a cold disk and a large repository.
    static let localTimeout = Duration.seconds(60)
}

extension GitRepository {
    /// Runs git and returns whatever came of it, exit codes other than 0 included.
    ///
    /// No hook and no file system monitor runs: both are programs that the repository's configuration names.
    func attempt(
        _ arguments: [String], timeout: Duration = localTimeout, keeping limit: Int = 1 << 20,
        adding variables: [String: String] = [:]
    ) -> CapturedOutput {
        let command = Command(
            ["git", "--no-pager", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"] + arguments,
            environment: environment.merging(variables) { _, added in added }, directory: directory)
        return host.processes.capture(command, ProcessLimits(timeout: timeout), keeping: limit)
    }

    /// Runs git where only exit 0 is an answer.
    func ask(
        _ arguments: [String], timeout: Duration = localTimeout, keeping limit: Int = 1 << 20,
        adding variables: [String: String] = [:]
    ) throws(GitFailure) -> CapturedOutput {
        let output = attempt(arguments, timeout: timeout, keeping: limit, adding: variables)
        guard output.succeeded else { throw failure(of: output, timeout: timeout) }
        return output
    }

    /// Why git did not answer.
    func failure(of output: CapturedOutput, timeout: Duration) -> GitFailure {
        switch (output.outcome.stopped, output.outcome.ending) {
        case (.timeout, _): return .timedOut(timeout)
        case (.signal(let signal), _): return .interrupted(signal: signal)
        case (nil, .notStarted(let failure)) where failure.cause == .programNotFound: return .notInstalled
        case (nil, .notStarted(let failure)) where failure.cause == .directoryNotFound:
            return .notARepository(directory: directory)
        case (nil, .exited(128)) where !hasRepositoryAbove: return .notARepository(directory: directory)
        default: return .refused(words: GitWords.reason(output))
        }
    }

    /// Whether a `.git` stands in the folder or above it. Git's exit code is 128 for every cause alike, so that only
    /// looking tells a folder without git from a repository that git refuses (owner, damage).
    var hasRepositoryAbove: Bool {
        // A path that cannot be resolved or looked at is left to git's own words.
        guard var folder = try? host.files.resolve(directory) else { return true }
        while true {
            let entry = folder.hasSuffix("/") ? folder + ".git" : folder + "/.git"
            guard let status = try? host.files.status(entry) else {
                guard let slash = folder.lastIndex(of: "/"), folder != "/" else { return false }
                folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
                continue
            }
            return status.kind == .directory || status.kind == .file || status.kind == .symbolicLink
        }
    }
}
