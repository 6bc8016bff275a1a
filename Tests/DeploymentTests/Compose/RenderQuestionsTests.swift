@testable import Deployment
import Diagnostics
import Testing
import YAML

@Suite struct `Answers about a project` {
    private func variables(_ text: String) throws -> [TemplateVariables.Entry] {
        let outcome = ComposeFixture(text).plain { $0.interpolates = false }
        let problems = Problems()
        let variables = TemplateVariables(of: try #require(outcome.rendering).document, problems: problems)
        #expect(problems.all.isEmpty)
        return variables.entries
    }

    @Test(arguments: [
        ("$A", "A", false, "", ""), ("${A}", "A", false, "", ""), ("${A:-x}", "A", false, "x", ""),
        ("${A-x y}", "A", false, "x y", ""), ("${A:?why ${B}}", "A", true, "", ""), ("${A?}", "A", true, "", ""),
        ("${A:+x}", "A", false, "", "x"), ("${A+é}", "A", false, "", "é"), ("é${A:-$$x}", "A", false, "$$x", ""),
    ])
    func `a variable is told as it is written`(
        text: String, name: String, isRequired: Bool, standard: String, alternate: String
    ) throws {
        let found = try variables("services: {a: {image: x, user: '\(text)'}}")
        #expect(
            found == [.init(name: name, isRequired: isRequired, defaultValue: standard, alternateValue: alternate)])
    }

    @Test func `variables inside a default are variables too`() throws {
        let found = try variables("services: {a: {image: '${A:-${B:-c}}', user: $$NOT}}")
        #expect(found.map(\.name) == ["A", "B"])
        #expect(found.map(\.defaultValue) == ["${B:-c}", "c"])
    }

    /// Compose walks lists in order, and maps in any.
    @Test func `the last use in a list counts, and elsewhere the one that says most`() throws {
        #expect(try variables("services: {a: {image: x, command: ['${A:-x}', '${A}']}}").map(\.defaultValue) == [""])
        #expect(try variables("services: {a: {image: '${A:-x}', user: $A}}").map(\.defaultValue) == ["x"])
        #expect(try variables("services: {a: {image: $A, user: '${A:-x}'}}").map(\.defaultValue) == ["x"])
    }

    @Test(arguments: [
        (Node.string("a\"b\\c\n\t\r\u{8}\u{C}\u{1}\u{7F}é"), #""a\"b\\c\n\t\r\b\f\u0001"# + "\u{7F}é\""),
        (Node.string("<&>\u{2028}\u{2029}"), #""\u003c\u0026\u003e\u2028\u2029""#),
        (Node(.scalar(Scalar("1.0e-05", kind: .float))), "0.00001"),
        (Node(.scalar(Scalar("1.0e-07", kind: .float))), "1e-7"),
        (Node(.scalar(Scalar("0.5", kind: .float))), "0.5"), (Node(.scalar(Scalar("1.0e+21", kind: .float))), "1e+21"),
        (Node.mapping([("b", .null), ("a", .sequence([.integer(1), .boolean(true)]))]), #"{"b":null,"a":[1,true]}"#),
    ])
    func `JSON is spelled as Go spells it`(node: Node, text: String) {
        #expect(GoJSON.line(node) == text)
    }

    @Test func `what may change while a container stays is not hashed`() throws {
        let text = """
            services:
              a:
                image: x
                build: .
                pull_policy: always
                scale: 2
                depends_on: [b]
                profiles: [p]
                deploy: {replicas: 2, mode: replicated}
                env_file: [{path: e, required: true, format: raw}, {path: f, required: false}]
              b: {image: y}
            """
        let rendering = try #require(
            ComposeFixture(text).plain(profiles: ["p"]) { $0.readsEnvFiles = false }.rendering)
        #expect(
            try rendering.hashedText(ofService: "a")
                == #"{"command":null,"deploy":{"mode":"replicated","resources":{},"placement":{}},"entrypoint":null,"#
                + #""env_file":["/work/e",{"path":"/work/f","required":false}],"image":"x","networks":{"default":null}}"#
        )
        #expect(throws: Rendering.NoHash.unknown) { try rendering.hashedText(ofService: "c") }
    }
}

@Suite struct `Holding a text against its rendering` {
    private let rendering: Rendering

    init() throws {
        rendering = try #require(
            ComposeFixture("services: {a: {image: 'x:$TAG', command: [one, two]}}")
                .environment(values: ["TAG": "1"], digest: { _ in "d1" }).rendering)
    }

    private func compared(_ text: String) -> RenderingComparison {
        var sources = SourceTable()
        let source = SourceFile(path: "old.yaml", text: text)
        let id = sources.add(source)
        return RenderingComparison(source, id: id, with: rendering, as: rendering.yaml)
    }

    @Test func `the same bytes are the same`() {
        #expect(compared(rendering.yaml).verdict == .same)
        #expect(compared(rendering.yaml).count == 0)
    }

    @Test func `the header decides between stale, edited and foreign`() {
        let edited = rendering.yaml.replacing("x:1", with: "x:0")
        #expect(compared(edited).verdict == .edited)
        #expect(compared(edited.replacing("sha256:d1", with: "sha256:d0")).verdict == .stale)
        #expect(compared(rendering.content.replacing("x:1", with: "x:0")).verdict == .foreign)
    }

    @Test func `files that came or went are told of a stale one only`() {
        let other = rendering.yaml.replacing("compose.yaml", with: "gone.yaml, compose.yaml")
        #expect(compared(other).goneFiles == [])
        let stale = compared(other.replacing("sha256:d1", with: "sha256:d0"))
        #expect(stale.goneFiles == ["gone.yaml"])
        #expect(stale.newFiles == [])
    }

    @Test func `differences stand at the deepest place that both have`() {
        let text = rendering.yaml.replacing("- two\n", with: "- 2\n      - three\n").replacing("x:1", with: "x:0")
        let found = compared(text)
        #expect(
            found.differences.map(\.path) == [
                "services.a.command[1]", "services.a.command[2]", "services.a.image",
            ])
        #expect(found.differences.map(\.found) == ["`2`", "`three`", "`x:0`"])
        #expect(found.differences.map(\.expected) == ["`two`", nil, "`x:1`"])
        #expect(found.count == 3)
    }

    @Test func `no more than a few are told, and all are counted`() {
        let found = compared("services: {}\na: 1\nb: 2\nc: 3\nd: 4\n")
        #expect(found.differences.count == RenderingComparison.told)
        #expect(found.count > RenderingComparison.told)
    }
}
