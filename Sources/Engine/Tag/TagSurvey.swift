import Diagnostics

/// All that was found out about the repository and the remote at one moment, for one tag.
struct TagSurvey: Sendable {
    var status: GitStatus
    /// `nil` when the tag stays here, or the remote is one of `problems`.
    var remote: GitRemote?
    /// `nil` when they were not read: no remote, or none that answered.
    var references: RemoteReferences?
    /// Tags here with the name's prefix.
    var tags: [String: GitTag] = [:]
    /// Why something above is missing.
    var problems: [Diagnostic] = []

    /// The tags at both ends, of which the remote's count where they differ.
    var allTags: [String: GitTag] { tags.merging(references?.tags ?? [:]) { _, there in there } }
}

extension TagReleasing {
    /// Looks at everything, in as few processes as the question allows, going on after what is missing.
    func survey(_ request: TagRequest, name: String?) throws(GitFailure) -> TagSurvey {
        var survey = TagSurvey(status: try repository.status())
        let tagPatterns = name.map(Self.tagPatterns) ?? []
        if !tagPatterns.isEmpty { survey.tags = try repository.tags(matching: tagPatterns) }
        guard let wanted = request.remote else { return survey }
        guard let remote = try reachable(wanted, request, &survey.problems) else { return survey }
        survey.remote = remote
        // HEAD's own name is asked for when there is no branch, so that the remote is tried all the same.
        let patterns = [survey.status.branch.map { "refs/heads/\($0)" } ?? "HEAD"] + tagPatterns
        do {
            survey.references = try repository.references(of: remote, matching: patterns)
        } catch .refused(let words) {
            survey.problems.append(
                Diagnostic(
                    "`\(wanted)` cannot be read: \(words)", at: request.range,
                    expected: "a remote that answers without asking for a password",
                    next: "git ls-remote \(wanted)"))
        } catch .timedOut(let time) {
            survey.problems.append(
                Diagnostic(
                    "`\(wanted)` gave no answer within \(DurationSyntax.format(time))", at: request.range,
                    expected: "a remote that answers without asking for a password", next: "git ls-remote \(wanted)"))
        }
        return survey
    }

    /// The refs that matter to a tag: its own, those with the same prefix, and those that stand where it needs a folder.
    private static func tagPatterns(_ name: String) -> [String] {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        var patterns = (1...parts.count).map { "refs/tags/" + parts.prefix($0).joined(separator: "/") }
        if let version = TagVersion(name) { patterns.append("refs/tags/\(version.prefix)*") }
        return patterns
    }

    /// The remote by its name, when it is one that a release can be pushed to and taken back from.
    private func reachable(
        _ name: String, _ request: TagRequest, _ problems: inout [Diagnostic]
    ) throws(GitFailure) -> GitRemote? {
        let remotes = try repository.remotes()
        let problem: (String, String) -> Diagnostic = { message, expected in
            Diagnostic(message, at: request.range, expected: expected)
        }
        guard let remote = remotes.first(where: { $0.name == name }) else {
            let names = remotes.map(\.name)
            var missing = problem(
                "there is no remote `\(name)`",
                names.isEmpty ? "a git remote to push to" : "one of \(Wording.list(names))")
            missing.label = Wording.didYouMean(name, names)
            missing.next = "git remote add \(name) URL"
            problems.append(missing)
            return nil
        }
        guard remote.pushAddresses.count == 1 else {
            problems.append(
                problem(
                    "`\(name)` pushes to \(Wording.count(remote.pushAddresses.count, "place"))",
                    "one push URL: a push is all or nothing in one place only"))
            return nil
        }
        let addresses = [remote.fetchAddress, remote.pushAddresses[0]]
        if let refused = addresses.first(where: { !$0.isAllowed }) {
            guard case .other(let transport) = refused.transport else { return nil }
            problems.append(
                problem(
                    "`\(name)` uses `\(GitWords.shown(transport))`, which is not allowed",
                    "a URL with `https` or `ssh`, or a path"))
            return nil
        }
        // The address would have to be an argument, which every user of the machine can read.
        if remote.argument != name, remote.pushAddresses[0].holdsCredentials {
            problems.append(
                problem(
                    "the push URL of `\(name)` holds a password", "a credential helper, or the same URL for fetching"))
            return nil
        }
        return remote
    }
}
