import Diagnostics

/// Fills `${NAME}` in a built-in action's field from a run's inputs and an environment's values.
///
/// Only what is known when a plan is made, so that the plan shows the very text that the run uses.
struct FieldInterpolation {
    let inputs: [String: String]
    let environment: EnvironmentManifest
    let problems: Problems

    /// The text with its variables filled in; the text as it is when something is wrong, which is in `problems`.
    func resolve(_ field: Located<String>, step: Step) -> String {
        let values = environment.variables
        let result: Result<String, InterpolationProblems> = Interpolation.parse(field.value).flatMap { text in
            text.resolved { inputs[$0.name] ?? values[$0.name] }
        }
        switch result {
        case .success(let text): return text
        case .failure(let found):
            for problem in found.all { report(problem, in: field, step) }
            return field.value
        }
    }

    private func report(_ problem: InterpolationProblem, in field: Located<String>, _ step: Step) {
        var expected = problem.expected
        var label: String?
        if case .unknown(let name) = problem.cause {
            let known = inputs.keys.sorted() + environment.values.map(\.name)
            label = Wording.didYouMean(name, known)
            expected =
                environment.secret(name) == nil
                ? "an input or one of \(environment.name)'s values; captures and outputs are for `run:` steps"
                : "an input or a value: a secret would be shown"
        }
        problems.error(
            problem.message, at: problem.range(in: field.value, of: field.range), label: label, expected: expected)
    }
}
