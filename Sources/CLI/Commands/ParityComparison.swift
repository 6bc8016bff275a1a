import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// Compares two environments by the project's rules.
struct ParityComparison {
    let context: CommandContext
    let loader: ProjectLoader

    /// - Returns: `nil` when an operand or the rules are not valid; the loader's problems say why.
    func report(_ left: ComparedOperand, _ right: ComparedOperand) -> ParityReport? {
        guard let rules = loader.rules() else { return nil }
        return ParityReport(
            left: left.name, right: right.name, result: Comparison.differences(left: left.root, right: right.root),
            rules: rules, today: context.host.clock.now())
    }

    func report(_ left: String, _ right: String) -> ParityReport? {
        guard let left = environment(left), let right = environment(right) else { return nil }
        return report(left, right)
    }

    func environment(_ name: String) -> ComparedOperand? {
        guard let manifest = loader.environment(name) else { return nil }
        let rendering = loader.rendering(of: manifest, outputFolder: ".")
        guard manifest.compose == nil || rendering != nil else { return nil }
        return ComparedOperand(name: name, root: ComparedTree.root(of: manifest, compose: rendering?.document))
    }

    /// The same for a `parity` step or a gate.
    func result(_ left: String, _ right: String) -> BuiltInActions.ParityResult? {
        guard let report = report(left, right) else { return nil }
        let summary = report.summary
        return BuiltInActions.ParityResult(
            isDrift: !report.holds,
            metrics: [
                "compared": String(summary.compared), "equal": String(summary.equal),
                "accepted": String(summary.accepted),
                "expired": String(summary.expired), "drift": String(summary.drift),
            ],
            text: ParityText.render(report, sources: loader.sources, palette: .plain, width: 100),
            summary:
                "\(left) and \(right): \(Wording.count(summary.drift + summary.expired, "difference")) nobody accepted")
    }
}

/// One side of a comparison.
struct ComparedOperand {
    let name: String
    let root: Node
}
