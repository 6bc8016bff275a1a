/// The intended differences of a project, as `environments/parity.yaml` lists them.
package struct ParityRules: Sendable {
    /// In the order of the file; names are unique.
    package let rules: [ParityRule]

    package init(_ rules: [ParityRule]) { self.rules = rules }

    /// No difference is intended.
    package static let none = ParityRules([])
}
