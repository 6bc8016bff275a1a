import Deployment
import Diagnostics
import YAML

extension ComposeFixture {
    /// A biography in plain mode: each step as `mark effect value`, then its notes, indented.
    func explained(
        _ path: String, _ files: [String] = ["compose.yaml"], environment: [String: String] = [:],
        profiles: [String] = [], name: String? = nil
    ) -> [String] {
        let recorder = RenderRecorder()
        return explained(
            path, plain(files, environment: environment, profiles: profiles, name: name, recorder: recorder), recorder)
    }

    /// The same for an environment.
    func explained(
        _ path: String, _ files: [String] = ["compose.yaml"], values: [String: String], secrets: [String] = []
    ) -> [String] {
        let recorder = RenderRecorder()
        return explained(path, self.environment(files, values: values, secrets: secrets, recorder: recorder), recorder)
    }

    private func explained(_ path: String, _ outcome: Outcome, _ recorder: RenderRecorder) -> [String] {
        guard let rendering = outcome.rendering else { return outcome.problems }
        let problems = Problems()
        let biography = Biography.of(
            path, in: rendering, recorder, sources: outcome.sources, command: "rehearse render x --explain",
            problems: problems)
        guard let biography else {
            return problems.all.flatMap { [$0.message, $0.label ?? "", $0.expected ?? "", $0.next ?? ""] }
        }
        return biography.steps.flatMap { step in
            let value = step.value.map(text) ?? "nothing"
            let head = "\(place(step.range, outcome.sources)) \(step.effect.rawValue) \(value)"
            return [head + (step.written.map { " written \($0)" } ?? "")]
                + step.notes.flatMap { notes($0, outcome.sources) }.map { "  \($0)" }
        } + (biography.value == nil ? ["not in the rendering"] : [])
    }

    private func text(_ node: Node) -> String {
        switch node.value {
        case .scalar(let scalar): scalar.text
        case .sequence(let items): "[\(items.count)]"
        case .mapping(let mapping): "{\(mapping.count)}"
        }
    }

    private func notes(_ note: Biography.Note, _ sources: SourceTable) -> [String] {
        switch note {
        case .extends(let service, let base, let range):
            return ["\(service) extends \(base) \(place(range, sources))"]
        case .include(let range): return ["included \(place(range, sources))"]
        case .alias(let range): return ["alias \(place(range, sources))"]
        case .tag(let tag, let range): return ["!\(tag) \(place(range, sources))"]
        case .shortSyntax: return ["short syntax"]
        case .rule(let rule): return [rule]
        case .variable(let use):
            let value = use.value.map { " \($0)" } ?? ""
            let usedDefault = use.usedDefault.map { " default \($0)" } ?? ""
            return ["\(use.name) \(use.source.rawValue) \(place(use.range, sources))\(value)\(usedDefault)"]
                + use.overridden.map { "  hides \(place($0, sources))" }
        }
    }
}
