import Deployment
import Diagnostics
import Testing
import YAML

@Suite struct `Parity verdicts` {
    /// `verdict path by rule`, or what a rule that does not accept says.
    private func verdicts(_ report: ParityReport) -> [String] {
        let wording = ParityWording(report, sources: SourceTable())
        return report.findings.map { finding in
            let rule = finding.rule.map { " by \($0.name)" } ?? ""
            let why = finding.verdict == .drift ? wording.why(finding).map { ": \($0)" } ?? "" : ""
            return "\(finding.verdict.rawValue) \(finding.difference.path)\(rule)\(why)"
        }
    }

    private func verdicts(
        _ left: String, _ right: String, _ rules: String, names: (String, String) = ("staging", "production"),
        today: String = "2026-11-21"
    ) throws -> [String] {
        verdicts(try ParityFixture.report(left, right, rules: rules, names: names, today: today))
    }

    private func rule(_ path: String, _ more: String = "allow: any", name: String = "rule") -> String {
        ParityFixture.rule(path, more, name: name)
    }

    @Test func `a difference that no rule is about is drift`() throws {
        #expect(try verdicts("a: 1", "a: 2", "") == ["drift a"])
        #expect(try verdicts("a: 1", "a: 2", rule("b")) == ["drift a"])
    }

    @Test func `a difference that a rule allows is accepted`() throws {
        #expect(try verdicts("a: 1", "a: 2", rule("a")) == ["accepted a by rule"])
    }

    @Test(arguments: [
        ("changed", "accepted a by rule", "drift b: rule `rule` allows `changed`, and this is `added`"),
        ("added", "drift a: rule `rule` allows `added`, and this is `changed`", "accepted b by rule"),
        (
            "removed", "drift a: rule `rule` allows `removed`, and this is `changed`",
            "drift b: rule `rule` allows `removed`, and this is `added`"
        ),
        ("any", "accepted a by rule", "accepted b by rule"),
        (
            "type_only", "drift a: rule `rule` allows `type_only`, and this is `changed`",
            "drift b: rule `rule` allows `type_only`, and this is `added`"
        ),
    ])
    func `a rule accepts only the kind that it allows`(_ allow: String, _ a: String, _ b: String) throws {
        #expect(try verdicts("a: 1", "a: 2\nb: 1", rule("'*'", "allow: \(allow)")) == [a, b])
    }

