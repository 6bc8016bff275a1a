import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// `history`: the runs, newest first.
struct HistoryCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let project = try context.project()
        let (records, damaged) = try selected(project)
        if context.isJSON {
            context.print(JSONWriter.document(HistoryJSON.document(records)))
        } else if records.isEmpty {
            context.tell("no runs\n")
        } else {
            context.print(
                HistoryText.text(
                    records, palette: context.outputPalette, width: context.width, cores: context.host.cores
                ) { run in
                    // It was read a moment ago.
                    try? project.store.listed(run)
                })
        }
        // Of a run that is here too, both are kept, and what is shown is this one.
        let untrusted =
            damaged
            + project.store.refusedRuns().map { run in
                StateFailure.refused(run: run, why: project.store.refusal(of: run) ?? "")
            }
        // One bad record must not hide the others, nor go unnoticed.
        for failure in untrusted {
            context.host.console.writeError(
                DiagnosticRenderer(sources: SourceTable(), palette: context.errorPalette).render(failure.diagnostic))
        }
        return untrusted.isEmpty ? .done : .state
    }

    private func selected(_ project: Project) throws -> ([HistoryEntry], damaged: [StateFailure]) {
        let arguments = context.arguments
        let limit = arguments.number(of: .limit) ?? .max
        let environment = arguments.text(of: .environment)
        let runbook = arguments.text(of: .runbookFilter)
        let status = arguments.text(of: .status)
        let since = arguments.moment(of: .since)?.timestamp(now: context.host.clock.now()).description
        let store = project.store
        let known = store.listedEntries()
        var records: [HistoryEntry] = []
        var damaged: [StateFailure] = []
        let runs: [String]
        do { runs = try store.identifiers() } catch { throw CommandFailure(error) }
        // So many at a time are worth all cores, and no more are asked about than a short list needs.
        let portion = min(max(limit, 20), max(1, runs.count))
        for start in stride(from: 0, to: runs.count, by: portion) where records.count < limit {
            for found in store.entries(runs[start..<min(start + portion, runs.count)], known)
            where records.count < limit {
                do throws(StateFailure) {
                    let record = try found.get()
                    guard environment.map({ $0 == record.environment }) ?? true,
                        runbook.map({ $0 == record.runbook }) ?? true,
                        status.map({ $0 == record.status.rawValue }) ?? true,
                        since.map({ $0 <= record.startedAt }) ?? true
                    else { continue }
                    records.append(record)
                } catch {
                    damaged.append(error)
                }
            }
        }
        return (records, damaged)
    }
}

/// `history show RUN`
struct HistoryShowCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let project = try context.project()
        let shown = try context.shownRun(
            try context.run(context.arguments.requiredWord(for: .run), in: project), in: project)
        let record = shown.record
        if context.arguments.has(.certificate) { return try showCertificate(record, project) }
        if context.isJSON {
            // Keys that this version does not know are kept.
            context.print(
                shown.caveat == nil
                    ? JSONWriter.document(record.node) : String(decoding: shown.document, as: UTF8.self))
        } else {
            context.print(RunText.text(record, palette: context.outputPalette, width: context.width))
        }
        return .done
    }
}

extension HistoryShowCommand {
    /// One JSON document, whatever the format.
    private func showCertificate(_ record: RunRecord, _ project: Project) throws -> ExitCode {
        guard let certificate = CertificateReading(context: context, project: project).certificate(record) else {
            throw CommandFailure(
                .invalid,
                [
                    Diagnostic(
                        "\(record.id) is no rehearsal and has no certificate", expected: "a run with `--rehearsal`",
                        next: "rehearse history")
                ])
        }
        context.print(JSONWriter.document(NodeEncoder.encode(certificate)))
        return .done
    }
}

/// `notes RUN`: the final notes as Markdown.
struct NotesCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let project = try context.project()
        let record = try context.shownRun(
            try context.run(context.arguments.requiredWord(for: .run), in: project), in: project
        ).record
        if context.isJSON {
            let notes = NotesMarkdown.text(record)
            context.print(
                JSONWriter.document(
                    .mapping([
                        ("schema", .integer(1)), ("run", .string(record.id)),
                        ("reason", .string(orNull: record.reason)),
                        ("changes", .strings(record.changes)), ("files_touched", .strings(record.filesTouched)),
                        ("markdown", .string(notes)),
                    ])))
        } else {
            context.print(NotesMarkdown.text(record))
        }
        return .done
    }
}
