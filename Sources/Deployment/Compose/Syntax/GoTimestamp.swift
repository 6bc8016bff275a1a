/// The unquoted dates that Compose's YAML reader takes for points in time.
///
/// `2006-1-2`, alone or with a time behind it: `2006-1-2T15:4:5.9Z`, `2006-1-2t15:4:5-07:00`, `2006-1-2 15:4:5`.
enum GoTimestamp {
    /// As the date is printed: `2006-01-02T15:04:05.9-07:00`; `nil` for a text that is none.
    static func normal(_ text: String) -> String? {
        let bytes = text.utf8
        guard bytes.count >= 8, bytes[bytes.index(bytes.startIndex, offsetBy: 4)] == UInt8(ascii: "-") else {
            return nil
        }
        let mark = text.firstIndex { "Tt ".contains($0) } ?? text.endIndex
        guard let date = date(text[..<mark]) else { return nil }
        guard mark < text.endIndex else { return date + "T00:00:00Z" }
        var rest = text[text.index(after: mark)...]
        guard let offset = takeOffset(from: &rest, isRequired: text[mark] != " "), let time = time(rest) else {
            return nil
        }
        return "\(date)T\(time)\(offset)"
    }

    private static func date(_ text: Substring) -> String? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, let year = number(parts[0], digits: 4),
            let month = number(parts[1], digits: 2), let day = number(parts[2], digits: 2), (1...12).contains(month),
            (1...days(of: month, year)).contains(day)
        else { return nil }
        return "\(parts[0])-\(padded(month))-\(padded(day))"
    }

    private static func days(of month: Int, _ year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    private static func time(_ text: Substring) -> String? {
        let halves = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let parts = halves[0].split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let hour = number(parts[0], digits: 2), let minute = number(parts[1], digits: 2),
            let second = number(parts[2], digits: 2), hour < 24, minute < 60, second < 60
        else { return nil }
        var fraction = ""
        if halves.count == 2 {
            guard number(halves[1], digits: 9) != nil else { return nil }
            fraction = "." + halves[1]
            while fraction.hasSuffix("0") { fraction.removeLast() }
            if fraction == "." { fraction = "" }
        }
        return "\(padded(hour)):\(padded(minute)):\(padded(second))\(fraction)"
    }

    /// The distance to Greenwich, cut off the end; `nil` when one is needed and none is there.
    private static func takeOffset(from text: inout Substring, isRequired: Bool) -> String? {
        guard isRequired else { return "Z" }
        if text.hasSuffix("Z") {
            text.removeLast()
            return "Z"
        }
        let offset = text.suffix(6)
        let parts = offset.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard offset.utf8.count == 6, let sign = offset.first, "+-".contains(sign), parts.count == 2,
            let hours = number(parts[0], digits: 2), let minutes = number(parts[1], digits: 2), hours < 24, minutes < 60
        else { return nil }
        text.removeLast(6)
        return hours == 0 && minutes == 0 ? "Z" : String(offset)
    }

    private static func number(_ text: Substring, digits: Int) -> Int? {
        guard !text.isEmpty, text.utf8.count <= digits, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
            return nil
        }
        return Int(text)
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