    @Test func `a difference of type only can be accepted by itself`() throws {
        #expect(
            try verdicts("a: 4\nb: 4", "a: \"4\"\nb: 5", rule("'*'", "allow: type_only")) == [
                "accepted a by rule", "drift b: rule `rule` allows `type_only`, and this is `changed`",
            ])
    }

    // MARK: - Expected values

    @Test func `any other value than the expected one is drift`() throws {
        let expected = rule("a", "allow: changed\nleft: 1\nright: 4")
        #expect(try verdicts("a: 1", "a: 4", expected) == ["accepted a by rule"])
        #expect(
            try verdicts("a: 1", "a: 5", expected)
                == ["drift a: rule `rule` expects 4 in production, and it has 5"])
        #expect(
            try verdicts("a: 2", "a: 4", expected) == ["drift a: rule `rule` expects 1 in staging, and it has 2"])
        #expect(
            try verdicts("a: 1", "a: \"4\"", expected)
                == [#"drift a: rule `rule` expects 4 in production, and it has "4""#])
        #expect(
            try verdicts("a: 1", "a: 4.0", expected) == ["drift a: rule `rule` expects 4 in production, and it has 4.0"]
        )
    }

    @Test func `an expected expression matches the whole value`() throws {
        let expected = rule("a", "allow: changed\nright: {matches: 'https://[a-z.]+'}")
        #expect(try verdicts("a: x", "a: https://example.org", expected) == ["accepted a by rule"])
        #expect(
            try verdicts("a: x", "a: https://example.org/", expected) == [
                "drift a: rule `rule` expects a text that matches /https://[a-z.]+/ in production, "
                    + "and it has https://example.org/"
            ])
        #expect(
            try verdicts("a: 1", "a: 42", rule("a", "allow: any\nright: {matches: '\\d+'}")) == ["accepted a by rule"])
        #expect(
            try verdicts("a: 1", "a:", rule("a", "allow: any\nright: {matches: '.*'}"))
                == ["drift a: rule `rule` expects a text that matches /.*/ in production, and it has null"])
    }

    @Test func `an expected value is missing on the side that has none`() throws {
        #expect(
            try verdicts("{}", "a: 1", rule("a", "allow: any\nleft: 1"))
                == ["drift a: rule `rule` expects 1 in staging, and it has nothing"])
    }

    // MARK: - Relations

    @Test func `a relation that does not hold is drift`() throws {
        let relation = rule("a", "allow: changed\nwhere: left <= right")
        #expect(try verdicts("a: 1", "a: 4", relation) == ["accepted a by rule"])
        #expect(try verdicts("a: 4", "a: 1", relation) == ["drift a: rule `rule` wants `left <= right`"])
        #expect(
            try verdicts("a: low", "a: high", relation)
                == ["drift a: rule `rule` wants `left <= right`, and these values cannot be compared so"])
    }

    // MARK: - Pairs and directions

    @Test func `a rule between two environments is read in either direction`() throws {
        let between = rule(
            "'*'", "between: [staging, production]\nallow: any\nwhere: left < right\nleft: 1\nright: 4")
        #expect(try verdicts("a: 1", "a: 4", between) == ["accepted a by rule"])
        #expect(
            try verdicts("a: 4", "a: 1", between, names: ("production", "staging")) == ["accepted a by rule"])
        #expect(
            try verdicts("a: 5", "a: 1", between, names: ("production", "staging"))
                == ["drift a: rule `rule` expects 4 in production, and it has 5"])
        let added = rule("a", "between: [staging, production]\nallow: added")
        #expect(try verdicts("{}", "a: 1", added) == ["accepted a by rule"])
        #expect(try verdicts("a: 1", "{}", added, names: ("production", "staging")) == ["accepted a by rule"])
        #expect(
            try verdicts("{}", "a: 1", added, names: ("production", "staging"))
                == ["drift a: rule `rule` allows `added`, and this is `added`"])
    }

    @Test func `a relation between two environments says whose value is left`() throws {
        let between = rule("a", "between: [staging, production]\nallow: any\nwhere: left < right")
        #expect(
            try verdicts("a: 1", "a: 4", between, names: ("production", "staging"))
                == ["drift a: rule `rule` wants `left < right` with staging as left"])
    }

    @Test func `a rule for another pair decides nothing and is not stale`() throws {
        let report = try ParityFixture.report(
            "a: 1", "a: 2", rules: rule("a", "between: [staging, qa]\nallow: any"))
        #expect(verdicts(report) == ["drift a"])
        #expect(report.staleRules.isEmpty)
        #expect(report.rulesForOthers == ["rule"])
    }

    @Test(arguments: ["production@deployed", "production@git:v1.4.0", "production@20261120T204512Z-release-9f3c"])
    func `an environment at another time is the same environment to a rule`(_ name: String) throws {
        let between = rule("a", "between: [staging, production]\nallow: any")
        #expect(try verdicts("a: 1", "a: 2", between, names: ("staging", name)) == ["accepted a by rule"])
    }

    // MARK: - Time

    @Test(arguments: [
        ("2027-06-29", "accepted"), ("2027-06-30T23:59:59Z", "accepted"), ("2027-07-01", "expired"),
        ("2028-01-01", "expired"),
    ])
    func `an acceptance lasts through its last day`(_ today: String, _ verdict: String) throws {
        let report = try ParityFixture.report(
            "a: 1", "a: 2", rules: rule("a", "allow: any\nuntil: 2027-06-30"), today: today)
        #expect(verdicts(report) == ["\(verdict) a by rule"])
        #expect(report.holds == (verdict == "accepted"))
        #expect(
            ParityWording(report, sources: SourceTable()).why(report.findings[0])
                == (verdict == "expired" ? "rule `rule` accepted this until 2027-06-30" : nil))
    }

    @Test func `an acceptance can end at an instant`() throws {
        let rule = rule("a", "allow: any\nuntil: 2027-06-30T12:00:00+02:00")
        #expect(try verdicts("a: 1", "a: 2", rule, today: "2027-06-30T09:59:59Z") == ["accepted a by rule"])
        #expect(try verdicts("a: 1", "a: 2", rule, today: "2027-06-30T10:00:00Z") == ["expired a by rule"])
    }

    @Test func `a value that is not the expected one is drift, expired or not`() throws {
        let rule = rule("a", "allow: any\nleft: 9\nuntil: 2020-01-01")
        #expect(try verdicts("a: 1", "a: 2", rule) == ["drift a: rule `rule` expects 9 in staging, and it has 1"])
    }

    // MARK: - Several rules

    @Test func `the most specific rule decides, whatever a broader one says`() throws {
        let rules = rule("values.**", name: "all") + rule("values.A", "allow: any\nright: 9", name: "narrow")
        let report = try ParityFixture.report("values: {A: 1, B: 1}", "values: {A: 2, B: 2}", rules: rules)
        #expect(
            verdicts(report) == [
                "drift values.A: rule `narrow` expects 9 in production, and it has 2", "accepted values.B by all",
            ])
        #expect(report.overlaps.map { [$0.winner, $0.loser, $0.path.description] } == [["narrow", "all", "values.A"]])
        #expect(report.staleRules.isEmpty)
    }

    @Test func `rules for one path are alternatives`() throws {
        let rules =
            rule("a", "allow: any\nright: 2", name: "two") + rule("a", "allow: any\nright: 3", name: "three")
        #expect(try verdicts("a: 1", "a: 3", rules) == ["accepted a by three"])
        #expect(try verdicts("a: 1", "a: 2", rules) == ["accepted a by two"])
        #expect(try verdicts("a: 1", "a: 4", rules) == ["drift a: rule `two` expects 2 in production, and it has 4"])
    }

    @Test func `a narrow rule for another kind of difference leaves the decision to the broad one`() throws {
        let rules = rule("values.*", name: "all") + rule("values.A", "allow: added", name: "narrow")
        #expect(try verdicts("values: {A: 1}", "values: {A: 2}", rules) == ["accepted values.A by all"])
    }

    // MARK: - Rules without a difference

    @Test func `a rule that matches nothing is stale`() throws {
        let report = try ParityFixture.report(
            "a: 1\nb: {c: 1}", "a: 2\nb: {c: 2}",
            rules: rule("x", name: "gone") + rule("b", name: "above") + rule("a", "allow: added", name: "kind"))
        let wording = ParityWording(report, sources: SourceTable())
        #expect(report.staleRules.map(\.rule.name) == ["gone", "above", "kind"])
        #expect(
            report.staleRules.map { wording.hint($0) ?? "" } == [
                "", "there is a difference below it, at b.c; `.**` would match it",
                "a is `changed`, and the rule allows `added`",
            ])
    }

    @Test func `a rule whose expectation is not met is not stale`() throws {
        let report = try ParityFixture.report("a: 1", "a: 2", rules: rule("a", "allow: any\nleft: 9"))
        #expect(report.staleRules.isEmpty)
    }

    // MARK: - Collections that one side has

    @Test func `a rule about a part of what only one side has is applied to that part`() throws {
        let left = "compose: {services: {web: {image: a}}}"
        let right = "compose: {services: {web: {image: a, environment: {DEBUG: '1', TRACE: '1'}}}}"
        #expect(try verdicts(left, right, "") == ["drift compose.services.web.environment"])
        #expect(
            try verdicts(left, right, rule("compose.services.*.environment.DEBUG")) == [
                "accepted compose.services.web.environment.DEBUG by rule",
                "drift compose.services.web.environment.TRACE",
            ])
        #expect(
            try verdicts(left, right, rule("compose.services.*.environment.*")) == [
                "accepted compose.services.web.environment.DEBUG by rule",
                "accepted compose.services.web.environment.TRACE by rule",
            ])
        #expect(
            try verdicts(left, right, rule("compose.services.*.environment"))
                == ["accepted compose.services.web.environment by rule"])
        #expect(
            try verdicts(left, right, rule("'**.replicas'")) == ["drift compose.services.web.environment"])
    }

    @Test func `a port that only one side has is matched by its identity`() throws {
        let left = "compose: {services: {web: {ports: [{target: 80}]}}}"
        let right = "compose: {services: {web: {ports: [{target: 9090}, {target: 80}]}}}"
        #expect(
            try verdicts(left, right, rule("'compose.services.web.ports[target=9090]'", "allow: added"))
                == ["accepted compose.services.web.ports[target=9090] by rule"])
        #expect(
            try verdicts("compose: {services: {web: {}}}", left, rule("compose.services.*.ports[target=80].target"))
                == ["accepted compose.services.web.ports[target=80].target by rule"])
    }

    // MARK: - Figures

    @Test func `the summary adds up`() throws {
        let report = try ParityFixture.report(
            "a: 1\nb: 1\nc: 1\nd: 1\ne: {f: [1, 2], g: {}}", "a: 2\nb: 2\nc: 2\nd: 1\ne: {f: [1, 2], g: {}}\nh: {i: 1}",
            rules: rule("a", name: "a") + rule("b", "allow: any\nuntil: 2020-01-01", name: "b"))
        let summary = report.summary
        #expect(summary.compared == 8)
        #expect([summary.equal, summary.accepted, summary.expired, summary.drift, summary.known] == [4, 1, 1, 2, 0])
        #expect(summary.sentence == "2 drift, 1 expired, 1 accepted, 4 of 8 values equal")
        #expect(!report.holds)
    }

    @Test func `the same is said in words`() throws {
        let report = try ParityFixture.report("a: 1", "a: 1")
        #expect(report.summary.sentence == "no drift, 1 of 1 value equal")
        #expect(report.holds)
    }

    @Test func `drift that was there before can be left out`() throws {
        let before = try ParityFixture.report("a: 1\nb: 1", "a: 2\nb: 1\nc: 1")
        let after = try ParityFixture.report("a: 1\nb: 1\nd: 1", "a: 3\nb: 2\nc: 1\nd: 1")
        let since = after.since(before)
        #expect(verdicts(since) == ["drift a", "drift b"])
        #expect(since.summary.sentence == "2 drift, 1 known before, 1 of 4 values equal")
        #expect(after.since(after).holds)
    }

    // MARK: - Renames

    @Test(arguments: [
        ("values: {LOG_LEVEL: info}", "values: {LOG_LVEL: info}"),
        ("values: {HOST: uploads.example.org}", "values: {UPLOADS_URL: uploads.example.org}"),
        ("services: {web: {image: a, user: b, init: true}}", "services: {api: {image: a, user: b, init: true}}"),
        ("services: {web: {image: a, user: b, init: true}}", "services: {api: {image: c, user: b, init: true}}"),
    ])
    func `what was probably renamed is hinted at, on both halves`(_ left: String, _ right: String) throws {
        let report = try ParityFixture.report(left, right)
        #expect(report.findings.count == 2)
        #expect(report.findings[0].renamed == report.findings[1].difference.path)
        #expect(report.findings[1].renamed == report.findings[0].difference.path)
    }

    @Test(arguments: [
        ("values: {A: info}", "values: {HOST: info}"),
        ("services: {web: {image: a, user: b}}", "services: {api: {image: c, init: true}}"),
        ("a: {x: 1}", "b: 1"),
    ])
    func `what merely has one value in common is not`(_ left: String, _ right: String) throws {
        #expect(try ParityFixture.report(left, right).findings.allSatisfy { $0.renamed == nil })
    }
}
