import YAML

extension FormWriter {
    func text(_ node: Node) -> Node? {
        guard let scalar = node.scalar, let text = ComposeScalar(scalar).spelling, !text.isEmpty else { return nil }
        if scalar.kind == .string, scalar.style != .plain { return Node(node.value, range: node.range) }
        return node.becoming(text: text)
    }

    func flag(_ node: Node) -> Bool? {
        guard let scalar = node.scalar else { return nil }
        switch ComposeScalar(scalar) {
        case .boolean(let value): return value
        case .text(let text):
            if let word = BooleanWord.value(of: text) { return word.value }
            refuse(node, "`true` or `false`")
            return nil
        default: return nil
        }
    }

    func integer(_ node: Node) -> Int? {
        guard let scalar = node.scalar else { return nil }
        switch ComposeScalar(scalar) {
        case .integer(let number): return number
        case .number(let number) where number.magnitude < 9e18: return Int(number)
        case .text(let text):
            if let number = GoNumber.decimal(text) { return number }
            refuse(node, "a whole number")
            return nil
        default: return nil
        }
    }

    func unsigned(_ node: Node) -> Int? {
        if node.string != nil {
            refuse(node, "a whole number", next: "write it without quotes")
            return nil
        }
        guard let number = integer(node) else { return nil }
        if number < 0 {
            refuse(node, "0 or more")
            return nil
        }
        return number
    }

    /// With the precision of 32 bits, which is what Compose keeps.
    func number(_ node: Node) -> Node? {
        guard let scalar = node.scalar else { return nil }
        let value: Double
        switch ComposeScalar(scalar) {
        case .integer(let number): value = Double(number)
        case .number(let number): value = number
        case .text(let text):
            guard let number = GoNumber.float(text) else {
                refuse(node, "a number")
                return nil
            }
            value = number
        default: return nil
        }
        let short = Float(value)
        guard short != 0 else { return nil }
        return node.becoming(spelledNumber: GoNumber.general(short))
    }

    func bytes(_ node: Node) -> Node? {
        guard let scalar = node.scalar else { return nil }
        let size: Int
        switch ComposeScalar(scalar) {
        case .integer(let number): size = number
        case .text(let text):
            guard let number = ByteSize.parse(text) else {
                refuse(node, "a size such as `512m` or `1.5g`")
                return nil
            }
            size = number
        case .number:
            problems.warning(
                "Compose ignores the fraction `\(scalar.text)` of `\(path)`", at: node.range,
                next: "write a size with a unit, such as `512m`")
            return nil
        default: return nil
        }
        return size == 0 ? nil : node.becoming(text: String(size))
    }

    /// Nanoseconds.
    func duration(_ node: Node) -> Int? {
        guard let text = node.scalar.flatMap({ ComposeScalar($0).spelling }) else { return nil }
        if let duration = GoDuration.parse(text) { return duration }
        refuse(node, "a duration such as `1m30s`")
        return nil
    }

    func fileMode(_ node: Node) -> Node? {
        guard let scalar = node.scalar else { return nil }
        let mode: Int
        switch ComposeScalar(scalar) {
        case .integer(let number): mode = number
        case .text(let text):
            guard let number = Int(text, radix: 8) else {
                refuse(node, "an octal number such as `0440`")
                return nil
            }
            mode = number
        default:
            refuse(node, "an octal number such as `0440`")
            return nil
        }
        return node.becoming(text: "0" + String(mode, radix: 8))
    }

    func deviceCount(_ node: Node) -> Node? {
        guard let scalar = node.scalar else { return nil }
        switch ComposeScalar(scalar) {
        case .integer(let number): return number == 0 ? nil : node.becoming(integer: number)
        case .text(let text):
            if text.lowercased() == "all" { return node.becoming(integer: -1) }
            if let number = GoNumber.decimal(text) { return number == 0 ? nil : node.becoming(integer: number) }
            fallthrough
        default:
            refuse(node, "`all` or a number")
            return nil
        }
    }

    func ulimit(_ node: Node) -> Node? {
        if let mapping = node.mapping {
            let soft = mapping["soft"].flatMap(writtenInteger) ?? 0
            let hard = mapping["hard"].flatMap(writtenInteger) ?? 0
            return limits(soft, hard, node, mapping)
        }
        guard let single = writtenInteger(node) else { return nil }
        return single == 0 ? limits(0, 0, node, Mapping()) : node.becoming(integer: single)
    }

    /// A number that is not a string.
    private func writtenInteger(_ node: Node) -> Int? {
        if node.string != nil {
            refuse(node, "a whole number", next: "write it without quotes")
            return nil
        }
        return integer(node)
    }

    private func limits(_ soft: Int, _ hard: Int, _ node: Node, _ mapping: Mapping) -> Node {
        func entry(_ key: String, _ number: Int) -> Mapping.Entry {
            let written = mapping.entry(key)
            return .init(
                key: key, keyRange: written?.keyRange ?? node.range,
                value: (written?.value ?? node).becoming(integer: number))
        }
        return Node(.mapping(Mapping([entry("soft", soft), entry("hard", hard)])), range: node.range)
    }
}
