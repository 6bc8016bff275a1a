/// The few sentences-building functions that all messages share.
package enum Wording {
    /// `1 step`, `2 steps`.
    package static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
        "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
    }

    /// `a step`, `an environment`.
    package static func withArticle(_ noun: String) -> String {
        "\(noun.first.map { "aeiou".contains($0) } == true ? "an" : "a") \(noun)"
    }

    /// `a`, `b`, or `c` in backticks; empty for no names.
    package static func list(_ names: [String], _ conjunction: String = "or") -> String {
        let quoted = names.map { "`\($0)`" }
        switch quoted.count {
        case 0: return ""
        case 1: return quoted[0]
        case 2: return "\(quoted[0]) \(conjunction) \(quoted[1])"
        default: return quoted.dropLast().joined(separator: ", ") + ", \(conjunction) \(quoted[quoted.count - 1])"
        }
    }

    /// `240 ms`, `1.2 s`, `3 min 05 s`, `2 h 04 min`.
    package static func duration(milliseconds: Int) -> String {
        switch milliseconds {
        case ..<1_000: return "\(max(0, milliseconds)) ms"
        case ..<60_000:
            let tenths = milliseconds / 100
            return "\(tenths / 10).\(tenths % 10) s"
        case ..<3_600_000:
            let seconds = milliseconds / 1_000
            return "\(seconds / 60) min \(padded(seconds % 60)) s"
        default:
            let minutes = milliseconds / 60_000
            return "\(minutes / 60) h \(padded(minutes % 60)) min"
        }
    }

    /// `512 bytes`, `1.5 KiB`, `16 MiB`.
    package static func bytes(_ number: Int) -> String {
        if number < 1_024 { return count(number, "byte") }
        let (unit, size) =
            switch number {
            case ..<(1 << 20): ("KiB", 1 << 10)
            case ..<(1 << 30): ("MiB", 1 << 20)
            default: ("GiB", 1 << 30)
            }
        let whole = number / size
        let tenth = number % size * 10 / size
        return tenth == 0 || whole >= 100 ? "\(whole) \(unit)" : "\(whole).\(tenth) \(unit)"
    }

    /// A number with at least `width` digits.
    package static func padded(_ number: Int, _ width: Int = 2) -> String {
        let digits = String(number)
        let missing = width - digits.utf8.count
        return missing > 0 ? String(repeating: "0", count: missing) + digits : digits
    }

    /// A text filled with blanks on the right up to `width` columns of a terminal.
    package static func column(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - Wording.width(text)))
    }
}
