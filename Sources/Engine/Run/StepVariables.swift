import Deployment
import Host

/// The variables of one step's commands, its secrets included.
struct StepVariables {
    let session: RunSession

    /// What every command of a run gets; the same from its first line on.
    static func shared(_ session: RunSession) -> [String: String] {
        let plan = session.plan
        var own = [
            run(session.id).name: session.id,
            "REHEARSE_ENVIRONMENT": plan.environment.name,
            "REHEARSE_RUNBOOK": plan.runbook.name,
        ]
        if let opener = session.opener.map(opener) { own[opener.name] = opener.value }
        if let url = plan.url { own["REHEARSE_URL"] = url }
        if plan.environment.composeSha256 != nil { own["REHEARSE_COMPOSE_FILE"] = session.composeFile }
        return own
    }

    /// What the plan gives every command on the way forward, with what comes from outside.
    static func planned(_ plan: Plan, _ base: ChildEnvironment) -> [String: String] {
        base.variables([plan.variables, plan.inputs])
    }

    /// For the commands of a fingerprint, which belong to no step.
    func forProbes() -> [String: String] { session.plannedVariables.merging(session.sharedVariables) { $1 } }

    /// For a step's action, captures and checks.
    func forward(_ step: PlannedStep, attempt: Int, captures: [String: String], outputFile: String) -> [String: String]
    {
        var variables = session.plannedVariables
        variables.reserveCapacity(variables.count + session.sharedVariables.count + 8)
        for layer in [
            session.variables(before: step.id), captures, step.action.env, secretValues(step.secrets),
            session.sharedVariables,
        ] where !layer.isEmpty {
            variables.merge(layer) { $1 }
        }
        variables["REHEARSE_STEP"] = step.id
        variables["REHEARSE_ATTEMPT"] = String(attempt)
        variables["REHEARSE_OUTPUT"] = outputFile
        variables["REHEARSE_IDEMPOTENCY_KEY"] = Self.idempotencyKey(session.id, step.id)
        return variables
    }

    /// For a step's rollback: what was recorded, and nothing of today.
    ///
    /// - Parameter isElsewhere: without what only a CI job has, as on the machine of who rolls back.
    func backward(
        _ step: StepRecord, secrets: [String], attempt: Int, isElsewhere: Bool
    ) -> [String: String] {
        let base = isElsewhere ? session.childEnvironmentElsewhere : session.childEnvironment
        var own = session.sharedVariables
        own["REHEARSE_STEP"] = step.id
        own["REHEARSE_ATTEMPT"] = String(attempt)
        own["REHEARSE_OUTCOME"] = step.status.rawValue
        own["REHEARSE_IDEMPOTENCY_KEY"] = Self.idempotencyKey(session.id, step.id) + ":rollback"
        return base.variables([
            session.record.recordedVariables(forUndoOf: step, session.plan), secretValues(secrets), own,
        ])
    }

    /// What every process of a run carries: by it those are found that outlive it.
    static func run(_ id: String) -> ChildVariable { ChildVariable("REHEARSE_RUN", id) }

    /// Two projects on one machine can have runs of the same name, begun within the same millisecond.
    static func opener(_ owner: RunEvent.Owner) -> ChildVariable {
        ChildVariable("REHEARSE_OPENED_BY", "\(owner.pid)-\(owner.startTime)")
    }

    static func idempotencyKey(_ run: String, _ step: String) -> String { "\(run):\(step)" }

    private func secretValues(_ names: [String]) -> [String: String] {
        names.reduce(into: [:]) { result, name in
            if let secret = session.secrets[name] { result[name] = String(decoding: secret.revealed(), as: UTF8.self) }
        }
    }
}
