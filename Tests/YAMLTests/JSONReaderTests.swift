import Testing
import YAML

/// https://www.rfc-editor.org/rfc/rfc8259
@Suite struct `Reading JSON` {
    @Test(arguments: [
        ("{}", "{}"), ("[]", "[]"), (" \t\r\n1 \n", "1"), ("\"\"", "\"\""), ("null", "null"), ("true", "true"),
        ("[1,[2,[3]],{\"a\":{}}]", "[1,[2,[3]],{\"a\":{}}]"), ("{\"\":0}", "{\"\":0}"),
        ("{ \"a\" : [ ] , \"b\" : 1 }", "{\"a\":[],\"b\":1}"),
        ("-0", "0"), ("0", "0"), ("-1.5e-7", "-1.5e-7"), ("1E5", "1.0e+5"), ("1e+5", "1.0e+5"), ("0.10", "0.10"),
        ("0e1", "0.0e+1"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        (#""\"\\\/\b\f\n\r\t""#, #""\"\\/\u0008\u000c\n\r\t""#), (#""\u0041\u00e9\u20AC\ud83d\uDE00""#, "\"Aé€😀\""),
        (#""\u0000""#, #""\u0000""#), ("\"\u{7F}é日😀\"", "\"\\u007fé日😀\""), ("\"\u{2028}\"", #""\u2028""#),
        ("\"\u{FFFF}\"", #""\uffff""#),
    ])
    func `valid texts are read`(text: String, written: String) throws {
        #expect(JSONWriter.line(try JSONReader.read(Array(text.utf8))) == written)
    }

    @Test(arguments: [
        ("", 0, "a value"), ("  ", 2, "a value"), ("x", 0, "a value"), ("nul", 0, "a value"), ("True", 0, "a value"),
        ("truex", 4, "the end"), ("1 2", 2, "the end"), ("{}}", 2, "the end"), ("\u{FEFF}1", 0, "a value"),
        ("// c\n1", 0, "a value"),
        ("NaN", 0, "a value"), ("Infinity", 0, "a value"), ("'a'", 0, "a value"),
        ("[", 1, "a value"), ("[1", 2, "`,` or `]`"), ("[1,", 3, "a value"), ("[1,]", 3, "a value"),
        ("[,1]", 1, "a value"),
        ("[1 2]", 3, "`,` or `]`"), ("[1}", 2, "`,` or `]`"),
        ("{", 1, "a string"), ("{1:2}", 1, "a string"), ("{a:1}", 1, "a string"), ("{\"a\"", 4, "`:`"),
        ("{\"a\" 1}", 5, "`:`"), ("{\"a\":", 5, "a value"),
        ("{\"a\":1,}", 7, "a string"), ("{\"a\":1", 6, "`,` or `}`"), ("{\"a\":1]", 6, "`,` or `}`"),
        ("{\"a\":1, \"a\":2}", 8, "each key once"), ("{\"a\":1, \"\\u0061\":2}", 8, "each key once"),
        ("-", 1, "a digit"), ("+1", 0, "a value"), ("01", 1, "the end"), ("-01", 2, "the end"), ("1.", 2, "a digit"),
        (".5", 0, "a value"),
        ("1e", 2, "a digit"), ("1e+", 3, "a digit"), ("1.e5", 2, "a digit"), ("0x1", 1, "the end"),
        ("1_0", 1, "the end"), ("--1", 1, "a digit"),
        ("\"", 1, "`\"`"), ("\"a", 2, "`\"`"), ("\"a\\", 2, "an escape"),
        ("\"a\nb\"", 2, "an escape instead of a control character"),
        ("\"\t\"", 1, "an escape instead of a control character"),
        ("\"a\u{0}\"", 2, "an escape instead of a control character"),
        (#""ab\x""#, 3, "one of the escapes of JSON"), (#""\u12""#, 3, "four hexadecimal digits"),
        (#""\u"#, 3, "four hexadecimal digits"),
        (#""\u+123""#, 3, "four hexadecimal digits"), (#""\u12G4""#, 3, "four hexadecimal digits"),
        (#""a\ud800""#, 2, "a pair of surrogates"), (#""\ud800x""#, 1, "a pair of surrogates"),
        (#""\ud800\n""#, 1, "a pair of surrogates"),
        (#""\udc00""#, 1, "a pair of surrogates"), (#""\ud800\ud800""#, 1, "a pair of surrogates"),
        (#""\ud800\u0041""#, 1, "a pair of surrogates"),
        (#""\udc00\ud800""#, 1, "a pair of surrogates"),
    ])
    func `everything else is refused at its byte`(text: String, offset: Int, expected: String) {
        #expect(throws: JSONReader.Failure(offset: offset, expected: expected)) {
            try JSONReader.read(Array(text.utf8))
        }
    }

    @Test(
        arguments: [
            ([0x22, 0x61, 0xFF, 0x22], 2), ([0x22, 0xC3, 0x22], 1), ([0x22, 0xED, 0xA0, 0x80, 0x22], 1),
            ([0x22, 0x5C, 0x6E, 0xC0, 0x80, 0x22], 3),
            ([0x22, 0xC3, 0xA9, 0xF4, 0x90, 0x80, 0x80, 0x22], 3),
        ] as [([UInt8], Int)])
    func `bytes that are not UTF-8 are refused where they stand`(bytes: [UInt8], offset: Int) {
        #expect(throws: JSONReader.Failure(offset: offset, expected: "UTF-8")) { try JSONReader.read(bytes) }
    }

    @Test(arguments: ["[", "{\"a\":"])
    func `nesting is bounded`(opening: String) throws {
        #expect(throws: JSONReader.Failure(offset: 256 * opening.utf8.count, expected: "at most 256 levels")) {
            try JSONReader.read(Array(String(repeating: opening, count: 100_000).utf8))
        }
        let deepest = String(repeating: "[", count: 256) + "1" + String(repeating: "]", count: 256)
        #expect(JSONWriter.line(try JSONReader.read(Array(deepest.utf8))) == deepest)
    }

    /// A record holds parts of manifests under keys of its own.
    @Test func `what YAML may nest can be written into a record and read again`() throws {
        let deep = try load(String(repeating: "[", count: 128) + String(repeating: "]", count: 128))
        let record = JSONWriter.line(.mapping([("environment", .mapping([("values", deep)]))]))
        #expect(JSONWriter.line(try JSONReader.read(Array(record.utf8))) == record)
    }

    @Test func `a large object keeps its order and refuses a repeated key`() throws {
        let members = (0..<500).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
        let node = try JSONReader.read(Array("{\(members)}".utf8))
        #expect(node.mapping?.keys == (0..<500).map { "k\($0)" })
        #expect(node["k321"]?.integer == 321)
        #expect(throws: JSONReader.Failure.self) { try JSONReader.read(Array("{\(members),\"k7\":1}".utf8)) }
    }

    @Test func `an integer that does not fit keeps its digits and is no Int`() throws {
        let node = try JSONReader.read(Array("9223372036854775808".utf8))
        #expect(node.integer == nil)
        #expect(node.scalar == Scalar("9223372036854775808", kind: .integer))
    }
}

@Suite struct `Writing JSON` {
    @Test func `a document is indented by two and ends its line`() {
        let tree = Node.mapping([
            ("a", .sequence([.integer(1), .mapping([])])), ("b", .sequence([])), ("c", .mapping([("d", .null)])),
        ])
        #expect(
            JSONWriter.document(tree) == """
                {
                  "a": [
                    1,
                    {}
                  ],
                  "b": [],
                  "c": {
                    "d": null
                  }
                }

                """)
    }

    @Test func `numbers that JSON has no word for become strings`() throws {
        #expect(try json("[.inf, -.INF, +.Inf, .NaN]") == #"[".inf","-.inf",".inf",".nan"]"#)
    }

    /// Texts are looked at eight bytes at a time.
    @Test func `what has to be escaped is found at every place of a text`() throws {
        for code in 0...0x7F {
            let scalar = Unicode.Scalar(UInt8(code))
            let isSpecial = code < 0x20 || code == 0x7F || scalar == "\"" || scalar == "\\"
            for (before, behind) in (0...17).flatMap({ before in [0, 3, 9].map { (before, $0) } }) {
                let text =
                    String(repeating: "~", count: before) + String(scalar) + String(repeating: " ", count: behind)
                let quoted = JSONWriter.quoted(text)
                #expect((quoted == "\"\(text)\"") == !isSpecial, "\(code) at \(before)")
                #expect(try JSONReader.read(Array(quoted.utf8)).string == text)
            }
        }
    }

    @Test func `what a terminal would obey is escaped`() {
        #expect(
            JSONWriter.quoted("\u{1B}\u{7F}\u{9B}\u{85}\u{202E}\u{2066}\u{FEFF}é")
                == #""\u001b\u007f\u009b\u0085\u202e\u2066\ufeffé""#)
    }
}
