package import Diagnostics

/// An ordered list of steps, valid from here on.
package struct Runbook: Sendable {
    package struct Probe: Hashable, Sendable {
        package let name: String
        package let command: Script
    }

    package let name: String
    /// As the user would type it: `runbooks/release.yaml`.
    package let path: String
    package let description: String?
    package let owner: String
    package let inputs: [InputDeclaration]
    /// What the world looks like: asked before the first step and after a rollback.
    package let fingerprint: [Probe]
    /// Never empty; identifiers are distinct.
    package let steps: [Step]

    /// Those in `parallel` steps in their place.
    package var allSteps: [Step] { steps.flatMap(\.besideEachOther) }

    package static let folder = "runbooks"
    package static func path(of name: String) -> String { "\(folder)/\(name).yaml" }
}

/// Something the person who starts a run says.
package struct InputDeclaration: Hashable, Sendable {
    package let name: String
    package let description: String?
    /// A regular expression that the whole value must match.
    package let pattern: String?
    package let isRequired: Bool
    package let defaultValue: String?
    package let range: SourceRange
}
