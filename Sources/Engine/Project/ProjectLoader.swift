package import Deployment
package import Diagnostics

/// Loads a project's manifests; what is wrong with them is collected with every text that was read.
///
/// A class, because loading several files fills one table of sources and one list of problems.
package final class ProjectLoader {
    package let project: Project
    package let problems: Problems
    package var sources: SourceTable
    /// Takes down how renderings come about; `nil` unless a biography is asked for.
    package var recorder: RenderRecorder?

    let reader: SourceReader

    /// - Parameter confined: whether files outside the project are refused. Only a person who names files by hand may
    ///   leave it.
    package convenience init(_ project: Project, confined: Bool = true) {
        self.init(project, reader: confined ? project.reader : project.openReader)
    }

    /// - Parameter reader: what may be read.
    package init(_ project: Project, reader: SourceReader) {
        self.project = project
        problems = Problems()
        sources = SourceTable()
        self.reader = reader
    }

    /// A loader of another project, or of this one at another time, whose texts and problems are told with this one's.
    ///
    /// - Parameter prefix: stands before the paths of its files.
    package init(_ project: Project, tellingWith other: ProjectLoader, prefix: String) {
        self.project = project
        problems = other.problems
        sources = other.sources
        sources.prefix = prefix
        reader = project.reader
    }

    /// - Returns: `nil` when it is not there or not valid.
    package func environment(_ name: String) -> EnvironmentManifest? {
        guard let valid = EnvironmentName(name), project.environmentNames.contains(name) else {
            unknown("environment", name, among: project.environmentNames, folder: EnvironmentReader.folder)
            return nil
        }
        return EnvironmentReader(reader: reader, problems: problems).read(valid, sources: &sources)
    }

    package func runbook(_ name: String, namedAt range: SourceRange = .none) -> Runbook? {
        guard EnvironmentName.isValid(name), project.runbookNames.contains(name) else {
            unknown("runbook", name, among: project.runbookNames, folder: Runbook.folder, at: range)
            return nil
        }
        return RunbookReader(reader: reader, problems: problems).read(name, namedAt: range, sources: &sources)
    }

    /// Every runbook that a runbook's steps call, and those that these call, by name.
    package func library(of runbook: Runbook) -> [String: Runbook] {
        var library: [String: Runbook] = [:]
        var asked: Set<String> = [runbook.name]
        var open = [runbook]
        while let current = open.popLast() {
            for step in current.steps {
                guard case .runbook(let call) = step.action, asked.insert(call.name.value).inserted,
                    let called = self.runbook(call.name.value, namedAt: call.name.range)
                else { continue }
                library[called.name] = called
                open.append(called)
            }
        }
        library[runbook.name] = runbook
        return library
    }

    /// Makes a folder of manifests that is there and cannot be looked into a problem; whether it is one.
    @discardableResult
    package func reportUnlistable(_ folder: String) -> Bool {
        guard let failure = project.failureToList(folder) else { return false }
        problems.error(
            "the folder \(folder) cannot be listed: \(failure.reason)", at: .none,
            expected: "a folder that can be read", next: "ls -la \(folder)")
        return true
    }

    private func unknown(
        _ kind: String, _ name: String, among names: [String], folder: String, at range: SourceRange = .none
    ) {
        // What cannot be looked into is not empty.
        if reportUnlistable(folder) { return }
        problems.error(
            "there is no \(kind) `\(name)`", at: range, label: Wording.didYouMean(name, names),
            expected: names.isEmpty ? "a file \(folder)/\(name).yaml" : "one of \(Wording.list(names))",
            next: names.isEmpty ? "rehearse init" : nil)
    }
}
