import Diagnostics
import YAML

/// Reads Compose files and lays them over each other until one tree remains.
///
/// A class, because files, problems and sources are shared by every extended and included file of a project; it never
/// leaves the thread that reads.
final class ComposeLoader {
    let problems: Problems
    let switches: RenderSwitches
    /// Whether `.env` files beside included files count; in environment mode they do not.
    let readsDotEnv: Bool
    /// What `~` stands for; `nil` leaves it.
    let home: String?
    /// Takes down what is done; `nil` unless a biography is asked for.
    let recorder: RenderRecorder?
    let workers: Workers
    private let reader: SourceReader
    private(set) var sources: SourceTable
    private(set) var files: [String] = []
    /// `nil` for a file that cannot be read or parsed, which was said once.
    private var documents: [String: [Node]?] = [:]
    private var bases: [BaseKey: BaseFile?] = [:]

    private struct BaseKey: Hashable {
        let path: String
        let scope: ObjectIdentifier?
    }

    /// A file that other services extend: its services in long syntax with complete paths.
    struct BaseFile {
        let services: Mapping
        let tags: ResetTags
    }

    init(
        reader: SourceReader, sources: SourceTable, problems: Problems, switches: RenderSwitches, readsDotEnv: Bool,
        home: String?, recorder: RenderRecorder? = nil, workers: Workers = .one
    ) {
        self.reader = reader
        self.sources = sources
        self.problems = problems
        self.switches = switches
        self.readsDotEnv = readsDotEnv
        self.home = home
        self.recorder = recorder
        self.workers = workers
    }

    /// Where a set of files is read.
    struct Context {
        /// What relative paths are relative to, complete.
        var folder: String
        var scope: VariableScope
        /// The files on the way here, complete.
        var included: [String]
    }

    /// Includes inside includes, and services that extend each other, at most.
    static let deepest = 50

    // MARK: - Files

    /// The bytes of a file; `nil` and an error at `range` when it cannot be read, nothing said when it may be missing.
    func bytes(_ path: String, at range: SourceRange, mayBeMissing: Bool = false, role: String = "file") -> [UInt8]? {
        let shown = ComposePath.shown(path)
        do throws(SourceReader.Refusal) {
            let bytes = try reader.bytes(shown)
            if !files.contains(shown) { files.append(shown) }
            return bytes
        } catch {
            if mayBeMissing, error == .notFound { return nil }
            problems.error(
                "the \(role) `\(shown)` \(error.wording)", at: range, expected: Self.expectation(error),
                next: Self.wayOut(error))
            return nil
        }
    }

    private static func expectation(_ refusal: SourceReader.Refusal) -> String {
        refusal == .outsideProject ? "a file inside the project" : "a file that can be read"
    }

    private static func wayOut(_ refusal: SourceReader.Refusal) -> String? {
        refusal == .outsideProject
            ? "copy it into the project; `rehearse render --allow-outside` reads it where it is" : nil
    }

    /// The bytes of a file that is no input of the rendering; `nil` when it is not there, or with an error.
    func glance(_ path: String, at range: SourceRange, role: String) -> [UInt8]? {
        let shown = ComposePath.shown(path)
        do throws(SourceReader.Refusal) {
            return try reader.bytes(shown)
        } catch {
            if error != .notFound {
                problems.error(
                    "the \(role) `\(shown)` \(error.wording)", at: range, expected: Self.expectation(error),
                    next: Self.wayOut(error))
            }
            return nil
        }
    }

    /// Whether a file is there and can be read.
    func exists(_ path: String) -> Bool {
        do throws(SourceReader.Refusal) {
            _ = try reader.bytes(ComposePath.shown(path))
            return true
        } catch {
            return error != .notFound
        }
    }

    func add(_ bytes: [UInt8], path: String) -> FileID {
        sources.add(SourceFile(path: ComposePath.shown(path), bytes: bytes))
    }

    /// The documents of a Compose file, in order; `nil` after an error. Each file is read and parsed once.
    func documents(of path: String, at range: SourceRange, role: String) -> [Node]? {
        if let known = documents[path] { return known }
        documents[path] = .some(nil)
        if Self.isRemote(path) {
            problems.error(
                "`\(ComposePath.shown(path))` is somewhere else", at: range, expected: "a file inside the project",
                next: "copy it into the project: nothing is fetched while rendering")
            return nil
        }
        guard let bytes = bytes(path, at: range, role: role) else { return nil }
        let source = SourceFile(path: path == "-" ? "<stdin>" : ComposePath.shown(path), bytes: bytes)
        let id = sources.add(source)
        var found: [Diagnostic] = []
        var options = LoadOptions.template
        options.allowsSeveralDocuments = true
        options.isStringKey = ComposeScalar.isText
        let trees = Loading.documents(source, id: id, options: options, problems: &found)
        problems.add(found)
        if found.hasErrors { return nil }
        documents[path] = trees
        recorder?.read(path, trees)
        return trees
    }

