/// What an answer says of where its time went: `Server-Timing: db;dur=5.3;desc="7 queries", cache;desc=hit`.
///
/// https://www.w3.org/TR/server-timing/
package struct ServerTiming: Hashable, Sendable {
    /// Calls of the database: each entry is one, unless its description begins with how many it stands for.
    package private(set) var databaseCalls = 0
    package private(set) var databaseMicroseconds = 0

    package static let headerName = "Server-Timing"
    private static let databaseNames: Set<String> = ["db", "sql", "database", "query"]
    /// Entries that are looked at; a server may send what it likes.
    private static let most = 200

    /// - Parameter values: the header's lines.
    package init(_ values: [String]) {
        for entry in values.flatMap({ Self.parts($0, ",") }).prefix(Self.most) {
            let parts = Self.parts(entry, ";")
            guard let name = parts.first?.lowercased(), Self.isDatabase(name) else { continue }
            var calls = 1
            for parameter in parts.dropFirst() {
                let sides = parameter.split(separator: "=", maxSplits: 1).map(Self.trimmed)
                guard sides.count == 2 else { continue }
                let value = Self.unquoted(sides[1])
                switch sides[0].lowercased() {
                case "dur": databaseMicroseconds += Self.microseconds(value)
                case "desc", "count": if let count = Self.leadingCount(value) { calls = count }
                default: break
                }
            }
            databaseCalls += calls
        }
    }

    package var saysSomething: Bool { databaseCalls > 0 }

    private static func isDatabase(_ name: String) -> Bool {
        databaseNames.contains(name) || name.hasPrefix("db-") || name.hasPrefix("db.") || name.hasPrefix("db_")
            || name.hasPrefix("sql-") || name.hasPrefix("sql.") || name.hasPrefix("sql_")
    }

    /// Milliseconds with a fraction; nonsense and more than an hour count as nothing.
    private static func microseconds(_ text: String) -> Int {
        guard let number = Double(text), number.isFinite, number >= 0, number < 3_600_000 else { return 0 }
        return Int(number * 1_000)
    }

    private static func leadingCount(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, digits.count <= 7 else { return nil }
        return Int(digits)
    }

    /// Parts between separators that stand outside of quotes.
    private static func parts(_ text: String, _ separator: Character) -> [String] {
        var result: [String] = []
        var part = ""
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if character == separator, !isQuoted {
                result.append(trimmed(part))
                part = ""
            } else {
                part.append(character)
            }
        }
        return result + [trimmed(part)]
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var rest = Substring(text)
        while let first = rest.first, first == " " || first == "\t" { rest = rest.dropFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest = rest.dropLast() }
        return String(rest)
    }

    private static func unquoted(_ text: String) -> String {
        text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"") ? String(text.dropFirst().dropLast()) : text
    }
}
