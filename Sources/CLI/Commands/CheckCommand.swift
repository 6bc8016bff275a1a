import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// `check`: every environment, rendering, parity rule and runbook of the project, and all their problems at once.
struct CheckCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let project = try context.project()
        let loader = ProjectLoader(project)
        for folder in [EnvironmentReader.folder, Runbook.folder] { loader.reportUnlistable(folder) }
        let names = project.environmentNames
        let environments = names.compactMap { loader.environment($0) }
        let parents = Set(environments.compactMap(\.parent))
        for environment in environments {
            // One that others extend need not be complete by itself; nor one of which that cannot be told.
            let isBase = parents.contains(environment.name.text)
            if !isBase, environments.count == names.count || environment.parent != nil {
                _ = loader.rendering(of: environment, outputFolder: ".") { $0.switches.warnsAboutIgnored = true }
            }
            checkNames(environment, project, loader)
        }
        _ = loader.rules()
        for name in project.runbookNames {
            guard let runbook = loader.runbook(name) else { continue }
            CallCircle.check(runbook, library: loader.library(of: runbook), problems: loader.problems)
            checkOperands(of: runbook, project, loader)
            _ = loader.cacheRules(of: [runbook])
        }
        let diagnostics = Self.unique(loader.problems.all)
        report(diagnostics, loader)
        return diagnostics.hasErrors ? .invalid : .done
    }

    /// Environments that a gate names must be there.
    private func checkNames(_ environment: EnvironmentManifest, _ project: Project, _ loader: ProjectLoader) {
        let names = project.environmentNames
        for name in [environment.gate.parityWith, environment.gate.rehearsed?.environment].compactMap(\.self)
        where !names.contains(name) {
            loader.problems.error(
                "the gate of `\(environment.name)` names the environment `\(name)`, which is not there",
                at: environment.tree["gate"]?.range ?? .none, label: Wording.didYouMean(name, names),
                expected: "one of \(Wording.list(names))")
        }
    }

    private func checkOperands(of runbook: Runbook, _ project: Project, _ loader: ProjectLoader) {
        let names = project.environmentNames
        for step in runbook.allSteps {
            guard case .parity(let check) = step.action else { continue }
            for operand in [check.left, check.right].compactMap(\.self)
            where !operand.value.contains("$") && !names.contains(operand.value) {
                loader.problems.error(
                    "there is no environment `\(operand.value)`", at: operand.range,
                    label: Wording.didYouMean(operand.value, names), expected: "one of \(Wording.list(names))")
            }
        }
    }

    private func report(_ diagnostics: [Diagnostic], _ loader: ProjectLoader) {
        let files = Self.unique(loader.sources.files.map(\.path)).sorted()
        if context.isJSON {
            let node: (Diagnostic.Severity) -> Node = { severity in
                .sequence(diagnostics.filter { $0.severity == severity }.map { ErrorReport.node($0, loader.sources) })
            }
            context.print(
                JSONWriter.document(
                    .mapping([
                        ("schema", .integer(1)), ("files", .strings(files)), ("errors", node(.error)),
                        ("warnings", node(.warning)),
                    ])))
            return
        }
        if !diagnostics.isEmpty {
            let renderer = DiagnosticRenderer(sources: loader.sources, palette: context.errorPalette)
            context.host.console.writeError(renderer.render(diagnostics))
        }
        let errors = diagnostics.count { $0.severity == .error }
        guard errors == 0 else {
            context.tell("\n\(Wording.count(errors, "error")), \(Wording.count(files.count, "file")) checked\n")
            return
        }
        if !context.globals.isQuiet {
            context.print("\(context.outputPalette.green("ok")): \(Wording.count(files.count, "file")) checked\n")
        }
    }

    /// The same file is read for several environments; its problems are told once.
    private static func unique<Element: Hashable>(_ items: [Element]) -> [Element] {
        var seen: Set<Element> = []
        return items.filter { seen.insert($0).inserted }
    }
}
