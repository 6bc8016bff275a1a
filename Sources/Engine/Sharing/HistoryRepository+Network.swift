import Deployment
import Host

/// What is to become of a ref of the remote.
struct PushedReference: Hashable, Sendable {
    enum Condition: Hashable, Sendable {
        /// It moves forward only, as git itself sees to.
        case followsFromHere
        /// Only while there is none.
        case isAbsent
        /// Only while it is this.
        case equals(String)
    }

    let name: String
    /// The commit it is to be; `nil` to have it gone.
    let object: String?
    let condition: Condition
}

/// What the remote had.
struct RemoteState: Hashable, Sendable {
    /// The commit of the shared history; `nil` while there is none.
    var history: String?
    /// By environment, the commit that is its lock.
    var locks: [String: String] = [:]
}

extension HistoryRepository {
    var questionTimeout: Duration { .milliseconds(settings.timeoutMs) }
    /// For what carries records: the first time that may be many.
    var transferTimeout: Duration { .milliseconds(4 * settings.timeoutMs) }

    /// Brings history and locks here, only what is new, and only their present state: a step of a run is a commit, and
    /// nobody needs them all.
    func fetch() throws(SharingFailure) -> RemoteState {
        let output = attempt(
            [
                "fetch", "--quiet", "--depth=1", "--prune", "--no-tags", "--no-write-fetch-head",
                "--no-auto-maintenance",
                "--recurse-submodules=no", "--end-of-options", remote.argument,
            ] + refspecs,
            timeout: transferTimeout, stopsOnSignal: true)
        if !output.succeeded {
            // With nothing there at all, git says no more than exit 1.
            guard output.outcome.ending == .exited(1), output.outcome.stopped == nil, output.standardError.isEmpty
            else {
                throw .unreachable(remote: remote.shown, failure(of: output, after: transferTimeout))
            }
            let state = try listing()
            guard state == RemoteState() else { return try fetch() }
            try forgetTracking()
            return state
        }
        return try tracked()
    }

    /// Asks for the refs alone.
    func listing() throws(SharingFailure) -> RemoteState {
        let output = attempt(
            ["ls-remote", "--quiet", "--end-of-options", remote.argument, historyReference, "\(lockPrefix)*"],
            timeout: questionTimeout, keeping: 4 << 20, stopsOnSignal: true)
        guard output.succeeded, !output.isTruncated else {
            throw .unreachable(remote: remote.shown, failure(of: output, after: questionTimeout))
        }
        return state(output.lines, separator: "\t", history: historyReference, locks: lockPrefix)
    }

    /// As it was when it was last fetched.
    func tracked() throws(SharingFailure) -> RemoteState {
        let output = try ask(["for-each-ref", "--format=%(objectname)\t%(refname)", "\(tracking)/"], keeping: 4 << 20)
        return state(output.lines, separator: "\t", history: "\(tracking)/history", locks: "\(tracking)/locks/")
    }

    private func state(_ lines: [String], separator: Character, history: String, locks: String) -> RemoteState {
        lines.reduce(into: RemoteState()) { state, line in
            let parts = line.split(separator: separator, maxSplits: 1)
            guard parts.count == 2, ObjectName.isValid(String(parts[0])) else { return }
            if parts[1] == history {
                state.history = String(parts[0])
            } else if let name = String(parts[1]).value(after: locks), EnvironmentName.isValid(name) {
                state.locks[name] = String(parts[0])
            }
        }
    }

    private func forgetTracking() throws(SharingFailure) {
        let names = try ask(["for-each-ref", "--format=%(refname)", "\(tracking)/history", "\(tracking)/locks/"]).lines
        guard !names.isEmpty else { return }
        _ = try ask(["update-ref", "--stdin"], input: Array(names.map { "delete \($0)\n" }.joined().utf8))
    }

    /// Moves all these refs of the remote, or none.
    ///
    /// - Returns: whether they are now what they were to be; false when one of them was not what it had to be.
    /// - Throws: `.unreachable` when nobody knows, `.rejected` when the remote does not want to.
    func push(_ references: [PushedReference]) throws(SharingFailure) -> Bool {
        var arguments = ["push", "--porcelain", "--no-verify", "--no-follow-tags", "--recurse-submodules=no"]
        if references.count > 1 { arguments.append("--atomic") }
        for reference in references {
            switch reference.condition {
            case .followsFromHere: break
            case .isAbsent: arguments.append("--force-with-lease=\(reference.name):")
            case .equals(let object): arguments.append("--force-with-lease=\(reference.name):\(object)")
            }
        }
        arguments += ["--end-of-options", remote.argument]
        arguments += references.map { "\($0.object ?? ""):\($0.name)" }
        // A lock is a few bytes, whatever the history weighs.
        let timeout = references.contains { $0.name == historyReference } ? transferTimeout : questionTimeout
        let output = attempt(arguments, timeout: timeout, stopsOnSignal: true)
        let report = PushReport(output.lines)
        if output.succeeded {
            // What was there already before this push was not pushed by it.
            return references.allSatisfy { report.took($0) }
        }
        // The connection may have ended after the remote had done it all: its refs tell.
        let state: RemoteState
        do {
            state = try listing()
        } catch {
            throw .unreachable(remote: remote.shown, failure(of: output, after: timeout))
        }
        if references.allSatisfy({ object(of: $0.name, in: state) == $0.object }) { return true }
        if report.wasRefusedByRemote {
            throw .rejected(remote: remote.shown, words: report.remoteWords ?? GitWords.reason(output))
        }
        guard report.wasRefused else {
            throw .unreachable(remote: remote.shown, failure(of: output, after: timeout))
        }
        return false
    }

    private func object(of name: String, in state: RemoteState) -> String? {
        name == historyReference ? state.history : name.value(after: lockPrefix).flatMap { state.locks[$0] }
    }
}

/// What `git push --porcelain` said: FLAG TAB FROM:TO TAB WORDS a line.
struct PushReport {
    private var flags: [String: Character] = [:]
    private var words: [String: String] = [:]

    init(_ lines: [String]) {
        for line in lines {
            let parts = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, let flag = parts[0].first, let colon = parts[1].lastIndex(of: ":") else { continue }
            let name = String(parts[1][parts[1].index(after: colon)...])
            flags[name] = flag
            words[name] = String(parts[2])
        }
    }

    /// A new lock is only ours where the remote says that it is new (`*`): equal (`=`) would be somebody's before us.
    func took(_ reference: PushedReference) -> Bool {
        switch (flags[reference.name], reference.condition) {
        case ("*", .isAbsent), ("-", .equals), ("*", .followsFromHere), (" ", .followsFromHere),
            ("=", .followsFromHere):
            true
        case ("=", .equals(let object)): reference.object == object
        case ("+", .equals), (" ", .equals): true
        default: false
        }
    }

    var wasRefused: Bool { flags.values.contains("!") }

    /// Refused there, for a reason of the remote's own: a hook, a right.
    var wasRefusedByRemote: Bool { remoteWords != nil }

    var remoteWords: String? {
        let raced = ["failed to update ref", "cannot lock ref", "incorrect old value", "reference already exists"]
        let found = words.values.first { text in
            text.contains("[remote rejected]") && !raced.contains(where: text.contains)
                && !text.contains("atomic transaction failed") && !text.contains("(atomic push failure)")
        }
        return found.map(GitWords.shown)
    }
}
