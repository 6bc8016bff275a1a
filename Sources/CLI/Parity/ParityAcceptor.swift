import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// `diff --accept PATH`: writes the rule that accepts a difference, and nothing else.
struct ParityAcceptor {
    let comparison: ParityComparison
    let project: Project
    let left: ComparedOperand
    let right: ComparedOperand
    let redact: @Sendable (String) -> String

    private var context: CommandContext { comparison.context }
    private var loader: ProjectLoader { comparison.loader }

    /// - Throws: `CommandFailure`: exit 2 when no such rule can be made, 5 when the file cannot be written.
    func accept(_ path: String, in report: ParityReport) throws -> ExitCode {
        let pattern = try ParityPathWord.pattern(path, of: .accept)
        guard let one = left.environment, let other = right.environment else {
            throw refusal("a rule is about two environments", expected: "`--accept` between environments")
        }
        let rules = loader.rules() ?? .none
        let words = try words()
        let acceptance: ParityAcceptance
        do throws(ParityAcceptance.Refusal) {
            acceptance = try ParityAcceptance(
                pattern, in: report, between: .init(left: one, right: other), words,
                taken: rules.rules.map(\.name))
        } catch {
            throw refusal(error, path, report)
        }
        if rules.rules.contains(where: { $0.name == acceptance.rule.name }) {
            throw refusal("there is a rule `\(acceptance.rule.name)` already", expected: "another `--name`")
        }
        let line = try write(acceptance, judgedLike: report)
        tell(acceptance, line: line)
        return .done
    }

    // MARK: - What a person says

    private func words() throws -> ParityAcceptance.Words {
        let arguments = context.arguments
        let missing = [FlagSpecification.acceptedReason, .acceptedOwner].filter { arguments.text(of: $0) == nil }
        guard let reason = arguments.text(of: .acceptedReason), let owner = arguments.text(of: .acceptedOwner) else {
            throw refusal(
                "`--accept` needs \(Wording.list(missing.map(\.spelling), "and"))",
                expected: "why the two may differ, and who decides about it",
                next: "--accept PATH --reason 'WHY' --owner TEAM")
        }
        let until = arguments.text(of: .acceptedUntil)
        if let until {
            guard let deadline = ParityDeadline(until) else {
                throw refusal("`--until` cannot be `\(until)`", expected: "a date such as `2027-06-30`")
            }
            guard !deadline.hasPassed(at: context.host.clock.now()) else {
                throw refusal("`--until \(until)` has passed already", expected: "a day to come")
            }
        }
        return ParityAcceptance.Words(
            name: arguments.text(of: .ruleName), reason: reason, owner: owner, until: until,
            allowsAnyValue: arguments.has(.anyValue))
    }

    private func refusal(_ refusal: ParityAcceptance.Refusal, _ path: String, _ report: ParityReport) -> CommandFailure
    {
        let wording = ParityWording(report, sources: loader.sources, redact: redact)
        let paths = { (paths: [ParityPath]) in
            paths.prefix(5).map { wording.path($0) }.joined(separator: ", ") + (paths.count > 5 ? ", …" : "")
        }
        switch refusal {
        case .accepted(let rule):
            return self.refusal(
                "`\(path)` is accepted already, by the rule `\(rule)`", expected: "a difference that is drift",
                next: "rehearse diff \(report.left) \(report.right) --explain '\(path)'")
        case .several(let found):
            return self.refusal(
                "`\(path)` means \(Wording.count(found.count, "difference")): \(paths(found))",
                expected: "one difference, or a path with `*` for several")
        case .nothing(_, let above?):
            return self.refusal(
                "`\(path)` is part of `\(wording.path(above))`, which only one of the two has",
                expected: "the path of a difference", next: "--accept '\(wording.path(above))'")
        case .nothing(let below, nil) where !below.isEmpty:
            return self.refusal(
                "nothing differs at `\(path)` itself, but below it: \(paths(below))",
                expected: "one of these, or `\(path).**` for all of them")
        case .nothing:
            return self.refusal(
                "nothing differs at `\(path)`: the rule would match nothing",
                expected: report.findings.isEmpty
                    ? "a difference between \(report.left) and \(report.right)"
                    : "the path of a difference, such as `\(wording.path(report.findings[0].difference.path))`",
                next: "rehearse diff \(report.left) \(report.right)")
        }
    }

