/// A flag as it is declared, once: parser, help, completions and manual page all read it from here.
///
/// A command reads the value with the same constant that it declared: `arguments.text(of: .reason)`. In the whole table
/// a name has one short form and one arity, so that a flag means the same on every command.
package struct FlagSpecification: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        /// A switch: given or not.
        case none
        /// Takes exactly one value, shown as `placeholder` in help.
        case required(placeholder: String, kind: ValueKind)
    }

    /// Without dashes; empty only for a flag that has just a short form.
    package let long: String
    package let short: Character?
    package let value: Value
    package let isRepeatable: Bool
    /// The command cannot do without it.
    package private(set) var isRequired: Bool
    /// One line: lower case, no full stop, at most 72 characters.
    package private(set) var summary: String
    /// Whole sentences for `--help` and the manual page; empty when the summary says it all.
    package private(set) var details: String
    /// Long names of flags that contradict this one.
    package let excludes: [String]

    package init(
        _ long: String,
        short: Character? = nil,
        value: Value = .none,
        isRepeatable: Bool = false,
        isRequired: Bool = false,
        excludes: [String] = [],
        summary: String,
        details: String = ""
    ) {
        self.long = long
        self.short = short
        self.value = value
        self.isRepeatable = isRepeatable
        self.isRequired = isRequired
        self.excludes = excludes
        self.summary = summary
        self.details = details
    }

    /// The same flag where a command cannot do without it.
    package var required: FlagSpecification {
        var copy = self
        copy.isRequired = true
        return copy
    }

    /// The same flag with words that fit one command better.
    package func saying(_ summary: String, details: String = "") -> FlagSpecification {
        var copy = self
        copy.summary = summary
        copy.details = details
        return copy
    }
}

extension FlagSpecification {
    /// What identifies the flag: its long name, or the letter of one that has just a short form.
    package var name: String { long.isEmpty ? short.map(String.init) ?? "" : long }

    /// `--reason`, or `-C`.
    package var spelling: String { long.isEmpty ? "-\(name)" : "--\(long)" }

    /// Both forms, short first: `-e`, `--environment`.
    package var spellings: [String] { (short.map { ["-\($0)"] } ?? []) + (long.isEmpty ? [] : ["--\(long)"]) }

    /// The spelling that fits a usage line, with its value: `-e ENV`, `--reason WHY`.
    package var usage: String { spellings[0] + (placeholder.map { " \($0)" } ?? "") }

    package var takesValue: Bool { value != .none }

    package var placeholder: String? {
        guard case .required(let placeholder, _) = value else { return nil }
        return placeholder
    }

    package var kind: ValueKind? {
        guard case .required(_, let kind) = value else { return nil }
        return kind
    }
}
