import Deployment
import Diagnostics
import Testing
import YAML

/// Documents for the parity tests, read from the text a user would write.
enum ParityFixture {
    /// The document of a text; `null` for an empty one.
    static func node(_ text: String, in sources: inout SourceTable, path: String = "file.yaml") throws -> Node {
        let file = SourceFile(path: path, text: text)
        let id = sources.add(file)
        var problems: [Diagnostic] = []
        let node = Loading.document(file, id: id, problems: &problems)
        try #require(problems.isEmpty, "\(DiagnosticRenderer(sources: sources).render(problems))")
        return node ?? .null
    }

    static func node(_ text: String) throws -> Node {
        var sources = SourceTable()
        return try node(text, in: &sources)
    }

    static func compare(
        _ left: String, _ right: String, options: ComparisonOptions = ComparisonOptions()
    ) throws -> ComparisonResult {
        Comparison.differences(left: try node(left), right: try node(right), options: options)
    }

    /// `~ path: left -> right`, `+ path: value`, `- path: value`, and `= path: left -> right` when only types differ.
    static func describe(_ difference: Difference) -> String {
        let left = difference.left.map(text) ?? ""
        let right = difference.right.map(text) ?? ""
        return switch difference.kind {
        case .changed: "\(difference.isTypeOnly ? "=" : "~") \(difference.path): \(left) -> \(right)"
        case .added: "+ \(difference.path): \(right)"
        case .removed: "- \(difference.path): \(left)"
        }
    }

    /// JSON, but numbers and booleans as they were spelled.
    private static func text(_ node: Node) -> String {
        guard let scalar = node.scalar, scalar.kind != .string, scalar.kind != .null else {
            return JSONWriter.line(node)
        }
        return scalar.text
    }

    static func rules(_ text: String) throws -> ParityRules {
        let problems = Problems()
        var sources = SourceTable()
        let node = try node(text, in: &sources, path: "environments/parity.yaml")
        let rules = ParityRules.read(node, problems: problems)
        return try #require(rules, "\(DiagnosticRenderer(sources: sources).render(problems.all))")
    }

    /// A rule with everything that is required, plus the lines given.
    static func rule(_ path: String, _ more: String = "allow: any", name: String = "rule") -> String {
        let extra = more.split(separator: "\n").map { "    \($0)\n" }.joined()
        return "  - name: \(name)\n    path: \(path)\n    reason: because\n    owner: team\n\(extra)"
    }

    static func report(
        _ left: String,
        _ right: String,
        rules: String = "",
        names: (String, String) = ("staging", "production"),
        today: String = "2026-11-21"
    ) throws -> ParityReport {
        ParityReport(
            left: names.0,
            right: names.1,
            result: try compare(left, right),
            rules: rules.isEmpty ? .none : try self.rules("rules:\n" + rules),
            today: try #require(Timestamp(today))
        )
    }
}

/// Two documents, what differs, and whose need it is.
struct ComparisonCase: Sendable, CustomTestStringConvertible {
    let need: String
    let left: String
    let right: String
    let expected: [String]
    var reordered: [String] = []

    init(_ need: String, _ left: String, _ right: String, _ expected: [String], reordered: [String] = []) {
        self.need = need
        self.left = left
        self.right = right
        self.expected = expected
        self.reordered = reordered
    }

    var testDescription: String { need }

    func check() throws {
        let result = try ParityFixture.compare(left, right)
        #expect(result.differences.map(ParityFixture.describe) == expected)
        #expect(result.reordered.map(\.description) == reordered)
    }
}
