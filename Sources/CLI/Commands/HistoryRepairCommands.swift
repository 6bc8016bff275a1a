import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// Which runs a repairing command looks at: the one named, or all.
private struct RunSelection {
    let context: CommandContext
    let project: Project

    func runs() throws -> [String] {
        if let word = context.arguments.word(for: .checkedRun) { return [try context.run(word, in: project)] }
        do { return try project.store.identifiers() + project.store.refusedAlone() } catch {
            throw CommandFailure(error)
        }
    }
}

/// `history verify [RUN]`: every line, its checksum and its chain, and whether `run.json` says the same.
struct HistoryVerifyCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let project = try context.project()
        let runs = try RunSelection(context: context, project: project).runs()
        let found = runs.map { (run: $0, problem: problem(of: $0, project.store)) }
        let damaged = found.filter { $0.problem != nil }
        if context.isJSON {
            let nodes = found.map {
                Node.mapping([("id", .string($0.run)), ("problem", .string(orNull: $0.problem?.text))])
            }
            context.print(JSONWriter.document(.mapping([("schema", .integer(1)), ("runs", .sequence(nodes))])))
        } else {
            for (run, problem) in found {
                let word =
                    switch problem {
                    case nil: context.outputPalette.green("ok     ")
                    case .newer: context.outputPalette.yellow("NEWER  ")
                    case .damage: context.outputPalette.red("DAMAGED")
                    }
                context.print("\(word)  \(run)\(problem.map { ": \($0.text)" } ?? "")\n")
            }
            if found.isEmpty { context.tell("no runs\n") }
        }
        return damaged.isEmpty ? .done : .state
    }

    private enum Problem {
        case damage(String)
        /// Nobody knows whether it is sound but the version that wrote it.
        case newer(String)

        var text: String {
            switch self {
            case .damage(let text), .newer(let text): text
            }
        }
    }

    private func problem(of run: String, _ store: RunStore) -> Problem? {
        if let why = store.refusal(of: run) {
            return .damage(StateFailure.refused(run: run, why: why).diagnostic.message)
        }
        do throws(StateFailure) {
            let journal = try store.journal(of: run)
            let record = try store.record(journal, of: run)
            if journal.tornBytes > 0 {
                return .damage("the last line was not finished (\(Wording.bytes(journal.tornBytes)))")
            }
            return copyProblem(record, store).map(Problem.damage)
        } catch {
            let text = error.diagnostic.message
            if case .newerSchema = error { return .newer(text) }
            return .damage(text)
        }
    }

    /// `run.json` is written at the end of a run; while it is missing there is nothing to compare.
    private func copyProblem(_ record: RunRecord, _ store: RunStore) -> String? {
        let path = store.recordPath(of: record.id)
        guard let bytes = try? context.host.files.read(path, 16 << 20) else {
            return record.endedAt == nil
                ? nil : "run.json is missing: rehearse history rebuild \(record.id)"
        }
        let expected = JSONWriter.bytes(ofDocument: record.node)
        return bytes == expected
            ? nil : "run.json does not say what the journal says: rehearse history rebuild \(record.id)"
    }
}

/// `history rebuild [RUN]`: `run.json` again from the journal.
struct HistoryRebuildCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let project = try context.project()
        var failures: [Diagnostic] = []
        for run in try RunSelection(context: context, project: project).runs() {
            do throws(StateFailure) {
                try project.store.write(try project.store.record(of: run))
                context.tell("rebuilt \(run)\n")
            } catch {
                failures.append(error.diagnostic)
            }
        }
        guard failures.isEmpty else { throw CommandFailure(.state, failures) }
        return .done
    }
}

/// `history close RUN --reason WHY`: a person settles a run as it is.
struct HistoryCloseCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let project = try context.project()
        let id = try context.run(context.arguments.requiredWord(for: .run), in: project)
        do throws(StartFailure) {
            let reopening = RunReopening(project: project) { _ in }
            let reason = context.arguments.text(of: .reason) ?? ""
            let opened = try reopening.open(
                id,
                .init(
                    lockPatience: .zero, killsOrphans: context.arguments.has(.killOrphan),
                    command: "rehearse history close \(id) --reason \(ShellQuoting.quoted(reason))",
                    purpose: "close"))
            guard !opened.record.settled else {
                opened.release()
                context.tell("nothing to close: \(id) is \(opened.record.status.rawValue)\n")
                return .done
            }
            let session = try reopening.session(opened, secrets: [])
            do throws(StateFailure) {
                try session.closeByHand(reason: reason)
                let record = session.record
                try session.close()
                if context.isJSON {
                    context.print(JSONWriter.document(record.node))
                } else {
                    context.tell("closed \(id)\n")
                }
                if let problem = session.sharing?.problem {
                    return RunWatcher(context: context, project: project).tell(problem, of: record, .done)
                }
            } catch {
                throw StartFailure.state(error)
            }
        } catch {
            throw CommandFailure(error)
        }
        return .done
    }
}
