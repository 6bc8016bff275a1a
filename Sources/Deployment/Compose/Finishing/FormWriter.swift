import Diagnostics
import YAML

/// Gives checked values their normal form: the types and spellings of `docker compose config`, and without what is zero.
struct FormWriter {
    let problems: Problems
    private(set) var path = NodePath()
    /// Whether any record written so far has an `x-` key.
    private(set) var hasOwnFields = false

    init(problems: Problems) {
        self.problems = problems
    }

    mutating func enter(_ key: String) { path.append(key) }
    mutating func leave() { path.removeLast() }

    /// The normal form of a map with fixed fields, its fields in their order, then the team's own, sorted.
    mutating func record(_ mapping: Mapping, _ fields: FieldTable) -> [Mapping.Entry] {
        let entries = mapping.entries
        let written = entries.span
        // Where each known key leaves, with where it was written.
        var order: [(position: Int, index: Int)] = []
        order.reserveCapacity(written.count)
        var own: [Int] = []
        for index in written.indices {
            if let position = fields.position(of: written[index].key) {
                order.append((position, index))
            } else if Shape.isExtension(written[index].key) {
                own.append(index)
            }
        }
        order.sort { $0.position < $1.position }
        var result: [Mapping.Entry] = []
        result.reserveCapacity(written.count)
        for (position, index) in order {
            let key = written[index].key
            path.append(key)
            if let value = value(written[index].value, fields.fields[position].shape) {
                result.append(.init(key: key, keyRange: written[index].keyRange, value: value))
            }
            path.removeLast()
        }
        hasOwnFields = hasOwnFields || !own.isEmpty
        if own.count > 1 { own.sort { mapping.entries[$0].key < mapping.entries[$1].key } }
        for index in own {
            let entry = mapping.entries[index]
            result.append(.init(key: entry.key, keyRange: entry.keyRange, value: anything(entry.value)))
        }
        return result
    }

    /// The normal form of a value; `nil` when it is left out, or when an error was reported.
    mutating func value(_ node: Node, _ shape: Shape) -> Node? {
        switch shape.form {
        case .anything: return anything(node)
        case .ignored:
            problems.warning("Compose ignores `\(path)`", at: node.range)
            return nil
        case .text: return text(node)
        case .flag: return flag(node).flatMap { $0 ? node.becoming(boolean: true) : nil }
        case .optionalFlag: return flag(node).map { node.becoming(boolean: $0) }
        case .integer: return integer(node).flatMap { $0 == 0 ? nil : node.becoming(integer: $0) }
        case .optionalInteger: return integer(node).map { node.becoming(integer: $0) }
        case .unsigned: return unsigned(node).flatMap { $0 == 0 ? nil : node.becoming(integer: $0) }
        case .optionalUnsigned: return unsigned(node).map { node.becoming(integer: $0) }
        case .number, .cpus: return number(node)
        case .bytes: return bytes(node)
        case .duration: return duration(node).flatMap { $0 == 0 ? nil : node.becoming(text: GoDuration.text($0)) }
        case .optionalDuration: return duration(node).map { node.becoming(text: GoDuration.text($0)) }
        case .command: return command(node)
        case .healthTest: return healthTest(node)
        case .texts: return texts(node)
        case .spellings: return spellings(node)
        case .hosts: return hosts(node)
        case .variables: return pairs(node, keepsNull: true)
        case .mapping, .options: return pairs(node, keepsNull: false)
        case .textMap: return textMap(node)
        case .multiOptions: return multiOptions(node)
        case .record, .inlineRecord:
            guard let mapping = node.mapping, let fields = shape.fields else { return nil }
            let entries = record(mapping, fields)
            if case .inlineRecord = shape.form, entries.isEmpty { return nil }
            return Node(.mapping(Mapping(entries)), range: node.range)
        case .list: return list(node, shape)
        case .map: return map(node, shape)
        case .fileMode: return fileMode(node)
        case .ulimit: return ulimit(node)
        case .deviceCount: return deviceCount(node)
        case .ssh: return sshKeys(node)
        case .external: return node.boolean == true ? node.becoming(boolean: true) : nil
        }
    }

