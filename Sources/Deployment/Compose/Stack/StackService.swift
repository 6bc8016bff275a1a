import Diagnostics
import YAML

/// One service while it is made fit for Swarm: what has an equivalent is moved to it, the rest meets the table.
struct StackService {
    let name: String
    let notes: StackNotes
    var fields: Mapping
    /// Networks that Swarm has to have for this service, by key.
    var addedNetworks: [Mapping.Entry] = []

    init(_ entry: Mapping.Entry, notes: StackNotes) {
        name = entry.key
        self.notes = notes
        fields = entry.value.mapping ?? Mapping()
    }

    /// - Parameter awaited: where another service waits for this one to end.
    mutating func fit(awaited: Mapping.Entry?) {
        moveLimits()
        moveScale()
        moveRestart(awaited: awaited)
        moveNetworkMode()
        moveMemoryFolders()
        fitMounts()
        fitPorts()
        fitEnvironment()
        fitHosts()
        fitHealthcheck()
        fitDeploy()
        dropDependencies()
        var writer = StackWriter(notes, at: ["services", name])
        fields = writer.record(fields, .service)
    }

    func path(_ field: String) -> String { "services.\(name).\(field)" }

    // MARK: - Moving values

    /// Removes a field and returns it.
    mutating func take(_ key: String) -> Mapping.Entry? {
        guard let entry = fields.entry(key) else { return nil }
        fields[key] = nil
        return entry
    }

    /// The value under these keys.
    func value(at keys: String...) -> Node? {
        var node = fields[keys[0]]
        for key in keys.dropFirst() { node = node?[key] }
        return node
    }

    /// Sets a value and the maps that lead to it; what is already there stays.
    ///
    /// - Returns: whether it was set.
    @discardableResult
    mutating func set(_ value: Node, at keys: String..., from entry: Mapping.Entry) -> Bool {
        var isSet = false
        func setting(_ keys: ArraySlice<String>, in mapping: Mapping) -> Mapping {
            var result = mapping
            guard let key = keys.first else { return result }
            if keys.count == 1 {
                guard result.index(of: key) == nil else { return result }
                result.append(.init(key: key, keyRange: entry.keyRange, value: value))
                isSet = true
            } else {
                let inner = setting(keys.dropFirst(), in: result[key]?.mapping ?? Mapping())
                result[key] = Node(.mapping(inner), range: result[key]?.range ?? entry.value.range)
            }
            return result
        }
        fields = setting(keys[...], in: fields)
        return isSet
    }

    /// Replaces a list by a changed one, without items that become `nil`; an empty list goes.
    ///
    /// - Parameter change: gets the service as it was before.
    mutating func changeItems(of key: String, _ change: (StackService, Int, Node) -> Node?) {
        guard let node = fields[key], let items = node.sequence else { return }
        let before = self
        let changed = items.enumerated().compactMap { change(before, $0, $1) }
        fields[key] = changed.isEmpty ? nil : Node(.sequence(changed), range: node.range)
    }
}
