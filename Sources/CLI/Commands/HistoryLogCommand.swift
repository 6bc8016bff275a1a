import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// `history log RUN [STEP]`: what the steps printed, secrets hidden when it was written.
struct HistoryLogCommand {
    let context: CommandContext

    private static let largestLog = 64 << 20

    func run() throws -> ExitCode {
        let project = try context.project()
        let id = try context.run(context.arguments.requiredWord(for: .run), in: project)
        let record = try context.shownRun(id, in: project).record
        let wanted = context.arguments.word(for: .loggedStep)
        let steps = record.steps.filter { wanted == nil || $0.id == wanted }
        guard !steps.isEmpty else {
            let names = record.steps.map(\.id)
            throw CommandFailure(
                .invalid,
                [
                    Diagnostic(
                        "\(id) has no step `\(wanted ?? "")`", label: Wording.didYouMean(wanted ?? "", names),
                        expected: "one of \(Wording.list(names))")
                ])
        }
        let logs = try files(of: steps, in: project.store.path(of: id))
        if context.isJSON {
            let nodes = logs.map {
                Node.mapping([("step", .string($0.step)), ("path", .string($0.path)), ("text", .string($0.text))])
            }
            context.print(
                JSONWriter.document(
                    .mapping([("schema", .integer(1)), ("run", .string(id)), ("logs", .sequence(nodes))])))
            return .done
        }
        if logs.isEmpty { context.tell("no step of \(id) has printed anything\n") }
        for log in logs {
            if logs.count > 1 { context.print(context.outputPalette.bold("== \(log.step): \(log.path)\n")) }
            // A terminal obeys what a step printed; a file or a pipe gets the bytes as they are.
            context.print(context.host.console.isOutputTerminal ? Wording.visible(log.text) : log.text)
            if !log.text.hasSuffix("\n"), !log.text.isEmpty { context.print("\n") }
        }
        return .done
    }

    private struct Log {
        let step: String
        let path: String
        let text: String
    }

    /// Every attempt's log and every undo's, by the names that runs give them.
    private func files(of steps: [StepRecord], in folder: String) throws -> [Log] {
        let names: [String]
        do {
            names = try context.host.files.list("\(folder)/steps").filter { $0.hasSuffix(".log") }
        } catch {
            throw CommandFailure(StateFailure.file(error))
        }
        return try steps.flatMap { step in
            try names.filter { Self.step(of: $0) == step.id }.map { name in
                do {
                    let bytes = try context.host.files.read("\(folder)/steps/\(name)", Self.largestLog)
                    return Log(step: step.id, path: "steps/\(name)", text: String(decoding: bytes, as: UTF8.self))
                } catch let error as FileFailure {
                    throw CommandFailure(StateFailure.file(error))
                }
            }
        }
    }

    /// `01-lint.log`, `01-lint.2.log`, `01-lint.rollback.log`, `01-lint.rollback.2.log` are all of `lint`.
    static func step(of name: String) -> String? {
        guard let dash = name.firstIndex(of: "-") else { return nil }
        var parts = name[name.index(after: dash)...].split(separator: ".", omittingEmptySubsequences: false).dropLast()
        if parts.count > 1, let last = parts.last, !last.isEmpty, last.allSatisfy(\.isNumber) {
            parts = parts.dropLast()
        }
        if parts.count > 1, parts.last == "rollback" { parts = parts.dropLast() }
        return parts.joined(separator: ".")
    }
}
