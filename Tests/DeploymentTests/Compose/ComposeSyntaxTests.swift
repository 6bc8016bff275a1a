import Diagnostics
import Testing
import YAML

@testable import Deployment

@Suite struct `Reading Compose's small languages` {
    @Test(
        arguments: [
            ("1m30s", 90_000_000_000), ("1.5h", 5_400_000_000_000), ("500ms", 500_000_000), ("10us", 10_000),
            ("1d", 86_400_000_000_000), ("2w", 1_209_600_000_000_000), ("0", 0), ("-1s", -1_000_000_000),
            ("1h1m1s1ms", 3_661_001_000_000),
            (".5s", 500_000_000), ("1", nil), ("", nil), ("1x", nil), ("s", nil), (".s", nil), ("99999999999h", nil),
        ] as [(String, Int?)])
    func `durations`(text: String, nanoseconds: Int?) {
        #expect(GoDuration.parse(text) == nanoseconds)
    }

    @Test(
        arguments: [
            (0, "0s"), (1, "1ns"), (1_500, "1.5µs"), (2_000_000, "2ms"), (1_500_000_000, "1.5s"),
            (60_000_000_000, "1m0s"),
            (3_600_000_000_000, "1h0m0s"), (90_061_000_000_000, "25h1m1s"), (-1_000_000_000, "-1s"),
        ] as [(Int, String)])
    func `durations are written as Go writes them`(nanoseconds: Int, text: String) {
        #expect(GoDuration.text(nanoseconds) == text)
    }

    @Test(
        arguments: [
            ("512", 512), ("1k", 1_024), ("1.5g", 1_610_612_736), ("64 MB", 67_108_864), ("1KiB", 1_024), ("10b", 10),
            ("1t", 1 << 40),
            ("", nil), ("m", nil), ("-1", nil), ("1x", nil), ("1kx", nil), ("1kib2", nil), ("1bb", nil),
            ("99999999p", nil),
        ] as [(String, Int?)])
    func `sizes`(text: String, bytes: Int?) {
        #expect(ByteSize.parse(text) == bytes)
    }

    @Test(
        arguments: [
            ("a b", ["a", "b"]), ("  a\tb ", ["a", "b"]), ("'a b' \"c d\"", ["a b", "c d"]), ("a\\ b", ["a b"]),
            ("''", [""]),
            ("a'b'c", ["abc"]), ("'a\\b'", ["a\\b"]), ("\"a\\\"b\"", ["a\"b"]), ("", []), ("a; b", ["a"]),
            ("a 2>x", ["a"]),
            ("a|b", ["a"]), ("`a b`", ["`a b`"]), ("'", nil), ("a\\", nil), ("(a)", nil), ("$(a b)", ["$(a b)"]),
        ] as [(String, [String]?)])
    func `command lines`(line: String, words: [String]?) {
        #expect((try? CommandLine.split(line))?.words == words)
    }

    @Test(
        arguments: [
            ("0777", 511), ("0o17", 15), ("0x1F", 31), ("0b11", 3), ("-12", -12), ("+12", 12), ("12", 12), ("08", nil),
            ("1.0", nil), ("--1", nil), ("0x", nil),
        ] as [(String, Int?)])
    func `integers as Go reads them`(text: String, number: Int?) {
        #expect(GoNumber.integer(text) == number)
    }

    @Test(
        arguments: [
            (1.0, "1"), (0.1, "0.1"), (1e21, "1e+21"), (1e20, "100000000000000000000"), (0.0001, "0.0001"),
            (0.00001, "1e-05"), (-2.5, "-2.5"),
            (123456.789, "123456.789"), (0, "0"), (.infinity, "+Inf"),
        ] as [(Double, String)])
    func `numbers as Go prints them`(number: Double, text: String) {
        #expect(GoNumber.general(number) == text)
    }

    @Test(
        arguments: [
            ("2024-01-01", true), ("2024-1-1", true), ("2024-13-01", false), ("2024-01-01T10:00:00Z", true),
            ("2024-01", false), ("20240101", false), ("1.2.3", false),
        ] as [(String, Bool)])
    func `dates`(text: String, isDate: Bool) {
        #expect((GoTimestamp.normal(text) != nil) == isDate)
    }

