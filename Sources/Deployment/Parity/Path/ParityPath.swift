/// Where in two compared trees a value stands: `compose.services.web.ports[target=80].published`.
///
/// The same path names the value on both sides, although an item of a list may stand at another place in each.
package struct ParityPath: Hashable, Sendable {
    package enum Segment: Hashable, Sendable {
        /// The value under a key of a map.
        case key(String)
        /// An item of a list that is found by what identifies it, wherever it stands.
        case item(Item)
        /// An item of a list that nothing identifies but its place.
        case position(Place)
    }

    /// What tells one item of a list from the others.
    package struct Item: Hashable, Sendable {
        /// Never empty.
        package var identity: [Pair]
        /// Which of the items that share this identity; `nil` when no other has it.
        package var occurrence: Place?

        package init(_ identity: [Pair], occurrence: Place? = nil) {
            self.identity = identity
            self.occurrence = occurrence
        }
    }

    package struct Pair: Hashable, Sendable {
        /// `nil` when the item is a scalar and the value is itself.
        package var key: String?
        package var value: String

        package init(_ key: String?, _ value: String) {
            self.key = key
            self.value = value
        }
    }

    /// 0-based places in the two lists; at least one is there.
    package struct Place: Hashable, Sendable {
        package var left: Int?
        package var right: Int?

        package init(left: Int?, right: Int?) {
            self.left = left
            self.right = right
        }

        /// The place that is printed: the left one, or the right one of an item that only the right has.
        package var shown: Int { left ?? right ?? 0 }
    }

    package var segments: [Segment]

    package init(_ segments: [Segment] = []) { self.segments = segments }

    /// A path of keys alone.
    package init(keys: String...) { segments = keys.map { .key($0) } }

    package var isEmpty: Bool { segments.isEmpty }

    package func appending(_ segment: Segment) -> ParityPath { ParityPath(segments + [segment]) }

    /// The path of what holds this value; the root is its own parent.
    package var parent: ParityPath { ParityPath(Array(segments.dropLast())) }

    /// The last key, also when items follow it: `ports` of `web.ports[target=80]`.
    package var lastKey: String? {
        for segment in segments.reversed() {
            if case .key(let key) = segment { return key }
        }
        return nil
    }

    /// The key at a depth; `nil` when there is an item or nothing.
    package func key(at depth: Int) -> String? {
        guard segments.indices.contains(depth), case .key(let key) = segments[depth] else { return nil }
        return key
    }

    /// The path below the first `depth` segments.
    package func dropping(_ depth: Int) -> ParityPath { ParityPath(Array(segments.dropFirst(depth))) }

    /// The same path as a comparison with exchanged sides gives it.
    package var mirrored: ParityPath { ParityPath(segments.map(\.mirrored)) }
}

extension ParityPath.Segment {
    fileprivate var mirrored: ParityPath.Segment {
        switch self {
        case .key: self
        case .item(let item): .item(ParityPath.Item(item.identity, occurrence: item.occurrence?.mirrored))
        case .position(let place): .position(place.mirrored)
        }
    }
}

extension ParityPath.Place {
    fileprivate var mirrored: ParityPath.Place { ParityPath.Place(left: right, right: left) }
}
