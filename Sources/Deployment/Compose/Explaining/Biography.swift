package import Diagnostics
package import YAML

/// Who set a value of a rendering: every place and rule that had a say, in order; the last one made the result.
package struct Biography: Sendable {
    package struct Step: Sendable {
        package enum Effect: String, Sendable {
            /// Nothing stood there before.
            case set
            case replaced
            /// Something was added to a list or map that stood there.
            case added
            /// It was said and changes nothing.
            case kept
            case removed
        }

        package let effect: Effect
        /// `.none` for what no file says.
        package let range: SourceRange
        /// What stands there behind the step; `nil` when nothing does.
        package let value: Node?
        /// The text as it stands in its file, where it is another one than the value.
        package let written: String?
        package let notes: [Note]
    }

    /// Why a step was taken, or by which way.
    package enum Note: Sendable {
        /// A service begins with what another one says; the range is that of the word `extends`.
        case extends(service: String, base: String, SourceRange)
        case include(SourceRange)
        /// What stands at the step's place is used here, through an alias or a `<<`.
        case alias(SourceRange)
        case tag(Node.Tag, SourceRange)
        /// What is written means several values, of which this is one.
        case shortSyntax
        case variable(VariableUse)
        /// A rule that no file spells out.
        case rule(String)
    }

    /// What became of one name in a text.
    package struct VariableUse: Sendable {
        package enum Source: String, Sendable {
            /// `values` of the environment, or of one that it extends.
            case values
            case secret
            case envFile = "env_file"
            case process
            /// The project's own name.
            case project
            /// Nothing has a value for it.
            case unset
        }

        package let name: String
        package let source: Source
        /// Where it is set; for a secret where it is declared; `.none` for what is in no file.
        package let range: SourceRange
        /// `nil` for a secret, for a name that looks like one, and for one that has none.
        package let value: String?
        /// Where it is set too, to no effect.
        package let overridden: [SourceRange]
        /// The template's default that stands for it.
        package let usedDefault: String?
    }

    /// A value inside the explained one.
    package struct Child: Sendable {
        package let path: ParityPath
        package let value: Node
        package let range: SourceRange
    }

    package let path: ParityPath
    /// `nil` when files have set it and it is not in the rendering.
    package let value: Node?
    package let steps: [Step]
    /// In the order of the rendering; empty for a scalar.
    package let children: [Child]
}