    /// Git repositories and OCI artifacts, which Compose would fetch.
    static func isRemote(_ path: String) -> Bool {
        path.contains("://") || path.hasPrefix("git@") || path.hasPrefix("oci:") || path.hasPrefix("github.com/")
    }

    // MARK: - Models

    /// The tree that the files make together, in long syntax; `nil` after an error.
    func model(_ paths: [String], _ context: Context, at range: SourceRange, role: String) -> Node? {
        var model = Node.mapping([])
        var isSound = true
        recorder?.beginModel()
        defer { recorder?.endModel() }
        for path in paths {
            guard let documents = documents(of: path, at: range, role: role) else {
                isSound = false
                continue
            }
            for document in documents {
                guard let laid = lay(document, over: model, path, context) else {
                    isSound = false
                    continue
                }
                model = laid
            }
        }
        return isSound ? model : nil
    }

    /// Lays one document over what earlier ones made.
    private func lay(_ document: Node, over model: Node, _ path: String, _ context: Context) -> Node? {
        let before = problems.errorCount
        guard document.mapping != nil else {
            problems.error("a Compose file cannot be \(document.kindName)", at: document.range, expected: "a map")
            return nil
        }
        guard let (resolved, tags) = prepared(document, context) else { return nil }
        recorder?.beginLayer(.init(path: path, raw: document, tree: resolved, scope: context.scope))
        var tree = Extending(loader: self, context: context, path: path).applied(to: resolved, tags)
        if let including = Including(loader: self, context: context, path: path).applied(to: tree) {
            tree = including
        }
        guard problems.errorCount == before else { return nil }
        var merged = tree
        if model.mapping?.isEmpty == false {
            var merge = Merge(problems: problems)
            merged = merge.merge(tags.apply(to: model), tree, .project)
        }
        let form = LayerForm(problems: problems, workers: workers, switches: switches)
        guard let canonical = form.canonical(merged, hasFailed: problems.errorCount > before) else { return nil }
        recorder?.endLayer(canonical)
        return canonical
    }

    /// A document with its variables resolved and its tags taken out; after an error its types are checked all the same.
    private func prepared(_ document: Node, _ context: Context) -> (Node, ResetTags)? {
        var interpolator = TreeInterpolator(scope: switches.interpolates ? context.scope : nil, problems: problems)
        var tree = interpolator.interpolated(document)
        var tags = ResetTags()
        if interpolator.hasTags { (tree, tags) = ResetTags.collect(from: tree) }
        guard !interpolator.hasFailed else {
            var check = ShapeCheck(problems: problems, toleratesVariables: true)
            check.check(tree)
            return nil
        }
        return (tree, tags)
    }

    /// A file named by `extends`, in long syntax; its types are checked once it is merged.
    func base(_ path: String, _ context: Context, at range: SourceRange) -> BaseFile? {
        let key = BaseKey(path: path, scope: ObjectIdentifier(context.scope))
        if let known = bases[key] { return known }
        bases[key] = .some(nil)
        guard let documents = documents(of: path, at: range, role: "extended file") else { return nil }
        var model = Node.mapping([])
        var tags = ResetTags()
        for document in documents {
            guard document.mapping != nil, let prepared = prepared(document, context) else { return nil }
            var merge = Merge(problems: problems)
            model =
                model.mapping?.isEmpty == true
                ? prepared.0 : merge.merge(prepared.1.apply(to: model), prepared.0, .project)
            tags = prepared.1
        }
        let before = problems.errorCount
        var folder = ComposePath.folder(of: path)
        if !switches.completesPaths {
            folder = ComposePath.clean(ComposePath.relative(folder, from: context.folder))
        }
        let canonical = Canonical(problems: problems, isStrict: switches.interpolates).project(model)
        guard problems.errorCount == before else { return nil }
        guard let services = PathCompletion(folder: folder, home: home).project(canonical)["services"]?.mapping else {
            problems.error("the extended file `\(ComposePath.shown(path))` has no services", at: range)
            return nil
        }
        let base = BaseFile(services: services, tags: tags)
        bases[key] = base
        return base
    }
}

extension Problems {
    var errorCount: Int { all.reduce(0) { $1.severity == .error ? $0 + 1 : $0 } }
}
