package import Deployment

/// What a run carries: the commits and files since the one before it.
package struct ChangeSummary: Hashable, Sendable {
    /// Subject lines, newest first.
    package var commits: [String]
    /// Paths, sorted.
    package var files: [String]

    package static let none = ChangeSummary(commits: [], files: [])

    /// The empty tree of a SHA-1 repository: what a first release is compared with.
    private static let emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    private static let mostCommits = 200
    private static let mostFiles = 1_000

    /// - Parameter previous: the commit of the last successful run on the environment; used when the plan makes no tag.
    package static func since(_ previous: String?, for plan: Plan, in repository: GitRepository) -> ChangeSummary {
        // Notes are worth having and not worth a run: without an answer of git they are empty.
        do {
            let tag = plan.steps.lazy.compactMap(\.action.tag).first
            let base = try tag.map { try repository.lastTag(before: $0.name) } ?? previous
            let commits = try repository.commits(after: base, limit: mostCommits)
            let files = try repository.changedFiles(from: base ?? emptyTree, to: "HEAD", limit: mostFiles)
            return ChangeSummary(commits: commits.items.map(\.subject), files: files.items.map(\.path))
        } catch {
            return .none
        }
    }
}
