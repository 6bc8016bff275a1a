import Deployment
import Host

/// The private bare repository below `.rehearse/` through which the shared history is read and written.
///
/// Only plumbing is used: nothing is checked out, no hook, filter or attribute counts. It is a copy; when it is gone, it
/// is fetched again.
struct HistoryRepository: Sendable {
    /// Absolute.
    let path: String
    let remote: HistoryRemote
    let settings: SharedHistory
    let host: Host
    /// Whose word the commits are.
    let actor: Actor
    private let environment: [String: String]

    /// Below it, what the remote had when it was last asked.
    let tracking: String

    init(_ project: Project, _ settings: SharedHistory) throws(SharingFailure) {
        host = project.host
        self.settings = settings
        path = "\(project.state.shared)/history.git"
        remote = try HistoryRemote.find(settings.remote, in: project.root, host: project.host)
        actor = Actor(host.surroundings)
        let place = "\(remote.address.text)\u{0}\(settings.project ?? "")"
        tracking = "refs/shared/\(host.digest.sha256(Array(place.utf8)).prefix(12))"
        environment = Self.environment(path, remote, actor, host)
        try make(project)
    }

    // MARK: - The names of refs

    /// Where several projects share a remote, each has its own refs: they never meet.
    private var prefix: String { settings.project.map { "refs/rehearse/projects/\($0)" } ?? "refs/rehearse" }
    var historyReference: String { "\(prefix)/history" }
    func lockReference(_ environment: String) -> String { "\(prefix)/locks/\(environment)" }
    var lockPrefix: String { "\(prefix)/locks/" }

    /// What is fetched. A pattern finds nothing without complaint.
    var refspecs: [String] {
        ["+\(prefix)/history*:\(tracking)/history*", "+\(prefix)/locks/*:\(tracking)/locks/*"]
    }

    // MARK: - Running git

    func attempt(
        _ arguments: [String], input: [UInt8]? = nil, timeout: Duration = GitRepository.localTimeout,
        keeping limit: Int = 1 << 20, stopsOnSignal: Bool = false
    ) -> CapturedOutput {
        let command = Command(
            [
                "git", "--no-pager", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "gc.auto=0",
                "-c", "maintenance.auto=false", "-c", "push.gpgSign=false", "-c", "advice.pushUpdateRejected=false",
            ] + arguments,
            environment: environment, directory: path, input: input)
        return host.processes.capture(
            command, ProcessLimits(timeout: timeout, grace: .seconds(1), stopsOnSignal: stopsOnSignal), keeping: limit)
    }

    /// A question to the repository here, where only exit 0 is an answer.
    func ask(
        _ arguments: [String], input: [UInt8]? = nil, keeping limit: Int = 1 << 20
    ) throws(SharingFailure) -> CapturedOutput {
        let output = attempt(arguments, input: input, keeping: limit)
        guard output.succeeded else { throw .repository(failure(of: output, after: GitRepository.localTimeout)) }
        guard !output.isTruncated else {
            throw .malformed(remote: remote.shown, what: "more of it than is read at once")
        }
        return output
    }

    func failure(of output: CapturedOutput, after timeout: Duration) -> GitFailure {
        switch (output.outcome.stopped, output.outcome.ending) {
        case (.timeout, _): .timedOut(timeout)
        case (.signal(let signal), _): .interrupted(signal: signal)
        case (nil, .notStarted(let failure)) where failure.cause == .programNotFound: .notInstalled
        default: .refused(words: GitWords.reason(output))
        }
    }

    // MARK: - Making it

    private func make(_ project: Project) throws(SharingFailure) {
        do throws(StateFailure) {
            try project.state.prepare()
            for folder in [project.state.shared, path] { try project.state.make(folder) }
            try project.state.check(project.state.shared)
        } catch {
            throw .state(error)
        }
        // Safe to be repeated, and needed where it was cut short.
        _ = try ask([
            "init", "--quiet", "--bare", "--template=", "--shared=0600", "--object-format=\(remote.objectFormat)",
        ])
    }

    private static func environment(
        _ path: String, _ remote: HistoryRemote, _ actor: Actor, _ host: Host
    ) -> [String: String] {
        var variables = GitEnvironment.hardened(host.surroundings.variables)
        if remote.address.isLoopbackHTTP {
            variables["GIT_ALLOW_PROTOCOL", default: ""] += ":http"
        }
        let first = variables["GIT_CONFIG_COUNT"].flatMap { Int($0) } ?? 0
        for (index, setting) in remote.settings.enumerated() {
            variables["GIT_CONFIG_KEY_\(first + index)"] = setting.key
            variables["GIT_CONFIG_VALUE_\(first + index)"] = setting.value
        }
        if !remote.settings.isEmpty { variables["GIT_CONFIG_COUNT"] = String(first + remote.settings.count) }
        variables["GIT_DIR"] = path
        for role in ["AUTHOR", "COMMITTER"] {
            variables["GIT_\(role)_NAME"] = actor.identityName
            variables["GIT_\(role)_EMAIL"] = actor.identityAddress
            variables["GIT_\(role)_DATE"] = nil
        }
        return variables.merging(remote.variables) { $1 }
    }
}

extension Actor {
    /// As git takes a name: without what ends one.
    var identityName: String { Self.plain(user) }
    var identityAddress: String { "\(Self.plain(user))@\(Self.plain(host))" }

    private static func plain(_ text: String) -> String {
        let kept = String(
            decoding: text.utf8.filter { $0 > 0x20 && $0 < 0x7F && $0 != 0x3C && $0 != 0x3E }, as: UTF8.self)
        return kept.isEmpty ? "unknown" : kept
    }
}
