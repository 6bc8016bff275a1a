import Diagnostics
@testable import Deployment

extension PlannedStep {
    /// A step that runs a shell command; what a test does not say is ordinary.
    static func sample(
        _ id: String, _ name: String, owner: String = "backend", run command: String = "true",
        expect: Expectation = Expectation(says: "it works"), rollback: PlannedRollback
    ) -> PlannedStep {
        PlannedStep(
            id: id, name: name, owner: owner, expect: expect,
            action: PlannedAction(kind: "run", command: .shell(command)), verify: nil, capture: [], rollback: rollback,
            timeoutMs: 600_000, graceMs: 5_000, retry: nil, secrets: [], skipIf: nil, idempotent: false, always: false,
            skipped: nil)
    }
}

extension PlannedRollback {
    static func command(_ text: String, verify: String? = nil) -> PlannedRollback {
        PlannedRollback(kind: .command, command: .shell(text), verify: verify.map { .shell($0) }, timeoutMs: 600_000)
    }

    static func none(_ why: String) -> PlannedRollback { PlannedRollback(kind: .none, reason: why) }
    static func irreversible(_ why: String) -> PlannedRollback { PlannedRollback(kind: .irreversible, reason: why) }
}

extension Plan {
    /// Four steps: a check, two that can be undone, a point of no return.
    static var sample: Plan {
        var migrate = PlannedStep.sample(
            "migrate", "Move the database", owner: "data", run: "./bin/migrate up",
            expect: Expectation(says: "the newest revision"), rollback: .command("./bin/migrate down \"$BEFORE\""))
        migrate.capture = [Plan.Probe(name: "BEFORE", command: .shell("./bin/db-revision"))]
        migrate.secrets = ["DB_PASSWORD"]
        var deploy = PlannedStep.sample(
            "deploy", "Start the new version", owner: "platform", run: "./bin/deploy new",
            expect: Expectation(says: "every container is healthy", within: .seconds(120)),
            rollback: .command("./bin/deploy old", verify: "curl -fsS \"$REHEARSE_URL/health\""))
        deploy.retry = Retry(times: 2, delay: .seconds(5), backoff: 2)
        deploy.timeoutMs = 120_000
        return Plan(
            runbook: .init(name: "release", path: "runbooks/release.yaml", sha256: String(repeating: "ab", count: 32)),
            environment: .init(name: "staging", sha256: String(repeating: "cd", count: 32), composeSha256: nil),
            inputs: ["VERSION": "1.4.3"], variables: ["LOG_LEVEL": "info"], url: "https://staging.example.org",
            branch: nil, secrets: ["DB_PASSWORD": .variable("DB_PASSWORD")], fingerprint: [],
            steps: [
                .sample(
                    "lint", "Run linting", run: "ruff check .", expect: Expectation(says: "no findings"),
                    rollback: .none("reads only")),
                migrate, deploy,
                .sample(
                    "announce", "Tell the users", owner: "support",
                    rollback: .irreversible("mail cannot be called back")),
            ])
    }
}
