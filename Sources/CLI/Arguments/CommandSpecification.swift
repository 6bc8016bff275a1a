/// A command as it is declared: all that parser, help, completions and manual page know of it.
package struct CommandSpecification: Hashable, Sendable {
    package struct Example: Hashable, Sendable {
        /// As typed at a shell, `rehearse` first.
        package let line: String
        /// What it is good for: lower case, no full stop.
        package let purpose: String

        package init(_ line: String, _ purpose: String) {
            self.line = line
            self.purpose = purpose
        }
    }

    /// `["run"]`, `["history", "show"]`; never empty.
    package let path: [String]
    package let group: CommandGroup
    /// One line: lower case, no full stop, at most 72 characters.
    package let summary: String
    /// Whole sentences, paragraphs separated by an empty line; names in backticks.
    package let details: String
    package let arguments: [ArgumentSpecification]
    /// Without the global ones; a global flag named here again only changes its words.
    package let flags: [FlagSpecification]
    /// What `--format` may be; the first is the default.
    package let formats: [String]
    package let examples: [Example]
    /// Flags that people know from elsewhere and that the command does not have, with the reason.
    package let refusals: [RefusedFlag]
    /// Works, but is shown nowhere.
    package let isHidden: Bool

    package init(
        _ path: String...,
        group: CommandGroup,
        summary: String,
        details: String = "",
        arguments: [ArgumentSpecification] = [],
        flags: [FlagSpecification] = [],
        formats: [String] = ["text", "json"],
        examples: [Example] = [],
        refusals: [RefusedFlag] = [],
        isHidden: Bool = false
    ) {
        self.path = path
        self.group = group
        self.summary = summary
        self.details = details
        self.arguments = arguments
        self.flags = flags
        self.formats = formats
        self.examples = examples
        self.refusals = refusals
        self.isHidden = isHidden
    }

    /// The path as it is typed: `history show`.
    package var name: String { path.joined(separator: " ") }

    /// The first line of help: `rehearse run RUNBOOK -e ENV [flags]`.
    package var usage: String {
        let required = flags.filter(\.isRequired).map(\.usage)
        return (["rehearse", name] + arguments.map(\.usage) + required + ["[flags]"]).joined(separator: " ")
    }
}

/// A flag that a command deliberately lacks, for those who type it all the same.
package struct RefusedFlag: Hashable, Sendable {
    /// `--resolve-image-digests`.
    package let spelling: String
    /// Completes "`SPELLING` …".
    package let why: String
    package let expected: String?
    package let next: String?

    package init(_ spelling: String, _ why: String, expected: String? = nil, next: String? = nil) {
        self.spelling = spelling
        self.why = why
        self.expected = expected
        self.next = next
    }
}

/// Whom a command serves; the order is the order of the overview.
package enum CommandGroup: String, CaseIterable, Sendable {
    case release = "Cut a release"
    case gate = "Check a change before it is deployed"
    case recover = "See what ran, carry on, undo"
    case program = "The program itself"
}
