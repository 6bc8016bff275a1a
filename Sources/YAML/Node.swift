package import Diagnostics

/// One value of a document, with the place where it was written.
///
/// The one tree for everything that is read or written: manifests, templates, renderings, records. A node that the
/// program made itself has the range `.none`.
package struct Node: Sendable {
    package enum Value: Sendable {
        case scalar(Scalar)
        case sequence([Node])
        case mapping(Mapping)
    }

    /// The Compose specification's own tags; every other custom tag is refused by the reader.
    package enum Tag: UInt8, Sendable {
        case none
        /// `!reset`: https://github.com/compose-spec/compose-spec/blob/main/13-merge.md#reset-value
        case reset
        /// `!override`: https://github.com/compose-spec/compose-spec/blob/main/13-merge.md#replace-value
        case override
    }

    package var value: Value
    package var range: SourceRange
    package var tag: Tag

    package init(_ value: Value, range: SourceRange = .none, tag: Tag = .none) {
        self.value = value
        self.range = range
        self.tag = tag
    }
}

extension Node {
    package var scalar: Scalar? {
        if case .scalar(let scalar) = value { return scalar }
        return nil
    }

    package var sequence: [Node]? {
        if case .sequence(let items) = value { return items }
        return nil
    }

    package var mapping: Mapping? {
        if case .mapping(let mapping) = value { return mapping }
        return nil
    }

    /// The text of a scalar that is a string; `nil` for numbers, booleans, null and collections.
    package var string: String? {
        guard let scalar, scalar.kind == .string else { return nil }
        return scalar.text
    }

    /// The spelling of any scalar but null.
    package var spelling: String? {
        guard let scalar, scalar.kind != .null else { return nil }
        return scalar.text
    }

    package var integer: Int? { scalar?.integer }
    package var boolean: Bool? { scalar?.boolean }
    package var isNull: Bool { scalar?.kind == .null }

    /// The value under a key; `nil` when this is no mapping or has no such key.
    package subscript(key: String) -> Node? { mapping?[key] }

    /// What kind of thing this is, as an error message calls it: `a string`, `a list`, `a map`, ….
    package var kindName: String {
        switch value {
        case .sequence: "a list"
        case .mapping: "a map"
        case .scalar(let scalar): scalar.kind.name
        }
    }

    /// The same tree and scalars of the same kind and spelling, byte for byte; ranges, styles, tags and the order of
    /// keys do not count.
    package func hasSameContent(as other: Node) -> Bool {
        switch (value, other.value) {
        case (.scalar(let left), .scalar(let right)): left.kind == right.kind && ExactKey.isSame(left.text, right.text)
        case (.sequence(let left), .sequence(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.hasSameContent(as: $1) }
        case (.mapping(let left), .mapping(let right)):
            left.count == right.count
                && left.entries.allSatisfy { entry in right[entry.key].map(entry.value.hasSameContent) ?? false }
        default: false
        }
    }
}

// MARK: - Making nodes

extension Node {
    package static func string(_ text: String) -> Node {
        Node(.scalar(Scalar(text, kind: .string, style: .doubleQuoted)))
    }

    package static func integer(_ number: Int) -> Node { Node(.scalar(Scalar(String(number), kind: .integer))) }

    package static func boolean(_ value: Bool) -> Node {
        Node(.scalar(Scalar(value ? "true" : "false", kind: .boolean)))
    }

    package static let null = Node(.scalar(Scalar("null", kind: .null)))

    package static func sequence(_ items: [Node]) -> Node { Node(.sequence(items)) }

    /// Keys in the order given; they must be distinct.
    package static func mapping(_ entries: [(key: String, value: Node)]) -> Node {
        Node(.mapping(Mapping(entries.map { Mapping.Entry(key: $0.key, value: $0.value) })))
    }

    /// A string, or null for `nil`.
    package static func string(orNull text: String?) -> Node { text.map { Node.string($0) } ?? .null }

    /// An integer, or null for `nil`.
    package static func integer(orNull number: Int?) -> Node { number.map { Node.integer($0) } ?? .null }

    package static func strings(_ items: some Sequence<String>) -> Node { .sequence(items.map { Node.string($0) }) }

    /// A map of strings in the order of its keys.
    package static func strings(_ pairs: [String: String]) -> Node {
        .mapping(pairs.sorted { $0.key < $1.key }.map { (key: $0.key, value: Node.string($0.value)) })
    }
}
