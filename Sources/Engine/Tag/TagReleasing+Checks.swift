import Diagnostics
import Host
import Deployment

extension TagReleasing {
    /// What is wrong with the working tree: no commit, something not committed, the wrong branch.
    func treeProblems(_ survey: TagSurvey, _ request: TagRequest) throws(GitFailure) -> [Diagnostic] {
        let status = survey.status
        var problems: [Diagnostic] = []
        if status.commit == nil {
            problems.append(Diagnostic("the repository has no commit yet", expected: "a commit to tag"))
        }
        if !status.changes.isEmpty { problems.append(dirtyTree(status)) }
        if let branch = status.branch {
            if let required = request.requiredBranch, required != branch {
                problems.append(
                    Diagnostic(
                        "the branch is `\(GitWords.shown(branch))`, and releases are made from `\(required)`",
                        expected: "the branch `\(required)`", next: "git switch \(ShellQuoting.quoted(required))"))
            }
        } else {
            let branch = request.requiredBranch
            problems.append(
                Diagnostic(
                    "HEAD is detached: no branch is checked out",
                    expected: branch.map { "the branch `\($0)`" } ?? "a branch to release from",
                    next: "git switch \(branch.map(ShellQuoting.quoted) ?? "BRANCH")"))
        }
        return problems
    }

    private func dirtyTree(_ status: GitStatus) -> Diagnostic {
        let shown = status.changes.prefix(5).map { Wording.visible($0, keepingColumns: true) }
        let count = status.changes.count
        let rest = count - shown.count
        let names =
            rest > 0
            ? shown.map { "`\($0)`" }.joined(separator: ", ") + " and \(rest) more" : Wording.list(shown, "and")
        let number = (status.isTruncated ? "more than " : "") + Wording.count(count, "path")
        return Diagnostic(
            "\(number) not committed: \(names)", expected: "a tag names what is committed, so nothing else may be here",
            next: "git status")
    }

    /// Whether the remote's branch has commits that HEAD lacks.
    func upstreamProblems(_ survey: TagSurvey) throws(GitFailure) -> [Diagnostic] {
        guard let remote = survey.remote, let branch = survey.status.branch, let commit = survey.status.commit,
            let upstream = survey.references?.branches[branch], upstream != commit
        else { return [] }
        var ancestry = repository.attempt(["merge-base", "--is-ancestor", upstream, commit])
        if ancestry.succeeded { return [] }
        if ancestry.outcome.ending == .exited(128) {
            // Its commit is not here. Bringing it changes no ref; without it, it is new to us all the same.
            do {
                try repository.fetchObjects(of: "refs/heads/\(branch)", from: remote)
                ancestry = repository.attempt(["merge-base", "--is-ancestor", upstream, commit])
                // A shallow clone may learn only now that it is up to date.
                if ancestry.succeeded { return [] }
            } catch .refused, .timedOut {}
        }
        let counted = repository.attempt(["rev-list", "--count", "\(commit)..\(upstream)"])
        let number = counted.succeeded ? Int(counted.trimmedText) : nil
        let there = "`\(remote.name)/\(GitWords.shown(branch))`"
        return [
            Diagnostic(
                "\(there) has \(number.map { Wording.count($0, "commit") } ?? "commits") that HEAD lacks",
                expected: "a HEAD that holds all of \(there)",
                next: "git pull --rebase \(remote.name) \(ShellQuoting.quoted(branch))")
        ]
    }

    /// Whether the version is above those that are tagged, here or there.
    func versionProblems(_ survey: TagSurvey, _ name: String, _ request: TagRequest) -> [Diagnostic] {
        guard let version = TagVersion(name) else { return [] }
        let others = survey.allTags.keys.compactMap(TagVersion.init)
            .filter { $0.prefix == version.prefix && $0.name != name }
        guard let last = others.max(), !(last < version) else { return [] }
        return [
            Diagnostic(
                "`\(name)` is not above `\(last.name)`, the last tag", at: request.range,
                expected: "a version above `\(last.name)`")
        ]
    }
}
