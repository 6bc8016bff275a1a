/// Durations as people write them: `300ms`, `30s`, `5m`, `1h30m`, `7d`; on the command line and in every file alike.
///
/// Whole numbers with a unit each, larger units first, every unit at most once, nothing between them. A bare number is
/// refused, because some tools read it as seconds and others as milliseconds. `0s` is a duration; a negative one is not.
package enum DurationSyntax {
    /// For the `expected` of a diagnostic.
    package static let expected = "a duration such as `300ms`, `30s`, `5m`, `1h30m`, or `7d`"

    /// The longest duration that is read: one hundred years.
    package static let longest = Duration.seconds(36_500 * 86_400)

    package struct Failure: Error, Hashable, Sendable {
        /// Lower case, names in backticks; says what was found.
        package let message: String

        package init(message: String) { self.message = message }
    }

    package static func parse(_ text: String) throws(Failure) -> Duration {
        var rest = Substring(text)
        var milliseconds = 0
        var smallestUnit = units.startIndex - 1
        repeat {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(name.count)
            guard !digits.isEmpty else { throw Failure(message: "`\(text)` is not a duration") }
            guard !name.isEmpty else { throw Failure(message: "`\(text)` has a number without a unit") }
            guard let unit = units.firstIndex(where: { $0.name == name }) else {
                throw Failure(message: "`\(text)` has the unknown unit `\(name)`")
            }
            guard unit > smallestUnit else {
                throw Failure(message: "`\(text)` does not name its units from large to small, each once")
            }
            smallestUnit = unit
            let (part, partOverflows) = (Int(digits) ?? .max).multipliedReportingOverflow(by: units[unit].milliseconds)
            let (sum, sumOverflows) = milliseconds.addingReportingOverflow(part)
            guard !partOverflows, !sumOverflows, .milliseconds(sum) <= longest else {
                throw Failure(message: "`\(text)` is longer than the limit of `\(format(longest))`")
            }
            milliseconds = sum
        } while !rest.isEmpty
        return .milliseconds(milliseconds)
    }

    /// The shortest text that `parse` reads as this duration: `1h30m`, `7d`, `0s`.
    ///
    /// Fractions of a millisecond are dropped; what is below zero is written as `0s`.
    package static func format(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let whole = seconds.multipliedReportingOverflow(by: 1_000)
        var rest = whole.overflow ? Int64.max : whole.partialValue + attoseconds / 1_000_000_000_000_000
        guard rest > 0 else { return "0s" }
        var text = ""
        for unit in units {
            let count = rest / Int64(unit.milliseconds)
            rest %= Int64(unit.milliseconds)
            if count > 0 { text += "\(count)\(unit.name)" }
        }
        return text
    }

    private static let units: [(name: String, milliseconds: Int)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
    ]
}
