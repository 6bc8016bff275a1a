/// Something `rehearse help` explains that is not a command.
///
/// To add one, name it in `all`.
package struct HelpTopic: Hashable, Sendable {
    /// What is typed after `rehearse help`; no command's name.
    package let name: String
    /// One line: lower case, no full stop, at most 72 characters.
    package let summary: String
    package let blocks: [HelpBlock]

    package init(name: String, summary: String, blocks: [HelpBlock]) {
        self.name = name
        self.summary = summary
        self.blocks = blocks
    }

    package static let all: [HelpTopic] = [.exitCodes]
}
