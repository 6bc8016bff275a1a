import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// `rollback`: the recorded commands of a run, newest first. Needs `.rehearse/` and nothing else.
struct RollbackCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let project = try context.project()
        let id = try selectedRun(project)
        if context.arguments.has(.planOnly) { return try showPlan(id, project) }
        let isFromRecord = context.arguments.has(.fromRecord)
        if isFromRecord {
            let fromRecord = RollbackFromRecord(context: context, project: project)
            try fromRecord.revive(fromRecord.find(id))
        }
        let watcher = RunWatcher(context: context, project: project)
        let reopening = RunReopening(project: project, observe: watcher.observe)
        do {
            let opened = try reopening.open(
                id,
                .init(
                    lockPatience: context.arguments.duration(of: .lockTimeout) ?? .zero,
                    killsOrphans: context.arguments.has(.killOrphan),
                    command: "rehearse rollback \(id)\(consent)",
                    purpose: "rollback"))
            do {
                let current = try current(opened.record, project)
                guard try isWanted(opened, project, current, isAgreed: isFromRecord) else {
                    opened.release()
                    return .done
                }
                let session = try reopening.session(opened, secrets: try secrets(opened, project))
                return try watcher.finish(session, wasRollback: true) { () throws(StateFailure) in
                    try RollbackEngine(session: session, options: options(current)).run()
                }
            } catch {
                opened.release()
                throw error
            }
        } catch let failure as StartFailure {
            throw CommandFailure(failure)
        }
    }

    private func options(_ current: [String: PlannedRollback]?) -> RollbackEngine.Options {
        .init(
            reason: context.arguments.text(of: .reason), goesPastIrreversible: context.arguments.has(.pastIrreversible),
            keepsGoing: context.arguments.has(.keepGoing), isTwice: context.arguments.has(.twice), current: current)
    }

    /// Today's undos by step, when they are to be used.
    private func current(_ record: RunRecord, _ project: Project) throws -> [String: PlannedRollback]? {
        guard context.arguments.choice(of: .use, as: UsedRollback.self) == .current else { return nil }
        return try TodaysRunbook(context: context, project: project).rollbacks(
            of: RollbackEngine.remaining(record), record)
    }

    /// The steps to deal with, as they will be undone.
    private func remaining(_ record: RunRecord, _ current: [String: PlannedRollback]?) -> [StepRecord] {
        RollbackEngine.remaining(record).map { step in
            var step = step
            if let planned = current?[step.id] { step.rollback.take(planned) }
            return step
        }
    }

    /// Where nobody can be asked, a command that is printed to be typed next has to have it.
    private var consent: String { context.canAsk && !context.arguments.has(.yes) ? "" : " --yes" }

    // MARK: - Which run

    private func selectedRun(_ project: Project) throws -> String {
        let named = context.arguments.word(for: .rolledBackRun)
        let environment = context.arguments.text(of: .environment)
        if named != nil, environment != nil {
            throw CommandFailure(
                .invalid,
                [Diagnostic("both a run and `-e` are given", expected: "a run, or the environment of the last one")])
        }
        let isPlan = context.arguments.has(.planOnly)
        if !isPlan, !context.canAsk, !context.arguments.has(.yes) || (named == nil && environment == nil) {
            throw CommandFailure(
                .invalid,
                [
                    Diagnostic(
                        "a rollback needs your consent, and nobody is here to answer",
                        expected: "`--yes` and a run (`last` will do) or `-e ENV`",
                        next: "rehearse rollback \(named ?? environment.map { "-e \($0)" } ?? "last") --yes")
                ])
        }
        return try context.run(named ?? environment.map { "last:\($0)" } ?? "last", in: project)
    }

    private func showPlan(_ id: String, _ project: Project) throws -> ExitCode {
        let (record, plan) = try recorded(id, project)
        if context.isJSON {
            context.print(JSONWriter.document(record.node))
            return .done
        }
        let remaining = remaining(record, try current(record, project))
        guard !remaining.isEmpty else {
            context.print("# nothing to undo: \(id) is \(record.status.rawValue)\n")
            return .done
        }
        // What a step had put out when its run died is known to nobody but its file.
        let informed = remaining.map { step in
            var step = step
            step.rollback.env.merge(project.store.outputsLeftBehind(by: step, in: record)) { $1 }
            return step
        }
        context.print(
            RollbackCard.commands(
                record, plan: plan, remaining: informed, root: project.root,
                goesPastIrreversible: context.arguments.has(.pastIrreversible)))
        return .done
    }

    private func recorded(_ id: String, _ project: Project) throws -> (RunRecord, Plan) {
        if context.arguments.has(.fromRecord) {
            let found = try RollbackFromRecord(context: context, project: project).find(id)
            for note in found.notes { context.tell("note: \(note)\n") }
            return (found.record, found.plan)
        }
        let journal: Journal
        do { journal = try project.store.journal(of: id) } catch { throw CommandFailure(error) }
        guard case .opened(let opened) = journal.events.first else {
            throw CommandFailure(StateFailure.damaged(run: id, .empty))
        }
        return (try context.record(id, in: project), opened.plan)
    }

    // MARK: - Consent

    /// - Returns: false when there is nothing to undo; that was said.
    private func isWanted(
        _ opened: RunReopening.Opened, _ project: Project, _ current: [String: PlannedRollback]?, isAgreed: Bool
    ) throws -> Bool {
        let record = opened.record
        let remaining = remaining(record, current)
        // Every undo may be done and the rollback still not complete: its fingerprint has to be compared again.
        guard !remaining.isEmpty || record.status == .rollbackIncomplete else {
            sayNothingToUndo(record)
            return false
        }
        if let hidden = HiddenValue.first(in: remaining, of: record, opened.plan) {
            throw CommandFailure(.undecided, [hidden.diagnostic(record.id)])
        }
        if let newer = try newerRun(than: record, project), !context.arguments.has(.outOfOrder) {
            throw CommandFailure(
                .undecided,
                [
                    Diagnostic(
                        "a newer run has changed `\(record.environment.name)` since: \(newer)",
                        expected: "runs undone newest first", retry: "after rolling that one back",
                        next: "rehearse rollback \(newer)\n        or: rehearse rollback \(record.id) --out-of-order")
                ])
        }
        let drift = TodaysRunbook(context: context, project: project).differences(record, opened.plan)
        if !context.isJSON {
            context.tell(
                RollbackCard.text(
                    record, remaining: remaining, palette: context.errorPalette, width: context.width,
                    now: context.host.clock.now(),
                    rehearsedDurations: RehearsedDurations(project: project).ofUndos(in: record),
                    currentRunbookDifferences: drift, usesCurrentRunbook: current != nil,
                    goesPastIrreversible: context.arguments.has(.pastIrreversible)))
        }
        if let origin = opened.origin {
            let foreign = ForeignRun(context: context, record: record, origin: origin)
            if !context.isJSON { context.tell("\n" + foreign.text) }
            if context.arguments.has(.yes) {
                try foreign.requireFullName(
                    context.arguments.word(for: .rolledBackRun), command: "rehearse rollback \(record.id) --yes")
            }
        }
        if isAgreed || context.arguments.has(.yes) { return true }
        guard Answers.isYes(context.ask("\nUndo \(Wording.count(remaining.count, "step")) now? [y/N] ")) else {
            throw CommandFailure(.invalid, [Diagnostic("not confirmed", expected: "`y`, or --yes")])
        }
        return true
    }

    private func sayNothingToUndo(_ record: RunRecord) {
        if context.isJSON {
            context.print(JSONWriter.document(record.node))
        } else {
            let why = record.status == .rolledBack ? "it is rolled back already" : "no step of it left anything to undo"
            context.tell("nothing to undo in \(record.id): \(why)\n")
        }
    }

    /// The newest later run on the same environment that left something behind.
    private func newerRun(than record: RunRecord, _ project: Project) throws -> String? {
        do throws(StateFailure) {
            for run in try project.store.identifiers() {
                guard run != record.id else { return nil }
                let other = try project.store.listed(run)
                if other.environment.name == record.environment.name, other.status != .closed,
                    other.steps.contains(where: \.needsRollback)
                {
                    return run
                }
            }
            return nil
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Only those that the remaining undos need; a missing one is found before the first of them.
    private func secrets(_ opened: RunReopening.Opened, _ project: Project) throws -> [(name: String, value: Secret)] {
        let needed = Set(RollbackEngine.remaining(opened.record).flatMap { opened.plan.step($0.id)?.secrets ?? [] })
        let problems = Problems()
        let secrets = SecretResolver(host: context.host, root: project.root)
            .resolve(opened.plan.secrets.filter { needed.contains($0.key) }, problems: problems)
        guard !problems.hasErrors else { throw CommandFailure(.invalid, problems.all) }
        return secrets
    }
}
