import Deployment
import Diagnostics
import Testing
import YAML

@Suite struct `Reading parity rules` {
    @Test func `every field of a rule is read`() throws {
        let rules = try ParityFixture.rules(
            """
            rules:
              - name: fewer-replicas
                between: [staging, production]
                path: compose.services.*.deploy.replicas
                allow: changed
                where: left <= right
                left: 1
                right: {matches: '[2-4]'}
                reason: One replica is enough to rehearse with
                owner: platform
                until: 2027-06-30
                x-ticket: OPS-12
            """)
        let rule = try #require(rules.rules.first)
        #expect(rule.name == "fewer-replicas")
        #expect(rule.between == ParityRule.Pair(left: "staging", right: "production"))
        #expect(rule.path.text == "compose.services.*.deploy.replicas")
        #expect(rule.allow == .changed)
        #expect(rule.relation?.text == "left <= right")
        #expect(rule.left == .value(Scalar("1", kind: .integer)))
        #expect(rule.right == .matching("[2-4]"))
        #expect(rule.reason == "One replica is enough to rehearse with")
        #expect(rule.owner == "platform")
        #expect(rule.until?.text == "2027-06-30")
    }

    @Test(arguments: ["rules: []", "rules:", "{}", "x-team: us"])
    func `a file without rules has none`(_ text: String) throws {
        #expect(try ParityFixture.rules(text).rules.isEmpty)
    }

    /// The problems of a file as `message (label)`.
    ///
    /// Each `▸` in the text is where the next of them must be.
    private func problems(
        _ marked: String, environments: [String]? = nil, at location: Testing.SourceLocation = #_sourceLocation
    ) throws -> [String] {
        let problems = Problems()
        let node = try ParityFixture.node(marked.replacing("▸", with: ""))
        let rules = ParityRules.read(node, environments: environments, problems: problems)
        #expect((rules == nil) == problems.hasErrors, sourceLocation: location)
        #expect(problems.all.map(\.range.start) == Self.markers(marked), sourceLocation: location)
        return problems.all.map { $0.message + ($0.label.map { " (\($0))" } ?? "") }
    }

    private static func markers(_ marked: String) -> [SourcePosition] {
        marked.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { line, text in
            text.split(separator: "▸", omittingEmptySubsequences: false).dropLast()
                .reduce(into: [Int]()) { $0.append(($0.last ?? 0) + $1.unicodeScalars.count) }
                .map { SourcePosition(line: line + 1, column: $0 + 1) }
        }
    }

    private let good = "name: r, path: a, allow: any, reason: x, owner: y"

