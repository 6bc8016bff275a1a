import Deployment
import Engine
import Host

/// Whether a run may pass its environment's gate: before anything is begun, and again when it is its turn.
struct GateJudgement {
    let context: CommandContext
    let project: Project
    let made: PlanMaking.Made
    /// As it will be carried out.
    let plan: Plan
    let isRehearsal: Bool

    private var reading: GateReading { GateReading(context: context, project: project) }
    private var name: String { made.environment.name.text }

    /// - Parameter liveness: what was seen of the environment a moment ago; asks it when there is nothing.
    func verdict(
        _ git: GitState?, tree: String?, loader: ProjectLoader, liveness: GateCondition? = nil
    ) throws(GateRefusal) -> GateVerdict {
        let conditions = reading.conditions(
            of: made.environment, for: plan.runbook.name, plan: plan, isRehearsal: isRehearsal, git: git, tree: tree,
            liveness: liveness, loader: loader)
        let closed = conditions.filter { !$0.held }
        guard !closed.isEmpty else { return GateVerdict(conditions: conditions, override: nil) }
        guard let why = context.arguments.text(of: .overrideGate) else { throw GateRefusal(name, closed: closed) }
        return GateVerdict(conditions: conditions, override: why)
    }

    /// The same with the lock in hand and the shared history fetched, from the files as they are then.
    ///
    /// The environment itself is not asked a second time: its `status` probe costs seconds and runs its jobs.
    ///
    /// - Parameters:
    ///   - verdict: of the first time.
    ///   - judged: the commit of the first time.
    func again(after verdict: GateVerdict, of judged: GitState?) throws(GateRefusal) -> GateVerdict {
        let (git, tree) = reading.gitState()
        guard git?.commit == judged?.commit else {
            throw GateRefusal(name, commit: judged?.commit, now: git?.commit, next: plan.command)
        }
        return try self.verdict(
            git, tree: tree, loader: ProjectLoader(project),
            liveness: verdict.conditions.first { $0.name == GateCondition.status })
    }
}
