import Diagnostics
import Testing

@testable import Engine

@Suite struct `Masking secrets` {
    /// (secrets in order A, B, C; text; masked)
    static let examples: [([String], String, String)] = [
        ([], "nothing to hide", "nothing to hide"),
        (["hunter22"], "", ""),
        (["hunter22"], "hunter22", "[secret A]"),
        (["hunter22"], "a hunter22.", "a [secret A]."),
        (["hunter22"], "hunter22hunter22", "[secret A][secret A]"),
        (["hunter22"], "hunter2hunter2", "hunter2hunter2"),
        (["hunter22"], "huntehunter22r22", "hunte[secret A]r22"),
        // Nested: the longest names it.
        (
            ["hunter22", "xx-hunter22-xx"], "xx-hunter22-xx hunter22 xx-hunter22-x",
            "[secret B] [secret A] xx-[secret A]-x"
        ),
        (["xx-hunter22-xx", "hunter22"], "xx-hunter22-xx", "[secret A]"),
        (["prefix", "prefix-longer"], "prefix-longe prefix-longer", "[secret A]-longe [secret B]"),
        (["suffix", "with-suffix"], "with-suffix and suffix", "[secret B] and [secret A]"),
        // Overlapping: all that either covers goes.
        (["abcdefgh", "efghijkl"], "-abcdefghijkl-", "-[secret A]-"),
        (["abcdefgh", "efghijklm"], "-abcdefghijklm-", "-[secret B]-"),
        (["abcdef", "defghi", "ghijkl"], "abcdefghijkl", "[secret A]"),
        (["abcdef", "ghijkl"], "abcdefghijkl", "[secret A][secret B]"),
        (["aaaaaa"], "aaaaaaaaa aaaaa", "[secret A] aaaaa"),
        (["ababab"], "abababab", "[secret A]"),
        // Regular expressions mean nothing here.
        (["a.c*e+(", "[a-z]+$^"], "a.c*e+( abcce [a-z]+$^ foo", "[secret A] abcce [secret B] foo"),
        (["\\d+\\w+"], "\\d+\\w+ 12ab", "[secret A] 12ab"),
        // The same value twice: the first name.
        (["hunter22", "hunter22"], "hunter22", "[secret A]"),
        // Blanks around a value are not part of it.
        ([" hunter22\n"], "<hunter22> < hunter22\n>", "<[secret A]> < [secret A]\n>"),
        // A secret that occurs in the labels.
        (
            ["secret", "cret A"], "a secret: [secret A] [secret B] cret A]",
            "a [secret A]: [secret A] [secret B] [secret B]]"
        ),
        (["geheim\u{E4}\u{1F600}"], "geheim\u{E4}\u{1F600}!", "[secret A]!"),
    ]

    private static func mask(_ secrets: [String]) -> SecretMask {
        SecretMask(zip(["A", "B", "C"], secrets).map { ($0, Secret($1)) })
    }

    @Test(arguments: examples)
    func `takes out the longest cover`(secrets: [String], text: String, masked: String) {
        let mask = Self.mask(secrets)
        #expect(mask.mask(text) == masked)
        #expect(mask.mask(mask.mask(text)) == masked, "masking twice changes nothing")
        #expect(mask.problems.isEmpty)
    }

    @Test(arguments: ["\n", "\r\n"], ["\n", "\r\n"])
    func `finds several lines with any line break`(stored: String, printed: String) {
        let lines = ["first line", "2nd", "third line"]
        let mask = Self.mask([lines.joined(separator: stored) + stored])
        #expect(mask.mask("<" + lines.joined(separator: printed) + ">") == "<[secret A]>")
        #expect(
            mask.mask("> first line\(printed)> 2nd\(printed)> third line")
                == "> [secret A]\(printed)> 2nd\(printed)> [secret A]")
    }

    @Test func `keeps bytes that are not UTF-8`() {
        let mask = SecretMask([("A", Secret([0xFF, 0x00, 0xFE, 0x80, 0x0A, 0x81, 0xC3]))])
        let text: [UInt8] = [0xC3, 0xFF, 0x00, 0xFE, 0x80, 0x0A, 0x81, 0xC3, 0x28, 0xFF]
        #expect(mask.mask(text) == [0xC3] + Array("[secret A]".utf8) + [0x28, 0xFF])
    }

    @Test(arguments: [
        ("", 0), ("\n", 0), ("12345", 5), (" 12345 ", 5), ("      ", 0), ("\u{E4}\u{E4}", 4),
    ])
    func `refuses a secret that is too short`(value: String, bytes: Int) {
        let mask = SecretMask([("OK", Secret("hunter22")), ("PIN", Secret(value))])
        #expect(mask.problems == [.init(name: "PIN", cause: .tooShort(bytes: bytes))])
        #expect(mask.mask("12345 hunter22") == "12345 [secret OK]")
    }

    @Test func `refuses a secret that is too long`() {
        let longest = [UInt8](repeating: 0x78, count: SecretForms.longest)
        #expect(SecretForms(longest + [0x0A]).problem == nil)
        #expect(
            SecretMask([("KEY", Secret(longest + [0x78]))]).problems
                == [.init(name: "KEY", cause: .tooLong(bytes: SecretForms.longest + 1))])
    }

    @Test func `says which secret, how short, and what to do`() {
        let short = SecretMask([("PIN", Secret("1234"))]).problems.map(\.diagnostic)
        #expect(
            short == [
                Diagnostic(
                    "the secret `PIN` is too short to be kept out of the output: 4 bytes",
                    expected: "at least 6 bytes",
                    next: "choose a longer secret, or move it to `values` if it is none")
            ])
        #expect(SecretMask([("PIN", Secret(""))]).problems.map(\.diagnostic.message) == ["the secret `PIN` is empty"])
        #expect(
            SecretMask([("KEY", Secret([UInt8](repeating: 0x78, count: 20 * 1024)))]).problems.map(\.diagnostic.message)
                == ["the secret `KEY` is too long to be kept out of the output: 20 KiB"])
    }

    @Test func `names no value in a problem`() {
        let mask = SecretMask([("PIN", Secret("4711"))])
        #expect(!"\(mask.problems)".contains("4711"))
    }
}
