import Deployment
import Diagnostics
import Engine
import Host

/// What GitHub's runner is told: which files it knows, which of them the change touches, and the page of the job.
struct ParityGitHub {
    private let context: CommandContext
    private let root: String
    /// The project's folder from the top of the repository: `deploy/`, or empty.
    private let folder: String
    /// Paths from the top of the repository.
    private let changed: Set<String>

    /// - Parameter since: the revision that the change is told from; the pull request's base without one.
    init(context: CommandContext, project: Project?, since: String?) {
        self.context = context
        root = project?.root ?? context.start
        guard let project, context.isGitHubActions || context.globals.format == DiffFormat.github.rawValue else {
            folder = ""
            changed = []
            return
        }
        let repository = GitRepository(
            directory: project.root, host: context.host, environment: context.host.surroundings.variables)
        // Without git, paths are taken as they are, and no file is known to be of interest.
        folder = (try? repository.folderInRepository()) ?? ""
        changed = Self.changed(repository, since ?? Self.base(context, repository))
    }

    /// The base of the pull request, when the checkout has it.
    private static func base(_ context: CommandContext, _ repository: GitRepository) -> String? {
        guard let branch = context.host.surroundings.variables["GITHUB_BASE_REF"], !branch.isEmpty else { return nil }
        return ["origin/\(branch)", branch, "HEAD^1"].first { ((try? repository.commit(named: $0)) ?? nil) != nil }
    }

    private static func changed(_ repository: GitRepository, _ base: String?) -> Set<String> {
        guard let base, let files = try? repository.changedFiles(from: base, to: "HEAD") else { return [] }
        return Set(files.items.map(\.path))
    }

    /// The path from the top of the repository; `nil` for a text that is no file of the working tree.
    func place(_ path: String) -> String? {
        guard path != "-", !path.hasPrefix("\(StateFolder.name)/") else { return nil }
        let full = path.hasPrefix("/") ? path : "\(root)/\(path)"
        let atStart = RelativePath.absolute(path, from: context.start)
        // A path that cannot be looked at is none that a reader could open.
        for candidate in [full, atStart] where ((try? context.host.files.status(candidate)) ?? nil)?.kind == .file {
            guard candidate.hasPrefix("\(root)/") else { return path }
            return folder + candidate.dropFirst(root.count + 1)
        }
        return nil
    }

    func isChanged(_ path: String) -> Bool { place(path).map(changed.contains) ?? false }

    // MARK: - The page of the job

    /// GitHub drops what a step writes beyond it, silently: https://github.com/actions/runner/issues/4337
    private static let largestSummary = 1 << 20

    /// Appends to `$GITHUB_STEP_SUMMARY`. Worth having and not worth an answer: one that cannot be written is only told.
    ///
    /// - Parameter text: the page, given the most bytes that it may have.
    func summarize(_ text: (_ limit: Int) -> String) {
        guard let path = context.host.surroundings.variables["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return }
        do throws(FileFailure) {
            let status = try context.host.files.status(path)
            let limit = Self.largestSummary - (status?.size ?? 0) - 4_096
            guard limit > 0 else {
                context.tell("note: the step summary is full, and nothing was added to it\n")
                return
            }
            let file = try context.host.files.openForAppending(
                path, status == nil ? .exclusive(mode: 0o644) : .existing)
            try file.append(Array(text(limit).utf8))
        } catch {
            context.tell("note: the step summary could not be written: \(error.reason)\n")
        }
    }
}
