import Deployment
import Diagnostics
import Host

/// Carries a plan out, and takes it back when it fails.
package struct RunEngine {
    package enum OnFailure: String, CaseIterable, Sendable {
        case rollback
        case stop
        case ask
    }

    package struct Decisions {
        package var onFailure: OnFailure
        /// Asked with the record of the failed run: whether to roll back.
        package var confirmRollback: (RunRecord) -> Bool
        package var approve: (_ step: String, _ question: String) -> BuiltInActions.Answer?
        package var compare: (_ left: String, _ right: String) -> BuiltInActions.ParityResult?
        /// The final notes of a run so far, as a tag's message.
        package var notes: (RunRecord) -> String
        /// What the preflight saw of each tag, by step.
        package var sightings: [String: TagSighting]

        package init(
            onFailure: OnFailure,
            confirmRollback: @escaping (RunRecord) -> Bool,
            approve: @escaping (_ step: String, _ question: String) -> BuiltInActions.Answer?,
            compare: @escaping (_ left: String, _ right: String) -> BuiltInActions.ParityResult?,
            notes: @escaping (RunRecord) -> String,
            sightings: [String: TagSighting] = [:]
        ) {
            self.onFailure = onFailure
            self.confirmRollback = confirmRollback
            self.approve = approve
            self.compare = compare
            self.notes = notes
            self.sightings = sightings
        }
    }

    private let session: RunSession
    private let decisions: Decisions

    package init(session: RunSession, decisions: Decisions) {
        self.session = session
        self.decisions = decisions
    }

    /// Runs every step that has not been dealt with, from the first, until one fails or a signal comes.
    ///
    /// - Returns: the record, its end written down and `run.json` beside it.
    /// - Throws: `StateFailure`; what is on disk then is the truth.
    package func run() throws(StateFailure) -> RunRecord {
        if session.record.rehearsed != nil {
            return try RehearsalEngine(session: session, decisions: decisions).run()
        }
        try takeFingerprint(.before)
        return try finish(try goForward())
    }

    /// How a way forward ended.
    struct Passage {
        var failed = false
        var interrupted = false

        var isComplete: Bool { !failed && !interrupted }
        var status: RunStatus { interrupted ? .interrupted : failed ? .failed : .succeeded }
    }

    /// - Parameter leftOut: steps that are not to be run this time.
    func goForward(leavingOut leftOut: Set<String> = []) throws(StateFailure) -> Passage {
        var passage = Passage()
        let steps = session.plan.steps.filter { !leftOut.contains($0.id) }
        let groups = StepGroups.of(steps.filter { !$0.always })
        for (index, group) in groups.enumerated() {
            let open = group.filter(isOpen)
            if open.isEmpty { continue }
            if session.host.signals.received() != nil { passage.interrupted = true }
            if !passage.isComplete { break }
            let isLast = index + 1 == groups.count
            switch try run(open, isLast ? (endsAtOnce(steps) ? .end : nil) : startAtOnce(of: groups[index + 1])) {
            case .failed, .unknown: passage.failed = true
            case .interrupted: passage.interrupted = true
            default: break
            }
        }
        if !passage.isComplete || !endsAtOnce(steps) { try session.flush() }
        if !passage.interrupted, try runAlways(steps) == .failed { passage.failed = true }
        session.endLeftovers(grace: Step.defaultGrace)
        let isLeft = steps.contains { !$0.always && isOpen($0) }
        if session.host.signals.received() != nil, passage.failed || isLeft { passage.interrupted = true }
        return passage
    }

    /// Writes the end down, and takes the run back when it failed and that is wanted.
    func finish(_ passage: Passage) throws(StateFailure) -> RunRecord {
        try session.append(.ended(RunEvent.Ended(status: passage.status)))
        if passage.status == .failed, decisions.onFailure != .stop, try canRollBack(), wantsRollback {
            _ = try RollbackEngine(session: session, options: .init(isAutomatic: true)).run()
        }
        return session.record
    }

    /// Not while a step may still be at work, and not from values that are not what they were.
    private func canRollBack() throws(StateFailure) -> Bool {
        let record = session.record
        let remaining = RollbackEngine.remaining(record)
        guard !remaining.isEmpty, !record.steps.contains(where: { $0.status == .unknown }) else { return false }
        guard let hidden = HiddenValue.first(in: remaining, of: record, session.plan) else { return true }
        session.warn("nothing was rolled back: \(hidden.diagnostic(record.id).message)")
        return false
    }

    private var wantsRollback: Bool {
        switch decisions.onFailure {
        case .rollback: true
        case .stop: false
        case .ask: decisions.confirmRollback(session.record)
        }
    }

    /// Steps that a first run has not begun, or that a resume is to run again.
    private func isOpen(_ step: PlannedStep) -> Bool {
        switch session.status(of: step.id) {
        case .succeeded, .satisfied, .skipped, nil: false
        case .pending, .running, .failed, .interrupted, .unknown: true
        }
    }

    private func runAlways(_ steps: [PlannedStep]) throws(StateFailure) -> StepStatus {
        var result = StepStatus.succeeded
        for step in steps where step.always && isOpen(step) {
            if session.host.signals.received() != nil { break }
            if try [.failed, .unknown].contains(runner(step).run()) { result = .failed }
        }
        return result
    }

    /// A step the start of which is the next that is written down when its turn comes: nothing is asked, looked at or
    /// captured before.
    private func startAtOnce(of steps: [PlannedStep]) -> StepRunner.Successor? {
        // Whoever else is told of a run on its way is told line by line.
        guard session.sharing == nil, steps.count == 1, let step = steps.first, step.group == nil, step.skipped == nil,
            step.skipIf == nil, step.capture.isEmpty, step.action.kind == "run", isOpen(step)
        else { return nil }
        return .start(of: step)
    }

    /// Whether the end of the run is the next that is written down once its last step has succeeded.
    private func endsAtOnce(_ steps: [PlannedStep]) -> Bool {
        session.sharing == nil && !steps.contains(where: \.always)
    }

    private func run(
        _ steps: [PlannedStep], _ successor: StepRunner.Successor?
    ) throws(StateFailure) -> StepStatus {
        if steps.count == 1, steps[0].group == nil {
            var runner = runner(steps[0])
            runner.successor = successor
            return try runner.run()
        }
        return try StepGroups.run(steps, on: session.host) { runner($0, $1) }
    }

    private func runner(_ step: PlannedStep, _ stopSwitch: StopSwitch? = nil) -> StepRunner {
        let actions = BuiltInActions(
            session: session, approve: decisions.approve, compare: decisions.compare, notes: decisions.notes,
            sightings: decisions.sightings)
        return StepRunner(session: session, actions: actions, step: step, stopSwitch: stopSwitch)
    }

    func takeFingerprint(_ moment: RunEvent.FingerprintTaken.Moment) throws(StateFailure) {
        guard !session.plan.fingerprint.isEmpty, session.record.fingerprint == nil else { return }
        try session.append(.fingerprint(RunEvent.FingerprintTaken(when: moment, values: session.probe())))
    }
}

extension RunSession {
    /// What the fingerprint's probes say now. One that fails says so, and is compared like any other answer.
    func probe() -> [String: String] {
        let variables = StepVariables(session: self).forProbes()
        return plan.fingerprint.reduce(into: [:]) { values, probe in
            let output = command(probe.command, variables, root, nil)
            values[probe.name] =
                output.succeeded ? output.trimmedText : "(no answer: \(EndingWords.describe(output.outcome)))"
        }
    }
}
