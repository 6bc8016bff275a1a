import Testing

@testable import Engine

@Suite struct `Showing foreign text on a terminal` {
    /// (text, shown without colours)
    static let examples: [(String, String)] = [
        ("plain \u{E4}\u{1F600}\ttab\nnext", "plain \u{E4}\u{1F600}\ttab\nnext"),
        ("\u{1B}[2J\u{1B}[H", "^[[2J^[[H"),
        ("\u{1B}]0;title\u{7}", "^[]0;title^G"),
        ("\u{1B}]52;c;aGk=\u{1B}\\", "^[]52;c;aGk=^[\\"),
        ("\u{0}\u{8}\u{7F}\u{C}", "^@^H^?^L"),
        ("\u{9B}31m\u{85}", "<U+009B>31m<U+0085>"),
        ("a\u{202E}b\u{2066}c\u{200B}d\u{FEFF}e\u{AD}f", "a<U+202E>b<U+2066>c<U+200B>d<U+FEFF>e<U+00AD>f"),
        ("\u{E0041}\u{2028}\u{61C}", "<U+E0041><U+2028><U+061C>"),
        ("one\r\ntwo\r", "one\ntwo^M"),
        ("harmful\rharmless\n", "harmful^Mharmless\n"),
        ("\r\r\n", "^M\n"),
        ("\u{1B}[31mred\u{1B}[0m", "^[[31mred^[[0m"),
    ]

    @Test(arguments: examples)
    func `spells out what the terminal would obey`(text: String, shown: String) {
        #expect(TerminalText.shown(Array(text.utf8), allowsColour: false) == shown)
    }

    /// (text, shown with colours)
    static let coloured: [(String, String)] = [
        ("\u{1B}[31mred\u{1B}[0m", "\u{1B}[31mred\u{1B}[0m"),
        ("\u{1B}[mreset", "\u{1B}[mreset"),
        ("\u{1B}[1;38;5;208mx", "\u{1B}[1;38;5;208mx\u{1B}[0m"),
        ("\u{1B}[38;2;1;8;5mx\u{1B}[m", "\u{1B}[38;2;1;8;5mx\u{1B}[m"),
        ("\u{1B}[38:2::1:2:3mx\u{1B}[m", "\u{1B}[38:2::1:2:3mx\u{1B}[m"),
        ("\u{1B}[32mgreen\nnext", "\u{1B}[32mgreen\u{1B}[0m\nnext"),
        // Concealed, blinking, and what only begins like a colour.
        ("\u{1B}[8mhidden", "^[[8mhidden"),
        ("\u{1B}[1;8mhidden", "^[[1;8mhidden"),
        ("\u{1B}[5mblink", "^[[5mblink"),
        ("\u{1B}[38;9;1mx", "^[[38;9;1mx"),
        ("\u{1B}[2J", "^[[2J"), ("\u{1B}[31", "^[[31"), ("\u{1B}", "^["),
        ("\u{1B}\u{1B}[31mx", "^[\u{1B}[31mx\u{1B}[0m"),
        ("\u{1B}[?25l", "^[[?25l"), ("\u{1B}[31;\u{7}m", "^[[31;^Gm"), ("\u{1B}m", "^[m"),
        ("\u{1B}[" + String(repeating: "1;", count: 20) + "m", "^[[" + String(repeating: "1;", count: 20) + "m"),
    ]

    @Test(arguments: coloured)
    func `lets colours pass where they are allowed, to the end of the line`(text: String, shown: String) {
        #expect(TerminalText.shown(Array(text.utf8), allowsColour: true) == shown)
    }

    @Test(arguments: examples + coloured, [false, true])
    func `shows the same wherever the text is cut`(example: (String, String), allowsColour: Bool) {
        let bytes = Array(example.0.utf8)
        let whole = TerminalText.shown(bytes, allowsColour: allowsColour)
        var single = TerminalText(allowsColour: allowsColour)
        #expect(bytes.map { single.feed([$0]) }.joined() + single.finish() == whole)
        for offset in 0...bytes.count {
            var text = TerminalText(allowsColour: allowsColour)
            #expect(text.feed(Array(bytes[..<offset])) + text.feed(Array(bytes[offset...])) + text.finish() == whole)
        }
    }

    /// The standard library's repair, character for character.
    @Test(arguments: 0..<200)
    func `replaces what is not UTF-8`(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let leads: [UInt8] = [
            0x41, 0x80, 0xBF, 0xC2, 0xC3, 0xE0, 0xE2, 0xED, 0xEE, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF, 0xA0, 0x9F,
        ]
        let bytes = (0..<40).map { _ in leads.randomElement(using: &random) ?? 0 }
        var expected = ""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            expected += TerminalText.shown(Array(String(scalar).utf8), allowsColour: false)
        }
        #expect(TerminalText.shown(bytes, allowsColour: false) == expected)
        #expect(TerminalText.shown(bytes, allowsColour: false).contains("\u{FFFD}"))
    }

    @Test(arguments: 0..<200, [false, true])
    func `never lets a control character through`(seed: Int, allowsColour: Bool) {
        var random = SeededGenerator(seed: UInt64(seed))
        let parts = ["\u{1B}", "[", "3", "1", ";", "m", "\r", "\n", "\u{9B}", "\u{7}", "8", "x", "\u{202E}", ":"]
        let text = (0..<60).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
        let shown = TerminalText.shown(Array(text.utf8), allowsColour: allowsColour)
        var rest = shown[...]
        while let escape = rest.firstIndex(of: "\u{1B}") {
            #expect(allowsColour)
            let sequence = rest[escape...].prefix { $0 != "m" }
            #expect(sequence.dropFirst().first == "[")
            #expect(sequence.dropFirst(2).allSatisfy { "0123456789;:".contains($0) })
            rest = rest[sequence.endIndex...]
        }
        let others = shown.unicodeScalars.filter { $0 != "\n" && $0 != "\u{1B}" }
        #expect(others.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0 != "\u{202E}" })
    }
}

@Suite struct `Lines of an output` {
    @Test func `come when they are complete`() {
        var lines = OutputLines(allowsColour: false)
        #expect(lines.feed(Array("one\ntw".utf8)) == ["one"])
        #expect(lines.feed(Array("o\r".utf8)) == [])
        #expect(lines.feed(Array("\n\nthree".utf8)) == ["two", ""])
        #expect(lines.finish() == ["three"])
        #expect(lines.finish() == [])
    }

    @Test func `of any length come in parts`() {
        var lines = OutputLines(allowsColour: false)
        var shown: [String] = []
        for _ in 0..<10 { shown += lines.feed([UInt8](repeating: 0x78, count: 10_000)) }
        shown += lines.feed(Array("\nshort\n".utf8))
        #expect(shown.last == "short")
        #expect(shown.dropLast().joined().utf8.count == 100_000)
        #expect(shown.allSatisfy { $0.utf8.count <= OutputLines.longest })
    }
}
