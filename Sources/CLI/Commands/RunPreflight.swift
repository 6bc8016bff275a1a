import Deployment
import Diagnostics
import Engine
import Host

/// What must hold before the first step of a run: secrets, tag, gate, approvals, consent. Nothing is written.
struct RunPreflight {
    struct Result {
        let request: RunRequest
        let sightings: [String: TagSighting]
    }

    let context: CommandContext
    let project: Project
    let made: PlanMaking.Made

    private var isRehearsal: Bool { context.arguments.has(.rehearsal) }
    /// As it will be carried out.
    private var plan: Plan {
        isRehearsal
            ? made.plan.rehearsing(crossesPivots: context.arguments.has(.pastIrreversible)) : made.plan
    }
    private var repository: GitRepository {
        GitRepository(directory: project.root, host: context.host, environment: context.host.surroundings.variables)
    }

    /// - Throws: `CommandFailure` with all that stands in the way at once.
    func check() throws -> Result {
        try checkWords()
        let problems = Problems()
        let secrets = SecretResolver(host: context.host, root: project.root).resolve(plan.secrets, problems: problems)
        for problem in PlainSecrets.problems(in: plan, secrets) { problems.add(problem) }
        let git = gitState(problems)
        let sightings = checkTags(problems)
        checkApprovals(problems)
        if isRehearsal, git?.dirty != false {
            problems.warning(
                git == nil
                    ? "this is no git repository, so that the rehearsal opens no gate"
                    : "there are uncommitted changes, so that the rehearsal opens no gate", at: .none,
                next: git == nil ? nil : "git commit, then rehearse")
        }
        context.warn(problems.all, sources: made.loader.sources)
        guard !problems.hasErrors else {
            throw CommandFailure(.invalid, problems.all.filter { $0.severity == .error }, sources: made.loader.sources)
        }
        let tree = git.flatMap { try? repository.tree(of: $0.commit) }
        let verdict = try checkGate(git, tree: tree)
        try askConsent()
        var request = RunRequest(
            plan: plan, compose: made.compose, secrets: secrets, git: git, changes: changes(git),
            reason: context.arguments.text(of: .reason), gateOverride: verdict?.override,
            lockPatience: context.arguments.duration(of: .lockTimeout) ?? .zero,
            killsOrphans: context.arguments.has(.killOrphan))
        request.gate = verdict?.conditions
        if let verdict {
            request.judgeGate = { () throws(GateRefusal) in
                try GateJudgement(context: context, project: project, made: made, plan: plan, isRehearsal: isRehearsal)
                    .again(after: verdict, of: git)
            }
        }
        if isRehearsal { request.rehearsal = try rehearsal(tree: tree) }
        // Rendered as for every comparison: the run's own rendering has its paths from the run's folder.
        request.compared = OperandReader.environment(plan.environment.name, made.loader)?.root
        return Result(request: request, sightings: sightings)
    }

    /// - Throws: `CommandFailure` for words that mean something in a rehearsal only.
    private func checkWords() throws {
        guard !isRehearsal else { return }
        let flags: [FlagSpecification] = [.twice, .pastIrreversible]
        let wrong = flags.filter { context.arguments.has($0) }
        guard !wrong.isEmpty else { return }
        throw CommandFailure(
            .invalid,
            wrong.map {
                Diagnostic(
                    "`\($0.spelling)` without `--rehearsal`", expected: "`--rehearsal` with it",
                    retry: "safe, nothing was started")
            })
    }

    private func rehearsal(tree: String?) throws -> (options: RehearsalOptions, bindings: Bindings) {
        guard
            let bindings = BindingsReading(context: context, project: project)
                .bindings(of: made.plan.runbook.name, tree: tree)
        else {
            preconditionFailure("the plan was made of a runbook that is valid")
        }
        return (
            RehearsalOptions(twice: context.arguments.has(.twice), crossed: plan.pivots),
            bindings.planned(made.plan, digest: context.host.digest.sha256)
        )
    }

    private func gitState(_ problems: Problems) -> GitState? {
        do {
            let facts = try repository.facts()
            return facts.commit.map { GitState(commit: $0, branch: facts.branch, dirty: facts.isDirty, tag: facts.tag) }
        } catch {
            switch error {
            // A project without git is a project; only a tag needs it, and says so itself.
            case .notInstalled, .notARepository: return nil
            default:
                problems.warning("git could not be asked: \(error.diagnostic.message)", at: .none)
                return nil
            }
        }
    }

    private func changes(_ git: GitState?) -> ChangeSummary {
        guard git != nil else { return .none }
        // A history that cannot be read is found when the run begins, and said there.
        let last = (try? project.store.last(on: plan.environment.name)).flatMap { run in
            run.flatMap { try? project.store.listed($0) }
        }
        return ChangeSummary.since(last?.status == .succeeded ? last?.git?.commit : nil, for: plan, in: repository)
    }

    private func checkTags(_ problems: Problems) -> [String: TagSighting] {
        var sightings: [String: TagSighting] = [:]
        // Of a rehearsal, too: that a tag can be made is all of it that is rehearsed.
        for step in made.plan.steps where step.skipped == nil {
            guard let tag = step.action.tag else { continue }
            let found = TagReleasing(repository).preflight(
                TagRequest(
                    name: tag.name, remote: tag.push, requiredBranch: plan.branch, isSigned: tag.sign, run: ""))
            problems.add(found.problems)
            sightings[step.id] = found.sighting
        }
        return sightings
    }

    /// A step that asks needs somebody to answer, or the answer in advance.
    private func checkApprovals(_ problems: Problems) {
        let given = context.arguments.texts(of: .approve)
        let asking = plan.steps.filter { $0.action.question != nil && $0.skipped == nil }.map(\.id)
        for id in given where !asking.contains(id) {
            problems.add(
                Diagnostic(
                    "no step `\(id)` asks for approval", label: Wording.didYouMean(id, asking),
                    expected: asking.isEmpty ? "no --approve: no step asks" : "one of \(Wording.list(asking))"))
        }
        guard !context.canAsk else { return }
        for id in asking where !given.contains(id) {
            problems.add(
                Diagnostic(
                    "the step `\(id)` asks for approval, and nobody is here to answer", expected: "`--approve \(id)`",
                    next: "\(plan.command) --approve \(id)"))
        }
    }

    /// - Returns: `nil` for an environment without a gate.
    private func checkGate(_ git: GitState?, tree: String?) throws -> GateVerdict? {
        guard !made.environment.gate.isOpenAlways else { return nil }
        let reading = GateReading(context: context, project: project)
        if let failure = reading.fetch(for: made.environment) { throw CommandFailure(StartFailure.sharing(failure)) }
        do throws(GateRefusal) {
            return try GateJudgement(
                context: context, project: project, made: made, plan: plan, isRehearsal: isRehearsal
            ).verdict(git, tree: tree, loader: made.loader)
        } catch {
            throw CommandFailure(StartFailure.gate(error))
        }
    }

    /// A person at a terminal who starts on an environment with a gate types its name.
    private func askConsent() throws {
        let name = plan.environment.name
        guard !made.environment.gate.isOpenAlways, context.canAsk, !context.arguments.has(.yes) else { return }
        let answer = context.ask("This runs `\(plan.runbook.name)` on \(name). Type its name to go on: ")
        guard answer == name else {
            throw CommandFailure(
                .invalid,
                [Diagnostic("not confirmed: `\(name)` was not typed", expected: "the environment's name, or --yes")])
        }
    }
}
