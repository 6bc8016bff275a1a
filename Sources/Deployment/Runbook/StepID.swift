/// A step's identifier, unique in its runbook; part of file names and of command lines.
package struct StepID: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// `nil` for anything but letters, digits, `-`, `_` and `.`, beginning with a letter or digit, at most 64 long.
    package init?(_ text: String) {
        guard EnvironmentName.isValid(text) else { return nil }
        self.text = text
    }

    package var description: String { text }
}
