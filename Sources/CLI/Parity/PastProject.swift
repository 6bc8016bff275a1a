import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// The project as it was at a git revision. The working tree is neither looked at nor touched.
struct PastProject {
    let revision: String
    let files: Project
    /// The loader that its texts and problems are told with.
    private let other: ProjectLoader

    /// - Returns: `nil` when git cannot show it; the loader's problems say why.
    init?(_ project: Project, at revision: String, tellingWith loader: ProjectLoader) {
        let repository = GitRepository(
            directory: project.root, host: project.host, environment: project.host.surroundings.variables)
        do throws(GitFailure) {
            guard let commit = try repository.commit(named: revision) else {
                loader.problems.error(
                    "there is no commit `\(Wording.visible(revision))` in this repository", at: .none,
                    expected: "a branch, a tag or a commit that is here",
                    next: "git fetch --tags origin, when it is on the remote; a shallow clone may lack it")
                return nil
            }
            let tree = try repository.tree(at: commit)
            files = Project(
                root: project.root, host: GitTreeFiles(root: project.root, tree: tree, repository: repository).host)
            self.revision = revision
            other = loader
        } catch {
            loader.problems.add(error.diagnostic)
            return nil
        }
    }

    /// An environment as of the revision, rendered from its templates then.
    func operand(_ name: String, named word: String) -> ComparedOperand? {
        guard files.environmentNames.contains(name) else {
            other.problems.error(
                "there is no environment `\(name)` at `\(Wording.visible(revision))`", at: .none,
                label: Wording.didYouMean(name, files.environmentNames),
                expected: files.environmentNames.isEmpty
                    ? "a revision that has `environments/\(name).yaml`"
                    : "one of \(Wording.list(files.environmentNames))")
            return nil
        }
        return telling { loader in
            var operand = OperandReader.environment(name, loader)
            operand?.name = word
            return operand
        }
    }

    func rules() -> ParityRules? { telling { $0.rules() } }

    /// A file of the project at the revision.
    ///
    /// - Parameter path: absolute.
    func file(_ path: String, named word: String) -> ComparedOperand? {
        // Absent and unreadable are the same here: there is nothing to compare with.
        guard let bytes = try? files.host.files.read(path, OperandReader.largestFile) else { return nil }
        return telling {
            OperandReader.document(bytes, named: word, isDotenv: OperandReader.isDotenv(word), $0)
        }
    }

    /// Reads with a loader of these files, and hands its texts over.
    private func telling<Result>(_ read: (ProjectLoader) -> Result) -> Result {
        let loader = ProjectLoader(files, tellingWith: other, prefix: "\(revision):")
        let result = read(loader)
        other.sources = loader.sources
        other.sources.prefix = ""
        return result
    }
}
