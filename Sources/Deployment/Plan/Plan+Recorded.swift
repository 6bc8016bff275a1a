extension Plan {
    /// A plan from what a record holds of it: enough to undo its steps, and not to run them.
    package init(
        recorded runbook: RunbookReference, on environment: EnvironmentReference, inputs: [String: String],
        variables: [String: String], url: String?, secrets: [String: SecretDeclaration.Source], steps: [PlannedStep]
    ) {
        self.init(
            runbook: runbook, environment: environment, inputs: inputs, variables: variables, url: url, branch: nil,
            secrets: secrets, fingerprint: [], steps: steps)
    }
}

extension PlannedStep {
    /// - Parameter secrets: the names of those that its undo gets.
    package init(
        recorded id: String, name: String, owner: String, group: String?, expect: Expectation, action: PlannedAction,
        rollback: PlannedRollback, secrets: [String]
    ) {
        self.init(
            id: id, name: name, owner: owner, expect: expect, action: action, verify: nil, capture: [],
            rollback: rollback, timeoutMs: Step.defaultTimeout.milliseconds,
            graceMs: Step.defaultGrace.milliseconds, retry: nil, secrets: secrets, skipIf: nil, idempotent: false,
            always: false, skipped: nil, group: group)
    }
}
