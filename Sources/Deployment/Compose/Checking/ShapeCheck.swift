import Diagnostics
import YAML

/// Holds a tree against the Compose specification: keys, types, limits.
struct ShapeCheck {
    private let problems: Problems
    /// Whether texts with a `$` pass every limit, because their variables are not resolved.
    private let toleratesVariables: Bool
    private var path = NodePath()

    init(problems: Problems, toleratesVariables: Bool = false) {
        self.problems = problems
        self.toleratesVariables = toleratesVariables
    }

    mutating func check(_ node: Node) { check(node, .project) }

    /// Some fields of a project.
    mutating func check(fields: ArraySlice<Mapping.Entry>) { check(fields, .project) }

    /// Some services of a project.
    mutating func check(services: ArraySlice<Mapping.Entry>) {
        path.append("services")
        check(services, Self.services)
        path.removeLast()
    }

    private static let services = Shape.project.child("services") ?? .anything

    mutating func check(_ node: Node, _ shape: Shape) {
        if case .anything = shape.form { return }
        switch node.value {
        case .mapping(let mapping):
            guard shape.types.contains(.map) else { return wrongType(node, shape) }
            check(mapping.entries[...], shape)
            checkRequired(mapping, node, shape)
        case .sequence(let items):
            guard shape.types.contains(.list) else { return wrongType(node, shape) }
            if let inner = shape.items {
                let borrowed = items.span
                for index in borrowed.indices {
                    path.append(index)
                    check(borrowed[index], inner)
                    path.removeLast()
                }
            }
            if shape.isSet, shape.identity == nil, items.count > 1 { checkDistinct(items) }
        case .scalar(let scalar): check(scalar, node, shape)
        }
    }

    private mutating func check(_ entries: ArraySlice<Mapping.Entry>, _ shape: Shape) {
        let borrowed = entries.span
        for index in borrowed.indices {
            let key = borrowed[index].key
            let inner: Shape
            if let fields = shape.fields {
                if let field = fields[key] {
                    inner = field.shape
                } else if fields.isExtensible, Shape.isExtension(key) {
                    continue
                } else {
                    unknownKey(borrowed[index], fields)
                    continue
                }
            } else if let values = shape.values {
                if shape.keys == .name, !Self.isName(key) { badName(borrowed[index]) }
                inner = values
            } else {
                continue
            }
            path.append(key)
            check(borrowed[index].value, inner)
            path.removeLast()
        }
    }

    private func checkRequired(_ mapping: Mapping, _ node: Node, _ shape: Shape) {
        guard let fields = shape.fields else { return }
        for key in fields.required where mapping.index(of: key) == nil {
            problems.error(
                "`\(path)` has no `\(key)`", at: mapping.entries.first?.keyRange ?? node.range,
                expected: fields[key]?.shape.expectation, next: "add `\(key):` to it")
        }
    }

    private func check(_ scalar: Scalar, _ node: Node, _ shape: Shape) {
        let types = shape.types
        // Most scalars are strings where strings may stand.
        if scalar.kind == .string, scalar.style != .plain, types.contains(.text) {
            return checkLimit(scalar.text, node, shape)
        }
        switch ComposeScalar(scalar) {
        case .text(let text):
            guard types.contains(.text) else { return wrongType(node, shape) }
            checkLimit(text, node, shape)
        case .integer(let number):
            guard types.contains(.integer) else { return wrongType(node, shape) }
            checkLimit(number, node, shape)
        case .number(let number):
            guard types.contains(.number) || (types.contains(.integer) && number.rounded() == number) else {
                return wrongType(node, shape)
            }
            if abs(number) < 1e15 { checkLimit(Int(number), node, shape) }
        case .boolean: guard types.contains(.boolean) else { return wrongType(node, shape) }
        case .null: guard types.contains(.null) else { return wrongType(node, shape) }
        case .date:
            problems.error(
                "`\(path)` cannot be a date", at: node.range, expected: types.wording,
                next: "quote it: `\"\(scalar.text)\"`")
        }
    }

