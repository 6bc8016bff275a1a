import Diagnostics
import YAML

/// `include`: other Compose projects become part of this one, each with its own folder and variables.
///
/// https://github.com/compose-spec/compose-spec/blob/main/14-include.md
struct Including {
    let loader: ComposeLoader
    let context: ComposeLoader.Context
    /// The file that is being read.
    let path: String

    private static let sections = ["services", "volumes", "networks", "secrets", "configs", "models"]

    /// The tree with everything that it includes; `nil` when it includes nothing.
    func applied(to tree: Node) -> Node? {
        guard var mapping = tree.mapping, let include = mapping.entry("include") else { return nil }
        mapping["include"] = nil
        guard let items = include.value.sequence else {
            if !include.value.isNull {
                loader.problems.error(
                    "`include` cannot be \(include.value.kindName)", at: include.value.range, expected: "a list")
            }
            return Node(.mapping(mapping), range: tree.range)
        }
        for item in items {
            var check = ShapeCheck(problems: loader.problems)
            let before = loader.problems.errorCount
            check.check(item, .include)
            guard loader.problems.errorCount == before, let imported = imported(item) else { continue }
            for section in Self.sections { add(imported, section, to: &mapping) }
        }
        return Node(.mapping(mapping), range: tree.range)
    }

    private func imported(_ item: Node) -> Node? {
        if item.mapping != nil, item["path"] == nil {
            loader.problems.warning(
                "Compose ignores an `include` that names no file",
                at: item.mapping?.entries.first?.keyRange ?? item.range,
                next: "write `path: FILE`, or remove it")
            return nil
        }
        let paths = item.string == nil ? Self.texts(item["path"]) : [item]
        guard let first = paths.first, let main = first.string else {
            loader.problems.error("an `include` names no file", at: item.range, expected: "`path: FILE`")
            return nil
        }
        let files = paths.compactMap { $0.string.map { ComposeLoader.isRemote($0) ? $0 : complete($0) } }
        if let start = (context.included + [path]).firstIndex(of: complete(main)) {
            reportCycle((context.included + [path])[start...] + [complete(main)], at: first.range)
            return nil
        }
        guard context.included.count < ComposeLoader.deepest else {
            loader.problems.error(
                "files include each other too deeply", at: first.range,
                expected: "at most \(ComposeLoader.deepest) levels")
            return nil
        }
        let folder = item["project_directory"]?.string.map(complete) ?? ComposePath.folder(of: complete(main))
        guard let scope = scope(item, folder) else { return nil }
        let inner = ComposeLoader.Context(folder: folder, scope: scope, included: context.included + [path])
        guard let model = loader.model(files, inner, at: first.range, role: "included file") else { return nil }
        // Where paths stay relative, they are seen from the folder of the file that includes.
        let seen =
            loader.switches.completesPaths
            ? folder : ComposePath.clean(ComposePath.relative(folder, from: context.folder))
        let completed = IncludedModel(folder: seen, scope: scope, loader: loader).completed(model)
        if let completed { loader.recorder?.include(at: first.range, completed) }
        return completed
    }

    private func complete(_ path: String) -> String { ComposePath.join(context.folder, path) }

    /// The variables of the included project: ours first, then those of its own files.
    private func scope(_ item: Node, _ folder: String) -> VariableScope? {
        let named = Self.texts(item["env_file"])
        var files = named.map { (complete($0.string ?? ""), $0.range, false) }
        if named.isEmpty, loader.readsDotEnv { files = [(ComposePath.join(folder, ".env"), item.range, true)] }
        var values: [String: String] = [:]
        var places: [String: SourceRange] = [:]
        for (path, range, mayBeMissing) in files {
            guard let bytes = loader.bytes(path, at: range, mayBeMissing: mayBeMissing, role: "env file") else {
                if mayBeMissing { continue }
                return nil
            }
            let id = loader.add(bytes, path: path)
            let dotenv = Dotenv.parse(
                bytes, id: id, into: &values, places: &places, refusesDollars: !loader.readsDotEnv
            ) { context.scope.value($0) ?? $1[$0] }
            loader.problems.add(dotenv)
            if dotenv.hasErrors { return nil }
        }
        return values.isEmpty ? context.scope : context.scope.adding(values, at: places)
    }

    private func add(_ imported: Node, _ section: String, to mapping: inout Mapping) {
        guard let from = imported.mapping?.entry(section), let resources = from.value.mapping else { return }
        guard var own = mapping[section]?.mapping else {
            if mapping[section].map({ !$0.isNull }) != true { mapping.put(from) }
            return
        }
        for resource in resources.entries {
            guard let conflict = own.entry(resource.key) else {
                own.append(resource)
                continue
            }
            if conflict.value.hasSameContent(as: resource.value) { continue }
            loader.problems.error(
                "`\(section).\(resource.key)` is there already and cannot be included", at: conflict.keyRange,
                related: [Diagnostic.Related(range: resource.keyRange, label: "included from here")],
                expected: "each name once: what is included can only be changed by a further `path` of its `include`",
                next: "move it to an override file: `include: [{path: [included.yaml, override.yaml]}]`")
        }
        mapping[section] = Node(.mapping(own), range: from.value.range)
    }

    private func reportCycle(_ files: ArraySlice<String>, at range: SourceRange) {
        loader.problems.error(
            "files include each other in a circle: "
                + files.map { "`\(ComposePath.shown($0))`" }.joined(separator: " → "),
            at: range, expected: "a file that none of its own includes includes")
    }

    private static func texts(_ node: Node?) -> [Node] {
        guard let node else { return [] }
        return (node.sequence ?? [node]).filter { $0.string != nil }
    }
}
