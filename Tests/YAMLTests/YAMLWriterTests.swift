import Diagnostics
import TestSupport
import Testing
import YAML

@Suite struct `Writing YAML` {
    @Test func `maps and lists are indented by two, keys in their order`() {
        let tree = Node.mapping([
            (
                "services",
                .mapping([("web", .mapping([("ports", .strings(["80:80", "443:443"])), ("image", .string("nginx"))]))])
            ),
            (
                "list",
                .sequence([.mapping([("a", .integer(1)), ("b", .sequence([.sequence([.null, .boolean(true)])]))])])
            ),
            ("empty", .mapping([("map", .mapping([])), ("list", .sequence([]))])),
        ])
        #expect(
            YAMLWriter.text(of: tree) == """
                services:
                  web:
                    ports:
                      - "80:80"
                      - "443:443"
                    image: nginx
                list:
                  - a: 1
                    b:
                      - - null
                        - true
                empty:
                  map: {}
                  list: []

                """)
    }

    @Test(arguments: [
        "nginx", "nginx:1.27", "registry/app:v1.2", "/var/run/docker.sock:/x:ro", "./x".replacing("./", with: "_"),
        "a b c", "x=y", "a,b", "it's", "10k", "1.2.3-rc1", "5432/tcp", "${X}".replacing("$", with: "x$"), "nul",
        "on-failure",
        "CMD-SHELL", "x#y", "a*", "not", "yesterday",
    ])
    func `a string that nobody can mistake stays plain`(text: String) {
        #expect(YAMLWriter.text(of: .string(text)) == "\(text)\n")
    }

    @Test(arguments: [
        "", " x", "x ", "yes", "No", "ON", "y", "N", "null", "~", "1", "012", "1:30", "22:22", "2001-01-01", "0x1F",
        "1_000", "=", "<<", "- x", "x: y", "x:", "x #y", "*a", "&a", "!x", "@x", "%x", "[", "{", "é", ".inf", "1e3",
        ".", "-", "0b1", "1.5", "|", ">", "x\ty",
    ])
    func `any other string is quoted`(text: String) {
        let quoted = text.replacing("\t", with: "\\t")
        #expect(YAMLWriter.text(of: .string(text)) == "\"\(quoted)\"\n")
    }

    @Test func `several lines become a literal block that ends as the text does`() {
        let tree = Node.mapping([
            ("one", .string("x\n")), ("none", .string("x\ny")), ("two", .string("x\n\n")),
            ("inner", .string("x\n\n  y\n#z\n")),
            ("list", .strings(["a\nb\n", "c\nd"])),
        ])
        #expect(
            YAMLWriter.text(of: tree) == """
                one: |
                  x
                none: |-
                  x
                  y
                two: |+
                  x

                inner: |
                  x

                    y
                  #z
                list:
                  - |
                    a
                    b
                  - |-
                    c
                    d

                """)
    }

    @Test(arguments: ["\nx", " x\ny", "x \ny", "x\n \ny", "x\ty\nz", "x\r\ny", "\n", "x\u{85}\ny", "x\n\u{202E}y"])
    func `several lines that a block would change are quoted`(text: String) throws {
        let written = YAMLWriter.text(of: .string(text))
        #expect(written.hasPrefix("\""))
        #expect(try load(written).string == text)
    }

    /// The last line break of the block was taken for the one that ends the file.
    @Test func `a block that is the whole document keeps its line breaks`() throws {
        #expect(YAMLWriter.text(of: .string("x\n\n")) == "|+\n  x\n\n")
        #expect(try load("|+\n  x\n\n").string == "x\n\n")
    }

    @Test func `what a terminal would obey is escaped`() {
        #expect(
            YAMLWriter.text(of: .string("\u{1B}[2J\u{9B}\u{202E}\u{2028}\0\u{FEFF}"))
                == #""\u001B[2J\u009B\u202E\u2028\u0000\uFEFF""# + "\n")
    }

    @Test func `keys are quoted like strings`() {
        let tree = Node.mapping(["a", "yes", "1", "", "<<", "a: b", "é"].map { ($0, .null) })
        #expect(
            YAMLWriter.text(of: tree)
                == "a: null\n\"yes\": null\n\"1\": null\n\"\": null\n\"<<\": null\n\"a: b\": null\n\"é\": null\n")
    }

    /// Readers look for the colon of a key in 1,024 characters only.
    @Test func `a very long key is written so that readers take it for one`() throws {
        let key = String(repeating: "k", count: 1_100)
        let tree = Node.mapping([
            ("x", .sequence([.mapping([("a", .integer(1)), (key, .mapping([("b", .integer(2))]))])]))
        ])
        let written = YAMLWriter.text(of: tree)
        #expect(written == "x:\n  - a: 1\n    ? \"\(key)\"\n    :\n      b: 2\n")
        #expect(try load(written).hasSameContent(as: tree))
    }

    @Test(arguments: [
        ("012", "12"), ("-007", "-7"), ("+5", "5"), ("-0", "0"), ("0o14", "12"), ("0x1F", "31"), ("00", "0"),
        ("0xFFFFFFFFFFFFFFFFFF", "4722366482869645213695"), ("0o7777777777777777777777777", "37778931862957161709567"),
        ("18446744073709551616", "18446744073709551616"),
        ("1.10", "1.10"), ("1.", "1.0"), (".5", "0.5"), ("-.5", "-0.5"), ("+1.5", "1.5"), ("01.5", "1.5"),
        ("1e3", "1.0e+3"),
        ("1E-3", "1.0e-3"), ("1.5e+07", "1.5e+07"), (".Inf", ".inf"), ("-.INF", "-.inf"), ("+.inf", ".inf"),
        (".NaN", ".nan"),
        ("True", "true"), ("FALSE", "false"), ("~", "null"), ("Null", "null"),
    ])
    func `numbers, booleans and null have one spelling`(text: String, written: String) throws {
        #expect(YAMLWriter.text(of: try load(text)) == written + "\n")
    }
}
