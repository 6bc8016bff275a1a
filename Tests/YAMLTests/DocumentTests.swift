import Diagnostics
import TestSupport
import Testing
import YAML

@Suite struct `Reading documents` {
    @Test(arguments: ["", "\n\n", "# only a comment\n", "   "])
    func `a text without a document is nothing, and no problem`(text: String) {
        var problems: [Diagnostic] = []
        let source = SourceFile(path: "test.yaml", text: text)
        #expect(Loading.document(source, id: FileID(index: 0), problems: &problems) == nil)
        #expect(problems == [])
    }

    @Test(arguments: [
        "---\na: 1\n", "%YAML 1.2\n---\na: 1\n", "a: 1\n...\n", "--- {a: 1}\n...\n# end\n", "%YAML 1.1\n--- {a: 1}",
    ])
    func `one document may have its marks`(text: String) throws {
        #expect(try json(text) == #"{"a":1}"#)
    }

    @Test func `a second document is refused where it begins, and its problems are told too`() {
        #expect(
            problems("a: 1️⃣*x\n2️⃣---\nb: 3️⃣*y\n---\nc: 1\n") == [
                "1️⃣ no anchor `&x` before this", "2️⃣ a second document begins here",
                "3️⃣ no anchor `&y` before this",
            ])
        #expect(problems("a: 1\n...\n1️⃣---\nb: 2\n") == ["1️⃣ a second document begins here"])
    }

    @Test func `several documents are read in order where they are allowed`() {
        var problems: [Diagnostic] = []
        let source = SourceFile(path: "test.yaml", text: "a: 1\n---\n---\n- 2\n")
        let options = LoadOptions(allowsSeveralDocuments: true)
        let trees = Loading.documents(source, id: FileID(index: 0), options: options, problems: &problems)
        #expect(trees.map { JSONWriter.line($0) } == [#"{"a":1}"#, "null", "[2]"])
        #expect(problems == [])
    }

    @Test func `a version that is not known is named`() {
        let input = MarkedText("1️⃣%YAML 3.0 # future\n---\na: 1\n")
        #expect(problems(input) == ["1️⃣ `%YAML 3.0` is not a version that can be read"])
        #expect(diagnostics(Array(input.text.utf8)).map(\.expected) == ["`%YAML 1.2`, or no such line"])
    }

    @Test func `all problems of a file come at once`() {
        #expect(
            problems("a: 1️⃣!x 1\nb: {2️⃣c: 1, 3️⃣c: 2}\nd: 4️⃣*nowhere\ne: 5️⃣!!int x\n?6️⃣\n: 1\nf: {7️⃣<<: 8️⃣1}\n") == [
                "1️⃣ the tag `!x` is not allowed here",
                "3️⃣ duplicate key `c`", "  2️⃣ first here",
                "4️⃣ no anchor `&nowhere` before this",
                "5️⃣ this is not an integer",
                "6️⃣ the key before this `:` is missing",
                "7️⃣ `<<` merges maps, and this is an integer", "  8️⃣ this one",
            ])
    }
}

