/// A word that a command takes by its place, without a flag.
package struct ArgumentSpecification: Hashable, Sendable {
    package enum Occurrence: Hashable, Sendable {
        case once
        /// Only after every `once`.
        case optional
        /// Any number, also none; only as the last.
        case anyNumber
    }

    /// As help shows it, in capitals; unique within its command.
    package let name: String
    package let kind: ValueKind
    package let occurrence: Occurrence
    /// One line: lower case, no full stop, at most 72 characters.
    package let summary: String

    package init(_ name: String, _ kind: ValueKind, _ occurrence: Occurrence = .once, summary: String) {
        self.name = name
        self.kind = kind
        self.occurrence = occurrence
        self.summary = summary
    }

    /// `RUN`, `[RUN]`, `[WORD]...`.
    package var usage: String {
        switch occurrence {
        case .once: name
        case .optional: "[\(name)]"
        case .anyNumber: "[\(name)]..."
        }
    }
}
