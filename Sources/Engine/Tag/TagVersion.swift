/// The version in a tag's name, for comparing it with others that have the same prefix.
///
/// Numbers compare as numbers of any length, missing ones are 0; a pre-release is below the version itself and orders
/// as https://semver.org section 11 says. `1.2.0rc1`, as Python spells it, is a pre-release too.
package struct TagVersion: Hashable, Comparable, Sendable {
    package let name: String
    /// What stands before the numbers: `v`, `api/v`, or nothing.
    package let prefix: String
    /// Digits without leading zeros; never empty.
    private let numbers: [String]
    /// Empty for a release.
    private let preRelease: [String]

    /// `nil` when the name ends in nothing that reads as a version.
    package init?(_ name: String) {
        let characters = Array(name)
        let starts = characters.indices.filter { index in
            Self.isDigit(characters[index])
                && (index == 0 || !(Self.isDigit(characters[index - 1]) || characters[index - 1] == "."))
        }
        var best: (start: Int, numbers: [String], preRelease: [String])?
        for start in starts {
            guard let (numbers, preRelease) = Self.parse(characters[start...]) else { continue }
            // `python3-v1.2.3`: three numbers say more than one; of equals the first counts.
            if min(numbers.count, 3) > min(best?.numbers.count ?? 0, 3) { best = (start, numbers, preRelease) }
        }
        guard let best else { return nil }
        self.name = name
        prefix = String(characters[..<best.start])
        numbers = best.numbers
        preRelease = best.preRelease
    }

    /// The name with the highest version; without any version the first by name.
    package static func highest(of names: [String]) -> String? {
        names.compactMap(TagVersion.init).max()?.name ?? names.min()
    }

    package static func == (left: TagVersion, right: TagVersion) -> Bool { !(left < right) && !(right < left) }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(Array(numbers.reversed().drop { $0 == "0" }))
        hasher.combine(preRelease)
    }

    package static func < (left: TagVersion, right: TagVersion) -> Bool {
        for index in 0..<max(left.numbers.count, right.numbers.count) {
            let one = index < left.numbers.count ? left.numbers[index] : "0"
            let other = index < right.numbers.count ? right.numbers[index] : "0"
            if one != other { return isLess(one, other) }
        }
        if left.preRelease.isEmpty || right.preRelease.isEmpty {
            return !left.preRelease.isEmpty && right.preRelease.isEmpty
        }
        for (one, other) in zip(left.preRelease, right.preRelease) where one != other {
            switch (one.allSatisfy(isDigit), other.allSatisfy(isDigit)) {
            case (true, true): return isLess(one, other)
            case (true, false): return true
            case (false, true): return false
            case (false, false): return one.utf8.lexicographicallyPrecedes(other.utf8)
            }
        }
        return left.preRelease.count < right.preRelease.count
    }
}

extension TagVersion {
    /// Numbers with dots, then nothing, `-PRE`, `+BUILD`, or Python's `rc1`; anything else is no version.
    private static func parse(_ text: ArraySlice<Character>) -> (numbers: [String], preRelease: [String])? {
        var rest = text
        var numbers: [String] = []
        while true {
            let digits = rest.prefix(while: isDigit)
            numbers.append(trimmed(Substring(String(digits))))
            rest = rest.dropFirst(digits.count)
            guard rest.first == ".", let next = rest.dropFirst().first, isDigit(next) else { break }
            rest = rest.dropFirst()
        }
        let text = String(rest)
        let version = text.prefix { $0 != "+" }
        if version.isEmpty { return (numbers, []) }
        if version.first == "-" {
            let parts = version.dropFirst().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            let isSound = parts.allSatisfy { part in
                !part.isEmpty && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
            }
            return isSound ? (numbers, parts.map { $0.allSatisfy(isDigit) ? trimmed($0[...]) : $0 }) : nil
        }
        let word = version.drop { $0 == "." }.prefix(while: \.isLetter)
        let figures = version.drop { $0 == "." }.dropFirst(word.count)
        guard ["dev", "a", "alpha", "b", "beta", "c", "rc"].contains(word), figures.allSatisfy(isDigit) else {
            return nil
        }
        // Python puts `dev` below `a`.
        return (numbers, [word == "dev" ? "DEV" : String(word), trimmed(figures)])
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

    private static func trimmed(_ digits: Substring) -> String {
        let significant = digits.drop { $0 == "0" }
        return significant.isEmpty ? "0" : String(significant)
    }

    /// Compares digits of any length; neither begins with a zero.
    private static func isLess(_ one: String, _ other: String) -> Bool {
        (one.utf8.count, one) < (other.utf8.count, other)
    }
}
