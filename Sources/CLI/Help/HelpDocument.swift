/// Help as structure, before it is known whether a terminal or `man` shows it.
///
/// Texts hold names in backticks; how those look is the reader's.
package struct HelpDocument: Hashable, Sendable {
    /// What is explained: `rehearse run`.
    package let name: String
    /// One line, without a full stop.
    package let summary: String
    package let sections: [HelpSection]

    package init(name: String, summary: String, sections: [HelpSection]) {
        self.name = name
        self.summary = summary
        self.sections = sections
    }
}

package struct HelpSection: Hashable, Sendable {
    package let title: String
    package let blocks: [HelpBlock]

    package init(_ title: String, _ blocks: [HelpBlock]) {
        self.title = title
        self.blocks = blocks
    }
}

package enum HelpBlock: Hashable, Sendable {
    case paragraph(String)
    /// Shown as it is, to be copied.
    case command(String)
    case definitions([HelpDefinition])
    /// What follows is about this, until the next heading.
    case heading(String)
}

package struct HelpDefinition: Hashable, Sendable {
    package let term: String
    /// The first is a summary; never empty.
    package let paragraphs: [String]

    package init(_ term: String, _ paragraphs: [String]) {
        self.term = term
        self.paragraphs = paragraphs
    }
}
