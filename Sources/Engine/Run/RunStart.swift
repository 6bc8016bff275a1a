package import Deployment
package import Diagnostics
import Host
package import YAML

/// What a run is begun with, everything validated.
package struct RunRequest {
    package var plan: Plan
    /// The environment's rendering, as the run uses it; `nil` when it has no Compose files.
    package var compose: String?
    package var secrets: [(name: String, value: Secret)]
    package var git: GitState?
    package var changes: ChangeSummary
    package var reason: String?
    package var gateOverride: String?
    package var lockPatience: Duration
    /// End processes that the last run on the environment has left behind.
    package var killsOrphans: Bool
    /// What `diff ENV@RUN` is going to compare; `nil` keeps nothing.
    package var compared: Node?
    /// How it is rehearsed, and what that is bound to; `nil` for a run that is no rehearsal.
    package var rehearsal: (options: RehearsalOptions, bindings: Bindings)?
    /// What the environment's gate found; `nil` where it has none.
    package var gate: [GateCondition]?
    /// Judges the gate once more when nobody else can be at work on the environment; `nil` where it has none.
    package var judgeGate: (() throws(GateRefusal) -> GateVerdict)?

    package init(
        plan: Plan, compose: String?, secrets: [(name: String, value: Secret)], git: GitState?, changes: ChangeSummary,
        reason: String?, gateOverride: String?, lockPatience: Duration, killsOrphans: Bool
    ) {
        self.plan = plan
        self.compose = compose
        self.secrets = secrets
        self.git = git
        self.changes = changes
        self.reason = reason
        self.gateOverride = gateOverride
        self.lockPatience = lockPatience
        self.killsOrphans = killsOrphans
    }
}

/// Why a run, resume or rollback cannot begin. Nothing was started.
package enum StartFailure: Error, Sendable {
    case lock(EnvironmentLock.Failure)
    case state(StateFailure)
    /// The history that all machines share.
    case sharing(SharingFailure)
    /// The environment's last run has something left to finish or undo.
    case unsettled(RunRecord)
    /// A person must choose; exit 4.
    case undecided(Diagnostic)
    /// Not possible with this run; exit 2.
    case refused(Diagnostic)
    /// The gate was open, and is closed now that it is this run's turn.
    case gate(GateRefusal)

    /// All that is wrong.
    package var diagnostics: [Diagnostic] {
        if case .gate(let refusal) = self { refusal.diagnostics } else { [diagnostic] }
    }

    package var diagnostic: Diagnostic {
        switch self {
        case .gate(let refusal): refusal.diagnostics[0]
        case .lock(let failure): failure.diagnostic
        case .state(let failure): failure.diagnostic
        case .sharing(let failure): failure.diagnostic
        case .undecided(let diagnostic), .refused(let diagnostic): diagnostic
        case .unsettled(let record):
            Diagnostic(
                "the last run on `\(record.environment.name)` is not settled: \(record.id) \(record.status.rawValue)",
                expected: "nothing left to finish or undo before the next run begins",
                retry: "after one of the \(record.unsettledWays.count == 3 ? "three" : "two") ways on",
                next: record.unsettledWays.joined(separator: "\n        or: "))
        }
    }
}

extension Plan {
    /// The line that carries it out, with all its inputs.
    package var command: String {
        let given = inputs.sorted { $0.key < $1.key }.map { " --input \(ShellQuoting.quoted("\($0.key)=\($0.value)"))" }
        return "rehearse run \(runbook.name) -e \(environment.name)\(given.joined())"
    }
}

extension RunRecord {
    /// Whether something of it may still be running, although it is over.
    fileprivate var mayHaveLeftProcesses: Bool {
        !warnings.isEmpty || status == .crashed
            || steps.contains { $0.status == .unknown || $0.rollback.status == .unknown }
    }

    /// The ways on from a run that is not settled, as they are typed: two of one that is going backwards, else three.
    package var unsettledWays: [String] {
        [commands.resume, commands.rollback ?? "rehearse rollback \(id)", "rehearse history close \(id) --reason WHY"]
            .compactMap(\.self)
    }
}