    @Test(
        arguments: [
            ("127.0.0.1", true), ("::1", true), ("2001:db8::1", true), ("::ffff:1.2.3.4", true),
            ("1:2:3:4:5:6:7:8", true),
            ("::", true),
            ("256.0.0.1", false), ("1.2.3", false), ("01.2.3.4", false), ("1::2::3", false), ("12345::", false),
            ("", false), ("localhost", false), ("1:2:3:4:5:6:7", false),
        ] as [(String, Bool)])
    func `addresses`(text: String, isValid: Bool) {
        #expect(IPAddress.isValid(text) == isValid)
    }

    @Test(
        arguments: [
            ("80", [PortSyntax(hostIP: "", published: "", target: 80, transport: "tcp")]),
            ("8080:80/udp", [PortSyntax(hostIP: "", published: "8080", target: 80, transport: "udp")]),
            ("[::1]::80", [PortSyntax(hostIP: "::1", published: "", target: 80, transport: "tcp")]),
            ("::1:80:80", [PortSyntax(hostIP: "::1", published: "80", target: 80, transport: "tcp")]),
            ("90-91:80", [PortSyntax(hostIP: "", published: "90-91", target: 80, transport: "tcp")]),
        ] as [(String, [PortSyntax])])
    func `ports`(text: String, ports: [PortSyntax]) throws {
        #expect(try PortSyntax.parse(text) == ports)
    }

    @Test(arguments: ["", "x", "80:", "70000", "1-2:3-5", "80/x", "1.2.3:80:80", "[::1:80:80", "80-79"])
    func `ports that are none`(text: String) {
        #expect(throws: PortSyntax.Refusal.self) { try PortSyntax.parse(text) }
    }

    @Test func `ports of a range are in the order of their text`() throws {
        #expect(try PortSyntax.parse("9-11").map(\.target) == [10, 11, 9])
    }

    @Test func `volumes`() throws {
        #expect(try VolumeSyntax.parse("/x") == VolumeSyntax(target: "/x"))
        #expect(
            try VolumeSyntax.parse("data:/x:ro,nocopy")
                == VolumeSyntax(source: "data", target: "/x", isReadOnly: true, isCopied: false))
        #expect(try VolumeSyntax.parse("c:\\a:/x").source == "c:\\a")
        #expect(try VolumeSyntax.parse("${A:-b}:/x").source == "${A:-b}")
        #expect(try VolumeSyntax.parse("./a:/x:cached").unknownOptions == ["cached"])
        #expect(throws: VolumeSyntax.Refusal(message: "there is nothing between two colons")) {
            try VolumeSyntax.parse("aa::b")
        }
        #expect(throws: VolumeSyntax.Refusal(message: "there are too many colons")) {
            try VolumeSyntax.parse("aa:/b:ro:dd")
        }
        #expect(throws: VolumeSyntax.Refusal(message: "the volume is empty")) { try VolumeSyntax.parse("") }
    }

    @Test(
        arguments: [
            ("a/./b//c/../d/", "a/b/d"), ("/../a", "/a"), ("../a", "../a"), ("a/../..", ".."), ("", "."), ("/", "/"),
            ("./", "."),
        ] as [(String, String)])
    func `paths are cleaned`(path: String, clean: String) {
        #expect(ComposePath.clean(path) == clean)
    }

    @Test(
        arguments: [
            ("a/b", "a", "./b"), ("a/b", "c/d", "../../a/b"), ("a", "a", "."), ("../x", "a", "../../x"),
            (".", "a", ".."),
            ("a", ".", "./a"), ("a", "..", "a"),
        ] as [(String, String, String)])
    func `paths are seen from a folder`(path: String, folder: String, seen: String) {
        #expect(ComposePath.relative(path, from: folder) == seen)
    }

    @Test(
        arguments: [
            ("My Project", "myproject"), ("_-x_", "x_"), ("A.b-C_1", "ab-c_1"), ("", ""), ("ß", ""),
        ] as [(String, String)])
    func `project names`(text: String, name: String) {
        #expect(ProjectName.normalized(text) == name)
    }
}

