import Deployment
import Diagnostics
import TestSupport

/// Manifests in memory, as the readers ask for them.
struct ManifestFiles {
    let texts: [String: MarkedText]

    /// - Parameter texts: by path; marks are taken out.
    init(_ texts: [String: String]) { self.texts = texts.mapValues { MarkedText($0) } }

    private var reader: SourceReader {
        let bytes = texts.mapValues { Array($0.text.utf8) }
        return SourceReader { path throws(SourceReader.Refusal) in
            guard let found = bytes[path] else { throw .notFound }
            return found
        }
    }

    /// A manifest and what there was to say, each in short and with the mark of the file that it is in.
    func environment(_ name: String) -> (manifest: EnvironmentManifest?, said: [String]) {
        let problems = Problems()
        var sources = SourceTable()
        let manifest = EnvironmentName(name).flatMap {
            EnvironmentReader(reader: reader, problems: problems).read($0, sources: &sources)
        }
        return (manifest, said(problems, sources))
    }

    func runbook(_ name: String) -> (runbook: Runbook?, said: [String]) {
        let problems = Problems()
        var sources = SourceTable()
        let runbook = RunbookReader(reader: reader, problems: problems).read(name, sources: &sources)
        return (runbook, said(problems, sources))
    }

    func said(_ problems: Problems, _ sources: SourceTable) -> [String] {
        problems.all.map { problem in
            guard let file = sources[problem.range.file], let text = texts[file.path] else { return problem.message }
            return "\(text.name(of: problem.range.start)) \(problem.message)"
        }
    }
}
