import YAML

/// Writes `$` so that Compose reads the same text again, and secrets as references.
///
/// While a template is being read a secret is the number of its reference between two marks that no text can hold by
/// accident, so that nothing splits, escapes or converts it.
struct DollarWriting {
    /// The references by number: `${NAME}`, `${NAME:?reason}`.
    let secrets: [String]
    /// Whether every other `$` is doubled.
    let escapes: Bool
    /// Whether keys are treated like values; Compose itself never interpolates keys.
    let escapesKeys: Bool
    /// The folder, relative to the project, from which paths inside the project are seen; `nil` where there are none.
    let outputDirectory: String?
    /// The project's folder, absolute, where its paths are written complete instead.
    var absoluteRoot: String?

    static let open: Unicode.Scalar = "\u{10FFF0}"
    static let close: Unicode.Scalar = "\u{10FFF1}"

    static func mark(_ number: Int) -> String { "\u{10FFF0}\(number)\u{10FFF1}" }

    /// A path that begins with a secret is complete or not, nobody knows.
    static func beginsWithMark(_ text: String) -> Bool { text.unicodeScalars.first == open }

    /// Whether a text holds a secret.
    static func hasMark(_ text: String) -> Bool {
        let bytes = text.utf8.span
        guard bytes.count >= 4 else { return false }
        for index in 0..<(bytes.count - 3) where bytes[index] == 0xF4 {
            if bytes[index + 1] == 0x8F, bytes[index + 2] == 0xBF, bytes[index + 3] == 0xB0 { return true }
        }
        return false
    }

    func written(_ node: Node) -> Node {
        guard escapes || !secrets.isEmpty || outputDirectory != nil else { return node }
        return changed(node) ?? node
    }

    /// One entry of a map, with its key.
    func written(_ entry: Mapping.Entry) -> Mapping.Entry {
        Mapping.Entry(
            key: escapesKeys ? changed(entry.key) ?? entry.key : entry.key, keyRange: entry.keyRange,
            value: written(entry.value))
    }

    /// `nil` when nothing changes, so that whole branches are shared.
    private func changed(_ node: Node) -> Node? {
        switch node.value {
        case .scalar(var scalar):
            guard scalar.kind == .string, let text = changed(scalar.text) else { return nil }
            scalar.text = text
            return Node(.scalar(scalar), range: node.range)
        case .sequence(let items):
            var result: [Node]?
            let borrowed = items.span
            for index in borrowed.indices {
                guard let item = changed(borrowed[index]) else { continue }
                if result == nil { result = items }
                result?[index] = item
            }
            return result.map { Node(.sequence($0), range: node.range) }
        case .mapping(let mapping):
            if escapesKeys, mapping.entries.contains(where: { changed($0.key) != nil }) {
                return Node(
                    .mapping(
                        Mapping(
                            mapping.entries.map {
                                Mapping.Entry(
                                    key: changed($0.key) ?? $0.key, keyRange: $0.keyRange,
                                    value: changed($0.value) ?? $0.value)
                            })), range: node.range)
            }
            var changes: [(index: Int, value: Node)] = []
            let entries = mapping.entries
            let borrowed = entries.span
            for index in borrowed.indices {
                if let value = changed(borrowed[index].value) { changes.append((index, value)) }
            }
            return changes.isEmpty ? nil : Node(.mapping(mapping.replacing(changes)), range: node.range)
        }
    }

    private func changed(_ text: String) -> String? {
        if let outputDirectory, text.utf8.first == 0xF4, text.hasPrefix(ComposePath.projectRoot) {
            let inside = ComposePath.shown(text)
            let path =
                absoluteRoot.map { ComposePath.join($0, inside) } ?? ComposePath.relative(inside, from: outputDirectory)
            return changed(path) ?? path
        }
        let hasDollar = escapes && Interpolation.hasDollar(text)
        let hasMark = !secrets.isEmpty && Self.hasMark(text)
        guard hasDollar || hasMark else { return nil }
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            if scalar == Self.open, let (reference, end) = reference(in: scalars, after: index) {
                result.append(contentsOf: reference.unicodeScalars)
                index = end
                continue
            }
            if scalar == "$", escapes { result.append(scalar) }
            result.append(scalar)
            index += 1
        }
        return String(result)
    }

    /// The secret whose mark begins at `start`, and where the mark ends.
    private func reference(in scalars: [Unicode.Scalar], after start: Int) -> (text: String, end: Int)? {
        var end = start + 1
        var digits = ""
        while end < scalars.count, digits.utf8.count < 9, ("0"..."9").contains(scalars[end]) {
            digits.unicodeScalars.append(scalars[end])
            end += 1
        }
        guard end < scalars.count, scalars[end] == Self.close, let number = Int(digits),
            secrets.indices.contains(number)
        else { return nil }
        return (secrets[number], end + 1)
    }
}
