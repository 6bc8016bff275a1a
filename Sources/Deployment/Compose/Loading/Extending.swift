import Diagnostics
import YAML

/// `extends`: a service begins with what another one says.
///
/// https://github.com/compose-spec/compose-spec/blob/main/05-services.md#extends
struct Extending {
    let loader: ComposeLoader
    let context: ComposeLoader.Context
    /// The file that is being read.
    let path: String

    private struct Visit: Hashable {
        let path: String
        let service: String
        let range: SourceRange
    }

    /// The services of one file; one that is resolved has no `extends` any more.
    private struct Services {
        var mapping: Mapping
        let path: String
        let tags: ResetTags
    }

    func applied(to tree: Node, _ tags: ResetTags) -> Node {
        guard let mapping = tree["services"]?.mapping,
            mapping.entries.contains(where: { $0.value["extends"] != nil })
        else { return tree }
        var services = Services(mapping: mapping, path: path, tags: tags)
        for name in mapping.keys {
            guard let service = resolved(name, in: &services, visits: []) else { continue }
            services.mapping[name] = service
        }
        return tree.changing { key, value in
            key == "services" ? Node(.mapping(services.mapping), range: value.range) : nil
        }
    }

    /// The service with everything that it extends; `nil` when it is not there or an error was reported.
    private func resolved(_ name: String, in services: inout Services, visits: [Visit]) -> Node? {
        guard let service = services.mapping[name], let extends = service.mapping?.entry("extends") else {
            return services.mapping[name]
        }
        guard let reference = reference(extends.value) else { return nil }
        let visit = Visit(path: services.path, service: name, range: extends.keyRange)
        if let start = visits.firstIndex(where: { $0.path == visit.path && $0.service == name }) {
            reportCycle(Array(visits[start...]))
            return nil
        }
        guard visits.count < ComposeLoader.deepest else {
            loader.problems.error(
                "services extend each other too deeply", at: extends.keyRange,
                expected: "at most \(ComposeLoader.deepest) levels")
            return nil
        }
        let base: Node?
        if let file = reference.file {
            base = fromFile(file, reference.service, visits + [visit])
        } else if services.mapping[reference.service.string ?? ""] != nil {
            base = resolved(reference.service.string ?? "", in: &services, visits: visits + [visit])
        } else {
            reportMissing(reference.service, among: services.mapping.keys, in: services.path)
            return nil
        }
        // A service of nothing leaves the reference behind; what is rendered for an environment stands alone.
        guard let base, base.mapping != nil else {
            return base.map { _ in loader.readsDotEnv ? service : without(service) }
        }
        var merge = Merge(at: ["services", name], problems: loader.problems)
        let merged = without(
            merge.merge(without(services.tags.apply(toService: name, base)), service, .service))
        loader.recorder?.extend(
            .init(path: services.path, service: name),
            .init(
                range: extends.keyRange,
                base: .init(
                    path: reference.file?.string.map { ComposePath.join(context.folder, $0) } ?? services.path,
                    service: reference.service.string ?? ""),
                baseNode: base, own: service))
        services.mapping[name] = merged
        return merged
    }

    private func fromFile(_ file: Node, _ service: Node, _ visits: [Visit]) -> Node? {
        guard let text = file.string, let name = service.string else { return nil }
        let path = ComposeLoader.isRemote(text) ? text : ComposePath.join(context.folder, text)
        guard let base = loader.base(path, context, at: file.range) else { return nil }
        guard base.services[name] != nil else {
            reportMissing(service, among: base.services.keys, in: path)
            return nil
        }
        var services = Services(mapping: base.services, path: path, tags: base.tags)
        return resolved(name, in: &services, visits: visits)
    }

    private func reference(_ node: Node) -> (service: Node, file: Node?)? {
        if node.string != nil { return (node, nil) }
        guard node.mapping != nil else {
            loader.problems.error(
                "`extends` cannot be \(node.kindName)", at: node.range, expected: "a service's name, or a map")
            return nil
        }
        guard let service = node["service"], service.string != nil else {
            loader.problems.error(
                "`extends` names no service", at: node.mapping?.entries.first?.keyRange ?? node.range,
                expected: "`service: NAME`")
            return nil
        }
        let file = node["file"].flatMap { $0.isNull ? nil : $0 }
        if let file, file.string == nil {
            loader.problems.error("`extends.file` cannot be \(file.kindName)", at: file.range, expected: "a path")
            return nil
        }
        return (service, file)
    }

    private func without(_ service: Node) -> Node {
        guard var mapping = service.mapping else { return service }
        mapping["extends"] = nil
        return Node(.mapping(mapping), range: service.range, tag: service.tag)
    }

    private func reportMissing(_ service: Node, among names: [String], in path: String) {
        let name = service.string ?? ""
        loader.problems.error(
            "no service `\(name)` to extend in `\(ComposePath.shown(path))`", at: service.range,
            label: Wording.didYouMean(name, names), expected: "a service of that file")
    }

    private func reportCycle(_ visits: [Visit]) {
        let names = visits.map(\.service) + [visits[0].service]
        loader.problems.error(
            "services extend each other in a circle: \(names.map { "`\($0)`" }.joined(separator: " → "))",
            at: visits[0].range,
            related: visits.dropFirst().map { Diagnostic.Related(range: $0.range, label: "and here") },
            expected: "a service that extends none of its own extensions")
    }
}
