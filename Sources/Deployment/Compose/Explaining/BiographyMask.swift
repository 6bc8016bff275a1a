import YAML

/// Keeps values out of a biography that are probably secrets.
///
/// An environment says what is secret, and its rendering never knows such a value. In plain mode nobody says it, so the
/// names decide: a biography is about places, and is pasted into tickets.
struct BiographyMask {
    /// What to write in place of which text, longest text first.
    private let replacements: [(text: String, name: String)]
    private let guesses: Bool
    /// Whether the explained value itself has such a name.
    private let hidesValue: Bool

    /// In an environment's biography everything may be shown.
    static let none = BiographyMask(variables: [:], guesses: false, hidesValue: false)

    /// - Parameter variables: all that templates can use, by name.
    init(plain variables: [String: String], _ path: ParityPath) {
        let holdsVariables = path.key(at: 2) == "environment" || path.key(at: 3) == "args"
        self.init(
            variables: variables, guesses: true,
            hidesValue: holdsVariables && path.lastKey.map(Self.looksSecret) == true)
    }

    private init(variables: [String: String], guesses: Bool, hidesValue: Bool) {
        self.guesses = guesses
        self.hidesValue = hidesValue
        replacements =
            variables.filter { Self.looksSecret($0.key) && $0.value.utf8.count > 2 }
            .map { (text: $0.value, name: $0.key) }
            .sorted { ($1.text.utf8.count, $0.name) < ($0.text.utf8.count, $1.name) }
    }

    func hides(_ name: String) -> Bool { guesses && Self.looksSecret(name) }

    func text(_ text: String) -> String {
        var result = text
        for (hidden, name) in replacements where result.contains(hidden) {
            result = result.replacing(hidden, with: "${\(name)}")
        }
        return hidesValue && !result.isEmpty && !result.contains("${") ? Self.hidden : result
    }

    private static let hidden = "[redacted]"

    func masked(_ node: Node) -> Node {
        guard !replacements.isEmpty || hidesValue, let scalar = node.scalar, scalar.kind == .string else { return node }
        return node.becoming(text: text(scalar.text))
    }

    /// The words by which people name secrets.
    static func looksSecret(_ name: String) -> Bool {
        let upper = name.uppercased()
        return [
            "PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "TOKEN", "PRIVATE_KEY", "API_KEY", "APIKEY", "CREDENTIAL",
        ]
        .contains { upper.contains($0) }
    }
}