    private func checkLimit(_ text: String, _ node: Node, _ shape: Shape) {
        guard let limit = shape.limit else { return }
        if toleratesVariables, Interpolation.hasDollar(text) { return }
        switch limit {
        case .choices(let choices):
            guard !choices.contains(text) else { return }
            problems.error(
                "`\(path)` cannot be `\(text)`", at: node.range, label: Wording.didYouMean(text, choices),
                expected: Wording.list(choices))
        case .containerName:
            guard !NamePattern.holdsContainerName(text) else { return }
            problems.error(
                "`\(path)` cannot be `\(text)`", at: node.range,
                expected: "at least two letters, digits, `_`, `.`, `-`, beginning with a letter or digit")
        case .pullPolicy:
            guard !NamePattern.holdsPullPolicy(text) else { return }
            problems.error(
                "`\(path)` cannot be `\(text)`", at: node.range,
                label: Wording.didYouMean(text, NamePattern.pullPolicies),
                expected: Wording.list(NamePattern.pullPolicies + ["every_12h"]))
        case .range, .least: return
        }
    }

    private func checkLimit(_ number: Int, _ node: Node, _ shape: Shape) {
        switch shape.limit {
        case .range(let range):
            guard !range.contains(number) else { return }
            problems.error(
                "`\(path)` cannot be \(number)", at: node.range,
                expected: "a number from \(range.lowerBound) to \(range.upperBound)")
        case .least(let least):
            guard number < least else { return }
            problems.error("`\(path)` cannot be \(number)", at: node.range, expected: "at least \(least)")
        default: return
        }
    }

    private func checkDistinct(_ items: [Node]) {
        var seen: [String: Node] = [:]
        for item in items {
            let key: String
            if let text = item.string { key = text } else { key = "\u{0}" + JSONWriter.line(item) }
            if let first = seen[key] {
                problems.error(
                    "`\(path)` holds the same item twice", at: item.range, label: "here again",
                    related: [Diagnostic.Related(range: first.range, label: "first here")],
                    expected: "each item once")
            } else {
                seen[key] = item
            }
        }
    }

    private func wrongType(_ node: Node, _ shape: Shape) {
        let found: String
        var next: String?
        // A string where a number is meant is converted, so that quotes help nobody.
        let isConverted = shape.cast != nil && node.scalar.map { $0.kind == .integer || $0.kind == .float } == true
        if let scalar = node.scalar, scalar.kind != .null, scalar.text.utf8.count <= 60 {
            found = "`\(scalar.text)`"
            if scalar.style == .plain, scalar.kind != .string, shape.types.contains(.text), !isConverted {
                next = "quote it: `\"\(scalar.text)\"`"
            }
        } else {
            found = node.kindName
        }
        let place = path.isEmpty ? "a Compose file" : "`\(path)`"
        let expected = isConverted ? shape.types.subtracting(.text).wording : shape.expectation
        problems.error("\(place) cannot be \(found)", at: shortRange(node), expected: expected, next: next)
    }

    /// The first key of a long map, so that not many lines are underlined.
    private func shortRange(_ node: Node) -> SourceRange {
        node.mapping?.entries.first?.keyRange ?? node.sequence?.first?.range ?? node.range
    }

    private func unknownKey(_ entry: Mapping.Entry, _ fields: FieldTable) {
        let names = fields.names
        let place = path.isEmpty ? "" : " in `\(path)`"
        problems.error(
            "unknown key `\(entry.key)`\(place)", at: entry.keyRange, label: Wording.didYouMean(entry.key, names),
            expected: names.count <= 24
                ? "one of \(names.sorted().joined(separator: ", "))" : "a field of a Compose \(fields.subject)",
            next: fields.isExtensible ? "a field of your own begins with `x-`" : nil)
    }

    private func badName(_ entry: Mapping.Entry) {
        problems.error(
            "`\(entry.key)` cannot be a name in `\(path)`", at: entry.keyRange,
            expected: "letters, digits, `.`, `_`, `-`")
    }

    private static func isName(_ text: String) -> Bool {
        let bytes = text.utf8.span
        guard !bytes.isEmpty else { return false }
        for index in bytes.indices {
            let byte = bytes[index]
            let isLetter = byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
            guard isLetter || (byte >= 0x2D && byte <= 0x39 && byte != UInt8(ascii: "/")) || byte == UInt8(ascii: "_")
            else { return false }
        }
        return true
    }
}

extension Shape {
    /// What may stand here, for messages.
    var expectation: String {
        if case .choices(let names) = limit { return Wording.list(names) }
        return types.wording
    }
}
