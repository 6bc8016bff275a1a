/// One thing that a check looked at.
package struct ChecklistItem: Hashable, Sendable {
    /// Short and the same in every run: `p95`, `error_rate`.
    package let name: String
    package let isHeld: Bool
    package let expected: String
    /// What was seen.
    package let found: String

    package init(_ name: String, isHeld: Bool, expected: String, found: String) {
        self.name = name
        self.isHeld = isHeld
        self.expected = expected
        self.found = found
    }
}
