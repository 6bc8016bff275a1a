import Deployment
import Diagnostics
import Testing
import YAML

@Suite struct `Secrets in parity reports` {
    /// Every place of a report that a secret can reach: values of all shapes, keys, identities, paths, rules, names.
    private static let canary = "hunter2-canary"

    /// Every format by its name.
    static func formats(
        _ report: ParityReport, _ sources: SourceTable, _ redact: @escaping @Sendable (String) -> String
    ) -> [(name: String, text: String)] {
        [
            ("text", ParityText.render(report, sources: sources, redact: redact)),
            ("narrow text", ParityText.render(report, sources: sources, palette: .coloured, width: 40, redact: redact)),
            ("json", JSONWriter.document(ParityJSON.document(report, sources: sources, redact: redact))),
            ("markdown", ParityMarkdown.document(report, sources: sources, redact: redact)),
            ("github", ParityAnnotations.commands(report, sources: sources, redact: redact)),
            ("html", ParityPage.document(report, sources: sources, redact: redact)),
            ("brief", ParityBrief.line(report, redact: redact)),
        ]
    }

    private func report() throws -> (ParityReport, SourceTable) {
        let secret = Self.canary
        var sources = SourceTable()
        let left = try ParityFixture.node(
            """
            values: {A: \(secret), NUMBER: 1}
            config:
              url: https://user:\(secret)@example.org/
              file: |
                one
                password \(secret)
              json: '{"password": "\(secret)"}'
              list: [\(secret), other]
              named: [{name: \(secret), v: 1}]
              \(secret): 1
            compose: {services: {web: {environment: {P: x\(secret)}, cap_add: [\(secret)]}}}
            """, in: &sources, path: "\(secret)/staging.yaml")
        let right = try ParityFixture.node(
            """
            values: {A: 1, NUMBER: 2}
            config:
              url: https://example.org/
              file: |
                one
                password none
              json: '{"password": ""}'
              list: [other]
              named: [{name: \(secret), v: 2}]
            compose: {services: {web: {environment: {P: x}, cap_add: []}, added: {image: \(secret)}}}
            """, in: &sources, path: "production.yaml")
        let rules = try ParityFixture.rules(
            "rules:\n" + ParityFixture.rule("values.NUMBER", "allow: any\nleft: \(secret)", name: secret)
                + ParityFixture.rule("values.A", "allow: any\nwhere: left == \(secret)1", name: "x-\(secret)")
                + ParityFixture.rule("values.*", "allow: any\nright: {matches: \(secret)}", name: "broad")
                + ParityFixture.rule("gone.\(secret)", name: "stale-\(secret)"))
        let report = ParityReport(
            left: "staging@\(secret)", right: "production",
            result: Comparison.differences(left: left, right: right), rules: rules,
            today: Timestamp(millisecondsSince1970: 0))
        return (report, sources)
    }

    @Test func `a marked text appears in no format`() throws {
        let (report, sources) = try report()
        for (name, text) in Self.formats(report, sources, { $0.replacing(Self.canary, with: "[secret P]") }) {
            #expect(!text.contains("hunter2"), "\(name)")
            #expect(text.contains("[secret P]"), "\(name)")
        }
    }

    @Test func `without marking it would appear in every one`() throws {
        let (report, sources) = try report()
        for (name, text) in Self.formats(report, sources, { $0 }) { #expect(text.contains(Self.canary), "\(name)") }
    }

    @Test func `a marked number is a text afterwards, so that JSON stays JSON`() throws {
        let report = try ParityFixture.report("a: 12345", "a: 2")
        let document = ParityJSON.document(report, sources: SourceTable()) { $0 == "12345" ? "[secret PIN]" : $0 }
        let text = JSONWriter.document(document)
        #expect(
            try JSONReader.read(Array(text.utf8))["differences"]?.sequence?.first?["left"]?.string == "[secret PIN]")
    }

    @Test func `digests of secrets are compared and not shown`() throws {
        let report = try ParityFixture.report(
            "secrets: {A: {env: A, digest: 1f00d}, B: {env: B, digest: cafe1}}",
            "secrets: {A: {env: A, digest: 2beef}, B: {file: /b, digest: cafe1}}")
        #expect(report.findings.map(\.difference.path.description) == ["secrets.A.digest", "secrets.B"])
        for (name, text) in Self.formats(report, SourceTable(), { $0 }) {
            for digest in ["1f00d", "2beef", "cafe1"] { #expect(!text.contains(digest), "\(name)") }
        }
        let text = ParityText.render(report, sources: SourceTable())
        #expect(text.contains("~ A.digest"))
        #expect(text.contains("[not shown]"))
    }

    @Test func `a secret that got another source is one difference`() throws {
        let report = try ParityFixture.report("secrets: {A: {env: A}}", "secrets: {A: {file: /run/secrets/a}}")
        #expect(
            report.findings.map { ParityFixture.describe($0.difference) }
                == [#"~ secrets.A: {"env":"A"} -> {"file":"/run/secrets/a"}"#])
    }
}
