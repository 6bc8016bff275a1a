import Diagnostics
import TestSupport
import Testing
import YAML

@Suite struct `Bounding what a file can ask for` {
    /// Ten levels of nine aliases each: nine to the tenth nodes out of a few hundred bytes.
    @Test func `an alias bomb is refused where it goes off`() {
        var text = "a: &a [x,x,x,x,x,x,x,x,x]\n"
        for (name, below) in zip("bcdefghij", "abcdefghi") {
            let aliases = Array(repeating: "*\(below)", count: 9)
            text += "\(name): &\(name) [" + aliases.joined(separator: ",") + "]\n"
        }
        let found = diagnostics(Array(text.utf8))
        #expect(found.map(\.message) == ["aliases repeat too much of this file"])
        #expect(found.first?.range.start == SourcePosition(line: 6, column: 8))
        #expect(found.first?.expected == "at most 1000 aliases and 100000 repeated values")
    }

    @Test func `more aliases than allowed are refused at the first too many`() {
        let input = MarkedText("[&a 1, *a, *a, 1️⃣*a2️⃣, *a]")
        #expect(problems(input, options: LoadOptions(aliases: 2)) == ["1️⃣2️⃣ aliases repeat too much of this file"])
    }

    @Test(arguments: ["[", "{", "- ", "[{a: ", "{a: ["])
    func `very deep nesting is refused at the level that is too deep`(opening: String) {
        let text = String(repeating: opening, count: 80_000 / opening.utf8.count)
        var found: [Diagnostic] = []
        let time = ContinuousClock().measure { found = diagnostics(Array(text.utf8)) }
        #expect(found.map(\.message) == ["collections are nested too deeply here"])
        #expect(found.first?.expected == "at most 128 levels")
        #expect(time < .seconds(2))
    }

    @Test func `very deep nesting in keys is refused too`() {
        let found = diagnostics(Array(String(repeating: "[? ", count: 27_000).utf8))
        #expect(found.map(\.message) == ["collections are nested too deeply here"])
    }

    @Test func `exactly the allowed depth is read`() throws {
        let text = String(repeating: "[", count: 128) + "x" + String(repeating: "]", count: 128)
        #expect(try json(text) == text.replacing("x", with: "\"x\""))
    }

    /// Each anchor is shallow enough alone; the tree that results was deeper than any limit.
    @Test func `an alias does not reach deeper than nesting may`() {
        let input = MarkedText("- &a [[1]]\n- &b [[*a]]\n- [[1️⃣*b]]")
        #expect(
            problems(input, options: LoadOptions(depth: 6)) == [
                "1️⃣ collections are nested too deeply in what `*b` stands for"
            ])
        #expect(problems(input, options: LoadOptions(depth: 7)) == [])
    }

    /// Each map of the chain was counted as one level deeper than the last.
    @Test func `a long chain of merges is not deep`() throws {
        let chain = (1..<200).map { "a\($0): &a\($0) {<<: *a\($0 - 1)}\n" }.joined()
        #expect(try load("a0: &a0 {x: [1]}\n" + chain)["a199"]?["x"]?.sequence?.count == 1)
        let lists = (1..<200).map { "a\($0): &a\($0) {<<: [*a\($0 - 1)]}\n" }.joined()
        #expect(try load("a0: &a0 {x: [1]}\n" + lists)["a199"]?["x"]?.sequence?.count == 1)
    }

    @Test func `the same mistake a thousand times is told a hundred times`() throws {
        let found = diagnostics(Array(String(repeating: "a: 1\n", count: 1_000).utf8))
        #expect(found.count == 101)
        let last = try #require(found.last)
        #expect(last.message == "there are more problems; reading stopped here")
        #expect(last.range.start.line == 101)
    }

    @Test func `warnings alone never stop the reading`() {
        let text = String(repeating: "- &a 1\n", count: 1_000) + "- *a\n"
        let found = diagnostics(Array(text.utf8))
        #expect(found.count == 50)
        #expect(!found.hasErrors)
    }

    /// Digits are converted one by one; a million of them would take minutes.
    @Test func `a number of a thousand digits is read and a longer one is refused`() throws {
        let digits = "1" + String(repeating: "0", count: 999)
        #expect(try json(digits) == digits)
        #expect(problems("1️⃣\(digits)0") == ["1️⃣ a number of 1001 characters"])
        #expect(try json("\"\(digits)0\"") == "\"\(digits)0\"")
    }
}
