import Host
import YAML

extension Cores {
    /// A plan or a record as a tree, each core with a part of its steps where there are hundreds.
    func node<Value: NodeConvertible, Step: NodeConvertible & Sendable>(
        of value: Value, steps: WritableKeyPath<Value, [Step]>
    ) -> Node {
        var rest = value
        rest[keyPath: steps] = []
        var fields = rest.node.mapping ?? Mapping()
        // Starting a thread takes as long as a few dozen of them.
        fields["steps"] = .sequence(map(value[keyPath: steps], fewest: 200) { part in part.map(\.node) })
        return Node(.mapping(fields))
    }
}