    private func refusal(_ message: String, expected: String, next: String? = nil) -> CommandFailure {
        CommandFailure(.invalid, [Diagnostic(message, expected: expected, next: next)])
    }

    // MARK: - The file

    /// - Returns: the line of the new rule.
    private func write(_ acceptance: ParityAcceptance, judgedLike report: ParityReport) throws -> Int {
        let file = try RulesFile(project)
        guard let text = ParityRuleInsertion.text(inserting: acceptance.rule, into: file.text) else {
            throw refusal(
                "\(ProjectLoader.rulesPath) is written in a way that a rule cannot be put into",
                expected: "a list under `rules:`", next: "add it by hand: \(acceptance.rule.flow)")
        }
        try check(text, acceptance, report)
        guard try file.replace(with: text) else {
            throw refusal("\(ProjectLoader.rulesPath) was changed meanwhile", expected: "one editor at a time")
        }
        return Self.line(of: acceptance.rule.name, in: text)
    }

    /// The new rules must accept what was shown, and change no other verdict.
    private func check(_ text: String, _ acceptance: ParityAcceptance, _ report: ParityReport) throws {
        let file = SourceFile(path: ProjectLoader.rulesPath, text: text)
        var problems: [Diagnostic] = []
        let rules = Loading.document(file, id: loader.sources.add(file), problems: &problems).flatMap {
            ParityRules.read($0, problems: Problems())
        }
        guard let rules, let new = comparison.report(left, right, rules: rules) else {
            preconditionFailure("the insertion has read its own text already")
        }
        let verdicts = Dictionary(new.findings.map { ($0.difference.path, $0) }) { first, _ in first }
        for path in acceptance.paths {
            guard let finding = verdicts[path], finding.verdict == .accepted,
                finding.rule?.name == acceptance.rule.name
            else {
                let decider = verdicts[path]?.decidedBy?.name ?? "another rule"
                throw refusal(
                    "the rule `\(decider)` is more specific and would still decide about `\(path)`",
                    expected: "a change to `\(decider)`, or its removal",
                    next: "rehearse diff \(report.left) \(report.right) --explain '\(path)'")
            }
        }
        let changed = report.findings.first { old in
            !acceptance.paths.contains(old.difference.path)
                && verdicts[old.difference.path]?.verdict != old.verdict
        }
        if let changed {
            throw refusal(
                "the rule would also decide about `\(changed.difference.path)`, which is \(changed.verdict.rawValue)",
                expected: "a path that means only what is to be accepted")
        }
    }

    private static func line(of name: String, in text: String) -> Int {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return (lines.lastIndex { $0.contains(name) && $0.contains("name") } ?? 0) + 1
    }

    // MARK: - The answer

    private func tell(_ acceptance: ParityAcceptance, line: Int) {
        let rule = acceptance.rule
        guard !context.isJSON else {
            context.print(
                JSONWriter.document(
                    .mapping([
                        (key: "schema", value: .integer(1)), (key: "file", value: .string(ProjectLoader.rulesPath)),
                        (key: "line", value: .integer(line)), (key: "rule", value: .string(rule.name)),
                        (key: "accepts", value: .strings(acceptance.paths.map { redact($0.description) })),
                    ])))
            return
        }
        var text = "wrote the rule `\(rule.name)` to \(ProjectLoader.rulesPath):\(line)\n"
        for path in acceptance.paths { text += "  accepts \(Wording.visible(redact(path.description)))\n" }
        if rule.left != nil || rule.right != nil { text += "  only with the values of now; any other one is drift\n" }
        if let until = rule.until { text += "  until \(until)\n" }
        context.print(text)
    }
}

/// A path that a flag takes.
enum ParityPathWord {
    /// - Throws: `CommandFailure` with exit 2.
    static func pattern(_ text: String, of flag: FlagSpecification) throws -> PathPattern {
        do throws(PathPattern.SyntaxError) {
            return try PathPattern(text)
        } catch {
            throw CommandFailure(
                .invalid,
                [
                    Diagnostic(
                        "the path of `\(flag.spelling)` \(error.message)",
                        expected: "a path as the report shows it: keys joined by `.`, `[target=80]` for an item",
                        next: "quote it for the shell: '\(text)'")
                ])
        }
    }
}
