import Diagnostics
import YAML

/// Resolves the variables of one tree and turns the scalars that must be numbers or booleans into them.
///
/// Keys are left alone, as Compose leaves them.
struct TreeInterpolator {
    private let scope: VariableScope?
    private let problems: Problems
    private var path = NodePath()
    /// Whether a `!reset` or `!override` was met.
    private(set) var hasTags = false
    /// Whether any text could not be resolved or converted.
    private(set) var hasFailed = false

    /// - Parameter scope: `nil` leaves every `$` as it is.
    init(scope: VariableScope?, problems: Problems) {
        self.scope = scope
        self.problems = problems
    }

    mutating func interpolated(_ node: Node) -> Node { changed(node, .project) ?? node }

    /// `nil` when nothing changes.
    private mutating func changed(_ node: Node, _ shape: Shape?) -> Node? {
        if node.tag != .none { hasTags = true }
        switch node.value {
        case .scalar(let scalar):
            // A scalar with a tag of Compose's own is text to its YAML reader, whatever it looks like.
            if node.tag == .override { return overriding(scalar, node, shape) }
            // Any plain spelling but a number's may be a string here: `kind` is what YAML says, not what Compose says.
            guard scalar.kind == .string else { return nil }
            return changed(scalar, node, shape)
        case .sequence(let items):
            var result: [Node]?
            let shape = shape?.items
            let borrowed = items.span
            for index in borrowed.indices {
                path.append(index)
                let changed = changed(borrowed[index], shape)
                path.removeLast()
                guard let changed else { continue }
                if result == nil { result = items }
                result?[index] = changed
            }
            return result.map { Node(.sequence($0), range: node.range, tag: node.tag) }
        case .mapping(let mapping):
            var changes: [(index: Int, value: Node)] = []
            let entries = mapping.entries
            let borrowed = entries.span
            for index in borrowed.indices {
                let key = borrowed[index].key
                path.append(key)
                if let changed = changed(borrowed[index].value, shape?.child(key)) { changes.append((index, changed)) }
                path.removeLast()
            }
            return changes.isEmpty
                ? nil : Node(.mapping(mapping.replacing(changes)), range: node.range, tag: node.tag)
        }
    }

    private mutating func overriding(_ scalar: Scalar, _ node: Node, _ shape: Shape?) -> Node {
        let text = Scalar(scalar.text, kind: .string, style: .doubleQuoted)
        return changed(text, node, shape) ?? Node(.scalar(text), range: node.range, tag: node.tag)
    }

    private mutating func changed(_ scalar: Scalar, _ node: Node, _ shape: Shape?) -> Node? {
        var text = scalar.text
        var isChanged = false
        if let scope, Interpolation.hasDollar(text) {
            guard let resolved = scope.resolve(text, at: node.range) else {
                hasFailed = true
                return nil
            }
            text = resolved
            isChanged = true
        }
        if scope != nil, let cast = shape?.cast {
            if !isChanged, scalar.style == .plain, case .integer = ComposeScalar(scalar) { return nil }
            guard let converted = convert(text, cast, node) else {
                hasFailed = true
                return nil
            }
            return Node(.scalar(converted), range: node.range, tag: node.tag)
        }
        guard isChanged else { return nil }
        return Node(.scalar(Scalar(text, kind: .string, style: .doubleQuoted)), range: node.range, tag: node.tag)
    }

    private func convert(_ text: String, _ cast: Shape.Cast, _ node: Node) -> Scalar? {
        switch cast {
        case .integer:
            if let number = GoNumber.decimal(text) { return Scalar(String(number), kind: .integer) }
            return refuse(text, node, "a whole number")
        case .number:
            if let number = GoNumber.float(text) { return Scalar(GoNumber.general(number), kind: .float) }
            return refuse(text, node, "a number")
        case .boolean:
            guard let value = BooleanWord.value(of: text) else { return refuse(text, node, "`true` or `false`") }
            if value.isOld {
                problems.warning(
                    "`\(text)` is no boolean in YAML 1.2", at: node.range, next: "write `\(value.value)`")
            }
            return Scalar(value.value ? "true" : "false", kind: .boolean)
        }
    }

    private func refuse(_ text: String, _ node: Node, _ expected: String) -> Scalar? {
        if DollarWriting.hasMark(text) {
            problems.error(
                "`\(path)` cannot be a secret", at: node.range, expected: expected,
                next: "make it a value: only texts can wait for a secret")
        } else {
            problems.error("`\(path)` cannot be `\(text)`", at: node.range, expected: expected)
        }
        return nil
    }
}

/// The words that Compose takes for booleans where it needs one.
enum BooleanWord {
    /// `isOld` for the words of YAML 1.1.
    static func value(of text: String) -> (value: Bool, isOld: Bool)? {
        switch text.lowercased() {
        case "true": (true, false)
        case "false": (false, false)
        case "y", "yes", "on": (true, true)
        case "n", "no", "off": (false, true)
        default: nil
        }
    }

    /// Whether a switch in the process environment is on.
    static func isOn(_ text: String?) -> Bool {
        switch text?.lowercased() {
        case "1", "t", "true": true
        default: false
        }
    }
}
