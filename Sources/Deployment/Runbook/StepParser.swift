import Diagnostics
import YAML

/// Reads one step; every problem goes to `problems`.
struct StepParser {
    let problems: Problems
    let inputs: Set<String>

    static let actions =
        ["run"] + CheckKind.allCases.map(\.rawValue) + ["parity", "render", "tag", "approve", "runbook", "parallel"]
    static let keys =
        [
            "id", "name", "owner", "expect", "verify", "capture", "rollback", "timeout", "grace", "retry", "env", "dir",
            "secrets", "when", "skip_if", "idempotent", "always",
        ] + actions

    func step(_ node: Node) -> Step? {
        guard let fields = Fields(node, of: "step", known: Self.keys, problems: problems) else { return nil }
        let id = identifier(fields)
        let name = fields.requiredString("name", expected: "what the step does, for people")
        let owner = fields.requiredString("owner", expected: "who looks after this step")
        let expectation = fields.required("expect", expected: "a sentence that says how success looks")
            .flatMap { self.expectation($0, fields) }
        let action = self.action(fields)
        let rollback = self.rollback(fields, action: action)
        let timeout = positiveDuration(fields, "timeout")
        let grace = fields.duration("grace")?.value
        let condition = self.condition(fields)
        let step = id.flatMap { id in
            action.map { action in
                Step(
                    id: id.value, name: name?.value ?? "", owner: owner?.value ?? "", action: action,
                    expectation: expectation ?? Expectation(says: ""),
                    verify: script(fields, "verify"), captures: captures(fields), rollback: rollback ?? nil,
                    timeout: timeout ?? Step.defaultTimeout, grace: grace ?? Step.defaultGrace, retry: retry(fields),
                    environment: environment(fields), directory: directory(fields), secrets: secrets(fields),
                    condition: condition, skipIf: script(fields, "skip_if"),
                    isIdempotent: fields.boolean("idempotent")?.value ?? false,
                    runsAlways: fields.boolean("always")?.value ?? false, range: id.range)
            }
        }
        return step
    }

    private func identifier(_ fields: Fields) -> Located<StepID>? {
        guard let text = fields.requiredString("id", expected: "a short name, unique in the runbook") else {
            return nil
        }
        guard let id = StepID(text.value) else {
            problems.error("`\(text.value)` cannot be a step's `id`", at: text.range, expected: EnvironmentName.rule)
            return nil
        }
        return Located(id, text.range)
    }

    private func script(_ fields: Fields, _ key: String) -> Script? {
        fields.node(key).flatMap { Script.read($0, key, fields: fields) }
    }

    private func positiveDuration(_ fields: Fields, _ key: String) -> Duration? {
        guard let duration = fields.duration(key) else { return nil }
        guard duration.value > .zero else {
            problems.error("`\(key)` is no time at all", at: duration.range, expected: "more than 0")
            return nil
        }
        return duration.value
    }

    // MARK: - Action

    private func action(_ fields: Fields) -> Action? {
        let present = Self.actions.filter(fields.contains)
        guard present.count == 1, let kind = present.first else {
            if present.count > 1 {
                problems.error(
                    "a step with \(Wording.count(present.count, "action")): \(Wording.list(present, "and"))",
                    at: fields.keyRange(present[1]), expected: "exactly one action", next: "make two steps of it")
            } else {
                problems.error(
                    "a step without an action", at: fields.beginning,
                    expected: "one of \(Self.actions.joined(separator: ", "))")
            }
            return nil
        }
        guard let node = fields.node(kind) else { return nil }
        let actions = BuiltInActionParser(problems: problems)
        if let check = CheckKind(rawValue: kind) { return actions.check(check, node) }
        switch kind {
        case "run": return Script.read(node, "run", fields: fields).map { .run($0) }
        case "parity": return actions.parity(node, fields).map { .parity($0) }
        case "render": return actions.render(node).map { .render($0) }
        case "tag": return actions.tag(node).map { .tag($0) }
        case "approve": return actions.approval(node, fields).map { .approve($0) }
        case "parallel": return group(fields).map { .parallel($0) }
        default: return fields.string(node, "runbook").map { .runbook(RunbookCall(name: $0)) }
        }
    }

    // MARK: - Expectation and rollback

    private func expectation(_ node: Node, _ fields: Fields) -> Expectation? {
        if node.mapping == nil { return fields.string(node, "expect").map { Expectation(says: $0.value) } }
        let keys = ["says", "exit", "stdout", "stderr", "within"]
        guard let inner = Fields(node, of: "expectation", known: keys, problems: problems) else { return nil }
        for key in ["stdout", "stderr"] {
            if let pattern = inner.string(key), !Pattern.isValid(pattern.value) {
                problems.error(
                    "`\(key)` is not a regular expression", at: pattern.range, expected: "a regular expression")
            }
        }
        guard let says = inner.requiredString("says", expected: "a sentence that says how success looks") else {
            return nil
        }
        return Expectation(
            says: says.value, exit: Int32(inner.integer("exit", in: 0...255)?.value ?? 0),
            standardOutput: inner.string("stdout")?.value, standardError: inner.string("stderr")?.value,
            within: positiveDuration(inner, "within"))
    }

