/// The patterns of the specification; none of them is anchored, so a match anywhere counts.
enum NamePattern {
    static let pullPolicies = ["always", "never", "build", "if_not_present", "missing", "refresh", "daily", "weekly"]

    static func holdsContainerName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.indices.dropLast().contains { index in
            isAlphanumeric(bytes[index])
                && (isAlphanumeric(bytes[index + 1])
                    || [UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-")].contains(bytes[index + 1]))
        }
    }

    static func holdsPullPolicy(_ text: String) -> Bool {
        if pullPolicies.contains(where: { text.contains($0) }) { return true }
        let parts = text.split(separator: "every_", omittingEmptySubsequences: false).dropFirst()
        return parts.contains { part in
            let digits = part.utf8.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
            guard digits > 0, let unit = part.utf8.dropFirst(digits).first else { return false }
            return "wdhms".utf8.contains(unit)
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
    }
}
