import Diagnostics
import Testing

@Suite struct `Showing diagnostics` {
    @Test func `an unknown key looks as DESIGN says`() {
        let text = String(repeating: "\n", count: 11) + "vaules:\n  a: 1\n"
        let problem = Diagnostic(
            "unknown key `vaules`", at: range(12, 1, 7), label: "did you mean `values`?",
            expected: "one of compose, config, description, extends, gate")
        #expect(
            render([problem], text, path: "environments/staging.yaml") == """
                error: unknown key `vaules`
                  --> environments/staging.yaml:12:1
                   |
                12 | vaules:
                   | ^^^^^^ did you mean `values`?
                  expected: one of compose, config, description, extends, gate
                  retry: safe, nothing was started

                """)
    }

    @Test func `a duplicate key shows both places in one gutter`() {
        let text = "a: 1\n" + String(repeating: "#\n", count: 98) + "  a: 2\n"
        let problem = Diagnostic(
            "duplicate key `a`", at: range(100, 3, 4), label: "here again",
            related: [.init(range: range(1, 1, 2), label: "first here")], expected: "each key once",
            next: "remove one of the two")
        #expect(
            render([problem], text) == """
                error: duplicate key `a`
                   --> test.yaml:100:3
                    |
                100 |   a: 2
                    |   ^ here again
                   ::: test.yaml:1:1
                    |
                  1 | a: 1
                    | ^ first here
                  expected: each key once
                  retry: safe, nothing was started
                  next: remove one of the two

                """)
    }

    @Test func `several problems are separated by an empty line`() {
        let problems = [Diagnostic("one", retry: nil), Diagnostic.warning("two", label: "a label", next: "do this")]
        #expect(
            render(problems, "") == """
                error: one

                warning: two
                  a label
                  next: do this

                """)
        #expect(render([], "") == "")
    }

    @Test func `a range over several lines is underlined to the end of its first`() {
        let position = SourcePosition(line: 1, column: 4)
        let problem = Diagnostic(
            "m", at: SourceRange(file: FileID(index: 0), start: position, end: SourcePosition(line: 3, column: 1)),
            retry: nil)
        #expect(lines(problem, "a: [1,\n  2]\n").suffix(2) == ["1 | a: [1,", "  |    ^^^"])
    }

    @Test func `a place behind the end of its line, or of the file, has one caret`() {
        #expect(lines(Diagnostic("m", at: range(1, 3, 3), retry: nil), "a:\n").suffix(2) == ["1 | a:", "  |   ^"])
        #expect(lines(Diagnostic("m", at: range(1, 90, 99), retry: nil), "a:\n").suffix(2) == ["1 | a:", "  |   ^"])
        #expect(lines(Diagnostic("m", at: range(2, 1, 2), retry: nil), "a:\n").suffix(2) == ["2 |", "  | ^"])
        #expect(lines(Diagnostic("m", at: range(7, 1, 2), retry: nil), "a:\n").suffix(2) == ["7 |", "  | ^"])
    }

    @Test func `a tab is one blank, so that carets stand below their word`() {
        let problem = Diagnostic("m", at: range(1, 3, 5), retry: nil)
        #expect(lines(problem, "\t\tab\tc\n").suffix(2) == ["1 |   ab c", "  |   ^^"])
    }

    @Test func `wide and combining characters keep the carets in place`() {
        #expect(
            lines(Diagnostic("m", at: range(1, 4, 6), retry: nil), "日本:xy\n").suffix(2) == ["1 | 日本:xy", "  |      ^^"])
        #expect(
            lines(Diagnostic("m", at: range(1, 1, 3), retry: nil), "日本:xy\n").suffix(2) == ["1 | 日本:xy", "  | ^^^^"])
        #expect(
            lines(Diagnostic("m", at: range(1, 3, 4), retry: nil), "e\u{301}x\n").suffix(2) == [
                "1 | e\u{301}x", "  |  ^",
            ])
        #expect(lines(Diagnostic("m", at: range(1, 2, 3), retry: nil), "😀x\n").suffix(2) == ["1 | 😀x", "  |   ^"])
    }

    @Test func `of a long line the part around the range is shown`() {
        let text = String(repeating: "a", count: 1_000) + "HERE" + String(repeating: "b", count: 1_000)
        let shown = lines(Diagnostic("m", at: range(1, 1_001, 1_005), retry: nil), text)
        #expect(shown[1] == " --> test.yaml:1:1001")
        #expect(
            shown[3] == "1 | …" + String(repeating: "a", count: 53) + "HERE" + String(repeating: "b", count: 103) + "…")
        #expect(shown[4] == "  |  " + String(repeating: " ", count: 53) + "^^^^")
        let beginning = lines(Diagnostic("m", at: range(1, 2, 1_500), retry: nil), text)
        #expect(beginning[3] == "1 | " + String(repeating: "a", count: 160) + "…")
        #expect(beginning[4] == "  |  " + String(repeating: "^", count: 159))
        let end = lines(Diagnostic("m", at: range(1, 2_004, 2_005), retry: nil), text)
        #expect(end[3] == "1 | …" + String(repeating: "b", count: 160))
        #expect(end[4] == "  |  " + String(repeating: " ", count: 159) + "^")
    }

    @Test func `nothing in a file, its name or a message reaches the terminal as a command`() {
        let text = "a: \u{1B}[2J\u{9B}31m\u{202E}x\u{200B}\r\n"
        let problem = Diagnostic(
            "found `\u{1B}]52;c;x\u{7}`", at: range(1, 4, 5), label: "a\u{8}", expected: "b\u{202E}", retry: "c\r",
            next: "d\u{1B}[0m")
        let shown = render([problem], text, path: "x\u{1B}[31m.yaml")
        #expect(
            shown == """
                error: found `^[]52;c;x^G`
                 --> x^[[31m.yaml:1:4
                  |
                1 | a: ?[2J?31m?x?
                  |    ^ a^H
                  expected: b<U+202E>
                  retry: c^M
                  next: d^[[0m

                """)
        #expect(!shown.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }

    @Test func `a value with line breaks cannot pretend to be another message`() {
        let problem = Diagnostic(
            "unknown key `a\nerror: b`", at: range(1, 1, 2), label: "c\nd", expected: "e\nf", retry: nil)
        #expect(
            lines(problem, "x\n", path: "p\nq") == [
                #"error: unknown key `a\nerror: b`"#, #" --> p\nq:1:1"#, "  |", "1 | x", #"  | ^ c\nd"#,
                "  expected: e", "    f",
            ])
    }

    @Test func `a message that quotes a very long value is cut`() {
        let shown = lines(Diagnostic(String(repeating: "x", count: 100_000), retry: nil), "")
        #expect(shown == ["error: " + String(repeating: "x", count: 1_000) + "…"])
    }

    @Test func `a related place that stands in no file keeps its label`() {
        let problem = Diagnostic("m", at: range(1, 1, 2), related: [.init(range: .none, label: "set here")], retry: nil)
        #expect(lines(problem, "x\n").suffix(2) == ["  | ^", "  set here"])
    }

    @Test func `colours are there when asked for, and only then`() {
        let problem = Diagnostic("m", at: range(1, 1, 2), label: "l", retry: nil)
        let coloured = DiagnosticRenderer(sources: table("x\n", "test.yaml"), palette: .coloured).render(problem)
        #expect(
            coloured == """
                \u{1B}[31;1merror\u{1B}[0m: \u{1B}[1mm\u{1B}[0m
                 \u{1B}[34;1m-->\u{1B}[0m test.yaml:1:1
                  \u{1B}[34;1m|\u{1B}[0m
                \u{1B}[34;1m1\u{1B}[0m \u{1B}[34;1m|\u{1B}[0m x
                  \u{1B}[34;1m|\u{1B}[0m \u{1B}[31;1m^\u{1B}[0m \u{1B}[31;1ml\u{1B}[0m

                """)
        #expect(!render([problem], "x\n").contains("\u{1B}"))
        #expect(Palette.plain.red("x") == "x")
        #expect(Palette.coloured.dim("") == "")
        #expect(Palette.coloured.green("x") == "\u{1B}[32mx\u{1B}[0m")
    }

    private func range(_ line: Int, _ start: Int, _ end: Int) -> SourceRange {
        SourceRange(
            file: FileID(index: 0), start: SourcePosition(line: line, column: start),
            end: SourcePosition(line: line, column: end))
    }

    private func table(_ text: String, _ path: String) -> SourceTable {
        var sources = SourceTable()
        _ = sources.add(SourceFile(path: path, text: text))
        return sources
    }

    private func render(_ problems: [Diagnostic], _ text: String, path: String = "test.yaml") -> String {
        DiagnosticRenderer(sources: table(text, path)).render(problems)
    }

    private func lines(_ problem: Diagnostic, _ text: String, path: String = "test.yaml") -> [String] {
        render([problem], text, path: path).split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(
            String.init)
    }
}
