import Host
import YAML

extension Cores {
    /// A plan or a record as a tree, each core with a part of its steps: a hundred of them are most of what is encoded
    /// before the first step and behind the last one.
    func encode<Value: Encodable, Step: Encodable & Sendable>(
        _ value: Value, steps: WritableKeyPath<Value, [Step]>
    ) -> Node {
        var rest = value
        rest[keyPath: steps] = []
        var fields = NodeEncoder.encode(rest).mapping ?? Mapping()
        // Starting a thread takes as long as encoding a few steps.
        fields["steps"] = .sequence(
            map(value[keyPath: steps], fewest: 24) { part in part.map { NodeEncoder.encode($0) } })
        return Node(.mapping(fields))
    }
}
