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

    private var plan: Plan { made.plan }
    private var repository: GitRepository {
        GitRepository(directory: project.root, host: context.host, environment: context.host.surroundings.variables)
    }

    /// - Throws: `CommandFailure` with all that stands in the way at once.
    func check() throws -> Result {
        let problems = Problems()
        let secrets = SecretResolver(host: context.host, root: project.root).resolve(plan.secrets, problems: problems)
        for problem in PlainSecrets.problems(in: plan, secrets) { problems.add(problem) }
        let git = gitState(problems)
        let sightings = checkTags(problems)
        checkApprovals(problems)
        context.warn(problems.all, sources: made.loader.sources)
        guard !problems.hasErrors else {
            throw CommandFailure(.invalid, problems.all.filter { $0.severity == .error }, sources: made.loader.sources)
        }
        let override = try checkGate(git)
        try askConsent()
        var request = RunRequest(
            plan: plan, compose: made.compose, secrets: secrets, git: git, changes: changes(git),
            reason: context.arguments.text(of: .reason), gateOverride: override,
            lockPatience: context.arguments.duration(of: .lockTimeout) ?? .zero,
            killsOrphans: context.arguments.has(.killOrphan))
        // Rendered as for every comparison: the run's own rendering has its paths from the run's folder.
        request.compared = OperandReader.environment(plan.environment.name, made.loader)?.root
        return Result(request: request, sightings: sightings)
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
        for step in plan.steps where step.skipped == nil {
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
                    next: "--approve \(id)"))
        }
    }

    /// - Returns: the reason for passing a closed gate, when one was needed.
    private func checkGate(_ git: GitState?) throws -> String? {
        guard !made.environment.gate.isOpenAlways else { return nil }
        let comparison = ParityComparison(context: context, loader: made.loader)
        let last = (try? project.store.last(on: plan.environment.name)).flatMap { run in
            run.flatMap { try? project.store.listed($0) }
        }
        let conditions = GateEvaluation(
            environment: made.environment, git: git, lastRun: last, compare: comparison.result
        ).conditions()
        let closed = conditions.filter { !$0.isHeld }
        guard !closed.isEmpty else { return nil }
        if let why = context.arguments.text(of: .overrideGate) { return why }
        throw CommandFailure(
            .no,
            closed.map { condition in
                Diagnostic(
                    "the gate of `\(plan.environment.name)` is closed: `\(condition.name)` is not held",
                    label: condition.found, expected: "the condition `\(condition.name)` under `gate:`",
                    next: condition.openWith)
            })
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
