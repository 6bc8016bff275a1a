package import Diagnostics
import YAML

/// Reads `runbooks/NAME.yaml`.
package struct RunbookReader {
    private let reader: SourceReader
    private let problems: Problems

    package init(reader: SourceReader, problems: Problems) {
        self.reader = reader
        self.problems = problems
    }

    package static let keys = ["runbook", "description", "owner", "inputs", "fingerprint", "steps"]

    /// - Returns: `nil` when there are errors; they are in `problems`, warnings too.
    package func read(_ name: String, namedAt range: SourceRange = .none, sources: inout SourceTable) -> Runbook? {
        let path = Runbook.path(of: name)
        let bytes: [UInt8]
        do {
            bytes = try reader.bytes(path)
        } catch {
            problems.error("\(path) \(error.wording)", at: range, expected: "a file there")
            return nil
        }
        let file = SourceFile(path: path, bytes: bytes)
        let id = sources.add(file)
        var found: [Diagnostic] = []
        let node = Loading.document(file, id: id, problems: &found)
        problems.add(found)
        guard let node else {
            if !found.hasErrors {
                let start = SourcePosition(line: 1, column: 1)
                problems.error(
                    "\(path) is empty", at: SourceRange(file: id, start: start, end: start),
                    expected: "a runbook, beginning with `runbook:`")
            }
            return nil
        }
        let countBefore = problems.all.count
        let runbook = self.runbook(node, name: name, path: path)
        return problems.all.dropFirst(countBefore).contains { $0.severity == .error } ? nil : runbook
    }

    private func runbook(_ node: Node, name: String, path: String) -> Runbook? {
        guard let fields = Fields(node, of: "runbook", known: Self.keys, problems: problems) else { return nil }
        LiteralSecrets.report(in: node, to: problems)
        let expected = "`runbook: \(name)`, as the file is called"
        if let written = fields.requiredString("runbook", expected: expected), written.value != name {
            problems.error("this file is not `\(written.value)`'s", at: written.range, expected: expected)
        }
        let owner = fields.requiredString("owner", expected: "who looks after this runbook")
        let inputs = self.inputs(fields)
        let steps = self.steps(fields, inputs: inputs)
        guard let owner, let steps else { return nil }
        return Runbook(
            name: name, path: path, description: fields.string("description")?.value, owner: owner.value,
            inputs: inputs,
            fingerprint: fingerprint(fields), steps: steps)
    }

    private func inputs(_ fields: Fields) -> [InputDeclaration] {
        (fields.map("inputs")?.entries ?? []).compactMap { entry in
            guard VariableName.isValid(entry.key), !VariableName.isReserved(entry.key) else {
                problems.error(
                    "`\(entry.key)` cannot be an input's name", at: entry.keyRange, expected: VariableName.rule)
                return nil
            }
            let node = entry.value.isNull ? Node(.mapping(Mapping()), range: entry.keyRange) : entry.value
            guard
                let input = Fields(
                    node, of: "input", known: ["description", "pattern", "required", "default"], problems: problems)
            else { return nil }
            let pattern = input.string("pattern")
            if let pattern, !Pattern.isValid(pattern.value) {
                problems.error(
                    "`pattern` is not a regular expression", at: pattern.range, expected: #"one such as `\d+\.\d+`"#)
            }
            let initial = input.node("default").flatMap { node -> String? in
                if node.spelling == nil { input.wrongType(node, "default", "a string or a number") }
                return node.spelling
            }
            if let initial, let pattern, Pattern.isValid(pattern.value), !Pattern.matchesWhole(initial, pattern.value) {
                problems.error(
                    "the default `\(initial)` does not match the input's own pattern",
                    at: input.node("default")?.range ?? .none,
                    expected: "a value that matches `\(pattern.value)`")
            }
            return InputDeclaration(
                name: entry.key, description: input.string("description")?.value, pattern: pattern?.value,
                isRequired: input.boolean("required")?.value ?? false, defaultValue: initial, range: entry.keyRange)
        }
    }

    private func fingerprint(_ fields: Fields) -> [Runbook.Probe] {
        (fields.map("fingerprint")?.entries ?? []).compactMap { entry in
            Script.read(entry.value, entry.key, fields: fields).map { Runbook.Probe(name: entry.key, command: $0) }
        }
    }

    private func steps(_ fields: Fields, inputs: [InputDeclaration]) -> [Step]? {
        guard fields.required("steps", expected: "a list of steps") != nil, let items = fields.list("steps") else {
            return nil
        }
        if items.isEmpty {
            problems.error("`steps` is empty", at: fields.keyRange("steps"), expected: "at least one step")
            return nil
        }
        var seen: [StepID: SourceRange] = [:]
        var steps: [Step] = []
        for item in items {
            guard let step = StepParser(problems: problems, inputs: Set(inputs.map(\.name))).step(item) else {
                continue
            }
            if let first = seen[step.id] {
                problems.error(
                    "there are two steps called `\(step.id)`", at: step.range,
                    related: [.init(range: first, label: "first here")],
                    expected: "each `id` once")
            }
            seen[step.id] = step.range
            steps.append(step)
        }
        PointOfNoReturn.check(steps, problems: problems)
        return steps
    }
}
