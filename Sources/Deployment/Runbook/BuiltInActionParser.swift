import Diagnostics
import YAML

/// Reads the settings of the actions that rehearse brings along.
struct BuiltInActionParser {
    let problems: Problems

    func parity(_ node: Node, _ step: Fields) -> ParityCheck? {
        if node.mapping == nil {
            return step.string(node, "parity").map { ParityCheck(left: nil, right: $0) }
        }
        guard let fields = Fields(node, of: "parity check", known: ["left", "right", "with"], problems: problems) else {
            return nil
        }
        if let other = fields.string("with") {
            if fields.contains("left") || fields.contains("right") {
                problems.error(
                    "`with` stands beside `left` or `right`", at: fields.keyRange("with"),
                    expected: "`with: ENV` for the run's own environment against another one, or `left` and `right`")
            }
            return ParityCheck(left: nil, right: other)
        }
        let left = fields.string("left")
        guard let right = fields.requiredString("right", expected: "the environment to compare with") else {
            return nil
        }
        return ParityCheck(left: left, right: right)
    }

    func render(_ node: Node) -> RenderOutput? {
        if node.isNull || node.boolean == true { return RenderOutput(output: nil) }
        guard let fields = Fields(node, of: "render setting", known: ["output"], problems: problems) else { return nil }
        let output = fields.string("output")
        if let output, output.value.hasPrefix("/") || output.value.split(separator: "/").contains("..") {
            problems.error("`output` is outside the project", at: output.range, expected: "a path below the project")
            return nil
        }
        return RenderOutput(output: output)
    }

    func tag(_ node: Node) -> TagRelease? {
        guard
            let fields = Fields(
                node, of: "tag setting", known: ["name", "message", "push", "sign"], problems: problems),
            let name = fields.requiredString("name", expected: "the tag's name, such as `v${VERSION}`")
        else { return nil }
        let message: TagRelease.Message =
            switch fields.string("message") {
            case let text? where text.value != "notes": .text(text)
            default: .notes
            }
        let push = fields.string("push")
        if let push, push.value.hasPrefix("-") || push.value.contains(":") || push.value.contains("/") {
            problems.error(
                "`push` cannot be `\(push.value)`", at: push.range,
                expected: "the name of a git remote, such as `origin`")
            return nil
        }
        return TagRelease(
            name: name, message: message, push: push?.value, isSigned: fields.boolean("sign")?.value ?? false)
    }

    /// What can be told of a check before its variables are known.
    func check(_ kind: CheckKind, _ node: Node) -> Action? {
        let errors = problems.all.count
        let reader = CheckReader(problems: problems, isResolved: false)
        if kind == .cache { reader.checkCacheStep(node) } else { _ = reader.check(kind, node) }
        return problems.all.dropFirst(errors).contains { $0.severity == .error }
            ? nil : .check(kind, CheckSettings(node))
    }

    func approval(_ node: Node, _ step: Fields) -> Approval? {
        if node.mapping == nil { return step.string(node, "approve").map { Approval(question: $0) } }
        guard let fields = Fields(node, of: "approval", known: ["question"], problems: problems) else { return nil }
        return fields.requiredString("question", expected: "what is asked").map { Approval(question: $0) }
    }
}
