/// One thing that a check looked at.
package struct ChecklistItem: Hashable, Sendable {
    /// Short and the same in every run: `p95`, `header strict-transport-security`.
    package let name: String
    package let isHeld: Bool
    package let expected: String
    /// What was seen; may hold text from a server.
    package let found: String
    /// What to type to see it; `nil` where the name says it.
    package let reproduce: String?

    package init(_ name: String, isHeld: Bool, expected: String, found: String, reproduce: String? = nil) {
        self.name = name
        self.isHeld = isHeld
        self.expected = expected
        self.found = found
        self.reproduce = reproduce
    }
}

extension [ChecklistItem] {
    package var areHeld: Bool { !isEmpty && allSatisfy(\.isHeld) }
    package var failed: [ChecklistItem] { filter { !$0.isHeld } }

    /// A line each, and below one that is not held what was expected and how to see it.
    package var lines: [String] {
        flatMap { item -> [String] in
            let found = CheckText.line(item.found)
            guard !item.isHeld else { return ["✓ \(item.name): \(found)"] }
            return ["✗ \(item.name): \(found)", "    expected: \(item.expected)"]
                + (item.reproduce.map { ["    reproduce: \($0)"] } ?? [])
        }
    }

    /// One line for a step's failure: the first that is not held, and how many more there are.
    package var failureSummary: String? {
        guard let first = failed.first else { return isEmpty ? "nothing was looked at" : nil }
        let rest = failed.count - 1
        return "\(first.name): \(CheckText.line(first.found))" + (rest > 0 ? ", and \(rest) more" : "")
    }
}
