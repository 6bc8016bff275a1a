/// An instant in UTC to the millisecond, written as RFC 3339 (`2026-11-20T20:45:12.345Z`).
package struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let millisecondsSince1970: Int

    package init(millisecondsSince1970: Int) {
        self.millisecondsSince1970 = millisecondsSince1970
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.millisecondsSince1970 < right.millisecondsSince1970
    }

    package var description: String {
        let (year, month, day) = civilDate
        let (hour, minute, second, millisecond) = timeOfDay
        // On each line of a journal: in one go, without a string for each number.
        var text: [UInt8] = []
        text.reserveCapacity(24)
        for (number, width, mark) in [
            (year, 4, "-"), (month, 2, "-"), (day, 2, "T"), (hour, 2, ":"), (minute, 2, ":"), (second, 2, "."),
            (millisecond, 3, "Z"),
        ] as [(Int, Int, Unicode.Scalar)] {
            Self.append(number, width, to: &text)
            text.append(UInt8(ascii: mark))
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func append(_ number: Int, _ width: Int, to text: inout [UInt8]) {
        guard number >= 0, width > 1 || number < 10 else {
            text += String(number).utf8
            return
        }
        if width > 1 { append(number / 10, width - 1, to: &text) }
        text.append(UInt8(ascii: "0") + UInt8(number % 10))
    }

    /// `20261120T204512Z`, as it begins a run's identifier.
    package var compact: String {
        let (year, month, day) = civilDate
        let (hour, minute, second, _) = timeOfDay
        return "\(Wording.padded(year, 4))\(Wording.padded(month))\(Wording.padded(day))"
            + "T\(Wording.padded(hour))\(Wording.padded(minute))\(Wording.padded(second))Z"
    }

    /// Reads RFC 3339 with any offset, or a date alone (`2027-06-30`, its first instant in UTC); `nil` for anything else.
    package init?(_ text: String) {
        let date = text.prefix(10)
        let parts = date.split(separator: "-", omittingEmptySubsequences: false)
        guard date.utf8.count == 10, parts.count == 3, let year = Self.digits(parts[0], 4),
            let month = Self.digits(parts[1], 2), let day = Self.digits(parts[2], 2), (1...12).contains(month),
            (1...Self.days(inMonth: month, of: year)).contains(day)
        else { return nil }
        let days = Self.days(fromCivil: year, month, day)
        let rest = text.dropFirst(10)
        if rest.isEmpty {
            self.init(millisecondsSince1970: days * Self.millisecondsPerDay)
            return
        }
        guard let time = Self.milliseconds(ofTime: rest) else { return nil }
        self.init(millisecondsSince1970: days * Self.millisecondsPerDay + time)
    }

    package func adding(milliseconds: Int) -> Timestamp {
        Timestamp(millisecondsSince1970: millisecondsSince1970 + milliseconds)
    }

    // MARK: - Calendar

    private static let millisecondsPerDay = 86_400_000

    private var timeOfDay: (hour: Int, minute: Int, second: Int, millisecond: Int) {
        let inDay = millisecondsSince1970 - dayNumber * Self.millisecondsPerDay
        return (inDay / 3_600_000, inDay / 60_000 % 60, inDay / 1_000 % 60, inDay % 1_000)
    }

    private var dayNumber: Int {
        let quotient = millisecondsSince1970 / Self.millisecondsPerDay
        return millisecondsSince1970 % Self.millisecondsPerDay < 0 ? quotient - 1 : quotient
    }

    /// The proleptic Gregorian date, by the algorithm of https://howardhinnant.github.io/date_algorithms.html
    private var civilDate: (year: Int, month: Int, day: Int) {
        let shifted = dayNumber + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func days(fromCivil year: Int, _ month: Int, _ day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Reads `T20:45:12[.345](Z|+02:00)`.
    private static func milliseconds(ofTime text: Substring) -> Int? {
        guard let first = text.first, "Tt ".contains(first) else { return nil }
        var rest = text.dropFirst()
        let clock = rest.prefix(8).split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 3, let hour = digits(clock[0], 2), let minute = digits(clock[1], 2),
            let second = digits(clock[2], 2), hour < 24, minute < 60, second <= 60
        else { return nil }
        rest = rest.dropFirst(8)
        var fraction = 0
        if rest.first == "." {
            let figures = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
            guard !figures.isEmpty, let value = Int((String(figures) + "00").prefix(3)) else { return nil }
            fraction = value
            rest = rest.dropFirst(figures.count + 1)
        }
        guard let offset = minutes(ofOffset: rest) else { return nil }
        return ((hour * 60 + minute - offset) * 60 + second) * 1_000 + fraction
    }

    private static func minutes(ofOffset text: Substring) -> Int? {
        if text == "Z" || text == "z" { return 0 }
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hour = digits(parts[0], 2), let minute = digits(parts[1], 2), hour < 24, minute < 60
        else { return nil }
        return (hour * 60 + minute) * (sign == "-" ? -1 : 1)
    }

    private static func digits(_ text: Substring, _ count: Int) -> Int? {
        guard text.utf8.count == count, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }
}
