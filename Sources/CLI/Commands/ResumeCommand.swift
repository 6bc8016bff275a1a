import Deployment
import Diagnostics
import Engine
import Host

/// `resume`: carries a stopped run on after its last finished step, by its frozen plan.
struct ResumeCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        try checkWords()
        let project = try context.project()
        let id = try context.run(context.arguments.requiredWord(for: .run), in: project)
        let watcher = RunWatcher(context: context, project: project)
        let reopening = RunReopening(project: project, observe: watcher.observe)
        do {
            let opened = try reopening.open(
                id,
                .init(
                    lockPatience: context.arguments.duration(of: .lockTimeout) ?? .zero,
                    killsOrphans: context.arguments.has(.killOrphan),
                    command: "rehearse resume \(id)\(answerWords)", purpose: "resume",
                    demandsRemote: true))
            do { try askConsent(opened) } catch {
                opened.release()
                throw error
            }
            let answers = answers
            do throws(StartFailure) {
                try Resumption(record: opened.record, plan: opened.plan, answers: answers).check()
            } catch {
                opened.release()
                throw CommandFailure(error)
            }
            let secrets = try resolvedSecrets(opened, project)
            let session = try reopening.session(opened, secrets: secrets)
            tellChanges(opened, project)
            let decisions = RunDecisions(
                context: context, made: operands(opened, project), isRehearsal: opened.record.rehearsal
            ).decisions(sightings: [:])
            return try watcher.finish(session, wasRollback: false) { () throws(StateFailure) in
                try session.resume(answers)
                return try RunEngine(session: session, decisions: decisions).run()
            }
        } catch let failure as StartFailure {
            throw CommandFailure(failure)
        }
    }

    /// What another has recorded is run only where this very run is meant.
    private func askConsent(_ opened: RunReopening.Opened) throws {
        guard let origin = opened.origin else { return }
        let foreign = ForeignRun(context: context, record: opened.record, origin: origin)
        if !context.isJSON { context.tell(foreign.text) }
        guard context.canAsk else {
            return try foreign.requireFullName(
                context.arguments.requiredWord(for: .run), command: "rehearse resume \(opened.record.id)\(answerWords)")
        }
        guard Answers.isYes(context.ask("Carry it on here? [y/N] ")) else {
            throw CommandFailure(.invalid, [Diagnostic("not confirmed", expected: "`y`")])
        }
    }

    private var answers: Resumption.Answers {
        let general = context.arguments.choice(of: .assume, as: AssumeChoice.self)
        let named = context.arguments.assignments(of: .assumeFor).map { ($0.name, $0.value) }
        return Resumption.Answers(
            general: general.flatMap { Resumption.Assumption(rawValue: $0.rawValue) },
            bySteps: Dictionary(named) { $1 }.compactMapValues(Resumption.Assumption.init))
    }

    /// - Throws: `CommandFailure` for a word that says nothing.
    private func checkWords() throws {
        let words = Resumption.Assumption.allCases.map(\.rawValue)
        let wrong = context.arguments.assignments(of: .assumeFor).filter { !words.contains($0.value) }
        guard !wrong.isEmpty else { return }
        throw CommandFailure(
            .invalid,
            wrong.map {
                Diagnostic(
                    "`--assume-for` got `\($0.name)=\($0.value)`", label: Wording.didYouMean($0.value, words),
                    expected: "STEP=OUTCOME, the outcome one of \(Wording.list(words))")
            })
    }

    private var answerWords: String {
        let general = context.arguments.text(of: .assume).map { " --assume \($0)" } ?? ""
        return context.arguments.assignments(of: .assumeFor).reduce(general) {
            "\($0) --assume-for \($1.name)=\($1.value)"
        }
    }

    private func resolvedSecrets(
        _ opened: RunReopening.Opened, _ project: Project
    ) throws -> [(name: String, value: Secret)] {
        let problems = Problems()
        let secrets = SecretResolver(host: context.host, root: project.root).resolve(
            opened.plan.secrets, problems: problems)
        guard !problems.hasErrors else {
            opened.release()
            throw CommandFailure(.invalid, problems.all)
        }
        return secrets
    }

    /// The plan is frozen; that today's runbook is another one is worth saying.
    private func tellChanges(_ opened: RunReopening.Opened, _ project: Project) {
        let differences = TodaysRunbook(context: context, project: project).differences(opened.record, opened.plan)
        for difference in differences {
            context.tell("note: today's runbook differs and is not used: \(difference)\n")
        }
    }

    /// What a `parity` step among the remaining ones compares.
    private func operands(_ opened: RunReopening.Opened, _ project: Project) -> PlanMaking.Made? {
        let loader = ProjectLoader(project)
        guard opened.plan.steps.contains(where: { $0.action.parity != nil }),
            let environment = loader.environment(opened.plan.environment.name)
        else { return nil }
        return PlanMaking.Made(plan: opened.plan, environment: environment, compose: nil, loader: loader)
    }
}
