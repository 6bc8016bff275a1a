package import Diagnostics

/// A secret's name and where its value comes from; never the value.
package struct SecretDeclaration: Hashable, Sendable {
    package enum Source: Hashable, Sendable {
        /// A variable of the process's environment.
        case variable(String)
        /// A file's content without its last line break.
        case file(String)
        /// What a program prints, without its last line break.
        case command([String])

        /// As messages and reports name it; says nothing of the value.
        package var description: String {
            switch self {
            case .variable(let name): "the variable `\(name)`"
            case .file(let path): "the file `\(path)`"
            case .command(let arguments): "the command `\(arguments.joined(separator: " "))`"
            }
        }
    }

    package let name: String
    package let source: Source
    package let range: SourceRange

    package init(name: String, source: Source, range: SourceRange = .none) {
        self.name = name
        self.source = source
        self.range = range
    }
}