    @Test func `all problems of a file are told at once`() throws {
        let found = try problems(
            """
            ▸rule: []
            rules:
              - name: one
                ▸pth: values.A
                path: values.A
                allow: ▸change
                reason: ▸''
                owner: ▸7
              - ▸nothing
              - name: ▸one
                path: values.▸.A
                allow: added
                left: 1
                reason: r
                owner: o
                until: ▸soon
            """)
        #expect(
            found == [
                "unknown key `rule` (did you mean `rules`?)",
                "unknown key `pth` (did you mean `path`?)",
                "`allow` cannot be `change` (did you mean `changed`?)",
                "`reason` is empty",
                "`owner` cannot be `7`",
                "a rule is a map, and this is a string",
                "two rules are named `one` (here again)",
                "the path has an empty segment",
                "`until` cannot be `soon`",
            ])
    }

    @Test func `what is required is asked for`() throws {
        let problems = Problems()
        _ = ParityRules.read(try ParityFixture.node("rules: [{until: 2027-06-30}]"), problems: problems)
        #expect(
            problems.all.map(\.message) == [
                "the rule has no `name`", "the rule has no `path`", "the rule has no `allow`",
                "the rule has no `reason`", "the rule has no `owner`",
            ])
        #expect(problems.all.allSatisfy { $0.range.start == SourcePosition(line: 1, column: 10) })
    }

    @Test(arguments: [
        ("name: r, path: 'a▸[k', allow: any, reason: x, owner: y", "the path has a `[` without its `]`"),
        ("name: r, path: ▸7, allow: any, reason: x, owner: y", "`path` cannot be `7`"),
        ("name: r, path: a, allow: ▸[added], reason: x, owner: y", "`allow` cannot be a list"),
        ("name: ▸1, path: a, allow: any, reason: x, owner: y", "`name` cannot be `1`"),
        ("name: r, path: a, allow: any, reason: ▸[x], owner: y", "`reason` cannot be a list"),
    ])
    func `a wrong required value is told with its place`(_ fields: String, _ expected: String) throws {
        #expect(try problems("rules: [{\(fields)}]") == [expected])
    }

    @Test(arguments: [
        ("between: ▸staging", "`between` cannot be `staging`"),
        ("between: ▸[staging]", "`between` names 1 environment"),
        ("between: ▸[a, b, c]", "`between` names 3 environments"),
        ("between: [a, ▸1]", "`between` cannot be `1`"),
        ("until: ▸2027-02-30", "`until` cannot be `2027-02-30`"),
        ("until: ▸[1]", "`until` cannot be a list"),
        ("left: ▸[1]", "`left` cannot be a list"),
        ("left: {matches: ▸'['}", "`[` is no regular expression"),
        ("left: {matches: ▸7}", "`matches` cannot be `7`"),
        ("where: left▸", "the relation is not complete: a value, a relation and a value are needed"),
        ("where: left ▸= right", "the relation has `=` where a relation is needed (did you mean `==`?)"),
        ("where: left ▸=< right", "the relation has `=<` where a relation is needed (did you mean `<=`?)"),
        ("where: left ▸lower right", "the relation has `lower` where a relation is needed"),
        ("where: ▸<= left right", "the relation begins with a relation"),
        ("where: left <= ▸<= right", "the relation has two relations in a row"),
        ("where: ▸1 < 2", "the relation names neither `left` nor `right`"),
        ("where: left < right ▸< 4", "the relation has more than one relation"),
        (
            "where: left < right as ▸version",
            "the relation has no measure `version` (did you mean `versions`?)"
        ),
        ("where: ▸''", "`where` is empty"),
        ("where: ▸left > right, left: 1, right: 4", "`left > right` does not hold for the expected values"),
        ("▸unitl: 2027-06-30", "unknown key `unitl` (did you mean `until`?)"),
    ])
    func `a wrong value is told with its place`(_ field: String, _ expected: String) throws {
        #expect(try problems("rules: [{\(good), \(field)}]") == [expected])
    }

    @Test(arguments: [
        ("allow: added, ▸left: 1", "a rule that allows `added` cannot expect a `left` value"),
        ("allow: removed, ▸right: 1", "a rule that allows `removed` cannot expect a `right` value"),
        ("allow: added, where: ▸left < 3", "a rule that allows `added` cannot compare a `left` value"),
        ("allow: removed, where: ▸left < right", "a rule that allows `removed` cannot compare a `right` value"),
    ])
    func `a rule that can never match is refused`(_ fields: String, _ expected: String) throws {
        #expect(try problems("rules: [{name: r, path: a, reason: x, owner: y, \(fields)}]") == [expected])
    }

    @Test func `an environment that is not there is refused when the names are known`() throws {
        #expect(try problems("rules: [{\(good), between: [stagng, production]}]").isEmpty)
        #expect(
            try problems(
                "rules: [{\(good), between: [▸stagng, production]}]", environments: ["staging", "production"])
                == ["there is no environment `stagng` (did you mean `staging`?)"])
    }

    @Test func `what is probably not meant is a warning`() throws {
        #expect(
            try problems("rules: [{name: r, path: ▸vaules.A, allow: any, reason: x, owner: y}]")
                == ["environments have no `vaules` (did you mean `values`?)"])
        #expect(
            try problems("rules: [{\(good), left: ▸'/a.*b/'}]")
                == ["`left` is compared as the text it is (no regular expression)"])
        #expect(try problems("rules: [{\(good), left: /var/lib/}]").isEmpty)
        let rule = ParityFixture.rule("values.A", name: "one") + ParityFixture.rule("values.A", name: "▸two")
        #expect(try problems("rules:\n" + rule) == ["rule `two` accepts the same as `one` (this one never decides)"])
    }

    @Test func `a mistake in a path is underlined where it is`() throws {
        let problems = Problems()
        var sources = SourceTable()
        let text = """
            rules:
              - name: r
                path: "values..LOG_LEVEL"
                allow: any
                reason: x
                owner: y

            """
        let node = try ParityFixture.node(text, in: &sources, path: "environments/parity.yaml")
        _ = ParityRules.read(node, problems: problems)
        #expect(
            DiagnosticRenderer(sources: sources).render(problems.all) == """
                error: the path has an empty segment
                 --> environments/parity.yaml:3:19
                  |
                3 |     path: "values..LOG_LEVEL"
                  |                   ^
                  expected: keys joined by `.`, `*` for one, `**` for any depth, `[target=80]` for an item
                  retry: safe, nothing was started

                """)
    }
}
