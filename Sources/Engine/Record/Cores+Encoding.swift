import Host
import YAML

extension Cores {
    /// A list as trees in its order, each core with a part of it: the hundred steps of a plan or a record are most of what
    /// is encoded before the first step and behind the last one.
    func encode<Item: Encodable & Sendable>(_ items: [Item]) -> Node {
        // Starting a thread takes as long as encoding a few steps.
        .sequence(map(items, fewest: 24) { part in part.map { NodeEncoder.encode($0) } })
    }
}
