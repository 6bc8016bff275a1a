import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// Compares two operands by the project's rules.
struct ParityComparison {
    let context: CommandContext
    let loader: ProjectLoader
    var options = ComparisonOptions()
    /// The instant that a rule's `until` is held against; now unless it is set.
    var today: Timestamp?

    /// - Parameter rules: the project's own unless given.
    /// - Returns: `nil` when the rules are not valid; the loader's problems say why.
    func report(_ left: ComparedOperand, _ right: ComparedOperand, rules: ParityRules? = nil) -> ParityReport? {
        guard let rules = rules ?? loader.rules() else { return nil }
        return ParityReport(
            left: left.name, right: right.name, result: result(left, right), rules: rules,
            today: today ?? context.host.clock.now())
    }

    private func result(_ left: ComparedOperand, _ right: ComparedOperand) -> ComparisonResult {
        var options = options
        var (left, right) = (left, right)
        if left.isStream || right.isStream {
            options.areStreams = true
            (left, right) = (left.asStream, right.asStream)
        }
        guard left.environment != nil, right.environment != nil else {
            return Comparison.differences(
                left: Self.filled(left.root, beside: right.root), right: Self.filled(right.root, beside: left.root),
                options: options)
        }
        let one = ComparedTree.filled(left.root, beside: right.root)
        let other = ComparedTree.filled(right.root, beside: left.root)
        return DifferenceOrigins.placed(
            Comparison.differences(left: one, right: other, options: options), left: one, right: other,
            sources: loader.sources)
    }

    /// A text without content has none of what the other side has.
    private static func filled(_ node: Node, beside other: Node) -> Node {
        guard node.isNull, node.range.isNone else { return node }
        switch other.value {
        case .mapping: return .mapping([])
        case .sequence: return .sequence([])
        case .scalar: return node
        }
    }

    /// The same for a `parity` step or a gate.
    func result(_ left: String, _ right: String) -> BuiltInActions.ParityResult? {
        let sides = OperandReader.environments([left, right], loader)
        guard let one = sides[0], let other = sides[1], let report = report(one, other) else { return nil }
        let summary = report.summary
        let metrics = [
            "compared": summary.compared, "equal": summary.equal, "accepted": summary.accepted,
            "expired": summary.expired, "drift": summary.drift,
        ]
        return BuiltInActions.ParityResult(
            isDrift: !report.holds,
            metrics: metrics.mapValues { String($0) },
            text: ParityText.render(report, sources: loader.sources, palette: .plain, width: 100),
            summary: ParityBrief.line(report))
    }
}
