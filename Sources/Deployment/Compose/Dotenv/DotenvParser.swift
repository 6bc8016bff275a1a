import Diagnostics
import YAML

/// Reads one `.env` file, statement by statement.
struct DotenvParser {
    private(set) var problems: [Diagnostic] = []
    /// Where each name is set last, which is the one that counts.
    private(set) var places: [String: SourceRange] = [:]
    /// Where each line begins.
    private let lineStarts: [Int]
    private let scalars: [Unicode.Scalar]
    private let id: FileID
    private let refusesDollars: Bool
    private let lookup: Dotenv.Lookup
    private var index = 0

    /// The rest of the file makes no sense; the reason is in `problems`.
    private struct Stop: Error {}

    init(_ bytes: [UInt8], id: FileID, refusesDollars: Bool, lookup: @escaping Dotenv.Lookup) {
        var scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        self.scalars = scalars
        var starts = [0]
        for (index, scalar) in scalars.enumerated() where scalar == "\n" { starts.append(index + 1) }
        lineStarts = starts
        self.id = id
        self.refusesDollars = refusesDollars
        self.lookup = lookup
    }

    mutating func parse(into values: inout [String: String]) {
        do throws(Stop) {
            while skipToStatement() { try statement(into: &values) }
        } catch {
            return
        }
    }

    // MARK: - Statements

    /// Passes blanks, empty lines and comments; false at the end.
    private mutating func skipToStatement() -> Bool {
        while index < scalars.count {
            if scalars[index] == "#" {
                while index < scalars.count, scalars[index] != "\n" { index += 1 }
            } else if scalars[index].properties.isWhitespace {
                index += 1
            } else {
                return true
            }
        }
        return false
    }

    private mutating func statement(into values: inout [String: String]) throws(Stop) {
        skipExport()
        let start = index
        var isInherited = false
        scan: while true {
            guard index < scalars.count else { return try unfinished(from: start, into: &values) }
            let scalar = scalars[index]
            switch scalar {
            case "=", ":": break scan
            case "\n":
                isInherited = true
                break scan
            case "_", ".", "-", "[", "]": index += 1
            default:
                guard Self.isBlank(scalar) || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                else {
                    throw stop("`\(scalar)` cannot be in a name", index, index + 1, expected: "`NAME=VALUE`")
                }
                index += 1
            }
        }
        let key = Self.trimmed(scalars[start..<index])
        let end = index
        index = min(index + 1, scalars.count)
        if key.contains(" ") { throw stop("the name `\(key)` has a blank in it", start, end, expected: "`NAME=VALUE`") }
        while index < scalars.count, Self.isBlank(scalars[index]) { index += 1 }
        if isInherited {
            if let value = lookup(key, values) {
                values[key] = value
                places[key] = range(start, start + key.unicodeScalars.count)
            }
        } else {
            values[key] = try value(of: key, values)
            places[key] = range(start, start + key.unicodeScalars.count)
        }
    }

    /// A last line that is a name and no more, without a line break: Compose takes it for the value of no name at all.
    private mutating func unfinished(from start: Int, into values: inout [String: String]) throws(Stop) {
        index = start
        var warning = Diagnostic.warning(
            "Compose takes the last line of this file for a value without a name", at: range(start, start + 1),
            label: "the value is not shown", next: "end it with a line break")
        warning.isWithheld = true
        problems.append(warning)
        values[""] = try value(of: "", values)
    }

    private mutating func skipExport() {
        let word = Array("export".unicodeScalars)
        guard scalars.count > index + word.count, scalars[index..<index + word.count].elementsEqual(word),
            scalars[index + word.count].properties.isWhitespace
        else { return }
        index += word.count
        while index < scalars.count, Self.isBlank(scalars[index]) { index += 1 }
    }

    // MARK: - Values

