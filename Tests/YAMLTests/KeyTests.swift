import Diagnostics
import TestSupport
import Testing
import YAML

@Suite struct `Reading keys` {
    @Test(arguments: [
        "1️⃣a2️⃣: 1\n3️⃣a4️⃣: 2",
        "1️⃣a2️⃣: 1\n3️⃣\"a\"4️⃣: 2",
        "1️⃣'a'2️⃣: 1\n3️⃣\"\\x61\"4️⃣: 2",
        "{1️⃣a2️⃣: 1, 3️⃣a4️⃣: 2}",
        "x:\n  - 1️⃣a2️⃣: 1\n    b: 2\n    3️⃣a4️⃣: 3",
        "x: &k a\ny: {1️⃣a2️⃣: 1, 3️⃣*k4️⃣ : 2}",
        "1️⃣a2️⃣: 1\n? 3️⃣a4️⃣\n: 2",
    ])
    func `a key twice is refused with both places`(marked: String) {
        #expect(problems(marked) == ["3️⃣4️⃣ duplicate key `a`", "  1️⃣2️⃣ first here"])
    }

    @Test func `every repetition is told, in every map`() {
        #expect(
            problems("1️⃣a: {2️⃣b: 1, 3️⃣b: 2}\n4️⃣a: 1\n5️⃣a: 2\n") == [
                "3️⃣ duplicate key `b`", "  2️⃣ first here",
                "4️⃣ duplicate key `a`", "  1️⃣ first here",
                "5️⃣ duplicate key `a`", "  1️⃣ first here",
            ])
    }

    @Test func `two merges in one map are a key twice`() {
        #expect(
            problems("a: &a {x: 1}\nb:\n  1️⃣<<: *a\n  2️⃣<<: *a\n") == [
                "2️⃣ duplicate key `<<`", "  1️⃣ first here",
            ])
    }

    /// Both look like `é`; `String` calls them equal, and no other YAML reader does.
    @Test func `keys that only look the same are two keys`() throws {
        let node = try load("\u{E9}: 1\ne\u{301}: 2\n")
        #expect(node.mapping?.entries.map(\.value.integer) == [1, 2])
        #expect(node["e\u{301}"]?.integer == 2)
        #expect(node["\u{E9}"]?.integer == 1)
    }

    @Test func `a key is its spelling`() throws {
        let text = "1: a\n0x1: b\ntrue: c\n~: d\n1.10: e\n\"\": f\n"
        #expect(try load(text).mapping?.keys == ["1", "0x1", "true", "~", "1.10", ""])
    }

    @Test(arguments: ["?1️⃣\n: x", "a: 1\n?1️⃣\n", "- ?1️⃣"])
    func `a missing key is refused`(marked: String) {
        #expect(problems(marked) == ["1️⃣ the key before this `:` is missing"])
    }

    @Test func `a list or a map as a key is refused, and reading goes on`() {
        #expect(
            problems("? 1️⃣[a]\n: 1\n? 2️⃣{b: 3️⃣*c}\n: 2\nd: 1\n4️⃣d: 2\n") == [
                "1️⃣ a key must be a single value, and this is a list",
                "3️⃣ no anchor `&c` before this",
                "2️⃣ a key must be a single value, and this is a map",
                "4️⃣ duplicate key `d`", "  5:1 first here",
            ])
    }
}

@Suite struct `Merging maps` {
    @Test func `merged keys come behind the map's own and never replace them`() throws {
        let text = "a: &a {x: 1, y: 1}\nb:\n  y: 2\n  <<: *a\n  z: 2\n"
        #expect(try json(text) == #"{"a":{"x":1,"y":1},"b":{"y":2,"z":2,"x":1}}"#)
    }

    @Test func `of several maps the earlier wins`() throws {
        let text = "- &a {x: a}\n- &b {x: b, y: b}\n- {<<: [*a, *b]}\n- {<<: {q: 1}}\n"
        #expect(try json(text) == #"[{"x":"a"},{"x":"b","y":"b"},{"x":"a","y":"b"},{"q":1}]"#)
    }

    @Test func `a quoted or tagged merge key is an ordinary key`() throws {
        #expect(try json("\"<<\": 1") == #"{"<<":1}"#)
        #expect(try json("!!str <<: 1") == #"{"<<":1}"#)
        #expect(try json("a: <<") == #"{"a":"<<"}"#)
    }

    @Test func `only maps can be merged`() {
        #expect(
            problems("a: 1️⃣&a text\nb:\n  2️⃣<<: *a\nc: {3️⃣<<: [{}, 4️⃣[]]}\nd: {5️⃣<<: }\n") == [
                "2️⃣ `<<` merges maps, and this is a string", "  1️⃣ this one",
                "3️⃣ `<<` merges maps, and this is a list", "  4️⃣ this one",
                "5️⃣ `<<` merges maps, and this is nothing", "  5:9 this one",
            ])
    }

    @Test func `a merged key keeps the place where it was written`() throws {
        let node = try load("a: &a\n  x: 1\nb: {<<: *a}\n")
        #expect(node["b"]?.mapping?.entry("x")?.keyRange.start == SourcePosition(line: 2, column: 3))
    }
}