/// Begins runs: state folder, lock, last run, folder, rendering, first line.
package struct RunStart {
    private let project: Project
    private let observe: (RunProgress) -> Void

    package init(project: Project, observe: @escaping (RunProgress) -> Void) {
        self.project = project
        self.observe = observe
    }

    private var host: Host { project.host }

    /// - Returns: the session, its first line on disk, holding the environment's lock.
    package func begin(_ request: RunRequest) throws(StartFailure) -> RunSession {
        do { try project.state.prepare(isForNewRun: true) } catch { throw .state(error) }
        let environment = request.plan.environment.name
        let id = RunID.make(
            at: host.clock.now(), runbook: request.plan.runbook.name, environment: environment,
            chance: Int(host.randomBytes(1).first ?? 0))
        let lock = try take(
            environment, run: id, patience: request.lockPatience, next: "\(request.plan.command) --lock-timeout 5m")
        var sharing: RunSharing?
        do throws(StartFailure) {
            sharing = try share(request, run: id)
            return try open(id, request, lock, sharing)
        } catch {
            sharing?.release()
            lock.release()
            throw error
        }
    }

    private func share(_ request: RunRequest, run: String) throws(StartFailure) -> RunSharing? {
        guard let settings = request.plan.history else { return nil }
        do throws(SharingFailure) {
            let sharing = try SharingStart(project: project, settings: settings).begin(
                request.plan.environment.name, run: run, purpose: "run", patience: request.lockPatience,
                bearing: settings.isRequired ? .nothing : .silence)
            if let problem = sharing.problem {
                observe(.warning("\(problem.diagnostic.message); going on without the shared lock"))
            }
            return sharing
        } catch {
            throw .sharing(error)
        }
    }

    private func checkSettled(_ request: RunRequest, _ past: Result<RunStore.Past, StateFailure>) throws(StartFailure) {
        let found = try get(past)
        project.state.removeLeftovers(found.hidden, in: project.state.runs)
        guard let (journal, record) = found.lastToMind else { return }
        guard record.settled else { throw .unsettled(record) }
        // A run that went away may have nothing to undo, and its step may be at work all the same.
        guard record.mayHaveLeftProcesses else { return }
        try Orphans(of: record.id, journal, host: host).check(
            kill: request.killsOrphans,
            again: "\(request.plan.command)\(request.rehearsal == nil ? "" : " --rehearsal") --kill-orphan")
    }

    /// While it waited for its turn, others may have run, gone back or committed: what counts is what the gate says now.
    private func judged(_ request: RunRequest) throws(StartFailure) -> RunRequest {
        guard let judgeGate = request.judgeGate else { return request }
        do throws(GateRefusal) {
            let verdict = try judgeGate()
            var judged = request
            judged.gate = verdict.conditions
            judged.gateOverride = verdict.override
            return judged
        } catch {
            throw .gate(error)
        }
    }

    private func open(
        _ id: String, _ request: RunRequest, _ lock: HeldLock, _ sharing: RunSharing?
    ) throws(StartFailure) -> RunSession {
        let unseen: Unseen
        let (store, environment) = (project.store, request.plan.environment.name)
        if request.judgeGate == nil {
            // To look through a long history takes as long as to write the first line, which nobody sees before its time.
            let (past, written) = host.cores.beside({ store.past(on: environment) }) {
                write(id, request, lock, sharing)
            }
            do throws(StartFailure) { try checkSettled(request, past) } catch {
                if case .success(let unseen) = written { store.discard(unseen.draft) }
                throw error
            }
            unseen = try get(written)
        } else {
            try checkSettled(request, store.past(on: environment))
            unseen = try get(write(id, try judged(request), lock, sharing))
        }
        let session = unseen.session
        do throws(StateFailure) { try store.publish(unseen.draft) } catch {
            store.discard(unseen.draft)
            throw .state(error)
        }
        // Others have to see that it goes on before it does anything.
        do throws(SharingFailure) {
            try sharing?.announceOpening(isRequired: request.plan.history?.isRequired ?? true)
        } catch {
            do throws(StateFailure) { try session.endBeforeStart(error.diagnostic.message) } catch {
                throw .state(error)
            }
            throw .sharing(error)
        }
        observe(.opened(session.record))
        return session
    }

    /// A run whose first line is on disk, in a folder that is none of the runs' yet.
    private struct Unseen {
        let draft: RunStore.Draft
        let session: RunSession
    }

    private func write(
        _ id: String, _ request: RunRequest, _ lock: HeldLock, _ sharing: RunSharing?
    ) -> Result<Unseen, StateFailure> {
        Result { () throws(StateFailure) in
            let draft = try project.store.create(id)
            do throws(StateFailure) {
                return Unseen(draft: draft, session: try fill(draft, request, lock, sharing))
            } catch {
                project.store.discard(draft)
                throw error
            }
        }
    }

    private func fill(
        _ draft: RunStore.Draft, _ request: RunRequest, _ lock: HeldLock, _ sharing: RunSharing?
    ) throws(StateFailure) -> RunSession {
        if let compose = request.compose { try project.store.write(compose: compose, of: draft) }
        if let compared = request.compared {
            let masked = TextMasking.mask(compared, with: SecretMask(request.secrets))
            try project.store.write(
                compared: ComparedSnapshot.text(environment: request.plan.environment.name, root: masked), of: draft
            )
        }
        let session = RunSession(
            id: draft.run, plan: request.plan, project: project, file: draft.file, after: nil,
            secrets: request.secrets, lock: lock, sharing: sharing, observe: observe)
        try session.open(opening(draft.run, request, session))
        return session
    }

    private func get<Value>(_ result: Result<Value, StateFailure>) throws(StartFailure) -> Value {
        do throws(StateFailure) { return try result.get() } catch { throw .state(error) }
    }

    private func opening(_ id: String, _ request: RunRequest, _ session: RunSession) -> RunEvent.Opened {
        RunEvent.Opened(
            id: id, plan: request.plan, planSha256: "", actor: Actor(host.surroundings), owner: session.owner,
            tool: Tool(version: Version.current), git: request.git, reason: request.reason,
            gateOverride: request.gateOverride, changes: request.changes.commits, filesTouched: request.changes.files,
            rehearsal: request.rehearsal != nil, lock: id, rehearse: request.rehearsal?.options,
            bindings: request.rehearsal?.bindings, gate: request.gate)
    }

    /// - Parameter next: what to type when somebody else has it.
    func take(_ environment: String, run: String, patience: Duration, next: String) throws(StartFailure) -> HeldLock {
        do {
            return try EnvironmentLock(folder: project.state, host: host).take(
                environment, run: run, patience: patience, next: next)
        } catch {
            throw .lock(error)
        }
    }
}
