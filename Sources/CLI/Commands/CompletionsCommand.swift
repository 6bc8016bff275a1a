import Deployment
import Engine

/// `completions SHELL`
struct CompletionsCommand {
    let context: CommandContext

    func run() -> ExitCode {
        guard let shell = Shell(rawValue: context.arguments.requiredWord(for: .shell)) else {
            preconditionFailure("the parser only lets the shells of the table pass")
        }
        context.print(CompletionScript.text(for: shell, .rehearse))
        return .done
    }
}

/// `__complete KIND`: one value a line for the completion scripts; silent where there is nothing to say.
struct CompleteCommand {
    let context: CommandContext

    private static let mostRuns = 50

    func run() -> ExitCode {
        // A shell that completes wants words or silence, never an error.
        guard let project = try? context.project() else { return .done }
        for line in lines(project) { context.print(line + "\n") }
        return .done
    }

    private func lines(_ project: Project) -> [String] {
        switch context.arguments.requiredWord(for: .completedKind) {
        case "environment": return project.environmentNames
        case "runbook": return project.runbookNames
        case "run":
            let runs = (try? project.store.identifiers()) ?? []
            return ["last"]
                + runs.prefix(Self.mostRuns).map { run in
                    (try? project.store.listed(run)).map { "\(run)\t\($0.status.rawValue)" } ?? run
                }
        default: return steps(project)
        }
    }

    private func steps(_ project: Project) -> [String] {
        if let run = context.arguments.text(of: .completedRun) {
            let record = (try? context.run(run, in: project)).flatMap { try? project.store.listed($0) }
            return record?.steps.map { "\($0.id)\t\($0.name)" } ?? []
        }
        guard let name = context.arguments.text(of: .completedRunbook) else { return [] }
        return ProjectLoader(project).runbook(name)?.steps.map { "\($0.id)\t\($0.name)" } ?? []
    }
}