@Suite struct `Reading env files` {
    private func parse(_ text: String, _ outside: [String: String] = [:]) -> ([String: String], [String]) {
        var values: [String: String] = [:]
        let marked = Array(text.utf8)
        var places: [String: SourceRange] = [:]
        let problems = Dotenv.parse(marked, id: .none, into: &values, places: &places) { outside[$0] ?? $1[$0] }
        return (values, problems.map(\.message))
    }

    @Test(
        arguments: [
            ("A=1\nB = 2 \n C=3", ["A": "1", "B": "2", "C": "3"]),
            ("# x\n\nA=1 # c\nB=1#2\nC= # all", ["A": "1", "B": "1#2", "C": "# all"]),
            ("A: yaml", ["A": "yaml"]),
            ("export A=1\nexport\tB=2", ["A": "1", "B": "2"]),
            ("A='$x \\n'\nB=\"a\\nb\\t\\\"c\\\" \\\\\"", ["A": "$x \\n", "B": "a\nb\t\"c\" \\"]),
            ("A=\"l1\nl2\" # c\nB=2", ["A": "l1\nl2", "B": "2"]),
            ("A=1\nB=$A-${C:-d}\nC=\"${A}\"", ["A": "1", "B": "1-d", "C": "1"]),
            ("A=\"\\$B $$C\"", ["A": "$B $C"]),
            ("OUT\nNONE\nA=1", ["OUT": "o", "A": "1"]),
            ("A=", ["A": ""]),
            ("\u{FEFF}A=1\r\nB=2\r\n", ["A": "1", "B": "2"]),
            ("A=\"\\0101 \\q\"", ["A": "A \\q"]),
            ("a.b-c[0]=x", ["a.b-c[0]": "x"]),
        ] as [(String, [String: String])])
    func `follows Compose's grammar`(text: String, values: [String: String]) {
        #expect(parse(text, ["OUT": "o"]).0 == values)
    }

    @Test(
        arguments: [
            ("A!=1", "`!` cannot be in a name"), ("A B=1", "the name `A B` has a blank in it"),
            ("A=\"x", "the quote is never closed"), ("A=${", "this `$` begins no variable in the value of `A`"),
            ("A=${B:?why}", "`B` must have a value: why"),
        ] as [(String, String)])
    func `says what is wrong`(text: String, problem: String) {
        #expect(parse(text).1 == [problem])
    }

    @Test(arguments: ["P@$$w0rd", "secret$HOME", "secret$abc"])
    func `a dollar that changes a value is named without the value`(value: String) {
        let (values, problems) = parse("PW=\(value)\n", ["HOME": "/root"])
        #expect(values["PW"] != value)
        #expect(
            problems == [
                "Compose reads the `$` in the value of `PW` as a variable, so the value changes"
            ])
        #expect(parse("PW='\(value)'\n").0["PW"] == value)
        #expect(parse("PW='\(value)'\n").1 == [])
    }

    @Test func `a variable that is meant is no hazard`() {
        #expect(parse("A=1\nURL=http://${A}:$A/\n").1 == [])
    }

    @Test func `raw files are taken as they are`() {
        var values: [String: String] = [:]
        let text = "A=\"x $Y\" # no\n  B=b\n#c\n\nHOST\nNONE\n"
        var places: [String: SourceRange] = [:]
        let problems = Dotenv.parseRaw(Array(text.utf8), id: .none, into: &values, places: &places) { name, _ in
            name == "HOST" ? "h" : nil
        }
        #expect(problems.isEmpty)
        #expect(values == ["A": "\"x $Y\" # no", "B": "b", "HOST": "h"])
        #expect(
            Dotenv.parseRaw(Array("A B=1\n=x".utf8), id: .none, into: &values, places: &places) { _, _ in nil }.count
                == 2)
    }
}
