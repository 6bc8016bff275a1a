import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// `ack ENV --cause WHY`: says why the last rollback was needed, so that the gate may open again.
struct AcknowledgeCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let writing = try NoteWriting(context: context)
        let name = writing.environment
        let acknowledgements = Acknowledgements(project: writing.project)
        let run: String?
        do throws(StateFailure) { run = try acknowledgements.lastRolledBack(on: name) } catch {
            throw CommandFailure(error)
        }
        guard let run else {
            throw CommandFailure(
                .invalid,
                [
                    Diagnostic(
                        "there is nothing to acknowledge: nothing was rolled back on `\(name)` since the last success",
                        expected: "a run that was rolled back", next: "rehearse history -e \(name)")
                ])
        }
        if let earlier = acknowledgements.note(of: run, on: name) {
            return try writing.report(
                earlier, "\(run) is acknowledged already, by \(earlier.by?.user ?? ""): \(earlier.reason ?? "")")
        }
        let cause = context.arguments.text(of: .cause) ?? ""
        let note = try writing.add(Note.acknowledgement, ("run", run), reason: cause)
        return try writing.report(note, "acknowledged \(run): \(cause)")
    }
}

/// `approve ENV --commit SHA`: this commit may go there.
struct ApproveCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let writing = try NoteWriting(context: context)
        let name = writing.environment
        let commit = try commit(writing.project)
        let approvals = ApprovalNotes(project: writing.project, environment: name)
        let wanted = writing.manifest.gate.approvals
        let of = wanted.map { " of \($0)" } ?? ""
        let user = context.host.surroundings.userName
        if let mine = approvals.notes(approving: commit).first(where: { $0.by?.user == user }) {
            let count = approvals.people(approving: commit).count
            return try writing.report(
                mine,
                "\(commit.prefix(12)) is approved by \(user) already, and counts once: \(count)\(of) for \(name)")
        }
        let note = try writing.add(Note.approval, ("commit", commit), reason: context.arguments.text(of: .reason))
        let count = approvals.people(approving: commit).count
        let asks = wanted == nil ? "; its gate asks for no approvals" : ""
        return try writing.report(note, "approved \(commit.prefix(12)) for \(name): \(count)\(of)\(asks)")
    }

    private func commit(_ project: Project) throws -> String {
        let word = context.arguments.text(of: .commit) ?? ""
        let repository = GitRepository(
            directory: project.root, host: context.host, environment: context.host.surroundings.variables)
        do throws(GitFailure) {
            if let commit = try repository.commit(named: word) { return commit }
        } catch {
            throw CommandFailure(.invalid, [error.diagnostic])
        }
        throw CommandFailure(
            .invalid,
            [
                Diagnostic(
                    "there is no commit `\(word)`", expected: "a commit of this repository", next: "git log --oneline")
            ])
    }
}

/// Makes notes of what a person says of an environment, and tells what was noted.
struct NoteWriting {
    let context: CommandContext
    let project: Project
    let manifest: EnvironmentManifest

    var environment: String { manifest.name.text }

    /// - Throws: `CommandFailure` when the environment is not valid.
    init(context: CommandContext) throws {
        self.context = context
        project = try context.project()
        let loader = ProjectLoader(project)
        guard let manifest = loader.environment(context.arguments.requiredWord(for: .gatedEnvironment)) else {
            throw CommandFailure(
                .invalid, loader.problems.all.filter { $0.severity == .error }, sources: loader.sources)
        }
        self.manifest = manifest
        guard let history = manifest.history else { return }
        do throws(SharingFailure) { try project.fetchShared(history) } catch {
            // What is said is recorded here all the same, and sent when the remote is there again.
            context.tell("note: judged by what is recorded here: \(ShownText.line(error.diagnostic.message))\n")
        }
    }

    /// - Parameter subject: the key and value of what is noted.
    func add(_ kind: String, _ subject: (key: String, value: String), reason: String?) throws -> Note {
        var fields: [(key: String, value: Node)] = [
            ("environment", .string(environment)), (subject.key, .string(subject.value)),
        ]
        if let reason { fields.append(("reason", .string(reason))) }
        do { return try project.notes.append(kind, fields) } catch { throw CommandFailure(error) }
    }

    /// - Throws: `CommandFailure` with exit 6 when the note is here and the history remote does not have it.
    func report(_ note: Note, _ words: String) throws -> ExitCode {
        if context.isJSON {
            context.print(JSONWriter.document(note.document))
        } else {
            context.tell(ShownText.line(words) + "\n")
        }
        guard let history = manifest.history else { return .done }
        let sync = HistorySync(project: project, settings: history, environments: [environment])
        do throws(SharingFailure) { _ = try sync.run(everything: false) } catch {
            throw CommandFailure(.notShared, [error.diagnostic])
        }
        return .done
    }
}
