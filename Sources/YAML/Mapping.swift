package import Diagnostics

/// Keys and values in the order they were written. Keys are distinct, compared by their bytes.
package struct Mapping: Sendable {
    package struct Entry: Sendable {
        package var key: String
        package var keyRange: SourceRange
        package var value: Node

        package init(key: String, keyRange: SourceRange = .none, value: Node) {
            self.key = key
            self.keyRange = keyRange
            self.value = value
        }
    }

    package private(set) var entries: [Entry]
    /// Where each key stands; kept for large mappings only, as a short one is searched faster than hashed.
    private var positions: [ExactKey: Int]?

    /// - Precondition: the keys are distinct.
    package init(_ entries: [Entry] = []) {
        self.entries = entries
        positions = nil
        if entries.count > Self.largestSearched { indexAll() }
    }

    package var count: Int { entries.count }
    package var isEmpty: Bool { entries.isEmpty }
    package var keys: [String] { entries.map(\.key) }

    package func index(of key: String) -> Int? {
        if let positions { return positions[ExactKey(key)] }
        // A span lends its elements; an array would copy each of them with its value.
        let (wanted, entries) = (key.utf8.span, entries.span)
        for position in entries.indices where ExactKey.isSame(entries[position].key.utf8.span, wanted) {
            return position
        }
        return nil
    }

    package func entry(_ key: String) -> Entry? { index(of: key).map { entries[$0] } }

    /// Setting a new key appends it; setting `nil` removes the key.
    package subscript(key: String) -> Node? {
        get { index(of: key).map { entries[$0].value } }
        set {
            switch (index(of: key), newValue) {
            case (let position?, let value?): entries[position].value = value
            case (nil, let value?): append(Entry(key: key, value: value))
            case (let position?, nil):
                entries.remove(at: position)
                if positions != nil { indexAll() }
            case (nil, nil): break
            }
        }
    }

    /// - Precondition: the key is not there yet.
    package mutating func append(_ entry: Entry) {
        positions?[ExactKey(entry.key)] = entries.count
        entries.append(entry)
        if positions == nil, entries.count > Self.largestSearched { indexAll() }
    }

    /// Puts an entry, key range included, in place of the one with its key, or at the end.
    package mutating func put(_ entry: Entry) {
        if let position = index(of: entry.key) { entries[position] = entry } else { append(entry) }
    }

    /// The same mapping with every value replaced.
    package func mapValues(_ transform: (Entry) -> Node) -> Mapping {
        var copy = self
        copy.entries = entries.map { Entry(key: $0.key, keyRange: $0.keyRange, value: transform($0)) }
        return copy
    }

    /// The same keys with other values at some places.
    ///
    /// - Parameter changes: in the order of their places, each place at most once.
    package func replacing(_ changes: [(index: Int, value: Node)]) -> Mapping {
        var copy = self
        for change in changes { copy.entries[change.index].value = change.value }
        return copy
    }

    /// The same keys with other values, key ranges included.
    ///
    /// - Precondition: the entries have the same keys in the same order.
    package func replacing(_ entries: [Entry]) -> Mapping {
        precondition(entries.count == self.entries.count, "every key keeps its place")
        var copy = self
        copy.entries = entries
        return copy
    }

    /// The same entries in the order of their keys' bytes.
    package func sorted() -> Mapping {
        Mapping(entries.sorted { ExactKey.isOrdered($0.key, $1.key) })
    }

    private mutating func indexAll() {
        var index: [ExactKey: Int] = [:]
        index.reserveCapacity(entries.count)
        for (position, entry) in entries.enumerated() { index[ExactKey(entry.key)] = position }
        positions = index
    }

    /// Comparing this many short keys costs no more than hashing one.
    private static let largestSearched = 32
}