    /// The outer `nil` means that something was wrong; the inner one that the action undoes itself.
    private func rollback(_ fields: Fields, action: Action?) -> RollbackDeclaration?? {
        guard let node = fields.node("rollback") else {
            guard let action, !action.isReversibleByItself else { return .some(nil) }
            problems.error(
                "the step has no `rollback`", at: fields.beginning,
                expected: "a command, `{none: WHY}` if it changes nothing, or `{irreversible: WHY}`",
                next: "say how this step is undone, while you know it")
            return nil
        }
        if node.mapping == nil {
            return Script.read(node, "rollback", fields: fields).map { .command($0, timeout: nil, verify: nil) }
        }
        let keys = ["run", "timeout", "verify", "none", "irreversible"]
        guard let inner = Fields(node, of: "rollback", known: keys, problems: problems) else { return nil }
        let kinds = ["run", "none", "irreversible"].filter(inner.contains)
        guard kinds.count == 1 else {
            problems.error(
                kinds.isEmpty ? "the rollback says nothing" : "a rollback with \(Wording.list(kinds, "and"))",
                at: inner.beginning, expected: "one of `run`, `none` or `irreversible`")
            return nil
        }
        switch kinds[0] {
        case "none": return inner.string("none").map { .nothing($0.value) }
        case "irreversible": return inner.string("irreversible").map { .irreversible($0.value) }
        default:
            let timeout = positiveDuration(inner, "timeout")
            let verify = script(inner, "verify")
            return script(inner, "run").map { .command($0, timeout: timeout, verify: verify) }
        }
    }

    // MARK: - The rest

    private func captures(_ fields: Fields) -> [Step.Capture] {
        (fields.map("capture")?.entries ?? []).compactMap { entry in
            guard isFree(entry.key, at: entry.keyRange) else { return nil }
            return Script.read(entry.value, entry.key, fields: fields).map {
                Step.Capture(name: entry.key, command: $0)
            }
        }
    }

    private func isFree(_ name: String, at range: SourceRange) -> Bool {
        guard VariableName.isValid(name), !VariableName.isReserved(name) else {
            problems.error("`\(name)` cannot be a variable's name", at: range, expected: VariableName.rule)
            return false
        }
        return true
    }

    private func environment(_ fields: Fields) -> [String: String] {
        var result: [String: String] = [:]
        for entry in fields.map("env")?.entries ?? [] where isFree(entry.key, at: entry.keyRange) {
            guard let text = entry.value.spelling else {
                problems.error(
                    "the variable `\(entry.key)` is \(entry.value.kindName)", at: entry.value.range,
                    expected: "a string, a number or a boolean")
                continue
            }
            result[entry.key] = text
        }
        return result
    }

    private func directory(_ fields: Fields) -> String? {
        guard let directory = fields.string("dir") else { return nil }
        if directory.value.hasPrefix("/") || directory.value.split(separator: "/").contains("..") {
            problems.error("`dir` is outside the project", at: directory.range, expected: "a folder below the project")
            return nil
        }
        return directory.value
    }

    private func secrets(_ fields: Fields) -> [String] {
        let names = fields.strings("secrets") ?? []
        for name in names where !VariableName.isValid(name.value) {
            problems.error("`\(name.value)` cannot be a secret's name", at: name.range, expected: VariableName.rule)
        }
        return names.map(\.value)
    }

    private func retry(_ fields: Fields) -> Retry {
        guard let node = fields.node("retry"),
            let inner = Fields(node, of: "retry", known: ["times", "delay", "backoff", "on"], problems: problems)
        else { return .never }
        let backoff = inner.node("backoff").flatMap { node -> Double? in
            guard let factor = node.scalar?.number, (1...10).contains(factor) else {
                inner.wrongType(node, "backoff", "a number from 1 to 10")
                return nil
            }
            return factor
        }
        guard inner.required("times", expected: "how often it is tried again") != nil,
            let times = inner.integer("times", in: 1...100)
        else { return .never }
        return Retry(
            times: times.value, delay: inner.duration("delay")?.value ?? .seconds(1), backoff: backoff ?? 1,
            on: inner.list("on")?.compactMap { occasion($0) })
    }

    private static let signals: Set<String> = [
        "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1",
        "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGXCPU", "SIGXFSZ", "SIGSYS",
    ]

    private func occasion(_ node: Node) -> String? {
        if let code = node.integer, (0...255).contains(code) { return String(code) }
        if let text = node.string, text == "timeout" || Self.signals.contains(text) { return text }
        problems.error(
            "`\(node.spelling ?? node.kindName)` is nothing to try again after", at: node.range,
            label: Wording.didYouMean(node.string ?? "", Self.signals.sorted() + ["timeout"]),
            expected: "an exit code from 0 to 255, a signal such as `SIGKILL`, or `timeout`")
        return nil
    }

    private func condition(_ fields: Fields) -> Condition? {
        guard let node = fields.node("when"),
            let inner = Fields(node, of: "condition", known: ["environment", "input", "ci"], problems: problems)
        else { return nil }
        var wanted: [String: String] = [:]
        for entry in inner.map("input")?.entries ?? [] {
            if !inputs.contains(entry.key) {
                problems.error(
                    "the runbook has no input `\(entry.key)`", at: entry.keyRange,
                    label: Wording.didYouMean(entry.key, inputs.sorted()), expected: "an input declared under `inputs`")
            }
            guard let text = entry.value.spelling else {
                inner.wrongType(entry.value, entry.key, "a string or a number")
                continue
            }
            wanted[entry.key] = text
        }
        return Condition(
            environments: inner.strings("environment")?.map(\.value), inputs: wanted, ci: inner.boolean("ci")?.value)
    }
}
