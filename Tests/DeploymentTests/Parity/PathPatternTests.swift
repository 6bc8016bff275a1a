import Deployment
import Testing

@Suite struct `Paths and patterns` {
    private static let port = ParityPath([
        .key("compose"), .key("services"), .key("web"), .key("ports"),
        .item(ParityPath.Item([ParityPath.Pair("target", "80")])), .key("published"),
    ])

    @Test func `a path reads as a person would write it`() {
        #expect(Self.port.description == "compose.services.web.ports[target=80].published")
        #expect(ParityPath(keys: "labels", "com.example.team").description == #"labels."com.example.team""#)
        #expect(ParityPath().description == ".")
        let second = ParityPath.Item(
            [ParityPath.Pair("target", "53"), ParityPath.Pair("protocol", "udp")],
            occurrence: ParityPath.Place(left: 1, right: nil))
        #expect(ParityPath([.key("ports"), .item(second)]).description == "ports[target=53,protocol=udp#2]")
        let member = ParityPath.Item([ParityPath.Pair(nil, "80")])
        #expect(ParityPath([.key("expose"), .item(member)]).description == #"expose["80"]"#)
        #expect(ParityPath([.key("command"), .position(.init(left: nil, right: 3))]).description == "command[3]")
    }

    @Test func `numbers in paths are ordered by value, parents before what they hold`() {
        func item(_ target: String) -> ParityPath {
            ParityPath([.key("ports"), .item(ParityPath.Item([ParityPath.Pair("target", target)]))])
        }
        let sorted = [item("443"), item("80"), ParityPath(keys: "ports"), ParityPath(keys: "a", "b")].sorted()
        #expect(sorted.map(\.description) == ["a.b", "ports", "ports[target=80]", "ports[target=443]"])
    }

    @Test(arguments: [
        "compose.services.web.ports[target=80].published",
        "compose.services.*.ports[target=80].published",
        "compose.services.web.ports[*].published",
        "compose.services.web.ports.*.published",
        "compose.services.web.ports[target=8*].published",
        "compose.services.w*b.ports[target=80].published",
        "compose.services.*e*.ports[*].*",
        "compose.**",
        "**",
        "**.published",
        "compose.**.published",
        "compose.**.ports[target=80].**",
        "compose.services.web.ports[target=80].published.**",
        #"compose."services".'web'.ports[target="80"].published"#,
    ])
    func `a pattern matches`(_ text: String) throws {
        #expect(try PathPattern(text).matches(Self.port))
    }

    @Test(arguments: [
        "compose",
        "compose.services.web.ports",
        "compose.services.web.ports[target=80]",
        "compose.services.web.ports[target=81].published",
        "compose.services.web.ports[target=80,protocol=udp].published",
        "compose.services.web.ports[0].published",
        "compose.services.web.ports[target=80#2].published",
        "compose.services.*.published",
        "compose.services.web.ports[target=80].publish",
        "services.**",
        "**.ports",
        "compose.services.w*.*.published",
        #"compose.services."*".ports[target=80].published"#,
    ])
    func `a pattern about something else does not match`(_ text: String) throws {
        #expect(try !PathPattern(text).matches(Self.port))
    }

    @Test func `a pattern tells whether it may be about something inside`() throws {
        let services = ParityPath(keys: "compose", "services", "web")
        #expect(try PathPattern("compose.services.*.deploy.replicas").mayMatchBelow(services))
        #expect(try PathPattern("**.replicas").mayMatchBelow(services))
        #expect(try !PathPattern("compose.services.web").mayMatchBelow(services))
        #expect(try !PathPattern("compose.services.db.image").mayMatchBelow(services))
        #expect(try !PathPattern("values.*").mayMatchBelow(services))
    }

    @Test func `a pattern tells whether it is about something that holds a value`() throws {
        #expect(try PathPattern("compose.services.web").matchesAbove(Self.port))
        #expect(try PathPattern("compose.**.ports[target=80]").matchesAbove(Self.port))
        #expect(try PathPattern("**").matchesAbove(Self.port))
        #expect(try !PathPattern("compose.services.db").matchesAbove(Self.port))
        #expect(try !PathPattern("compose.services.web.ports[target=80].published").matchesAbove(Self.port))
        #expect(try !PathPattern("**.published").matchesAbove(Self.port))
    }

    @Test(arguments: [
        ("compose.services.web.image", "compose.services.*.image"),
        ("compose.services.*.image", "compose.**.image"),
        ("compose.**.image", "compose.**"),
        ("values.LOG_*", "values.*"),
        ("values.LOG_LEVEL", "values.LOG_*"),
        ("ports[target=80,protocol=udp]", "ports[target=80]"),
        ("ports[target=80]", "ports[*]"),
        ("compose.services.web.*", "compose.services.*.image"),
        ("values.**", "**"),
    ])
    func `the pattern that names more is more specific`(_ more: String, _ less: String) throws {
        #expect(try PathPattern(more).specificity > PathPattern(less).specificity)
    }

    /// The mistake, and the code points before it.
    @Test(arguments: [
        ("", "is empty", 0),
        ("a..b", "has an empty segment", 2),
        (".a", "has an empty segment", 0),
        ("a.", "ends with a `.`", 1),
        ("a.[b]", "needs no `.` before a `[`", 1),
        ("a[b", "has a `[` without its `]`", 1),
        ("a[k=", "has a `[` without its `]`", 1),
        ("a[]", "has an empty `[]`", 1),
        ("a]", "needs a `.` or `[` here", 1),
        ("]", "has a `]` without its `[`", 0),
        ("a[k=]", "has nothing here, where a name is needed", 4),
        ("a[=v]", "has nothing before this sign, where a name is needed", 2),
        ("a[k=v]b", "needs a `.` or `[` here", 6),
        ("a[k*=v]", "has a `*` in the key of a selector", 2),
        ("a[k=v#0]", "needs a number from 1 behind `#`", 5),
        ("a[k=v#2,b]", "needs a `]` here", 7),
        ("a.b**", "has `**` beside other characters; it stands alone", 3),
        ("a b", "has a blank; quote the name it belongs to", 1),
        ("a\"b", "has a quote inside a name; quote the whole name", 1),
        ("a.\"b", "has a quote without its end", 2),
        (#"a."\x""#, #"has an unknown escape `\x`"#, 3),
        (#"a."\u12""#, #"has a `\u` without four hexadecimal digits"#, 3),
        (#"a."\"#, #"ends with a `\`"#, 3),
    ])
    func `a mistake is told with its place`(_ text: String, _ message: String, _ offset: Int) {
        #expect {
            _ = try PathPattern(text)
        } throws: { error in
            let error = error as? PathPattern.SyntaxError
            #expect(error?.message == message)
            #expect(error?.offset == offset)
            return error != nil
        }
    }
}
