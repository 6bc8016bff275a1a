import Deployment
import Diagnostics
import Engine
import Host

/// `rollback --from-record`: a run whose journal is lost, undone by what its `run.json` says.
struct RollbackFromRecord {
    struct Found {
        let record: RunRecord
        let plan: Plan
        /// What is not on record and comes from today's files, a sentence each.
        let notes: [String]
    }

    let context: CommandContext
    let project: Project

    /// - Throws: `CommandFailure` when the journal is there, or when there is no record either.
    func find(_ id: String) throws -> Found {
        let store = project.store
        // One that cannot be looked at is found when it is written.
        if (try? context.host.files.status(store.journalPath(of: id))) ?? nil != nil {
            throw CommandFailure(
                .invalid,
                [
                    Diagnostic(
                        "the journal of \(id) is there, and a rollback goes by it", expected: "no `--from-record`",
                        next: "rehearse rollback \(id)")
                ])
        }
        guard let record = store.copy(of: id)?.record else {
            throw CommandFailure(
                StateFailure.file(FileFailure(.notFound, path: store.recordPath(of: id), operation: "read")))
        }
        guard record.schema <= RunRecord.currentSchema else {
            throw CommandFailure(StateFailure.newerSchema(run: id, version: record.schema, isShowable: true))
        }
        guard record.rehearsed == nil else {
            throw CommandFailure(
                .undecided,
                [
                    Diagnostic(
                        "\(id) is a rehearsal: its record alone does not tell which way it was going",
                        expected: "its journal", retry: "no: look at what it left, and undo that by hand",
                        next: "rehearse history show \(id)")
                ])
        }
        return today(record)
    }

    /// The environment's values, URL and secrets are no part of a record: they are taken as they are today.
    private func today(_ record: RunRecord) -> Found {
        var notes: [String] = []
        let path = "\(EnvironmentReader.folder)/\(record.environment.name).yaml"
        let environment = ProjectLoader(project).environment(record.environment.name)
        notes.append(
            environment == nil
                ? "\(path) is not there or not valid: the commands get no values and no secrets"
                : "values, url and secrets are those of today's \(path): a record does not hold them")
        let secretsByStep = TodaysRunbook(context: context, project: project).secrets(record.runbook.name)
        if secretsByStep == nil {
            notes.append("\(record.runbook.path) is not there or not valid: the commands get no secrets")
        }
        if record.fingerprint != nil { notes.append("the fingerprint is not compared: its probes are not on record") }
        let steps = record.steps.map { step in
            PlannedStep(
                recorded: step.id, name: step.name, owner: step.owner, group: step.group, expect: step.expect,
                action: step.action, rollback: PlannedRollback(step.rollback),
                secrets: (secretsByStep?[step.id] ?? []).filter { environment?.secret($0) != nil })
        }
        let used = Set(steps.flatMap(\.secrets))
        let secrets = (environment?.secrets ?? []).filter { used.contains($0.name) }
        let plan = Plan(
            recorded: record.runbook, on: record.environment, inputs: record.inputs,
            variables: environment?.variables ?? [:], url: environment?.url,
            secrets: Dictionary(uniqueKeysWithValues: secrets.map { ($0.name, $0.source) }), steps: steps)
        return Found(record: record, plan: plan, notes: notes)
    }

    /// Shows the commands, asks, and makes the journal anew: from then on the run is like any other.
    func revive(_ found: Found) throws {
        let remaining = RollbackEngine.remaining(found.record)
        let commands = RollbackCard.commands(
            found.record, plan: found.plan, remaining: remaining, root: project.root,
            goesPastIrreversible: context.arguments.has(.pastIrreversible))
        let notes = found.notes.map { "note: \($0)\n" }.joined()
        // Nothing vouches for a record without its journal: also quietly, a person sees what is going to run.
        context.host.console.writeError("\(notes)\(commands)")
        if !context.arguments.has(.yes) {
            guard Answers.isYes(context.ask("\nRun these commands? [y/N] ")) else {
                throw CommandFailure(.invalid, [Diagnostic("not confirmed", expected: "`y`, or --yes")])
            }
        }
        do {
            try RunRevival(project: project).revive(
                found.record, plan: found.plan,
                lockPatience: context.arguments.duration(of: .lockTimeout) ?? .zero)
        } catch {
            throw CommandFailure(error)
        }
    }
}
