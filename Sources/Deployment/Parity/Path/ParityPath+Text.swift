import YAML

extension ParityPath: CustomStringConvertible {
    /// What a person writes into a rule's `path` to mean exactly this value; `.` for the whole document.
    package var description: String { isEmpty ? "." : text { $0 } }

    /// The same with every key and value changed by `transform` first, for what must not be printed.
    package func text(_ transform: (String) -> String) -> String {
        var text = ""
        for segment in segments {
            switch segment {
            case .key(let key):
                if !text.isEmpty { text += "." }
                text += Self.quotedKey(transform(key))
            case .item(let item):
                text += "[" + item.identity.map { Self.text(of: $0, transform) }.joined(separator: ",")
                if let occurrence = item.occurrence { text += "#\(occurrence.shown + 1)" }
                text += "]"
            case .position(let place): text += "[\(place.shown)]"
            }
        }
        return text
    }

    private static func text(of pair: Pair, _ transform: (String) -> String) -> String {
        let value = transform(pair.value)
        guard let key = pair.key else {
            // A bare number would be a position.
            return value.utf8.allSatisfy { (0x30...0x39).contains($0) } ? JSONWriter.quoted(value) : quotedValue(value)
        }
        return key + "=" + quotedValue(value)
    }

    static func quotedKey(_ key: String) -> String {
        isPlain(key, except: ".") ? key : JSONWriter.quoted(key)
    }

    static func quotedValue(_ value: String) -> String {
        isPlain(value, except: nil) ? value : JSONWriter.quoted(value)
    }

    /// Whether a text stands for itself in a path. Blanks, control characters and everything with a meaning do not.
    private static func isPlain(_ text: String, except separator: Character?) -> Bool {
        !text.isEmpty
            && text.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "[", "]", "=", ",", "#", "*", "\"", "'", "\\": false
                case ".": separator != "."
                default: scalar.value > 0x20 && scalar.value != 0x7F && !(0x80...0xA0).contains(scalar.value)
                }
            }
    }
}

extension ParityPath: Comparable {
    /// Keys by their text, numbers of identities and positions by their value; a parent before what it holds.
    package static func < (left: ParityPath, right: ParityPath) -> Bool {
        for (one, other) in zip(left.segments, right.segments) where one != other {
            if let isLess = one.precedes(other) { return isLess }
        }
        return left.segments.count < right.segments.count
    }
}

extension ParityPath.Segment {
    /// `nil` when neither comes first.
    fileprivate func precedes(_ other: ParityPath.Segment) -> Bool? {
        switch (self, other) {
        case (.key(let one), .key(let other)): return one < other
        case (.item(let one), .item(let other)):
            for (pair, counterpart) in zip(one.identity, other.identity) where pair != counterpart {
                return pair.precedes(counterpart)
            }
            if one.identity.count != other.identity.count { return one.identity.count < other.identity.count }
            return ParityPath.Place.precedes(one.occurrence, other.occurrence)
        case (.position(let one), .position(let other)): return ParityPath.Place.precedes(one, other)
        case (.key, _), (.item, .position): return true
        default: return false
        }
    }
}

extension ParityPath.Pair {
    fileprivate func precedes(_ other: ParityPath.Pair) -> Bool {
        if key != other.key { return key ?? "" < other.key ?? "" }
        if let number = Int(value), let counterpart = Int(other.value), number != counterpart {
            return number < counterpart
        }
        return value < other.value
    }
}

extension ParityPath.Place {
    fileprivate static func precedes(_ one: ParityPath.Place?, _ other: ParityPath.Place?) -> Bool? {
        let first = (one?.shown ?? -1, one?.left ?? -1, one?.right ?? -1)
        let second = (other?.shown ?? -1, other?.left ?? -1, other?.right ?? -1)
        return first == second ? nil : first < second
    }
}
