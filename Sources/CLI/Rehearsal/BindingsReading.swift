import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// Reads what a rehearsal is bound to, as the project's files say it now.
struct BindingsReading {
    let context: CommandContext
    let project: Project

    private var digest: Digest { context.host.digest }

    /// - Returns: `nil` when the runbook is not valid.
    func bindings(of runbook: String, tree: String?) -> Bindings? {
        let loader = ProjectLoader(project)
        guard let read = loader.runbook(runbook) else { return nil }
        let library = loader.library(of: read)
        guard !loader.problems.hasErrors else { return nil }
        var compared: [String: String] = [:]
        var templates: Set<String> = []
        for name in project.environmentNames {
            // One that is not valid has no digest, and whatever is asked of it does not hold.
            let loader = ProjectLoader(project)
            guard let manifest = loader.environment(name),
                let operand = OperandReader.environment(name, loader), !loader.problems.hasErrors
            else { continue }
            compared[name] = digest.sha256(Array(JSONWriter.line(operand.root).utf8))
            let rendering = loader.rendering(of: manifest, outputFolder: ".") { $0.switches.provesText = false }
            templates.formUnion(rendering?.files ?? [])
        }
        return Bindings(
            tree: tree, runbook: Self.digest(of: library, project, digest),
            templates: templates.isEmpty ? nil : self.digest(ofFiles: templates.sorted()), compared: compared)
    }

    /// Of the texts of a runbook and of those that it calls.
    static func digest(of library: [String: Runbook], _ project: Project, _ digest: Digest) -> String {
        let texts = library.values.map(\.path).sorted().compactMap { path in
            // It was read a moment ago; should it be gone, the digest is another one, as it should be.
            (try? project.reader.bytes(path)).map { digest.sha256($0) }
        }
        return texts.count == 1 ? texts[0] : digest.sha256(Array(texts.joined(separator: "\n").utf8))
    }

    private func digest(ofFiles paths: [String]) -> String {
        let lines = paths.map { path in
            let bytes = try? project.reader.bytes(path)
            return "\(bytes.map { digest.sha256($0) } ?? "none") \(path)\n"
        }
        return digest.sha256(Array(lines.joined().utf8))
    }
}
