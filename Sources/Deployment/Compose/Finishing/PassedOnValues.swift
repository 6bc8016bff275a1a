import YAML

/// What the names that services pass on stand for: `environment: [HOME]`, `args: {HOME: }`.
///
/// Looked up once for all services, in their order, so that what is reported of a name does not depend on how the
/// services are shared out afterwards.
struct PassedOnValues: Sendable {
    private var values: [String: String] = [:]

    /// - Parameter coversBuilds: whether names among a build's arguments count.
    init(of services: [Mapping.Entry], in scope: VariableScope, coversBuilds: Bool) {
        for index in services.indices {
            guard let service = services[index].value.mapping else { continue }
            if let environment = service["environment"] { look(up: environment, in: scope) }
            if coversBuilds, let arguments = service["build"]?["args"] { look(up: arguments, in: scope) }
        }
    }

    /// `nil` for a name that has no value.
    subscript(name: String) -> String? { values[name] }

    private mutating func look(up node: Node, in scope: VariableScope) {
        switch node.value {
        case .scalar: return
        case .sequence(let items):
            for item in items {
                guard let name = Self.name(item) else { continue }
                values[name] = scope.passedOn(name, at: item.range)
            }
        case .mapping(let mapping):
            let entries = mapping.entries
            for index in entries.indices where entries[index].value.isNull {
                values[entries[index].key] = scope.passedOn(entries[index].key, at: entries[index].keyRange)
            }
        }
    }

    /// The name that an item of a list passes on; `nil` for one with a value.
    static func name(_ item: Node) -> String? {
        guard let name = item.string, !name.utf8.contains(UInt8(ascii: "=")) else { return nil }
        return name
    }
}
