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

    /// Whether a run began before another; the runbook's name does not count.
    package static func isEarlier(_ left: String, _ right: String) -> Bool {
        (left.prefix(16), left.suffix(4), left) < (right.prefix(16), right.suffix(4), right)
    }

    package static func isValid(_ text: String) -> Bool {
        guard text.utf8.count <= 180, let stamp = text.split(separator: "-", maxSplits: 1).first,
            stamp.utf8.count == 16,
            stamp.hasSuffix("Z"), stamp.dropLast().allSatisfy({ $0.isNumber || $0 == "T" })
        else { return false }
        return text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (byte >= 0x41 && (0x61...0x7A).contains(byte | 0x20))
                || "-_.".utf8.contains(byte)
        }
    }
}
