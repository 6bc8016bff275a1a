import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// `init [DIR]`: writes the worked example where there is none yet.
struct InitCommand {
    let context: CommandContext

    private static let folders = [
        EnvironmentReader.folder, Project.templateFolder, Runbook.folder, "\(Runbook.folder)/checks",
    ]

    func run() throws -> ExitCode {
        let start = context.globals.directory ?? context.host.surroundings.workingDirectory
        let root = context.arguments.word(for: .initDirectory).map { RelativePath.absolute($0, from: start) } ?? start
        try refuseExisting(root)
        do throws(FileFailure) {
            try write(root)
        } catch let failure {
            throw CommandFailure(
                .state,
                [
                    Diagnostic(
                        "cannot \(failure.operation) \(failure.path): \(failure.reason)",
                        expected: "a folder that can be written",
                        retry: "after repair, and after removing what was written")
                ])
        }
        report(root)
        return .done
    }

    /// All that is in the way, at once; then nothing is written.
    private func refuseExisting(_ root: String) throws {
        let files = context.host.files
        let present = WorkedExample.files.map(\.path).filter { path in
            // Something that cannot be looked at is in the way, too.
            do { return try files.status("\(root)/\(path)") != nil } catch { return true }
        }
        guard present.isEmpty else {
            throw CommandFailure(
                .invalid,
                present.map {
                    Diagnostic("\($0) is there already", expected: "a folder without it: init never overwrites")
                })
        }
    }

    private func write(_ root: String) throws(FileFailure) {
        let files = context.host.files
        for folder in [""] + Self.folders.map({ "/" + $0 }) {
            do throws(FileFailure) {
                try files.makeDirectory(root + folder, 0o755)
            } catch {
                guard error.cause == .exists else { throw error }
            }
        }
        for file in WorkedExample.files { try files.replace("\(root)/\(file.path)", Array(file.text.utf8), 0o644) }
        try ignoreState(root)
    }

    /// The state folder must not be committed: its records may say more than a repository should.
    private func ignoreState(_ root: String) throws(FileFailure) {
        let files = context.host.files
        let path = "\(root)/.gitignore"
        let line = "\(StateFolder.name)/"
        var text = ""
        if let status = try files.status(path) {
            guard status.kind == .file else { return }
            text = String(decoding: try files.read(path, 1 << 20), as: UTF8.self)
        }
        guard !text.split(separator: "\n").contains(where: { $0 == line || $0 == StateFolder.name }) else { return }
        if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
        try files.replace(path, Array((text + line + "\n").utf8), 0o644)
    }

    private func report(_ root: String) {
        let paths = WorkedExample.files.map(\.path) + [".gitignore"]
        if context.isJSON {
            context.print(
                JSONWriter.document(
                    .mapping([("schema", .integer(1)), ("root", .string(root)), ("files", .strings(paths))])))
            return
        }
        for path in paths { context.tell("wrote \(path)\n") }
        context.tell(
            """

            next:
              edit environments/base.yaml, staging.yaml and production.yaml: your values, and where your secrets come from
              edit runbooks/release.yaml: your commands, their owners, and how each is undone
              rehearse check
              rehearse diff staging production
              rehearse plan release -e staging --input VERSION=0.1.0

            """)
    }
}
