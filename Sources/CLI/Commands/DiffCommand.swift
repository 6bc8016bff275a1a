import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// `diff LEFT RIGHT`: two environments at any time, or two files.
struct DiffCommand {
    let context: CommandContext

    private var arguments: ParsedArguments { context.arguments }

    func run() throws -> ExitCode {
        let project = Project.find(from: context.start, host: context.host)
        let loader = ProjectLoader(project ?? Project(root: context.start, host: context.host))
        try checkFlags()
        let words = (left: arguments.requiredWord(for: .left), right: arguments.requiredWord(for: .right))
        let comparison = ParityComparison(
            context: context, loader: loader,
            options: ComparisonOptions(identifyBy: arguments.texts(of: .identifyBy)), today: try today())
        let operands = OperandReader(context: context, project: project, loader: loader)
        var (left, right) = try operands.read(words.left, words.right)
        var mask = SecretMask.none
        if arguments.has(.secretDigests), let project {
            let secrets = SecretComparison(context: context, project: project, problems: loader.problems)
            left = left.flatMap(secrets.withDigests)
            right = right.flatMap(secrets.withDigests)
            mask = secrets.mask
        }
        var report: ParityReport?
        if let left, let right {
            report = comparison.report(left, right)
            if let revision = arguments.text(of: .sinceRevision), let project {
                let since = SinceComparison(comparison: comparison, project: project, revision: revision)
                report = report.flatMap {
                    since.report($0, .init(word: words.left, operand: left), .init(word: words.right, operand: right))
                }
            }
        }
        context.warn(loader.problems.all, sources: loader.sources)
        guard let left, let right, let report, !loader.problems.hasErrors else {
            throw CommandFailure(
                .invalid, loader.problems.all.filter { $0.severity == .error }, sources: loader.sources)
        }
        let redact: @Sendable (String) -> String = { [mask] in mask.mask($0) }
        if let path = arguments.text(of: .accept), let project {
            return try ParityAcceptor(
                comparison: comparison, project: project, left: left, right: right, redact: redact
            ).accept(path, in: report)
        }
        if let path = arguments.text(of: .explainDifference) { return try explain(path, report, loader, redact) }
        try ParityDelivery(
            context: context, report: report, sources: loader.sources, redact: redact,
            gitHub: ParityGitHub(context: context, project: project, since: arguments.text(of: .sinceRevision))
        ).deliver()
        return report.holds ? .done : .no
    }

    // MARK: - Flags

    private static let onlyWithAccept: [FlagSpecification] = [
        .acceptedReason, .acceptedOwner, .acceptedUntil, .ruleName, .anyValue,
    ]

    /// - Throws: `CommandFailure` with exit 2 for flags that mean nothing together.
    private func checkFlags() throws {
        var problems: [Diagnostic] = []
        if !arguments.has(.accept) {
            problems += Self.onlyWithAccept.filter(arguments.has).map {
                Diagnostic("`\($0.spelling)` only goes with `--accept`", expected: "`--accept PATH` beside it")
            }
        }
        let isAnswer = arguments.has(.accept) || arguments.has(.explainDifference)
        if isAnswer, ![DiffFormat.text.rawValue, DiffFormat.json.rawValue].contains(context.globals.format) {
            problems.append(
                Diagnostic(
                    "`--format \(context.globals.format)` is not for this answer", expected: "`text` or `json`"))
        }
        if arguments.requiredWord(for: .left) == "-", arguments.requiredWord(for: .right) == "-" {
            problems.append(
                Diagnostic("standard input can be read once only", expected: "`-` on one side, a file on the other"))
        }
        let needsProject = [FlagSpecification.sinceRevision, .accept, .secretDigests].filter(arguments.has)
        if !needsProject.isEmpty, Project.find(from: context.start, host: context.host) == nil {
            problems.append(context.noProject)
        }
        guard problems.isEmpty else { throw CommandFailure(.invalid, problems) }
    }

    /// The day of `--as-of`, which is never before today: acceptances can be seen to end, not be brought back.
    private func today() throws -> Timestamp? {
        guard let text = arguments.text(of: .asOf) else { return nil }
        let now = context.host.clock.now()
        guard let instant = Timestamp(text), let end = ParityDeadline(text) else {
            throw CommandFailure(
                .invalid, [Diagnostic("`--as-of` cannot be `\(text)`", expected: "a date such as `2027-06-30`")])
        }
        guard !end.hasPassed(at: now) else {
            throw CommandFailure(
                .invalid, [Diagnostic("`--as-of \(text)` has passed", expected: "today or a later day")])
        }
        return max(now, instant)
    }

    // MARK: - Explaining

    private func explain(
        _ path: String, _ report: ParityReport, _ loader: ProjectLoader,
        _ redact: @escaping @Sendable (String) -> String
    ) throws -> ExitCode {
        let pattern = try ParityPathWord.pattern(path, of: .explainDifference)
        let explanation = ParityExplanation(pattern, in: report, rules: loader.rules() ?? .none)
        if context.isJSON {
            context.print(
                JSONWriter.document(
                    ParityExplanationJSON.document(explanation, sources: loader.sources, redact: redact)))
        } else {
            context.print(
                ParityExplanationText.render(
                    explanation, sources: loader.sources, palette: context.outputPalette, width: context.width,
                    redact: redact))
        }
        return explanation.holds ? .done : .no
    }
}
