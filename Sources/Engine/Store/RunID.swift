package import Diagnostics

/// `20261120T204512Z-release-staging-9f3c`: sorts by time, reads aloud, and is a safe file and ref name.
package enum RunID {
    /// - Parameter random: four hexadecimal digits that keep two runs of the same second apart.
    package static func make(at time: Timestamp, runbook: String, environment: String, random: String) -> String {
        "\(time.compact)-\(runbook)-\(environment)-\(random)"
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
