package import Diagnostics
package import YAML

/// A named environment, valid from here on, with what it inherits already merged in.
package struct EnvironmentManifest: Sendable {
    package struct Compose: Sendable {
        package let project: String?
        /// Under `templates/`, merged in this order; never empty.
        package let files: [Located<String>]
        package let profiles: [String]
    }

    package struct Value: Sendable {
        package let name: String
        package let nameRange: SourceRange
        /// Never null; its spelling is what templates and steps get.
        package let scalar: Scalar
        package let range: SourceRange
    }

    package struct Job: Hashable, Sendable {
        package let name: String
        package let owner: String
        package let run: Script
    }

    package let name: EnvironmentName
    package let description: String?
    package let owner: String?
    package let url: String?
    package let compose: Compose?
    /// In the order of their names.
    package let values: [Value]
    /// In the order of their names.
    package let secrets: [SecretDeclaration]
    package let config: Node?
    package let jobs: [Job]
    package let gate: Gate
    /// `nil` for an environment whose records stay on their machine.
    package let history: SharedHistory?
    /// The files it was made of, its own first, then what it extends.
    package let files: [String]
    /// The merged manifest as a tree, for comparing.
    package let tree: Node

    package var variables: [String: String] {
        Dictionary(uniqueKeysWithValues: values.map { ($0.name, $0.scalar.text) })
    }

    /// The environment that it extends.
    package var parent: String? { tree["extends"]?.string }

    package func secret(_ name: String) -> SecretDeclaration? { secrets.first { $0.name == name } }
}
