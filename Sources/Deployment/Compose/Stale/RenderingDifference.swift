package import Diagnostics
import YAML

/// A place where a text that was rendered earlier is not what rendering gives now.
package struct RenderingDifference: Hashable, Sendable {
    /// `services.web.image`, `services.web.ports[1].target`; empty for the whole.
    package let path: String
    /// What stands there; `nil` when it is missing. A list or a map by its kind.
    package let found: String?
    package let foundAt: SourceRange
    /// What rendering gives; `nil` when it gives nothing.
    package let expected: String?
    /// The text that sets what rendering gives; `.none` where nobody wrote it.
    package let setAt: SourceRange
}

extension RenderingDifference {
    /// The differences of two trees from the top, each at the deepest place that still has both; at most `limit`.
    static func all(_ found: Node, _ now: Node, limit: Int) -> (first: [RenderingDifference], count: Int) {
        var walk = Walk(limit: limit)
        walk.compare(found, now)
        return (walk.differences, walk.count)
    }

    private struct Walk {
        let limit: Int
        var path = NodePath()
        var differences: [RenderingDifference] = []
        var count = 0

        mutating func compare(_ found: Node, _ now: Node) {
            switch (found.value, now.value) {
            case (.mapping(let one), .mapping(let other)): compare(one, other, found)
            case (.sequence(let one), .sequence(let other)): compare(one, other, found)
            default: if !found.hasSameContent(as: now) { add(found, at: found.range, now) }
            }
        }

        private mutating func compare(_ found: Mapping, _ now: Mapping, _ parent: Node) {
            for entry in found.entries {
                path.append(entry.key)
                if let other = now[entry.key] {
                    compare(entry.value, other)
                } else {
                    add(entry.value, at: entry.keyRange, nil)
                }
                path.removeLast()
            }
            for entry in now.entries where found.index(of: entry.key) == nil {
                path.append(entry.key)
                add(nil, at: Self.start(of: parent), entry.value, setAt: entry.keyRange)
                path.removeLast()
            }
        }

        private mutating func compare(_ found: [Node], _ now: [Node], _ parent: Node) {
            for index in 0..<max(found.count, now.count) {
                path.append(index)
                if index >= now.count {
                    add(found[index], at: Self.start(of: found[index]), nil)
                } else if index >= found.count {
                    add(nil, at: Self.start(of: parent), now[index])
                } else {
                    compare(found[index], now[index])
                }
                path.removeLast()
            }
        }

        private mutating func add(_ found: Node?, at range: SourceRange, _ now: Node?, setAt: SourceRange? = nil) {
            count += 1
            guard differences.count < limit else { return }
            let origin = now.map { $0.range.isNone ? .none : Self.start(of: $0) } ?? .none
            differences.append(
                RenderingDifference(
                    path: path.description, found: found.map(Self.shown), foundAt: range,
                    expected: now.map(Self.shown), setAt: setAt.flatMap { $0.isNone ? nil : $0 } ?? origin))
        }

        /// A range that fits one line.
        private static func start(of node: Node) -> SourceRange {
            if node.scalar != nil { return node.range }
            return node.mapping?.entries.first?.keyRange ?? node.sequence?.first.map(start) ?? node.range.startOnly
        }

        private static func shown(_ node: Node) -> String {
            guard let scalar = node.scalar else { return node.kindName }
            let text = scalar.text.unicodeScalars.count > 80 ? "\(scalar.text.prefix(80))…" : scalar.text
            return "`\(text)`"
        }
    }
}
