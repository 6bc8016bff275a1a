import Deployment
import Diagnostics
import Engine
import Host

/// What the runbook of a run says today: for a person to know, and for `--use current` to act on.
struct TodaysRunbook {
    let context: CommandContext
    let project: Project

    /// How it differs from the record, one sentence for each difference; empty when there is none.
    func differences(_ record: RunRecord, _ plan: Plan) -> [String] {
        guard (try? context.host.files.status("\(project.root)/\(record.runbook.path)")) ?? nil != nil else {
            return ["\(record.runbook.path) is not there any more"]
        }
        guard let today = steps(record.runbook.name) else { return ["\(record.runbook.path) is not valid any more"] }
        return plan.steps.compactMap { step in
            guard let now = today[step.id] else { return "the step `\(step.id)` is not in it any more" }
            guard case .command(let command, _, _) = now.rollback, step.rollback.kind == .command else {
                return step.rollback.kind == .command ? "the step `\(step.id)` has no rollback command any more" : nil
            }
            guard command != step.rollback.command else { return nil }
            return
                "the rollback of `\(step.id)` is now `\(command.pasteable)`, and was `\(step.rollback.command?.pasteable ?? "")`"
        }
    }

    /// Today's undo of each of these steps that has a command; one that undoes itself is undone by the record.
    ///
    /// - Throws: `CommandFailure` with every step that has none today.
    func rollbacks(of remaining: [StepRecord], _ record: RunRecord) throws -> [String: PlannedRollback] {
        let loader = ProjectLoader(project)
        guard let today = steps(record.runbook.name, loader) else {
            throw CommandFailure(
                .invalid, loader.problems.all.filter { $0.severity == .error }, sources: loader.sources)
        }
        var found: [String: PlannedRollback] = [:]
        var missing: [Diagnostic] = []
        for step in remaining where step.rollback.kind != .irreversible {
            switch today[step.id]?.rollback {
            case .command(let command, let timeout, let verify):
                let timeout = timeout ?? today[step.id]?.timeout ?? Step.defaultTimeout
                found[step.id] = PlannedRollback(
                    kind: .command, command: command, verify: verify, timeoutMs: timeout.milliseconds)
            case nil where today[step.id] != nil: break
            case .nothing, .irreversible, nil:
                missing.append(
                    Diagnostic(
                        "the step `\(step.id)` has no rollback command in today's \(record.runbook.path)",
                        expected: "a command under its `rollback`",
                        next: "rehearse rollback \(record.id), which uses the record"))
            }
        }
        guard missing.isEmpty else { throw CommandFailure(.invalid, missing) }
        return found
    }

    /// The names of the secrets that each step gets today; `nil` when the runbook is not there or not valid.
    func secrets(_ runbook: String) -> [String: [String]]? { steps(runbook)?.mapValues(\.secrets) }

    /// Every step by its name in a plan, those of called runbooks and of `parallel` steps in their place.
    private func steps(_ name: String, _ loader: ProjectLoader? = nil) -> [String: Step]? {
        let loader = loader ?? ProjectLoader(project)
        guard let runbook = loader.runbook(name) else { return nil }
        let library = loader.library(of: runbook)
        guard !loader.problems.hasErrors else { return nil }
        var found: [String: Step] = [:]
        add(runbook.steps, prefix: "", library, depth: 0, to: &found)
        return found
    }

    private func add(
        _ steps: [Step], prefix: String, _ library: [String: Runbook], depth: Int, to found: inout [String: Step]
    ) {
        // A circle is told by whoever plans; nobody calls deeper than there are runbooks.
        guard depth <= library.count + 1 else { return }
        for step in steps {
            let id = "\(prefix)\(step.id)"
            switch step.action {
            case .runbook(let call):
                add(library[call.name.value]?.steps ?? [], prefix: "\(id).", library, depth: depth + 1, to: &found)
            case .parallel(let inner): add(inner, prefix: "\(id).", library, depth: depth, to: &found)
            default: found[id] = step
            }
        }
    }
}
