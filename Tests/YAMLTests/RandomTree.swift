import YAML

/// Trees full of what writers and readers of YAML get wrong.
struct RandomTree {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func next(depth: Int = 0) -> Node {
        // A document that is one scalar is worth no test of its own.
        switch Int.random(in: 0..<(depth == 0 ? 5 : 10), using: &generator) {
        case 0...1 where depth < 5:
            return .sequence((0..<Int.random(in: 0...4, using: &generator)).map { _ in next(depth: depth + 1) })
        case 2...4 where depth < 5:
            var mapping = Mapping()
            for _ in 0..<Int.random(in: 0...5, using: &generator) {
                mapping.put(Mapping.Entry(key: text(), value: next(depth: depth + 1)))
            }
            return Node(.mapping(mapping))
        case 5: return number()
        case 6: return [Node.null, .boolean(true), .boolean(false)].randomElement(using: &generator) ?? .null
        default: return .string(text())
        }
    }

    private mutating func number() -> Node {
        let integers = ["0", "-0", "+12", "012", "-007", "0o14", "0x1F", "0xdeadBEEF", "18446744073709551616", "65535"]
        let floats = ["1.0", "1.10", ".5", "-.5", "5.", "1e3", "1E+3", "1.5e-7", "01.50", "-0.0", "1e400", "6.02e23"]
        return Bool.random(using: &generator)
            ? Node(.scalar(Scalar(integers.randomElement(using: &generator) ?? "0", kind: .integer)))
            : Node(.scalar(Scalar(floats.randomElement(using: &generator) ?? "0.0", kind: .float)))
    }

    private mutating func text() -> String {
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: Self.awkward.randomElement(using: &generator) ?? ""
        case 1: (0..<Int.random(in: 0...12, using: &generator)).map { _ in part() }.joined()
        default: (Self.awkward.randomElement(using: &generator) ?? "") + part()
        }
    }

    private mutating func part() -> String { Self.parts.randomElement(using: &generator) ?? "" }

    private static let parts = [
        "a", "B", "z", "0", "1", "7", " ", "  ", "\n", "\n\n", "\n  ", "\t", ":", ": ", " #", "#", "-", "- ", "?", ",",
        "[", "]", "{", "}", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`", "\\", "=", "~", ".", "_", "/", "$", "+",
        "\r", "\r\n", "\u{0}", "\u{1B}", "\u{7F}", "\u{85}", "\u{A0}", "é", "e\u{301}", "日本", "\u{1F600}", "\u{2028}",
        "\u{202E}", "\u{FEFF}", "\u{FFFD}", "\u{FFFE}", "\u{10FFFF}", "\u{E000}",
    ]

    static let awkward: [String] = [
        "", " ", "  x", "x  ", "\n", "\n\n", "\nx", "x\n", "x\n\n", "x\n\n\n", "x\ny", "x\n  y\n", "  x\ny\n", "x \ny",
        "x\n \ny\n",
        "# x\ny\n", "#", "# x", "x # y", "x #", "x#y", "- x\n- y\n", "---\nx\n", "--- x", "...", "...\nx", "x: y\nz",
        "\tx\ny", "x\n\ty",
        "yes", "Yes", "YES", "no", "on", "off", "y", "n", "Y", "N", "true", "True", "false", "null", "Null", "~", "nul",
        "1", "-1", "+1", "012", "0o14", "0x1F", "0b101", "1_000", "1:30", "22:22", "-1:30", "1:30.5", "190:20:30",
        "1e3", "1.5", ".5", "1.",
        "0.1.0", "1.10", ".inf", "-.inf", ".nan", ".NaN", "2001-01-01", "2001-1-1", "2001-12-14t21:59:43.10-05:00",
        "2001-12-14 21:59:43", "1d", "2h", "3e", "4f", "0x", "0o", "0b", "12k", "1,000", "10.5K", "5432/tcp", "1-2-3",
        "1a2b", "9e9e9",
        "=", "<<", "<", "=x", "!", "!x", "!!str", "&a", "*a", "a*", "&", "*", "|", ">", "|-", "%", "%YAML 1.2", "@x",
        "`x`", "?", "? x", "-", "- ",
        "- x", "-x", ":", ": x", "x:", "x: y", "x:y", "a: b: c", ":x", "x :", ",", "a,b", "[", "]", "[]", "[a]", "{",
        "}", "{}", "{a: b}", "'", "''",
        "\"", "\"\"", "it's", "say \"x\"", "'quoted'", "\\", "\\n", "C:\\x", "$x", "${X:-y}", "$$", "/path/to:ro", "_",
        "_1", "http://x:80/?a=b&c#d",
        "sha256:abc", "key with blanks", "x\ty", "\t", "\r\n", "x\r", "\u{0}", "\u{1B}[2J", "\u{7F}", "\u{85}",
        "x\u{2028}y", "\u{A0}x", "\u{FEFF}",
        "é", "e\u{301}", "日本語", "日本\n語\n", "😀", "👩‍👩‍👧", "x\u{202E}y", "\u{FFFE}", String(repeating: "x", count: 200),
        String(repeating: "x y ", count: 400), String(repeating: "long line\n", count: 60),
        String(repeating: "k", count: 1_023), String(repeating: "é", count: 1_100),
    ]
}
