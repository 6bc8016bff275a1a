package import Deployment
import Diagnostics
import Host

/// Whether and how a run that stopped can go on.
package struct Resumption: Sendable {
    package enum Assumption: String, CaseIterable, Sendable {
        case done
        case notDone = "not-done"
        case rerun
    }

    /// A person's word on the steps in doubt.
    package struct Answers: Sendable {
        /// For the only one.
        package var general: Assumption?
        package var bySteps: [String: Assumption]

        package init(general: Assumption? = nil, bySteps: [String: Assumption] = [:]) {
            self.general = general
            self.bySteps = bySteps
        }

        /// As it is recorded: `done`, or `deploy=done, migrate=rerun`; `nil` when nothing was said.
        var words: String? {
            let named = bySteps.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.rawValue)" }
            let all = [general?.rawValue].compactMap(\.self) + named
            return all.isEmpty ? nil : all.joined(separator: ", ")
        }
    }

    private let record: RunRecord
    private let plan: Plan
    private let answers: Answers

    package init(record: RunRecord, plan: Plan, answers: Answers) {
        self.record = record
        self.plan = plan
        self.answers = answers
    }

    /// - Throws: `.refused` for a run that cannot go on, `.undecided` while a person must say what became of a step.
    package func check() throws(StartFailure) {
        switch record.status {
        case .succeeded, .closed, .rolledBack, .rollbackIncomplete:
            throw .refused(
                Diagnostic(
                    "\(record.id) cannot be resumed: it is \(record.status.rawValue)",
                    expected: "a run that failed, was interrupted or crashed",
                    next: record.commands.rollback
                        ?? "rehearse run \(record.runbook.name) -e \(record.environment.name)"))
        case .running, .failed, .interrupted, .crashed: break
        }
        guard !record.steps.contains(where: { !$0.rollback.attempts.isEmpty }) else {
            throw .refused(
                Diagnostic(
                    "\(record.id) is being rolled back and cannot be resumed", expected: "a run that goes forward",
                    next: record.commands.rollback))
        }
        try checkAnswers()
    }

    private func checkAnswers() throws(StartFailure) {
        let doubtful = doubtful
        let ids = answerable.map(\.id)
        for id in answers.bySteps.keys.sorted() where !ids.contains(id) {
            throw .refused(
                Diagnostic(
                    "the step `\(id)` is not in doubt", label: Wording.didYouMean(id, ids),
                    expected: ids.isEmpty ? "no word on any step" : "a word on \(Wording.list(ids, "and"))"))
        }
        let open = doubtful.filter { answer(to: $0) == nil }
        guard let first = open.first else { return try checkGeneralAnswer() }
        let ways =
            doubtful.count == 1
            ? Assumption.allCases.map { "rehearse resume \(record.id) --assume \($0.rawValue)" }
            : Assumption.allCases.map { word in
                "rehearse resume \(record.id)"
                    + doubtful.map { step in
                        " --assume-for \(step.id)=\((answers.bySteps[step.id] ?? word).rawValue)"
                    }.joined()
            }
        let others = open.count > 1 ? "; so it is with \(Wording.list(open.dropFirst().map(\.id), "and"))" : ""
        throw .undecided(
            Diagnostic(
                "the step `\(first.id)` \(Self.words(first)), and it is not `idempotent`\(others)",
                expected: doubtful.count == 1
                    ? "your word on what became of it"
                    : "your word on each of them: \(Wording.list(Assumption.allCases.map(\.rawValue)))",
                retry: "with one of the three",
                next: ways.joined(separator: "\n        or: ")))
    }

    /// A word that is about no step would be lost without anybody noticing.
    private func checkGeneralAnswer() throws(StartFailure) {
        guard let word = answers.general, subject == nil else { return }
        let ids = answerable.map(\.id)
        throw .refused(
            Diagnostic(
                "`--assume \(word.rawValue)` is about no step: "
                    + (ids.isEmpty ? "none is in doubt" : "it could be \(Wording.list(ids))"),
                expected: ids.isEmpty ? "no word on any step" : "`--assume-for STEP=\(word.rawValue)`",
                next: "rehearse resume \(record.id)"
                    + ids.prefix(1).map { " --assume-for \($0)=\(word.rawValue)" }.joined()))
    }

    /// The steps of which nobody knows whether running them again is right, in the plan's order.
    package var doubtful: [StepRecord] { answerable.filter { plan.step($0.id)?.idempotent != true } }

    /// The steps on which a person may give a word, because they may or may not have done their work: the doubtful ones,
    /// which need it, and those that may simply run again.
    private var answerable: [StepRecord] {
        record.steps.filter { step in
            guard !step.attempts.isEmpty else { return false }
            switch step.status {
            case .unknown, .interrupted, .running: return true
            case .failed: return step.failure?.reason != .spawn
            case .pending, .succeeded, .skipped, .satisfied: return false
            }
        }
    }

    /// What a word without a step's name is about: the only one that needs it, else the only one that may have it.
    private var subject: String? {
        let candidates = doubtful.isEmpty ? answerable : doubtful
        return candidates.count == 1 ? candidates[0].id : nil
    }

    private func answer(to step: StepRecord) -> Assumption? {
        answers.bySteps[step.id] ?? (subject == step.id ? answers.general : nil)
    }

    /// What a person's word is written down as; empty when the steps simply run again.
    ///
    /// - Parameter leftBehind: what such a step had put out when its run died.
    package func assumed(_ leftBehind: (StepRecord) -> [String: String]) -> [RunEvent] {
        answerable.filter { answer(to: $0) == .done }.map { step in
            .stepEnded(
                RunEvent.StepEnded(
                    step: step.id, status: .succeeded, durationMs: 0,
                    outputs: step.outputs.merging(leftBehind(step)) { $1 }, metrics: step.metrics,
                    assumed: Assumption.done.rawValue))
        }
    }

    private static func words(_ step: StepRecord) -> String {
        switch step.status {
        case .interrupted: "was interrupted"
        case .failed: "failed (\(step.failure?.reason.rawValue ?? "exit")) and may have changed something"
        default: "was started, and how it ended is not known"
        }
    }
}

extension RunSession {
    /// Writes down that the run goes on, and what a person said of its steps in doubt.
    package func resume(_ answers: Resumption.Answers) throws(StateFailure) {
        try append(
            .resumed(
                RunEvent.Resumed(
                    actor: Actor(host.surroundings), owner: owner, tool: Tool(version: Version.current),
                    assume: answers.words)))
        // Read after that line: only then the step that its run left behind is `unknown`.
        let resumption = Resumption(record: record, plan: plan, answers: answers)
        let assumed = resumption.assumed { store.outputsLeftBehind(by: $0, in: record) }
        for event in assumed { try append(event) }
        for step in record.steps { store.forgetOutputsLeftBehind(by: step, in: record) }
        observe(.opened(record))
    }

    /// Writes down that a person has dealt with what was left.
    package func closeByHand(reason: String) throws(StateFailure) {
        try append(.closed(RunEvent.Closed(actor: Actor(host.surroundings), reason: reason)))
    }
}
