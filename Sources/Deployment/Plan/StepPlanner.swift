import Diagnostics
import YAML

/// Resolves one step against an environment.
struct StepPlanner {
    let environment: EnvironmentManifest
    let inputs: [String: String]
    let problems: Problems
    /// The rules of the files that `cache` steps name, by path.
    let cacheRules: [String: Node]

    /// - Parameter group: the `parallel` step that it stands in.
    func planned(_ step: Step, id: String, skipped: String?, group: String? = nil) -> PlannedStep {
        checkSecrets(of: step)
        checkNames(of: step)
        let (action, ownSecrets) = action(step)
        return PlannedStep(
            id: id,
            name: step.name,
            owner: step.owner,
            expect: step.expectation,
            action: action,
            verify: step.verify,
            capture: step.captures.map { Plan.Probe(name: $0.name, command: $0.command) },
            rollback: rollback(step),
            timeoutMs: step.timeout.milliseconds,
            graceMs: step.grace.milliseconds,
            retry: step.retry == .never ? nil : step.retry,
            secrets: Set(step.secrets).union(ownSecrets).sorted(),
            skipIf: step.skipIf,
            idempotent: step.isIdempotent || step.isHarmless,
            always: step.runsAlways,
            skipped: skipped,
            group: group
        )
    }

    private func checkSecrets(of step: Step) {
        for name in step.secrets where environment.secret(name) == nil {
            let names = environment.secrets.map(\.name)
            problems.error(
                "the step `\(step.id)` wants the secret `\(name)`, and \(environment.name) has none of that name",
                at: step.range, label: Wording.didYouMean(name, names),
                expected: names.isEmpty ? "a secret under `secrets:`" : "one of \(Wording.list(names))")
        }
    }

    /// A capture or variable that hides a secret of the step would be recorded.
    private func checkNames(of step: Step) {
        for name in step.captures.map(\.name) + step.environment.keys.sorted() where step.secrets.contains(name) {
            problems.error(
                "`\(name)` is a secret of the step `\(step.id)` and set by it, too", at: step.range,
                expected: "another name")
        }
    }

    /// - Returns: the action, and the secrets that it names in its own settings.
    private func action(_ step: Step) -> (PlannedAction, secrets: Set<String>) {
        var planned = PlannedAction(kind: step.action.kind, dir: step.directory, env: step.environment)
        switch step.action {
        case .run(let script): planned.command = script
        case .parity(let check):
            planned.parity = .init(
                left: check.left.map { resolve($0, step) } ?? environment.name.text, right: resolve(check.right, step))
        case .render(let render): planned.output = render.output.map { resolve($0, step) }
        case .tag(let release):
            planned.tag = .init(
                name: resolve(release.name, step), message: message(release, step), push: release.push,
                sign: release.isSigned)
        case .approve(let approval): planned.question = resolve(approval.question, step)
        case .check(let kind, let settings):
            let checks = CheckPlanner(
                environment: environment, inputs: inputs, cacheRules: cacheRules, problems: problems)
            guard let made = checks.plan(kind, settings, at: step.range) else { break }
            planned.check = made.settings
            return (planned, made.check.secrets)
        case .runbook, .parallel: preconditionFailure("the steps of it were put in place before")
        }
        return (planned, [])
    }

    private func message(_ release: TagRelease, _ step: Step) -> String? {
        switch release.message {
        case .notes: nil
        case .text(let text): resolve(text, step)
        }
    }

    /// A field of a built-in action with its `${NAME}` filled in from inputs and values.
    private func resolve(_ field: Located<String>, _ step: Step) -> String {
        FieldInterpolation(inputs: inputs, environment: environment, problems: problems).resolve(field, step: step)
    }

    private func rollback(_ step: Step) -> PlannedRollback {
        switch step.rollback {
        case .command(let script, let timeout, let verify):
            PlannedRollback(
                kind: .command, command: script, verify: verify, timeoutMs: (timeout ?? step.timeout).milliseconds)
        case .nothing(let why): PlannedRollback(kind: .none, reason: why)
        case .irreversible(let why): PlannedRollback(kind: .irreversible, reason: why)
        case nil:
            switch step.action {
            case .tag, .render: PlannedRollback(kind: .automatic, timeoutMs: Step.defaultTimeout.milliseconds)
            case .check(let kind, _): PlannedRollback(kind: .none, reason: kind.reasonForNoRollback)
            case .parity, .approve, .run, .runbook, .parallel: PlannedRollback(kind: .none, reason: "it only looks")
            }
        }
    }
}
