import Deployment
import YAML

/// One side of a comparison.
struct ComparedOperand {
    /// As the user named it.
    var name: String
    var root: Node
    /// The environment that `between` of a rule means; `nil` for a file.
    var environment: String?
    /// Whether `root` is the list of a file's documents.
    var isStream = false
    /// Where the values of its secrets come from; `nil` where they cannot be had any more.
    var secrets: [SecretDeclaration]?

    /// The same as a list of documents, to be compared with a file that has several.
    var asStream: ComparedOperand {
        guard !isStream else { return self }
        var copy = self
        copy.root = Node(.sequence([root]), range: root.range)
        copy.isStream = true
        return copy
    }
}
