/// What a run is going to do, frozen: what `plan` prints is the value that `run` executes and records.
///
/// Everything that a later `resume` or `rollback` needs is in it, so that neither needs today's files. Secrets are here
/// by name and source only.
package struct Plan: Hashable, Sendable, Decodable {
    package struct RunbookReference: Hashable, Sendable, Decodable {
        package var name: String
        package var path: String
        package var sha256: String

        package init(name: String, path: String, sha256: String) {
            self.name = name
            self.path = path
            self.sha256 = sha256
        }
    }

    package struct EnvironmentReference: Hashable, Sendable, Decodable {
        package var name: String
        /// Of the merged manifest.
        package var sha256: String
        /// Of the rendering; `nil` when the environment has no Compose files.
        package var composeSha256: String?

        package init(name: String, sha256: String, composeSha256: String?) {
            self.name = name
            self.sha256 = sha256
            self.composeSha256 = composeSha256
        }
    }

    package struct Probe: Hashable, Sendable, Decodable {
        package var name: String
        package var command: Script

        package init(name: String, command: Script) {
            self.name = name
            self.command = command
        }
    }

    package var runbook: RunbookReference
    package var environment: EnvironmentReference
    package var inputs: [String: String]
    /// The environment's values, as steps get them.
    package var variables: [String: String]
    package var url: String?
    /// The branch that the environment's releases come from.
    package var branch: String?
    /// Where the secrets that steps use come from.
    package var secrets: [String: SecretDeclaration.Source]
    package var fingerprint: [Probe]
    /// Where the run is shared; `nil` for one that stays on its machine.
    package var history: SharedHistory?
    /// In order; identifiers are distinct.
    package var steps: [PlannedStep]

    package func step(_ id: String) -> PlannedStep? { steps.first { $0.id == id } }
}
