/// What a rule's `path` says: which values it is about.
///
/// - `*` is one segment, key or item; `web-*` one key or value with something in place of the `*`.
/// - `**` is any number of segments, none included: `config.**` is `config` and everything in it.
/// - `[target=80]` is an item of a list by what identifies it; `[target=53,protocol=udp]` by both; `[NET_ADMIN]` a
///   member of a list of scalars; `[target=80#2]` the second of several such items; `[0]` an item by its place;
///   `[*]` any item.
/// - A key with a dot, blank or other sign of this grammar is quoted: `labels."com.example.team"`.
package struct PathPattern: Hashable, Sendable {
    package enum Part: Hashable, Sendable {
        case key(Glob)
        case anySegment
        case anyDepth
        case anyItem
        case item([Pair], occurrence: Int?)
        case position(Int)
    }

    package struct Pair: Hashable, Sendable {
        /// `nil` for the item itself.
        let key: String?
        let value: Glob
    }

    package let parts: [Part]
    /// As it was written.
    package let text: String
    /// Whether all paths that match have as many segments as the pattern has parts.
    private let isFixed: Bool

    init(parts: [Part], text: String) {
        self.parts = parts
        self.text = text
        isFixed = !parts.contains(.anyDepth)
    }

    /// The pattern that a path stands for by itself.
    package init(exactly path: ParityPath) {
        let parts: [Part] = path.segments.map { segment in
            switch segment {
            case .key(let key): .key(Glob(exactly: key))
            case .item(let item):
                .item(
                    item.identity.map { Pair(key: $0.key, value: Glob(exactly: $0.value)) },
                    occurrence: item.occurrence?.shown)
            case .position(let place): .position(place.shown)
            }
        }
        self.init(parts: parts, text: path.description)
    }

    /// Whether the pattern is about this very value.
    package func matches(_ path: ParityPath) -> Bool {
        guard isFixed else { return Self.matches(parts[...], path.segments[...]) }
        guard parts.count == path.segments.count else { return false }
        // The end of a path tells more than its beginning, which most have in common.
        return parts.indices.reversed().allSatisfy { parts[$0].matches(path.segments[$0]) }
    }

    /// Whether the pattern is about something that holds the value at this path.
    package func matchesAbove(_ path: ParityPath) -> Bool {
        guard isFixed else { return Self.matches(parts[...] + [.anyDepth], path.parent.segments[...]) }
        guard parts.count < path.segments.count else { return false }
        return parts.indices.reversed().allSatisfy { parts[$0].matches(path.segments[$0]) }
    }

    /// Whether the pattern may be about something that a value at this path holds.
    package func mayMatchBelow(_ path: ParityPath) -> Bool {
        Self.mayMatchBelow(parts[...], path.segments[...])
    }

    private static func matches(
        _ parts: ArraySlice<Part>, _ segments: ArraySlice<ParityPath.Segment>
    ) -> Bool {
        var parts = parts
        var segments = segments
        while let part = parts.first {
            if part == .anyDepth {
                let rest = parts.dropFirst()
                if rest.isEmpty { return true }
                return (segments.startIndex...segments.endIndex).contains { matches(rest, segments[$0...]) }
            }
            guard let segment = segments.first, part.matches(segment) else { return false }
            parts = parts.dropFirst()
            segments = segments.dropFirst()
        }
        return segments.isEmpty
    }

    private static func mayMatchBelow(
        _ parts: ArraySlice<Part>, _ segments: ArraySlice<ParityPath.Segment>
    ) -> Bool {
        guard let part = parts.first else { return false }
        if part == .anyDepth { return true }
        guard let segment = segments.first else { return true }
        return part.matches(segment) && mayMatchBelow(parts.dropFirst(), segments.dropFirst())
    }
}

extension PathPattern.Part {
    fileprivate func matches(_ segment: ParityPath.Segment) -> Bool {
        switch (self, segment) {
        case (.anySegment, _): true
        case (.key(let glob), .key(let key)): glob.matches(key)
        case (.anyItem, .item), (.anyItem, .position): true
        case (.position(let wanted), .position(let place)): place.shown == wanted
        case (.item(let pairs, let occurrence), .item(let item)):
            (occurrence == nil || occurrence == (item.occurrence?.shown ?? 0))
                && pairs.allSatisfy { pair in
                    item.identity.contains { $0.key == pair.key && pair.value.matches($0.value) }
                }
        default: false
        }
    }
}

extension PathPattern: CustomStringConvertible {
    package var description: String { text }
}
