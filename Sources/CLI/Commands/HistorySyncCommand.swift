import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// `history sync`: what others have recorded comes here, and what is recorded here goes to them.
struct HistorySyncCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let project = try context.project()
        let places = try SharedPlaces(context: context, project: project).all()
        var results: [HistorySync.Result] = []
        var failures: [SharingFailure] = []
        for place in places {
            do throws(SharingFailure) {
                results.append(
                    try HistorySync(project: project, settings: place.settings, environments: place.environments).run())
            } catch {
                failures.append(error)
            }
        }
        let refused = project.store.refusedRuns().map { (run: $0, why: project.store.refusal(of: $0) ?? "") }
        if context.isJSON {
            context.print(JSONWriter.document(document(results, refused)))
        } else {
            for result in results { tell(result) }
        }
        let problems =
            failures.map(\.diagnostic) + refused.map { StateFailure.refused(run: $0.run, why: $0.why).diagnostic }
        guard problems.isEmpty else {
            // What is not shared is here; what is not trusted is the graver of the two.
            let codes = failures.map(\.syncExit) + (refused.isEmpty ? [] : [.state])
            throw CommandFailure(codes.contains(.state) ? .state : codes[0], problems)
        }
        return .done
    }

    private func tell(_ result: HistorySync.Result) {
        for run in result.received { context.print("received  \(ShownText.line(run))\n") }
        for run in result.sent { context.print("sent      \(ShownText.line(run))\n") }
        for environment in result.released { context.print("let go    the lock of \(environment)\n") }
        let notes = result.notesReceived + result.notesSent
        context.tell(
            "\(ShownText.line(result.remote)): \(Wording.count(result.received.count, "run")) received, "
                + "\(result.sent.count) sent\(notes == 0 ? "" : ", \(Wording.count(notes, "note"))")\n")
    }

    private func document(_ results: [HistorySync.Result], _ refused: [(run: String, why: String)]) -> Node {
        let remotes = results.map { result in
            Node.mapping([
                ("remote", .string(result.remote)), ("project", .string(orNull: result.project)),
                ("received", .strings(result.received)), ("sent", .strings(result.sent)),
                ("notes_received", .integer(result.notesReceived)), ("notes_sent", .integer(result.notesSent)),
                ("released", .strings(result.released)),
            ])
        }
        let kept = refused.map { Node.mapping([("id", .string($0.run)), ("why", .string($0.why))]) }
        return .mapping([("schema", .integer(1)), ("remotes", .sequence(remotes)), ("refused", .sequence(kept))])
    }
}

/// The places where a project's environments are shared.
struct SharedPlaces {
    let context: CommandContext
    let project: Project

    /// - Throws: `CommandFailure` when there is none.
    func all() throws -> [(settings: SharedHistory, environments: [String])] {
        let places = project.sharedHistories
        guard !places.isEmpty else {
            throw CommandFailure(
                .invalid,
                [
                    Diagnostic(
                        "no environment shares its history", expected: "`history: {remote: NAME}` in an environment",
                        next: "add it to environments/NAME.yaml, then: rehearse check")
                ])
        }
        return places
    }
}

extension SharingFailure {
    /// Where a run or anything like it could not begin.
    package var exit: ExitCode {
        switch self {
        case .unknownRemote, .refusedAddress, .credentials, .unreachable, .rejected, .crowded, .unsigned: .invalid
        case .repository, .malformed: .state
        case .lockLost: .undecided
        case .locked: .locked
        case .state(let failure): failure.exit
        case .stopped(let signal): .signal(signal)
        }
    }

    /// Where all is recorded here, and only the sharing failed.
    var syncExit: ExitCode {
        switch self {
        case .unreachable, .rejected, .crowded: .notShared
        default: exit
        }
    }
}
