import Diagnostics
package import YAML

/// Makes a plan of a runbook, an environment and what the person said; finds everything that does not fit.
package struct Planner {
    package struct Request: Sendable {
        package var inputs: [(name: String, value: String)]
        package var isCI: Bool

        package init(inputs: [(name: String, value: String)], isCI: Bool) {
            self.inputs = inputs
            self.isCI = isCI
        }
    }

    /// Digests of what the plan is made of.
    package struct Digests: Sendable {
        package var runbook: String
        package var environment: String
        package var compose: String?

        package init(runbook: String, environment: String, compose: String?) {
            self.runbook = runbook
            self.environment = environment
            self.compose = compose
        }
    }

    let runbook: Runbook
    /// Every runbook that steps call, by name.
    let library: [String: Runbook]
    let environment: EnvironmentManifest
    let request: Request
    let problems: Problems
    /// The rules of the files that `cache` steps name, by path.
    let cacheRules: [String: Node]

    package init(
        runbook: Runbook, library: [String: Runbook], environment: EnvironmentManifest, request: Request,
        cacheRules: [String: Node] = [:], problems: Problems
    ) {
        self.runbook = runbook
        self.library = library
        self.environment = environment
        self.request = request
        self.problems = problems
        self.cacheRules = cacheRules
    }

    /// - Returns: `nil` when something does not fit; it is in `problems`.
    package func plan(_ digests: Digests) -> Plan? {
        let errorsBefore = problems.all.count { $0.severity == .error }
        let inputs = InputResolution(problems: problems).resolve(
            runbook.inputs, given: request.inputs, runbook: runbook.name)
        var steps: [PlannedStep] = []
        expand(runbook, prefix: "", inputs: inputs, inherited: nil, path: [runbook.name], into: &steps)
        checkDistinct(steps)
        let used = Set(steps.flatMap(\.secrets))
        let secrets = environment.secrets.filter { used.contains($0.name) }.map { ($0.name, $0.source) }
        guard problems.all.count(where: { $0.severity == .error }) == errorsBefore else { return nil }
        return Plan(
            runbook: .init(name: runbook.name, path: runbook.path, sha256: digests.runbook),
            environment: .init(
                name: environment.name.text, sha256: digests.environment, composeSha256: digests.compose),
            inputs: inputs,
            variables: environment.variables,
            url: environment.url,
            branch: environment.gate.branch,
            secrets: Dictionary(uniqueKeysWithValues: secrets),
            fingerprint: runbook.fingerprint.map { Plan.Probe(name: $0.name, command: $0.command) },
            history: environment.history,
            steps: steps
        )
    }

    /// Puts a runbook's steps in place, those of called runbooks among them.
    private func expand(
        _ runbook: Runbook, prefix: String, inputs: [String: String], inherited: String?, path: [String],
        into steps: inout [PlannedStep]
    ) {
        for step in runbook.steps {
            let skipped = inherited ?? reason(toSkip: step, inputs: inputs)
            if case .runbook(let call) = step.action {
                guard let inner = library[call.name.value] else { continue }
                guard !path.contains(inner.name) else {
                    problems.error(
                        "runbooks call each other in a circle: \((path + [inner.name]).joined(separator: " → "))",
                        at: call.name.range, expected: "calls that end")
                    continue
                }
                let given = inner.inputs.compactMap { input in inputs[input.name].map { (name: input.name, value: $0) }
                }
                let innerInputs = InputResolution(problems: problems).resolve(
                    inner.inputs, given: given, runbook: inner.name)
                expand(
                    inner, prefix: "\(prefix)\(step.id).", inputs: innerInputs, inherited: skipped,
                    path: path + [inner.name], into: &steps)
                continue
            }
            let planner = StepPlanner(
                environment: environment, inputs: inputs, problems: problems, cacheRules: cacheRules)
            let id = "\(prefix)\(step.id)"
            if case .parallel(let inner) = step.action {
                for step in inner {
                    let skipped = skipped ?? reason(toSkip: step, inputs: inputs)
                    steps.append(planner.planned(step, id: "\(id).\(step.id)", skipped: skipped, group: id))
                }
            } else {
                steps.append(planner.planned(step, id: id, skipped: skipped))
            }
        }
    }

    /// Why a step does not run here, or `nil`.
    private func reason(toSkip step: Step, inputs: [String: String]) -> String? {
        guard let condition = step.condition else { return nil }
        if let environments = condition.environments, !environments.contains(environment.name.text) {
            return "only on \(Wording.list(environments))"
        }
        for (name, wanted) in condition.inputs.sorted(by: { $0.key < $1.key }) where inputs[name] != wanted {
            return "only with `\(name)` \(wanted), and it is \(inputs[name] ?? "not given")"
        }
        if let ci = condition.ci, ci != request.isCI { return ci ? "only in CI" : "not in CI" }
        return nil
    }

    /// A called runbook's step could be spelled like one of our own.
    private func checkDistinct(_ steps: [PlannedStep]) {
        var seen: Set<String> = []
        for step in steps where !seen.insert(step.id).inserted {
            problems.error(
                "two steps are called `\(step.id)` once runbooks are put in place", at: .none, expected: "each once")
        }
    }
}