    private mutating func value(of key: String, _ values: [String: String]) throws(Stop) -> String {
        guard index < scalars.count else { return "" }
        let quote = scalars[index]
        guard quote == "\"" || quote == "'" else { return try unquoted(key, values) }
        let start = index
        index += 1
        var text = String.UnicodeScalarView()
        var isEscaped = false
        while index < scalars.count {
            let scalar = scalars[index]
            index += 1
            if scalar == quote, !isEscaped {
                let raw = String(text)
                if quote == "'" { return raw }
                return try expanded(DotenvEscapes.resolved(raw), key, start, values)
            }
            if scalar == "\\", !isEscaped {
                isEscaped = true
                continue
            }
            if isEscaped, scalar != quote { text.append("\\") }
            isEscaped = false
            text.append(scalar)
        }
        throw stop("the quote is never closed", start, start + 1, expected: "`\(quote)` at the end of the value")
    }

    private mutating func unquoted(_ key: String, _ values: [String: String]) throws(Stop) -> String {
        let start = index
        while index < scalars.count, scalars[index] != "\n" { index += 1 }
        var end = start
        while end < index, !(scalars[end] == " " && end + 1 < index && scalars[end + 1] == "#") { end += 1 }
        if index < scalars.count { index += 1 }
        return try expanded(Self.trimmedRight(scalars[start..<end]), key, start, values)
    }

    private mutating func expanded(
        _ text: String, _ key: String, _ start: Int, _ values: [String: String]
    ) throws(Stop) -> String {
        guard Interpolation.hasDollar(text) else { return text }
        switch Interpolation.parse(text) {
        case .failure(let malformed):
            throw stop(
                malformed.all[0].message + " in the value of `\(key)`", start, start + 1,
                expected: malformed.all[0].expected)
        case .success(let parsed):
            var unset: [String] = []
            let result = parsed.resolved(
                unused: .resolved,
                unset: { reference in
                    unset.append(reference.name)
                    return ""
                },
                lookup: { lookup($0.name, values) })
            switch result {
            case .failure(let missing):
                throw stop(missing.all[0].message, start, start + 1)
            case .success(let resolved):
                warn(about: key, text, parsed, unset, at: start)
                return resolved
            }
        }
    }

    /// Says that a `$` changed a value, without showing the value or its line.
    private mutating func warn(
        about key: String, _ text: String, _ parsed: InterpolatedText, _ unset: [String], at start: Int
    ) {
        guard !unset.isEmpty || DotenvHazard.isLikely(text, parsed) else { return }
        problems.append(
            Diagnostic(
                "Compose reads the `$` in the value of `\(key)` as a variable, so the value changes",
                severity: refusesDollars ? .error : .warning, at: range(start, start + 1),
                label: "the value is not shown", isWithheld: true,
                retry: refusesDollars ? Diagnostic.nothingStarted : nil, next: "put the value in single quotes"))
    }

    // MARK: - Places

    private mutating func stop(_ message: String, _ start: Int, _ end: Int, expected: String? = nil) -> Stop {
        problems.append(Diagnostic(message, at: range(start, end), expected: expected))
        return Stop()
    }

    /// At least one code point, all on the line of the first.
    private func range(_ start: Int, _ end: Int) -> SourceRange {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= start { low = middle } else { high = middle }
        }
        let first = SourcePosition(line: low + 1, column: start - lineStarts[low] + 1)
        return SourceRange(
            file: id, start: first, end: SourcePosition(line: first.line, column: first.column + max(1, end - start)))
    }

    /// Blanks within a line.
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\t", "\u{0B}", "\u{0C}", "\r", " ", "\u{85}", "\u{A0}": true
        default: false
        }
    }

    private static func trimmed(_ part: ArraySlice<Unicode.Scalar>) -> String { trimmedRight(part) }

    private static func trimmedRight(_ part: ArraySlice<Unicode.Scalar>) -> String {
        var part = part
        while let last = part.last, last.properties.isWhitespace { part = part.dropLast() }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: part)
        return String(text)
    }
}
