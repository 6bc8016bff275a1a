import Glibc
import Host
import TestSupport

/// A generated case on disk: a project of rehearse, whose templates are the generated files.
struct CaseFolder {
    /// The project's root, with `templates/` and `environments/`.
    let root: String
    let project: ProjectCase

    /// Where both programs are started, and the files lie.
    var templates: String { "\(root)/templates" }

    /// Writes the case; nothing is synced, because nobody needs it after a crash.
    init(_ project: ProjectCase, in root: String) {
        self.root = root
        self.project = project
        for (path, text) in project.files { Self.write(text, to: "\(root)/templates/\(path)") }
    }

    /// Runs a program where the files lie, or below the root.
    func run(_ command: [String], in folder: String? = nil) -> RehearseBinary.Answer {
        var program = RehearseBinary(in: folder ?? templates)
        program.environment = project.environment
        // It would win over the name in what was rendered.
        if folder != nil { program.environment["COMPOSE_PROJECT_NAME"] = nil }
        // Its collector costs more than the work itself.
        if command.first != RehearseBinary.path {
            program.environment["GOGC"] = "off"
            program.environment["GOMAXPROCS"] = "1"
        }
        return program.run(command, within: .seconds(60))
    }

    /// `docker compose … config`, bounded in memory too.
    func compose(_ arguments: [String], in folder: String? = nil) -> RehearseBinary.Answer {
        run(
            ["/bin/sh", "-c", "ulimit -v 6000000; exec \"$0\" \"$@\"", Peer.compose.path ?? ""] + arguments, in: folder)
    }

    func rehearse(_ arguments: [String]) -> RehearseBinary.Answer { run([RehearseBinary.path] + arguments) }

    static func write(_ text: String, to path: String) {
        var folder = ""
        for part in path.split(separator: "/").dropLast() {
            folder += "/" + part
            mkdir(folder, 0o755)
        }
        guard let file = unsafe fopen(path, "w") else { return }
        let bytes = Array(text.utf8)
        _ = unsafe fwrite(bytes, 1, bytes.count, file)
        unsafe fclose(file)
    }

    /// Leaves a case behind for a person: the files, and a script that calls both.
    static func keep(_ project: ProjectCase, saying text: String, as name: String) -> String {
        let root = "\(RehearseBinary.repository ?? ".")/.build/corpus/\(name)"
        _ = CaseFolder(project, in: root)
        let variables = project.environment.sorted { $0.key < $1.key }.map { "'\($0.key)=\($0.value)'" }
        let words = project.arguments.map { "'\($0)'" }.joined(separator: " ")
        write(text, to: "\(root)/difference.txt")
        write(
            """
            cd "$(dirname "$0")/templates"
            env -i \(variables.joined(separator: " ")) "$@" \(words)

            """, to: "\(root)/call.sh")
        return root
    }
}
