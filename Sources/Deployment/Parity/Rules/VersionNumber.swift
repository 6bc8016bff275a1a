/// A version by the order of https://semver.org/#spec-item-11, with any number of parts and an optional `v`.
struct VersionNumber: Comparable, Sendable {
    /// Without leading zeros; missing ones are 0.
    private let parts: [String]
    /// Identifiers behind the `-`; none for a release.
    private let preRelease: [String]

    /// `1.10`, `v2.0.0-rc.1`, `1.4.2+build.7`; `nil` for anything else.
    init?(_ text: String) {
        var rest = text[...]
        if let first = rest.first, first == "v" || first == "V" { rest = rest.dropFirst() }
        if let plus = rest.firstIndex(of: "+") {
            guard Self.identifiers(rest[rest.index(after: plus)...]) != nil else { return nil }
            rest = rest[..<plus]
        }
        var preRelease: [String] = []
        if let dash = rest.firstIndex(of: "-") {
            guard let found = Self.identifiers(rest[rest.index(after: dash)...]) else { return nil }
            preRelease = found
            rest = rest[..<dash]
        }
        let numbers = rest.split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.allSatisfy({ Self.isNumber($0) }) else { return nil }
        var parts = numbers.map { String($0.drop { $0 == "0" }) }
        while parts.last == "" { parts.removeLast() }
        self.parts = parts
        self.preRelease = preRelease
    }

    static func < (left: VersionNumber, right: VersionNumber) -> Bool {
        for index in 0..<max(left.parts.count, right.parts.count) {
            let one = index < left.parts.count ? left.parts[index] : ""
            let other = index < right.parts.count ? right.parts[index] : ""
            if one != other { return isLess(one, other) }
        }
        // A pre-release comes before its release.
        guard !left.preRelease.isEmpty, !right.preRelease.isEmpty else {
            return !left.preRelease.isEmpty && right.preRelease.isEmpty
        }
        for (one, other) in zip(left.preRelease, right.preRelease) where one != other {
            switch (isNumber(one[...]), isNumber(other[...])) {
            case (true, true): return isLess(String(one.drop { $0 == "0" }), String(other.drop { $0 == "0" }))
            case (true, false): return true
            case (false, true): return false
            case (false, false): return one < other
            }
        }
        return left.preRelease.count < right.preRelease.count
    }

    /// Digits without leading zeros, of any length.
    private static func isLess(_ one: String, _ other: String) -> Bool {
        one.utf8.count != other.utf8.count ? one.utf8.count < other.utf8.count : one < other
    }

    private static func isNumber(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func identifiers(_ text: Substring) -> [String]? {
        let identifiers = text.split(separator: ".", omittingEmptySubsequences: false)
        let isPlain = identifiers.allSatisfy { identifier in
            !identifier.isEmpty
                && identifier.unicodeScalars.allSatisfy {
                    $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-")
                }
        }
        return isPlain ? identifiers.map(String.init) : nil
    }
}
