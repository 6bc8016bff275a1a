import Diagnostics
import TestSupport
import Testing
import YAML

@Suite struct `Following aliases` {
    @Test func `an alias stands for the value of its anchor`() throws {
        #expect(try json("a: &x {b: [1, two]}\nc: *x") == #"{"a":{"b":[1,"two"]},"c":{"b":[1,"two"]}}"#)
    }

    @Test func `a key may have an anchor or be an alias`() throws {
        #expect(try json("&k key: 1\nb: {*k : 2}\nc: *k") == #"{"key":1,"b":{"key":2},"c":"key"}"#)
    }

    @Test func `an alias inside its own value is a cycle`() {
        #expect(
            problems("1️⃣&a [2️⃣*a3️⃣]") == ["2️⃣3️⃣ `*a` is inside the value it stands for", "  1️⃣2️⃣ which begins here"])
        #expect(
            problems("x: 1️⃣&a\n  b: {c: 2️⃣*a}") == [
                "2️⃣ `*a` is inside the value it stands for", "  1️⃣ which begins here",
            ])
    }

    @Test func `a cycle through a merge is refused`() {
        #expect(
            problems("a: 1️⃣&a\n  <<: 2️⃣*a") == [
                "2️⃣ `*a` is inside the value it stands for", "  1️⃣ which begins here",
            ])
    }

    @Test func `an unknown alias is refused and a similar name is suggested`() throws {
        let input = MarkedText("a: &defaults 1\nb: 1️⃣*defalts2️⃣\nc: 3️⃣*x")
        #expect(problems(input) == ["1️⃣2️⃣ no anchor `&defalts` before this", "3️⃣ no anchor `&x` before this"])
        let labels = diagnostics(Array(input.text.utf8)).map(\.label)
        #expect(labels == ["did you mean `*defaults`?", nil])
    }

    @Test func `an anchor of an earlier document is unknown`() {
        let several = LoadOptions(allowsSeveralDocuments: true)
        #expect(problems("- &a 1\n---\n- 1️⃣*a\n", options: several) == ["1️⃣ no anchor `&a` before this"])
    }

    @Test func `an anchor defined again is followed and warned of`() throws {
        let input = MarkedText("- &a 1\n- *a\n- 1️⃣&a 2\n- *a\n")
        #expect(problems(input) == ["warning 1️⃣ the anchor `&a` is defined again"])
        var found: [Diagnostic] = []
        let node = Loading.document(
            SourceFile(path: "test.yaml", text: input.text), id: FileID(index: 0), problems: &found)
        #expect(JSONWriter.line(try #require(node)) == "[1,1,2,2]")
        #expect(found.first?.label == "from here on `*a` means this one, and no longer line 1")
    }

    /// The outer anchor was remembered when its list ended, so that it hid the inner one, which began later.
    @Test func `an inner anchor of the same name outlives the outer`() throws {
        var found: [Diagnostic] = []
        let source = SourceFile(path: "test.yaml", text: "- &a [&a 1, *a]\n- *a\n")
        let node = Loading.document(source, id: FileID(index: 0), problems: &found)
        #expect(JSONWriter.line(try #require(node)) == "[[1,1],1]")
        #expect(found.map(\.message) == ["the anchor `&a` is defined again"])
    }
}