    mutating func list(_ node: Node, _ shape: Shape) -> Node? {
        guard let items = node.sequence, !items.isEmpty, let inner = shape.items else { return nil }
        var result: [Node] = []
        result.reserveCapacity(items.count)
        let borrowed = items.span
        for index in borrowed.indices {
            path.append(index)
            if let value = value(borrowed[index], inner) { result.append(value) }
            path.removeLast()
        }
        return Node(.sequence(result), range: node.range)
    }

    mutating func map(_ node: Node, _ shape: Shape) -> Node? {
        guard let mapping = node.mapping, !mapping.isEmpty, let inner = shape.values else { return nil }
        var entries: [Mapping.Entry] = []
        entries.reserveCapacity(mapping.count)
        let written = mapping.entries
        let borrowed = written.span
        for index in borrowed.indices {
            let key = borrowed[index].key
            path.append(key)
            let range = borrowed[index].value.range
            let value =
                borrowed[index].value.isNull
                ? Node(.scalar(Scalar("null", kind: .null)), range: range) : value(borrowed[index].value, inner)
            path.removeLast()
            if let value { entries.append(.init(key: key, keyRange: borrowed[index].keyRange, value: value)) }
        }
        return Node(.mapping(Mapping(entries.sortedByKey())), range: node.range)
    }

    /// A team's own field: only numbers get their canonical spelling.
    func anything(_ node: Node) -> Node {
        switch node.value {
        case .sequence(let items): return Node(.sequence(items.map(anything)), range: node.range)
        case .mapping(let mapping):
            return Node(.mapping(mapping.mapValues { anything($0.value) }), range: node.range)
        case .scalar(let scalar):
            switch ComposeScalar(scalar) {
            case .integer(let number): return node.becoming(integer: number)
            case .number(let number) where number.isFinite:
                return node.becoming(spelledNumber: GoNumber.general(number))
            case .number: return Node(node.value, range: node.range)
            case .boolean(let value): return node.becoming(boolean: value)
            case .null: return Node(.scalar(Scalar("null", kind: .null)), range: node.range)
            case .text: return node.becoming(text: scalar.text)
            case .date: return node.becoming(text: GoTimestamp.normal(scalar.text) ?? scalar.text)
            }
        }
    }

    // MARK: - Errors

    func refuse(_ node: Node, _ expected: String, next: String? = nil) {
        if let text = node.scalar?.text, DollarWriting.hasMark(text) {
            problems.error(
                "`\(path)` cannot be a secret", at: node.range, expected: expected,
                next: "make it a value: only texts can wait for a secret")
            return
        }
        let found = node.scalar.map { "`\($0.text)`" } ?? node.kindName
        problems.error("`\(path)` cannot be \(found)", at: node.range, expected: expected, next: next)
    }
}

extension Node {
    /// The same tree with the keys of every map in the order of their bytes, and with nothing for an empty list.
    func sortedByKeys() -> Node {
        switch value {
        case .scalar: return self
        case .sequence(let items) where items.isEmpty: return Node(Node.null.value, range: range)
        case .sequence(let items): return Node(.sequence(items.map { $0.sortedByKeys() }), range: range)
        case .mapping(let mapping):
            return Node(.mapping(mapping.mapValues { $0.value.sortedByKeys() }.sorted()), range: range)
        }
    }

    func becoming(text: String) -> Node {
        Node(.scalar(Scalar(text, kind: .string, style: .doubleQuoted)), range: range)
    }

    func becoming(integer: Int) -> Node { Node(.scalar(Scalar(String(integer), kind: .integer)), range: range) }

    /// - Parameter spelledNumber: as Go prints it; without a point or an exponent it is an integer.
    func becoming(spelledNumber: String) -> Node {
        let isWhole = spelledNumber.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: "-") }
        if isWhole { return Node(.scalar(Scalar(spelledNumber, kind: .integer)), range: range) }
        let scalar = Scalar(spelledNumber, kind: .float)
        return Node(.scalar(Scalar(scalar.canonicalText, kind: .float)), range: range)
    }

    func becoming(boolean: Bool) -> Node {
        Node(.scalar(Scalar(boolean ? "true" : "false", kind: .boolean)), range: range)
    }
}

extension [Mapping.Entry] {
    /// In the order of the keys' bytes.
    func sortedByKey() -> [Mapping.Entry] { count > 1 ? sorted { $0.key < $1.key } : self }
}
