import YAML

/// What a header or a body must say.
package enum TextExpectation: Hashable, Sendable {
    /// Exactly this. Lists in headers (`Cache-Control`, `Vary`) may come in another order.
    case exactly(String)
    /// A regular expression that is found in it.
    case matches(String)
    /// All of these: members of a header's list, or parts of a body.
    case has([String])
    /// Not there at all.
    case absent

    package var wording: String {
        switch self {
        case .exactly(let text): "`\(text)`"
        case .matches(let pattern): "something that matches `\(pattern)`"
        case .has(let parts): parts.map { "`\($0)`" }.joined(separator: " and ")
        case .absent: "none"
        }
    }

    /// - Parameter value: the header as one line; `nil` when there is none.
    package func isMet(byHeader value: String?) -> Bool {
        guard let value else { return self == .absent }
        switch self {
        case .exactly(let text): return value == text || Self.members(value) == Self.members(text)
        case .matches(let pattern): return Pattern.isFound(pattern, in: value)
        case .has(let parts):
            let members = Self.members(value)
            return parts.allSatisfy { part in
                let part = part.lowercased()
                return members.contains { $0 == part || !part.contains("=") && $0.hasPrefix(part + "=") }
            }
        case .absent: return false
        }
    }

    package func isMet(byBody body: String) -> Bool {
        switch self {
        case .exactly(let text): body == text
        case .matches(let pattern): Pattern.isFound(pattern, in: body)
        case .has(let parts): parts.allSatisfy(body.contains)
        case .absent: body.isEmpty
        }
    }

    /// The members of a list in small letters, in the order of the alphabet.
    private static func members(_ value: String) -> [String] {
        value.split(separator: ",").map { member in
            let rest = member.drop { $0 == " " || $0 == "\t" }
            let end = rest.lastIndex { $0 != " " && $0 != "\t" }
            return end.map { rest[...$0].lowercased() } ?? ""
        }.sorted()
    }
}

extension CheckReader {
    /// A text, or one of `{matches: EXPRESSION}`, `{has: TEXT or list}`, `{absent: true}`.
    ///
    /// - Parameter plainMeans: what a text alone asks for.
    func expectation(
        _ node: Node, _ key: String, _ fields: Fields, plainMeans: (String) -> TextExpectation
    ) -> TextExpectation? {
        guard node.mapping != nil else {
            if let spelling = node.spelling, node.string == nil { return plainMeans(spelling) }
            return text(node, key, fields).map(plainMeans)
        }
        let keys = ["exactly", "matches", "has", "absent"]
        guard let inner = Fields(node, of: "expectation", known: keys, problems: problems) else { return nil }
        let given = keys.filter(inner.contains)
        guard given.count == 1 else {
            problems.error(
                given.isEmpty ? "`\(key)` expects nothing" : "`\(key)` expects two things at once", at: node.range,
                expected: "one of `exactly`, `matches`, `has` or `absent: true`")
            return nil
        }
        switch given[0] {
        case "exactly": return text("exactly", inner).map { .exactly($0) }
        case "matches":
            guard let pattern = text("matches", inner) else { return nil }
            guard isOpen(pattern) || Pattern.isValid(pattern) else {
                problems.error(
                    "`matches` is not a regular expression", at: inner.node("matches")?.range ?? node.range,
                    expected: "a regular expression")
                return nil
            }
            return .matches(pattern)
        case "has":
            let parts = inner.node("has")?.sequence == nil ? text("has", inner).map { [$0] } ?? [] : texts("has", inner)
            return parts.isEmpty ? nil : .has(parts)
        default: return inner.boolean("absent")?.value == true ? .absent : nil
        }
    }
}
