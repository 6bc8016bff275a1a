import Host
import YAML

extension Cores {
    /// A plan or a record as a tree, each core with a part of its steps: a hundred of them are most of what is encoded
    /// before the first step and behind the last one.
    func node<Value: NodeConvertible, Step: NodeConvertible & Sendable>(
        of value: Value, steps: WritableKeyPath<Value, [Step]>
    ) -> Node {
        var rest = value
        rest[keyPath: steps] = []
        var fields = rest.node.mapping ?? Mapping()
        // Starting a thread takes as long as encoding a few steps.
        fields["steps"] = .sequence(map(value[keyPath: steps], fewest: 24) { part in part.map(\.node) })
        return Node(.mapping(fields))
    }
}
