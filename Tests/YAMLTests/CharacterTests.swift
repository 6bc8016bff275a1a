import Diagnostics
import TestSupport
import Testing
import YAML

@Suite struct `Refusing characters` {
    @Test(
        arguments: [
            [0xFF], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80],
            [0xC3], [0xC3, 0x28], [0xE2, 0x82], [0x80], [0xF0, 0x9F, 0x98],
        ] as [[UInt8]])
    func `bytes that are not UTF-8 are refused where they stand`(bytes: [UInt8]) {
        // libyaml reports all of these without a line.
        let before = MarkedText("é: 1\nb: \"ü1️⃣")
        let found = diagnostics(Array(before.text.utf8) + bytes)
        #expect(before.summary(of: found) == ["1️⃣ the file is not valid UTF-8 here"])
    }

    @Test(arguments: [
        ("\u{0}", "0000"), ("\u{1B}", "001B"), ("\u{7}", "0007"), ("\u{7F}", "007F"), ("\u{85}", "0085"),
        ("\u{9B}", "009B"), ("\u{2028}", "2028"), ("\u{2029}", "2029"), ("\u{FEFF}", "FEFF"), ("\u{FFFE}", "FFFE"),
        ("\u{FFFF}", "FFFF"), ("\u{B}", "000B"), ("\u{C}", "000C"),
    ])
    func `characters that YAML or a terminal would obey are refused by name`(character: String, name: String) {
        // libyaml reads `a: b<U+2028>c: d` as two keys.
        let found = diagnostics(Array("x: y\na: b\(character)c: d\n".utf8))
        #expect(found.map(\.message) == ["the character U+\(name) is not allowed in a file"])
        #expect(found.first?.range.start == SourcePosition(line: 2, column: 5))
        #expect(
            found.first?.expected == "an escape in a double-quoted string, `\"\\u\(name)\"`, if it is meant")
    }

    @Test func `the same characters may be written as escapes`() throws {
        let node = try load(#"["\0\e\x7f\u2028\N\L\P", "\uFEFF", "\U0001F600"]"#)
        #expect(
            node.sequence?.map(\.string) == ["\0\u{1B}\u{7F}\u{2028}\u{85}\u{2028}\u{2029}", "\u{FEFF}", "\u{1F600}"])
    }

    @Test(arguments: [#"1️⃣"\ud800""#, #"1️⃣"\udfff\ud800""#, #"1️⃣"\UFFFFFFFF""#])
    func `an escape that is no character is refused`(marked: String) {
        let input = MarkedText(marked)
        let found = diagnostics(Array(input.text.utf8))
        #expect(
            found.map(\.message) == [
                "not valid YAML: found invalid Unicode character escape code while parsing a quoted scalar"
            ])
    }

    @Test(arguments: [[0xFF, 0xFE, 0x61, 0x00], [0xFE, 0xFF, 0x00, 0x61]] as [[UInt8]])
    func `UTF-16 is refused as such`(bytes: [UInt8]) {
        #expect(diagnostics(bytes).map(\.message) == ["the file is UTF-16"])
        #expect(diagnostics(bytes).first?.range.start == SourcePosition(line: 1, column: 1))
    }

    @Test func `a byte order mark at the start is ignored and takes no column`() throws {
        #expect(try json("\u{FEFF}a: 1\nb: 2\n") == #"{"a":1,"b":2}"#)
        #expect(problems("\u{FEFF}a: 1️⃣*x\n") == ["1️⃣ no anchor `&x` before this"])
        #expect(problems("\u{FEFF}\u{FEFF}a: 1\n") == ["1:1 the character U+FEFF is not allowed in a file"])
        #expect(diagnostics([0xEF, 0xBB, 0xBF]) == [])
    }

    @Test func `lines may end in CRLF`() throws {
        let node = try load("a: 1\r\nb: |\r\n  x\r\n  y\r\nc: \"d\r\n  e\"\r\n")
        #expect(JSONWriter.line(node) == #"{"a":1,"b":"x\ny\n","c":"d e"}"#)
        #expect(problems("a: 1\r\nb: 1️⃣*x\r\n") == ["1️⃣ no anchor `&x` before this"])
    }

    @Test func `a carriage return alone is refused`() {
        #expect(problems("a: 11️⃣\rb: 2\n") == ["1️⃣ a carriage return without a line feed"])
        #expect(problems("a: 11️⃣\r") == ["1️⃣ a carriage return without a line feed"])
    }

    @Test func `a tab may separate and may not indent`() throws {
        #expect(try json("a:\t1\nb: x\ty\n") == #"{"a":1,"b":"x\ty"}"#)
        let input = MarkedText("a:\n1️⃣\tb: 1\n")
        #expect(
            problems(input) == [
                "1️⃣ not valid YAML: found character that cannot start any token while scanning for the next token"
            ])
        #expect(
            diagnostics(Array(input.text.utf8)).map(\.expected) == ["blanks, as a tab does not indent in YAML"])
    }
}
