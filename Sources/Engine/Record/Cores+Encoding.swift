import Host
import Synchronization
import YAML

extension Cores {
    /// A list as trees in its order, each core with a part of it: the hundred steps of a plan or a record are most of what
    /// is encoded before the first step and behind the last one.
    func encode<Item: Encodable & Sendable>(_ items: [Item]) -> Node {
        guard count > 1, items.count >= Self.fewestItems else { return .sequence(items.map { NodeEncoder.encode($0) }) }
        let parts = Mutex([[Node]](repeating: [], count: count))
        perform(count) { number in
            let part = items[(items.count * number / count)..<(items.count * (number + 1) / count)]
            let encoded = part.map { NodeEncoder.encode($0) }
            parts.withLock { $0[number] = encoded }
        }
        return .sequence(parts.withLock { $0.flatMap(\.self) })
    }

    /// Starting a thread takes as long as encoding a few steps.
    private static let fewestItems = 24
}
