package import Diagnostics
package import YAML

/// The fields of one map in a manifest, read by name and type.
///
/// Whatever does not fit is added to `problems` with its place and answered with `nil`, so that reading goes on and
/// finds the rest. Keys that begin with `x-` are the team's own.
package struct Fields {
    package let mapping: Mapping
    package let range: SourceRange
    /// What the map describes, as messages call it: `step`, `rule`, `environment`.
    package let subject: String
    package let problems: Problems

    /// - Parameter known: every key that means something here; `nil` when any key may stand here.
    package init?(_ node: Node, of subject: String, known: [String]?, problems: Problems) {
        guard let mapping = node.mapping else {
            problems.error(
                "\(Wording.withArticle(subject)) is a map, and this is \(node.kindName)", at: node.range,
                expected: "a map")
            return nil
        }
        self.mapping = mapping
        range = node.range
        self.subject = subject
        self.problems = problems
        guard let known else { return }
        for entry in mapping.entries where !known.contains(entry.key) && !entry.key.hasPrefix("x-") {
            problems.error(
                "unknown key `\(entry.key)`",
                at: entry.keyRange,
                label: Wording.didYouMean(entry.key, known),
                expected: "one of \(known.sorted().joined(separator: ", "))"
            )
        }
    }

    package func contains(_ key: String) -> Bool { mapping.index(of: key) != nil }

    package func node(_ key: String) -> Node? { mapping[key] }

    /// The range of the key's own word; the map's when the key is not there.
    package func keyRange(_ key: String) -> SourceRange { mapping.entry(key)?.keyRange ?? range }

    /// The value, or an error that the key is missing, placed at the start of the map.
    package func required(_ key: String, expected: String) -> Node? {
        if let node = mapping[key] { return node }
        problems.error(
            "the \(subject) has no `\(key)`", at: beginning, expected: expected, next: "add `\(key):` to it")
        return nil
    }

    /// The first key, so that an error about a whole map underlines one word and not many lines.
    package var beginning: SourceRange { mapping.entries.first?.keyRange ?? range }

    // MARK: - Typed values

    package func string(_ key: String) -> Located<String>? { mapping[key].flatMap { string($0, key) } }

    package func requiredString(_ key: String, expected: String) -> Located<String>? {
        required(key, expected: expected).flatMap { string($0, key) }
    }

    /// A string that is not empty. Numbers and booleans are refused: their spelling would be a guess.
    package func string(_ node: Node, _ key: String) -> Located<String>? {
        guard let text = node.string else {
            wrongType(node, key, "a string", next: node.spelling.map { "quote it: `\"\($0)\"`" })
            return nil
        }
        guard !text.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }) else {
            problems.error("`\(key)` is empty", at: node.range, expected: "a text")
            return nil
        }
        return Located(text, node.range)
    }

    package func boolean(_ key: String) -> Located<Bool>? {
        guard let node = mapping[key] else { return nil }
        guard let value = node.boolean else {
            wrongType(node, key, "`true` or `false`")
            return nil
        }
        return Located(value, node.range)
    }

    package func integer(_ key: String, in allowed: ClosedRange<Int>) -> Located<Int>? {
        guard let node = mapping[key] else { return nil }
        guard let value = node.integer, allowed.contains(value) else {
            wrongType(node, key, "a whole number from \(allowed.lowerBound) to \(allowed.upperBound)")
            return nil
        }
        return Located(value, node.range)
    }

    package func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, _ type: Choice.Type
    ) -> Located<Choice>? where Choice.RawValue == String {
        guard let node = mapping[key] else { return nil }
        if let text = node.spelling, let choice = Choice(rawValue: text) { return Located(choice, node.range) }
        let names = Choice.allCases.map(\.rawValue)
        problems.error(
            "`\(key)` cannot be \(node.spelling.map { "`\($0)`" } ?? node.kindName)",
            at: node.range,
            label: node.spelling.flatMap { Wording.didYouMean($0, names) },
            expected: Wording.list(names)
        )
        return nil
    }

    package func list(_ key: String) -> [Node]? {
        guard let node = mapping[key] else { return nil }
        guard let items = node.sequence else {
            wrongType(node, key, "a list")
            return nil
        }
        return items
    }

    /// A list of strings; `nil` when the key is missing or any item is something else.
    package func strings(_ key: String) -> [Located<String>]? {
        guard let items = list(key) else { return nil }
        let strings = items.compactMap { string($0, key) }
        return strings.count == items.count ? strings : nil
    }

    package func map(_ key: String) -> Mapping? {
        guard let node = mapping[key] else { return nil }
        guard let mapping = node.mapping else {
            wrongType(node, key, "a map")
            return nil
        }
        return mapping
    }

    package func wrongType(_ node: Node, _ key: String, _ expected: String, next: String? = nil) {
        let found = node.spelling.map { "`\($0)`" } ?? node.kindName
        problems.error("`\(key)` cannot be \(found)", at: node.range, expected: expected, next: next)
    }
}
