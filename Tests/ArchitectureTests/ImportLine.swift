/// A line of a Swift file that imports a module.
struct ImportLine: Hashable, CustomStringConvertible {
    let file: String
    let number: Int
    let module: String

    var description: String { "\(file):\(number): import \(module)" }

    /// The target whose folder the file is in: `Engine` for `Sources/Engine/Run/RunStart.swift`.
    var target: String { String(file.split(separator: "/")[1]) }

    private static let kinds: Set<Substring> = [
        "typealias", "struct", "class", "enum", "protocol", "let", "var", "func", "actor",
    ]

    /// Every import of a text; what stands in comments or strings of several lines is none of ours.
    static func all(in text: String, file: String) -> [ImportLine] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            let code = line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
            var words = code.split(whereSeparator: { $0 == " " || $0 == "\t" })[...]
            // Attributes and access levels: `@testable package import X`.
            while let word = words.first, word.hasPrefix("@") || accessLevels.contains(word) { words.removeFirst() }
            guard words.first == "import", words.count >= 2 else { return nil }
            words.removeFirst()
            if let kind = words.first, kinds.contains(kind), words.count > 1 { words.removeFirst() }
            guard let module = words.first?.split(separator: ".").first else { return nil }
            return ImportLine(file: file, number: index + 1, module: String(module))
        }
    }

    private static let accessLevels: Set<Substring> = [
        "public", "package", "internal", "fileprivate", "private", "unsafe",
    ]
}