@Suite struct `Refusing what is not YAML` {
    @Test(arguments: [
        (
            "a: 1️⃣@x", "found character that cannot start any token while scanning for the next token",
            "quotes around a value that begins with `@`"
        ),
        (
            "a: b1️⃣: c", "mapping values are not allowed in this context",
            "quotes around a value that contains `: `, or the key on a line of its own"
        ),
        (
            "a: 1\n  b1️⃣: 2", "mapping values are not allowed in this context",
            "quotes around a value that contains `: `, or the key on a line of its own"
        ),
        (
            "a: 1\nb\n1️⃣c: 2\n", "could not find expected ':' while scanning a simple key",
            "a key followed by `:` and a blank"
        ),
        ("  a: 1\n1️⃣b: 2\n", "did not find expected <document start>", "YAML 1.2"),
        (
            "a:\n  b: 1\n 1️⃣c: 2\n", "did not find expected key while parsing a block mapping",
            "a key that is indented like the others of its map"
        ),
        (
            "- a\n1️⃣b: 1\n", "did not find expected '-' indicator while parsing a block collection",
            "`- `, indented like the other items of its list"
        ),
        (
            "a: 1️⃣- b\n", "block sequence entries are not allowed in this context",
            "`- ` on a line of its own, below the key"
        ),
        ("a: [1, 2\nb1️⃣: 3\n", "did not find expected ',' or ']' while parsing a flow sequence", "`,` or `]`"),
        ("{a: 1, b: 2\n1️⃣", "did not find expected ',' or '}' while parsing a flow mapping", "`,` or `}`"),
        ("a: \"b\nc: d\n1️⃣", "found unexpected end of stream while scanning a quoted scalar", "the closing quote"),
        (
            #"a: "1️⃣\w""#, "found unknown escape character while parsing a quoted scalar",
            #"an escape such as `\n` or `\\`, or single quotes around the value"#
        ),
        ("a: 1️⃣!y!x 1", "found undefined tag handle while parsing a node", "no tag"),
    ])
    func `a syntax error has a place and something to expect`(marked: String, message: String, expected: String) {
        let input = MarkedText(marked)
        let found = diagnostics(Array(input.text.utf8))
        #expect(found.count == 1)
        #expect(input.summary(of: found).first == "1️⃣ not valid YAML: \(message)")
        #expect(found.first?.expected == expected)
    }

    @Test func `a syntax error points to where the broken thing began`() {
        #expect(
            problems("x: 1\na: 1️⃣\"b\nc: d\n2️⃣") == [
                "2️⃣ not valid YAML: found unexpected end of stream while scanning a quoted scalar",
                "  1️⃣ began scanning a quoted scalar here",
            ])
    }

    @Test func `what was found before a syntax error is told as well`() {
        #expect(
            problems("a: 1\n1️⃣a: 2\nb: 2️⃣@\n").filter { !$0.hasPrefix(" ") } == [
                "1️⃣ duplicate key `a`",
                "2️⃣ not valid YAML: found character that cannot start any token while scanning for the next token",
            ])
    }
}

@Suite struct `Placing nodes` {
    @Test(arguments: [
        "a: 1️⃣text2️⃣ # comment\n", "a: 1️⃣'it''s'2️⃣\n", "- 1️⃣[a, {b: c}]2️⃣\n", "- 1️⃣{a: [b, ], }2️⃣\n", "a: 1️⃣&x [b]2️⃣\n",
        "a:\n  1️⃣b: 1\n  c: 22️⃣\nd: 3\n", "a:\n  1️⃣- b\n  - c2️⃣\n", "a: 1️⃣[]2️⃣\n", "é: 1️⃣ü2️⃣\n", "a: 1️⃣x\n  y2️⃣\n",
        "a: 1️⃣!!str 52️⃣\n",
    ])
    func `a value's range is where it is written`(marked: String) throws {
        let input = MarkedText(marked)
        let node = try load(input.text)
        let value = try #require(node.mapping?.entries.first?.value ?? node.sequence?.first)
        #expect(value.range.start == input["1️⃣"])
        #expect(value.range.end == input["2️⃣"])
    }

    @Test func `a key's range covers its word and its quotes`() throws {
        let input = MarkedText("a:\n  1️⃣\"b c\"2️⃣: 1\n")
        let range = try #require(load(input.text)["a"]?.mapping?.entry("b c")?.keyRange)
        #expect((range.start, range.end) == (input["1️⃣"], input["2️⃣"]))
    }

    @Test func `what an alias repeats stays where its anchor is`() throws {
        let input = MarkedText("a: 1️⃣&x text\nb: *x\n")
        #expect(try load(input.text)["b"]?.range.start == input["1️⃣"])
    }
}
