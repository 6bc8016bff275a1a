package import Diagnostics

/// `20261120T204512Z-release-staging-9f3c`: sorts by time, reads aloud, and is a safe file and ref name.
package enum RunID {
    /// The last four digits say where in its second the run began, and a little chance: two runs of one second keep their
    /// order, and two machines rarely meet.
    ///
    /// - Parameter chance: any number.
    package static func make(at time: Timestamp, runbook: String, environment: String, chance: Int) -> String {
        let millisecond = ((time.millisecondsSince1970 % 1_000) + 1_000) % 1_000
        let digits = String(millisecond * 65 + abs(chance % 65), radix: 16)
        let suffix = String(repeating: "0", count: 4 - digits.count) + digits
        return "\(time.compact)-\(runbook)-\(environment)-\(suffix)"
    }

    /// Whether a run may have been on an environment, by its name alone: that of another one may end in the same words.
    static func isPossible(_ name: String, on environment: String) -> Bool {
        isPossible(Array(name.utf8), ending: Array("-\(environment)".utf8))
    }

    /// - Parameter end: a hyphen and the environment's name.
    static func isPossible(_ name: [UInt8], ending end: [UInt8]) -> Bool {
        let start = name.count - suffixLength - end.count
        guard start >= stampLength else { return false }
        for index in end.indices where name[start + index] != end[index] { return false }
        return true
    }

    /// `20261120T204512Z`
    static let stampLength = 16
    /// `-9f3c`
    private static let suffixLength = 5

    /// How the second in which a run began stands to another one: below, at or above 0; `nil` for a name without one.
    static func order(of name: [UInt8], by second: [UInt8]) -> Int? {
        guard name.count >= stampLength else { return nil }
        guard second.count == stampLength else { return 1 }
        for index in second.indices where name[index] != second[index] { return Int(name[index]) - Int(second[index]) }
        return 0
    }

    /// Whether a run began before another; the runbook's name does not count.
    package static func isEarlier(_ left: String, _ right: String) -> Bool { Key(left) < Key(right) }

    /// Sorted by when they began, each name taken apart once: a history may be long.
    static func newestFirst(_ names: [String]) -> [String] { names.map(Key.init).sorted { $1 < $0 }.map(\.name) }

    /// What is compared of a name: its first 16 bytes, its last four, and all of it.
    private struct Key: Comparable {
        let stamp: (UInt64, UInt64)
        let suffix: UInt32
        let name: String

        init(_ name: String) {
            let bytes = name.utf8
            func packed(_ part: Substring.UTF8View) -> UInt64 { part.reduce(0) { $0 << 8 | UInt64($1) } }
            let text = name[...].utf8
            stamp = (packed(text.prefix(8)), packed(text.dropFirst(8).prefix(8)))
            suffix = UInt32(truncatingIfNeeded: packed(text.suffix(min(4, bytes.count))))
            self.name = name
        }

        static func == (left: Key, right: Key) -> Bool { left.name == right.name }

        static func < (left: Key, right: Key) -> Bool {
            (left.stamp.0, left.stamp.1, left.suffix, left.name) < (
                right.stamp.0, right.stamp.1, right.suffix, right.name
            )
        }
    }

    package static func isValid(_ text: String) -> Bool {
        // Asked of every name in a history of thousands: one pass, and no pieces.
        let bytes = text.utf8.span
        guard (stampLength...180).contains(bytes.count), bytes[stampLength - 1] == 0x5A,
            bytes.count == stampLength || bytes[stampLength] == 0x2D
        else { return false }
        for index in bytes.indices {
            let byte = bytes[index]
            let isDigit = (0x30...0x39).contains(byte)
            if index < stampLength - 1 {
                guard isDigit || byte == 0x54 else { return false }
            } else {
                let isLetter = byte >= 0x41 && (0x61...0x7A).contains(byte | 0x20)
                guard isDigit || isLetter || byte == 0x2D || byte == 0x5F || byte == 0x2E else { return false }
            }
        }
        return true
    }
}
