import Diagnostics
import Testing

@Suite struct `Building sentences` {
    @Test func `one is singular and everything else plural`() {
        #expect(Wording.count(1, "step") == "1 step")
        #expect(Wording.count(0, "step") == "0 steps")
        #expect(Wording.count(2, "step") == "2 steps")
        #expect(Wording.count(2, "entry", plural: "entries") == "2 entries")
        #expect(Wording.count(1, "entry", plural: "entries") == "1 entry")
    }

    @Test(
        arguments: [
            ([], ""), (["a"], "`a`"), (["a", "b"], "`a` or `b`"), (["a", "b", "c"], "`a`, `b`, or `c`"),
        ] as [([String], String)])
    func `a list has commas and a conjunction`(names: [String], expected: String) {
        #expect(Wording.list(names) == expected)
    }

    @Test func `the conjunction can be another`() {
        #expect(Wording.list(["a", "b", "c"], "and") == "`a`, `b`, and `c`")
    }

    @Test(arguments: [
        (0, "0 ms"), (-5, "0 ms"), (240, "240 ms"), (999, "999 ms"), (1_000, "1.0 s"), (1_250, "1.2 s"),
        (59_999, "59.9 s"),
        (60_000, "1 min 00 s"), (185_000, "3 min 05 s"), (3_599_999, "59 min 59 s"), (3_600_000, "1 h 00 min"),
        (7_440_000, "2 h 04 min"),
        (360_000_000, "100 h 00 min"),
    ])
    func `a duration is as exact as its size asks for`(milliseconds: Int, expected: String) {
        #expect(Wording.duration(milliseconds: milliseconds) == expected)
    }

    @Test(arguments: [
        (0, "0 bytes"), (1, "1 byte"), (1_023, "1023 bytes"), (1_024, "1 KiB"), (1_536, "1.5 KiB"),
        (102_400, "100 KiB"), (102_450, "100 KiB"),
        (1_048_575, "1023 KiB"), (1 << 20, "1 MiB"), (16 << 20, "16 MiB"), (3 << 29, "1.5 GiB"), (5 << 40, "5120 GiB"),
        (Int.max, "8589934591 GiB"),
    ])
    func `a size has the unit that suits it`(bytes: Int, expected: String) {
        #expect(Wording.bytes(bytes) == expected)
    }

    @Test func `numbers and columns are filled up, never cut`() {
        #expect(Wording.padded(7) == "07")
        #expect(Wording.padded(123) == "123")
        #expect(Wording.padded(5, 4) == "0005")
        #expect(Wording.column("ab", 4) == "ab  ")
        #expect(Wording.column("abcde", 4) == "abcde")
        #expect(Wording.column("日本", 6) == "日本  ")
        #expect(Wording.column("e\u{301}", 3) == "e\u{301}  ")
    }

    @Test(arguments: [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("😀", 2), ("…", 1), ("한", 2), ("Ａ", 2), ("✓", 1),
        ("✅", 2), ("─", 1),
    ])
    func `a width is counted in columns of a terminal`(text: String, expected: Int) {
        #expect(Wording.width(text) == expected)
    }
}

@Suite struct `Guessing what was meant` {
    @Test(arguments: [
        ("vaules", "values"), ("rolback", "rollback"), ("roolback", "rollback"), ("Values", "values"),
        ("value", "values"), ("onwer", "owner"),
        ("rn", "run"), ("enviroment", "environment"),
    ])
    func `a near word is found`(word: String, expected: String) {
        #expect(Wording.nearest(to: word, in: ["owner", "run", "rollback", "values", "environment"]) == expected)
    }

    @Test(arguments: ["", "x", "colour", "ab", "completely", String(repeating: "values", count: 20)])
    func `a word that resembles none is left alone`(word: String) {
        #expect(Wording.nearest(to: word, in: ["owner", "run", "rollback", "values"]) == nil)
    }

    @Test func `a single letter is never taken for another`() {
        #expect(Wording.nearest(to: "a", in: ["b"]) == nil)
        #expect(Wording.nearest(to: "a", in: [""]) == nil)
    }

    @Test func `the nearest wins, and of equals the first`() {
        #expect(Wording.nearest(to: "step", in: ["stop", "steps", "step1"]) == "stop")
        #expect(Wording.nearest(to: "stepp", in: ["stop", "step", "steps"]) == "step")
    }

    @Test func `a swap of neighbours counts once`() {
        #expect(Wording.nearest(to: "rnu", in: ["run"]) == "run")
        #expect(Wording.nearest(to: "nur", in: ["run"]) == nil)
    }

    @Test func `the guess is a question`() {
        #expect(Wording.didYouMean("vaules", ["values"]) == "did you mean `values`?")
        #expect(Wording.didYouMean("x", ["values"]) == nil)
    }
}

@Suite struct `Making text harmless` {
    @Test(arguments: [
        ("plain", "plain", "plain"), ("é日😀", "é日😀", "é日😀"), ("a\tb", "a\tb", "a b"), ("a\nb", "a\nb", "a?b"),
        ("a\r\nb", "a^M\nb", "a??b"),
        ("\u{1B}[2J", "^[[2J", "?[2J"), ("\u{0}", "^@", "?"), ("\u{7F}", "^?", "?"), ("\u{9B}", "<U+009B>", "?"),
        ("\u{85}", "<U+0085>", "?"),
        ("\u{202E}x", "<U+202E>x", "?x"), ("\u{2066}", "<U+2066>", "?"), ("\u{200B}", "<U+200B>", "?"),
        ("\u{FEFF}", "<U+FEFF>", "?"),
        ("\u{61C}", "<U+061C>", "?"), ("\u{2028}", "<U+2028>", "?"), ("\u{AD}", "<U+00AD>", "?"),
        ("\u{E0041}", "<U+E0041>", "?"),
        ("\u{A0}", "\u{A0}", "\u{A0}"),
    ])
    func `what a terminal would obey is spelled out`(text: String, shown: String, inColumns: String) {
        #expect(Wording.visible(text) == shown)
        #expect(Wording.visible(text, keepingColumns: true) == inColumns)
    }
}
