import Diagnostics
package import YAML

/// Fills `${NAME}` in all texts of a check's settings, from a run's inputs and an environment's values; secrets stay.
package struct CheckInterpolation {
    let lookup: (String) -> String?
    let isSecret: (String) -> Bool
    /// What a text may name, for the error about one that it may not.
    let known: [String]
    let problems: Problems

    package init(
        inputs: [String: String], environment: EnvironmentManifest?, problems: Problems
    ) {
        let values = environment?.variables ?? [:]
        lookup = { inputs[$0] ?? values[$0] }
        isSecret = { environment?.secret($0) != nil }
        known = (inputs.keys.sorted() + values.keys.sorted() + (environment?.secrets.map(\.name) ?? []))
        self.problems = problems
    }

    package func resolve(_ node: Node) -> Node {
        switch node.value {
        case .scalar(let scalar):
            guard scalar.kind == .string, Interpolation.hasDollar(scalar.text) else { return node }
            return Node(
                .scalar(Scalar(resolve(scalar.text, node), kind: .string, style: scalar.style)), range: node.range)
        case .sequence(let items): return Node(.sequence(items.map(resolve)), range: node.range)
        case .mapping(let mapping): return Node(.mapping(mapping.mapValues { resolve($0.value) }), range: node.range)
        }
    }

    private func resolve(_ text: String, _ node: Node) -> String {
        switch Interpolation.parse(text) {
        case .failure(let found):
            for problem in found.all { report(problem, text, node) }
            return text
        case .success(let parsed): return parsed.pieces.map { piece($0, text, node) }.joined()
        }
    }

    private func piece(_ piece: InterpolatedText.Piece, _ text: String, _ node: Node) -> String {
        switch piece {
        case .text(let plain): return Interpolation.escaped(plain)
        case .reference(let reference):
            if reference.operation == nil, lookup(reference.name) == nil, isSecret(reference.name) {
                return "${\(reference.name)}"
            }
            switch InterpolatedText([piece]).resolved(lookup: { lookup($0.name) }) {
            case .success(let value): return Interpolation.escaped(value)
            case .failure(let found):
                for problem in found.all { report(problem, text, node) }
                return ""
            }
        }
    }

    private func report(_ problem: InterpolationProblem, _ text: String, _ node: Node) {
        var label: String?
        var expected = problem.expected
        if case .unknown(let name) = problem.cause {
            label = Wording.didYouMean(name, known)
            expected = "an input, one of the environment's values or secrets; captures and outputs are for `run:` steps"
        }
        problems.error(
            problem.message, at: problem.range(in: text, of: node.range), label: label, expected: expected)
    }
}
