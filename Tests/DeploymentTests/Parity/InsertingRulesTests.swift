import Testing
import YAML

@testable import Deployment

@Suite struct `Putting a rule into the parity file` {
    private static let rule = ParityRuleDraft(
        name: "new", between: .init(left: "staging", right: "production"), path: "values.A", allow: .changed,
        left: Scalar("1", kind: .integer), right: Scalar("no", kind: .string), reason: "why: it is so", owner: "team",
        until: "2099-01-31")

    private static func item(_ indentation: Int) -> String {
        let blank = String(repeating: " ", count: indentation)
        return """
            \(blank)- name: new
            \(blank)  between: [staging, production]
            \(blank)  path: values.A
            \(blank)  allow: changed
            \(blank)  left: 1
            \(blank)  right: "no"
            \(blank)  reason: "why: it is so"
            \(blank)  owner: team
            \(blank)  until: 2099-01-31

            """
    }

    private static let old = "{name: old, path: a, allow: any, reason: r, owner: o}"
    private static let flow =
        #"{"name": "new", "between": ["staging", "production"], "path": "values.A", "allow": "changed", "left": 1, "#
        + #""right": "no", "reason": "why: it is so", "owner": "team", "until": "2099-01-31"}"#

    @Test(arguments: [
        ("", "rules:\n" + item(2)),
        ("# What may differ.\n", "# What may differ.\nrules:\n" + item(2)),
        ("x-note: 1", "x-note: 1\nrules:\n" + item(2)),
        ("rules:\n", "rules:\n" + item(2)),
        ("rules: []  # none yet\nx-a: 1\n", "rules:  # none yet\n" + item(2) + "x-a: 1\n"),
        ("rules: null\n", "rules:\n" + item(2)),
        // Not indented, without and with empty lines between the rules, a comment at the end of the last one.
        ("rules:\n- \(old)\n", "rules:\n- \(old)\n\n" + item(0)),
        (
            "rules:\n- \(old)\n- \(old.replacing("old", with: "b"))\nx-a: 1\n",
            "rules:\n- \(old)\n- \(old.replacing("old", with: "b"))\n" + item(0) + "x-a: 1\n"
        ),
        (
            "rules:\n  - name: old  # first\n    path: a\n    allow: any\n    reason: r\n    owner: o\n    # until June\n\n# end\n",
            "rules:\n  - name: old  # first\n    path: a\n    allow: any\n    reason: r\n    owner: o\n    # until June\n\n"
                + item(2) + "\n# end\n"
        ),
        // A reason of several lines, whose last ones look like comments.
        (
            "rules:\n  - name: old\n    path: a\n    allow: any\n    owner: o\n    reason: |\n      one\n      # two\nx-a: 1\n",
            "rules:\n  - name: old\n    path: a\n    allow: any\n    owner: o\n    reason: |\n      one\n      # two\n\n"
                + item(2) + "x-a: 1\n"
        ),
        ("rules: [\(old)]\n", "rules: [\(old), \(flow)]\n"),
        ("rules: [\n  \(old),\n]\n", "rules: [\n  \(old),\n  \(flow),\n]\n"),
        (
            #"{"rules": [{"name": "old", "path": "a", "allow": "any", "reason": "r", "owner": "o"}]}"#,
            #"{"rules": [{"name": "old", "path": "a", "allow": "any", "reason": "r", "owner": "o"}, "# + flow + "]}"
        ),
    ])
    func `keeps every byte of what is there`(before: String, after: String) {
        #expect(ParityRuleInsertion.text(inserting: Self.rule, into: before) == after)
    }

    @Test func `keeps the line breaks of the file`() throws {
        let before = "rules:\r\n- \(Self.old)\r\n"
        let after = try #require(ParityRuleInsertion.text(inserting: Self.rule, into: before))
        #expect(after == before + "\r\n" + Self.item(0).replacing("\n", with: "\r\n"))
    }

    @Test(arguments: ["[1, 2]\n", "rules: {a: 1}\n", "rules: text\n", "{}\n", "rules: [\n"])
    func `refuses a file that it cannot put a rule into`(text: String) {
        #expect(ParityRuleInsertion.text(inserting: Self.rule, into: text) == nil)
    }

    @Test(arguments: [
        ("a b", #""a b""#), ("*", #""*""#), ("2099-01-31", "2099-01-31"), ("true", #""true""#), ("a\nb", #""a\nb""#),
        ("Größe: 1 #x", #""Größe: 1 #x""#),
    ])
    func `writes a text so that it is read as this text`(text: String, written: String) throws {
        var rule = Self.rule
        rule.reason = text
        let after = try #require(ParityRuleInsertion.text(inserting: rule, into: ""))
        #expect(after.contains("    reason: \(written == #""a b""# ? "a b" : written)\n"), "\(after)")
    }
}
