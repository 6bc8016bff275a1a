import Diagnostics
package import YAML

/// A resolved Compose project in its normal form.
package struct Rendering: Sendable {
    /// `name`, `services`, `networks`, `volumes`, `secrets`, `configs`, `models` and `x-` fields, in the order and form of
    /// `docker compose config`: short syntax is long, defaults are there, durations and sizes are canonical.
    ///
    /// Every node has the range of the text that set it, `.none` where a default did. A `$` stands for itself, and a
    /// secret is `${NAME}`. Made anew each time it is asked for.
    package var document: Node { writing.dollars(escapes: false).written(marked) }
    package let projectName: String
    /// The files that were read, in the order of their first reading, as `SourceTable` names them.
    package let files: [String]
    /// Every name that a template used, sorted.
    package let usedVariables: [String]
    /// Services whose profile is not enabled, sorted; they are not in `document`.
    package let disabledServices: [String]
    /// Every profile that a service of the files names, sorted.
    package let profiles: [String]
    let marked: Node
    let writing: Writing

    struct Writing: Sendable {
        var isEnvironment: Bool
        /// Whether variables were resolved; otherwise the document is the merged tree, and every `$` stands as written.
        var isResolved: Bool
        /// Whether any record has an `x-` key.
        var hasOwnFields: Bool
        var secrets: [String]
        var outputDirectory: String?
        /// See `EnvironmentRendering.absoluteRoot`.
        var absoluteRoot: String?
        var inputs: String?
        var enabledProfiles: [String] = []
        /// What interpolation had, by name; a secret is `${NAME}`.
        var variables: [String: String] = [:]
        /// Whether the document is what `docker stack deploy` takes.
        var isStack = false
        var workers = Workers.one

        /// How the tree changes before it is written, and what the writer of its text does to each `$`.
        ///
        /// Only where references to secrets keep their `$` does the tree itself have to be gone through.
        var spelling: (dollars: DollarWriting, doubling: DollarDoubling) {
            let escaping = dollars(escapes: true)
            guard secrets.isEmpty else { return (escaping, .nowhere) }
            return (
                dollars(escapes: false),
                DollarDoubling(values: escaping.escapes, keys: escaping.escapes && escaping.escapesKeys)
            )
        }

        func dollars(escapes: Bool) -> DollarWriting {
            DollarWriting(
                secrets: secrets, escapes: escapes && isResolved, escapesKeys: !isEnvironment && !isStack,
                outputDirectory: outputDirectory, absoluteRoot: absoluteRoot)
        }
    }

    init(
        marked: Node, projectName: String, files: [String], usedVariables: [String], disabledServices: [String],
        profiles: [String], writing: Writing
    ) {
        self.marked = marked
        self.projectName = projectName
        self.files = files
        self.usedVariables = usedVariables
        self.disabledServices = disabledServices
        self.profiles = profiles
        self.writing = writing
    }

    /// As YAML, each `$` written so that Compose reads it again; in environment mode with a header that names the files
    /// and the digest of the inputs.
    package var yaml: String { (writing.isEnvironment ? header : "") + content }

    /// What identifies the inputs of an environment's rendering: the files, the values and the names of secrets that
    /// they use, project name and profiles. SHA-256 in hexadecimal digits; `nil` in plain mode.
    package var inputs: String? { writing.inputs }

    /// Whether a text reads back as exactly this rendering, which is to be asked before it is written anywhere.
    package func isReadBack(from text: String) -> Bool {
        var problems: [Diagnostic] = []
        let options = LoadOptions(aliases: 0, repeatedNodes: 0)
        let source = SourceFile(path: "rendering", text: text)
        let node = Loading.document(source, id: .none, options: options, problems: &problems)
        return problems.isEmpty && node?.hasSameContent(as: written) == true
    }

    private var header: String {
        let text =
            "\(RenderingHeader.filesMark)\(files.joined(separator: ", ")).\n"
            + (inputs.map { "\(RenderingHeader.inputsMark)\($0)\n" } ?? "") + "# Edit those files, not this one.\n"
        guard writing.isStack else { return text }
        return text + "# To deploy it: docker stack deploy --compose-file THIS-FILE \(projectName)\n"
    }

    /// The same rendering with a document for `docker stack deploy`.
    func replacing(_ document: Node) -> Rendering {
        var writing = writing
        writing.isStack = true
        return Rendering(
            marked: document, projectName: projectName, files: files, usedVariables: usedVariables,
            disabledServices: disabledServices, profiles: profiles, writing: writing)
    }
}
