import Diagnostics
package import Deployment
package import Host
import YAML

/// A run that is open for writing: its journal, its secrets and whoever watches.
///
/// A class, because the journal is one open file with one chain. Used from one thread.
package final class RunSession {
    package let id: String
    package let plan: Plan
    package let host: Host
    package let root: String
    let store: RunStore
    let secrets: [String: Secret]
    let mask: SecretMask
    let observe: (RunProgress) -> Void
    private let project: Project
    private let journal: JournalWriter
    private let lock: HeldLock
    /// `nil` for a run that stays on its machine.
    package let sharing: RunSharing?
    /// What every command gets from outside.
    let childEnvironment: ChildEnvironment
    /// The same without what only a CI job has.
    var childEnvironmentElsewhere: ChildEnvironment {
        ChildEnvironment(host, secrets: plan.secrets.values, isElsewhere: true)
    }
    /// What every command of this run gets, whatever its step.
    private(set) lazy var sharedVariables = StepVariables.shared(self)
    private(set) lazy var plannedVariables = StepVariables.planned(plan, childEnvironment)
    /// What the next step is to start with, made while the one before it ran.
    var upcoming: UpcomingStep?
    /// What may be told once the journal's held line is on disk.
    private var untold: [RunProgress] = []

    package init(
        id: String,
        plan: Plan,
        project: Project,
        file: AppendingFile,
        after old: Journal?,
        secrets: [(name: String, value: Secret)],
        lock: HeldLock,
        sharing: RunSharing? = nil,
        observe: @escaping (RunProgress) -> Void
    ) {
        self.id = id
        self.plan = plan
        host = project.host
        root = project.root
        store = project.store
        self.secrets = Dictionary(uniqueKeysWithValues: secrets.map { ($0.name, $0.value) })
        let mask = SecretMask(secrets)
        self.mask = mask
        self.observe = observe
        self.lock = lock
        self.sharing = sharing
        self.project = project
        childEnvironment = ChildEnvironment(project.host, secrets: plan.secrets.values, isElsewhere: false)
        let state = project.state
        journal = JournalWriter(
            file, after: old, host: project.host, makeRoom: state.spendReserve,
            mask: secrets.isEmpty ? nil : { TextMasking.mask($0, with: mask) })
    }

    /// The record as the journal has it at this moment.
    package var record: RunRecord {
        guard let record = journal.record else {
            preconditionFailure("a session's journal begins with the opening of the run")
        }
        return record
    }

    /// The process that began the run, whoever goes on with it now.
    var opener: RunEvent.Owner? { journal.opener }

    /// One step of the record at this moment.
    func step(_ id: String) -> StepRecord? { journal.step(id) }

    /// How a step stands at this moment; `nil` for one that the run does not have.
    func status(of step: String) -> StepStatus? { journal.status(of: step) }

    /// How often a step was begun.
    func attempts(of step: String) -> Int { journal.attempts(of: step) }

    /// How the files of a step begin, relative to the run's folder.
    func fileStem(of step: String) -> String { journal.fileStem(of: step) ?? record.fileStem(of: step) }

    /// What the steps before one have captured and put out.
    func variables(before step: String) -> [String: String] { journal.variables(before: step) }

    /// The first line of a run. Its plan is by far the largest thing of a record, and encoded once: for the digest that
    /// names it, and for the line.
    func open(_ opened: RunEvent.Opened) throws(StateFailure) {
        var opened = opened
        let plan = host.cores.node(of: opened.plan, steps: \.steps)
        opened.planSha256 = host.digest.sha256(JSONWriter.bytes(of: plan))
        var rest = opened
        rest.plan.steps = []
        var fields = RunEvent.opened(rest).payload.mapping ?? Mapping()
        fields["plan"] = plan
        try appendHere(.opened(opened), Node(.mapping(fields)))
    }

    /// - Throws: `.unrecorded` with the path of a copy of all that is known, for a person, where one could be kept.
    func append(_ event: RunEvent) throws(StateFailure) {
        if event.endsSharedWork { try announce() }
        try appendHere(event)
        guard let withdrawal = event.withdrawal else { return }
        do throws(StateFailure) {
            try announce()
        } catch {
            // Announced, and not begun: that is how it ends.
            tryToAppend(withdrawal)
            throw error
        }
    }

    /// - Throws: `.sharedLockLost`; nothing more may be done on the environment then.
    private func announce() throws(StateFailure) {
        guard let sharing else { return }
        // What is sent is what is on disk.
        try flush()
        do throws(SharingFailure) {
            try sharing.announce()
        } catch {
            warn(error.diagnostic.message)
            throw .sharedLockLost(run: id, error)
        }
    }

    private func appendHere(_ event: RunEvent, _ payload: Node? = nil) throws(StateFailure) {
        // Somebody else may be at work here since, even on this very journal.
        if event.needsLock, !lock.isHeld() {
            try flush()
            throw .lockLost(run: id, path: project.state.lock(of: plan.environment.name))
        }
        do { try journal.append(event, payload) } catch { throw loss(error) }
        tellUntold()
    }

    /// Like `append`, but on disk only with the next event, which has to come at once.
    func hold(_ event: RunEvent) { journal.hold(event) }

    /// Gets ready for an event that is about to be appended.
    func prepare(_ event: RunEvent) { journal.prepare(event) }

    /// Puts the held event on disk, where the next one is not certain to come at once.
    func flush() throws(StateFailure) {
        do { try journal.flush() } catch { throw loss(error) }
        tellUntold()
    }

    /// Tells what happened, once it is on disk.
    func tell(_ progress: RunProgress) {
        if journal.isHolding { untold.append(progress) } else { observe(progress) }
    }

    private func tellUntold() {
        guard !untold.isEmpty else { return }
        let told = untold
        untold = []
        for progress in told { observe(progress) }
    }

    private func loss(_ loss: JournalWriter.Loss) -> StateFailure {
        // The held event may be on disk by now although the one behind it is not.
        if !journal.isHolding { tellUntold() }
        let cause: StateFailure =
            switch loss.failure {
            // Opened under the name of a draft, which it has no more.
            case .file(let failure):
                .file(FileFailure(failure.cause, path: store.journalPath(of: id), operation: failure.operation))
            case .gone: .gone(path: store.journalPath(of: id))
            }
        guard let what = loss.event.consequenceOfLoss else { return cause }
        return .unrecorded(
            run: id, what: what, cause, copy: emergencyCopy(with: loss.event.isIntent ? nil : loss.event))
    }

    /// A line that may be missing.
    func tryToAppend(_ event: RunEvent) {
        // A reader knows less without it; that the journal cannot be written is found by the next line that may not.
        try? flush()
        try? journal.append(event)
    }

    /// Keeps the record, the event that could not be written included, outside of the state folder.
    ///
    /// - Parameter event: what has happened; `nil` when it was only about to happen.
    /// - Returns: its path; `nil` when that cannot be written either.
    private func emergencyCopy(with event: RunEvent?) -> String? {
        guard let record = journal.record(with: event) else { return nil }
        let folder = host.surroundings.variables["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        let chance = host.randomBytes(4).map { String($0, radix: 16) }.joined()
        let path = "\(folder)/rehearse-\(id)-\(chance).json"
        do throws(FileFailure) {
            let file = try host.files.openForAppending(path, .exclusive(mode: StateFolder.fileMode))
            try file.append(JSONWriter.bytes(ofDocument: record.node))
            try file.synchronize()
            return path
        } catch {
            return nil
        }
    }

    /// A warning is worth a line, and not worth a run: when it cannot be written, the next event says so.
    func warn(_ text: String) {
        tryToAppend(.warned(RunEvent.Warned(text: text)))
        observe(.warning(mask.mask(text)))
    }

    /// Writes `run.json`, shares it, and lets the environment go.
    package func close() throws(StateFailure) {
        defer { lock.release() }
        do {
            try store.write(record)
        } catch {
            sharing?.finish()
            throw .notCopied(run: id, error)
        }
        sharing?.finish()
    }

    /// After a failure to write: what is known is shared, and the environment let go.
    package func abandon() {
        sharing?.finish()
        lock.release()
    }

    /// The remote was there a moment ago, and is gone before the first step.
    func endBeforeStart(_ why: String) throws(StateFailure) {
        warn("nothing was started: \(why)")
        try appendHere(.ended(RunEvent.Ended(status: .failed)))
        try store.write(record)
    }

    /// The secret that a text holds, in whatever form; `nil` for a text that can be recorded as it is.
    func secret(in text: String) -> String? {
        let hidden = mask.mask(text)
        guard hidden != text else { return nil }
        return HiddenValue.secret(in: hidden, of: secrets.keys.sorted()) ?? secrets.keys.sorted().first
    }

    /// Whether a file that is kept for an undo may leave this machine: it is a rendering of ours, which no secret goes into,
    /// nobody has put one of the run's into it since, and it is small enough to be shared whole.
    func mayShare(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: RenderingHeader.filesMark.utf8)
            && bytes.count <= SharedPath.largest(SharedPath.kept) && mask.mask(bytes) == bytes
    }

    var folder: String { store.path(of: id) }
    var composeFile: String { "\(folder)/compose.yaml" }

    var owner: RunEvent.Owner {
        let surroundings = host.surroundings
        return RunEvent.Owner(
            pid: surroundings.identity.pid, startTime: surroundings.identity.startTime, bootId: surroundings.bootID)
    }

    /// Ends what the run's steps have left running, and names it.
    func endLeftovers(grace: Duration) {
        let left = host.processes.descendants()
        guard !left.isEmpty else { return }
        // What takes time must not keep the last line from the disk; should that fail, the next line says so.
        try? flush()
        let survivors = host.processes.stop(left, grace)
        for process in left {
            let what = "process \(process.pid)\(process.commandLine.isEmpty ? "" : " (\(process.commandLine))")"
            warn(
                survivors.contains(process)
                    ? "a step left \(what) running, and it could not be ended"
                    : "a step left \(what) running; it was ended")
        }
    }
}

/// Hides secrets in every text of a tree.
enum TextMasking {
    /// Words that a journal's fields are made of. One of them alone says nothing, even where it is somebody's secret, and
    /// an event without it could not be read again.
    private static let ownWords: Set<String> = Set(
        RunStatus.allCases.map(\.rawValue) + StepStatus.allCases.map(\.rawValue)
            + RollbackStatus.allCases.map(\.rawValue)
            + FailureReason.allCases.map(\.rawValue) + PlannedRollback.Kind.allCases.map(\.rawValue)
            + RunEvent.FingerprintTaken.Moment.allCases.map(\.rawValue)
            + RehearsalRecord.Phase.allCases.map(\.rawValue))

    static func mask(_ node: Node, with mask: SecretMask) -> Node {
        switch node.value {
        case .scalar(let scalar):
            guard scalar.kind == .string, !ownWords.contains(scalar.text) else { return node }
            let hidden = mask.mask(scalar.text)
            return hidden == scalar.text ? node : Node.string(hidden)
        case .sequence(let items): return .sequence(items.map { self.mask($0, with: mask) })
        case .mapping(let mapping):
            return Node(.mapping(mapping.mapValues { self.mask($0.value, with: mask) }))
        }
    }
}
