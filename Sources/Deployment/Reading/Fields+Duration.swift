import Diagnostics
import YAML

extension Fields {
    /// A duration such as `300ms`, `30s`, `1h30m`, `7d`.
    package func duration(_ key: String) -> Located<Duration>? {
        guard let node = mapping[key] else { return nil }
        do {
            return Located(try DurationSyntax.parse(node.spelling ?? ""), node.range)
        } catch {
            wrongType(node, key, DurationSyntax.expected)
            return nil
        }
    }
}

extension Duration {
    package var milliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
    }
}
