import Diagnostics

/// What `!!int`, `!reset` and the like mean, and which of them are refused.
extension Composer {
    /// What a scalar with a tag is.
    mutating func tagged(_ name: String, _ event: ScalarEvent) -> (Scalar.Kind, Node.Tag) {
        let plainKind = NumberSyntax.kind(ofPlain: event.text)
        guard name != "!", name != Self.corePrefix + "str" else { return (.string, .none) }
        guard let wanted = Self.kinds[name] else {
            return (event.style == .plain ? plainKind : .string, tag(name, at: event.range, core: nil))
        }
        if plainKind != wanted, !(plainKind == .integer && wanted == .float) {
            problems.append(
                Diagnostic(
                    "this is not \(wanted.name)", at: event.range, expected: "\(wanted.name), as its tag says"))
        }
        return (wanted, .none)
    }

    /// - Parameter core: the one tag of YAML's own that fits here and means nothing.
    mutating func tag(_ name: String, at range: SourceRange, core: String?) -> Node.Tag {
        if name == "!" || core.map({ name == Self.corePrefix + $0 }) == true { return .none }
        if options.allowsComposeTags {
            if name == "!reset" { return .reset }
            if name == "!override" { return .override }
        }
        let shown = name.hasPrefix(Self.corePrefix) ? "!!" + name.dropFirst(Self.corePrefix.count) : name
        problems.append(
            Diagnostic(
                "the tag `\(shown)` is not allowed here", at: range,
                expected: options.allowsComposeTags ? "no tag, `!reset` or `!override`" : "no tag"))
        return .none
    }

    private static let corePrefix = "tag:yaml.org,2002:"
    private static let kinds: [String: Scalar.Kind] = [
        corePrefix + "int": .integer, corePrefix + "float": .float, corePrefix + "bool": .boolean,
        corePrefix + "null": .null,
    ]
}
