import Deployment
import Diagnostics
import Host

/// The actions that rehearse brings along, made ready to run.
package struct BuiltInActions {
    /// An answer to an `approve` step.
    package struct Answer: Sendable {
        package var isYes: Bool
        package var by: String
        /// The run stood still until it came.
        package var wasAwaited: Bool

        package init(isYes: Bool, by: String, wasAwaited: Bool = false) {
            self.isYes = isYes
            self.by = by
            self.wasAwaited = wasAwaited
        }
    }

    /// What a comparison of two environments found.
    package struct ParityResult: Sendable {
        package var isDrift: Bool
        package var metrics: [String: String]
        /// The report, for the step's log.
        package var text: String
        /// One line: how many differences of which kind.
        package var summary: String

        package init(isDrift: Bool, metrics: [String: String], text: String, summary: String) {
            self.isDrift = isDrift
            self.metrics = metrics
            self.text = text
            self.summary = summary
        }
    }

    let session: RunSession
    let approve: (_ step: String, _ question: String) -> Answer?
    let compare: (_ left: String, _ right: String) -> ParityResult?
    let notes: (RunRecord) -> String
    /// What the preflight saw of each tag, by step.
    let sightings: [String: TagSighting]

    /// - Parameter stopSwitch: turned on when a step beside this one does not succeed.
    func prepare(
        _ step: PlannedStep, fileStem: String, stopSwitch: StopSwitch?
    ) -> Result<PreparedAction, ActionRefusal> {
        if let settings = step.action.check, let kind = CheckKind(rawValue: step.action.kind) {
            let check = CheckStep(session: session, step: step, kind: kind, settings: settings, stopSwitch: stopSwitch)
            return .success(check.prepare())
        }
        switch step.action.kind {
        case "parity": return .success(parity(step))
        case "render": return render(step, fileStem: fileStem)
        case "tag": return TagStep(session: session, step: step, sighting: sightings[step.id], notes: notes).prepare()
        case "approve": return .success(approval(step))
        default:
            let commands = step.action.command.map { [$0] } ?? []
            return .success(PreparedAction(action: step.action, rollback: step.rollback, work: .commands(commands)))
        }
    }

    private func parity(_ step: PlannedStep) -> PreparedAction {
        PreparedAction(
            action: step.action, rollback: step.rollback,
            work: .builtIn { output in
                guard let parity = step.action.parity, let found = compare(parity.left, parity.right) else {
                    return ActionResult(
                        status: .failed,
                        failure: StepRecord.Failure(
                            reason: .check, what: "the two environments could not be compared",
                            expected: step.expect.says,
                            retry: "after `rehearse check`"))
                }
                output.take(.standardOutput, Array(found.text.utf8))
                guard found.isDrift else { return ActionResult(status: .succeeded, metrics: found.metrics) }
                return ActionResult(
                    status: .failed, metrics: found.metrics,
                    failure: StepRecord.Failure(
                        reason: .check, what: found.summary, expected: step.expect.says,
                        retry: "safe; see rehearse diff \(parity.left) \(parity.right)"))
            })
    }

    private func approval(_ step: PlannedStep) -> PreparedAction {
        PreparedAction(
            action: step.action, rollback: step.rollback,
            work: .builtIn { output in
                let question = step.action.question ?? step.name
                guard let answer = approve(step.id, question), answer.isYes else {
                    return ActionResult(
                        status: .failed,
                        failure: StepRecord.Failure(
                            reason: .check, what: "nobody approved: \(question)", expected: step.expect.says,
                            retry: "safe, nothing was done by this step"))
                }
                output.take(.standardOutput, Array("approved by \(answer.by)\n".utf8))
                if answer.wasAwaited, let failure = failureDuringPause(before: step, output) {
                    return ActionResult(status: .failed, metrics: ["approved_by": answer.by], failure: failure)
                }
                return ActionResult(
                    status: .succeeded,
                    metrics: ["approved_by": answer.by, "approved_at": session.host.clock.now().description])
            })
    }

    /// What was true before a person was asked may not be any more: what proved the steps before is asked again.
    private func failureDuringPause(before step: PlannedStep, _ output: StepOutput) -> StepRecord.Failure? {
        for earlier in session.plan.steps.prefix(while: { $0.id != step.id }) {
            guard let verify = earlier.verify, let record = session.record.step(earlier.id), record.status == .succeeded
            else { continue }
            let variables = StepVariables(session: session).forward(
                earlier, attempt: record.attempts.count, captures: record.captures,
                outputFile: "\(session.folder)/\(session.fileStem(of: step.id)).output")
            let directory = earlier.action.dir.map { "\(session.root)/\($0)" } ?? session.root
            let outcome = session.execute(
                Command(verify.commandLine, environment: variables, directory: directory),
                ProcessLimits(timeout: .milliseconds(earlier.timeoutMs), grace: .milliseconds(earlier.graceMs)), output,
                spawned: nil)
            guard outcome.ending != .exited(0) || outcome.stopped != nil else { continue }
            return StepRecord.Failure(
                reason: .verify,
                what: "while the answer was awaited, `\(earlier.id)` came undone: "
                    + "`\(verify.pasteable)` says no: \(EndingWords.describe(outcome))",
                expected: earlier.expect.says, retry: "after repair")
        }
        return nil
    }

    /// Writes the run's rendering to a file of the project; the way back restores what stood there.
    private func render(_ step: PlannedStep, fileStem: String) -> Result<PreparedAction, ActionRefusal> {
        let files = session.host.files
        guard let output = step.action.output else {
            var rollback = step.rollback
            if rollback.kind == .automatic {
                rollback = PlannedRollback(kind: .none, reason: "it only renders into the run's own folder")
            }
            return .success(PreparedAction(action: step.action, rollback: rollback, work: .builtIn { _ in .succeeded }))
        }
        let target = "\(session.root)/\(output)"
        var rollback = step.rollback
        do throws(FileFailure) {
            let rendering = try files.read(session.composeFile, 64 << 20)
            if let earlier = session.step(step.id), earlier.mayHaveActed {
                // What stands there now may be this step's own work: what stood there before it is kept already.
                if rollback.kind == .automatic { rollback.command = earlier.rollback.command }
            } else if let status = try files.status(target) {
                guard status.kind == .file else { throw FileFailure(.notRegular, path: target, operation: "write") }
                let before = try files.read(target, 64 << 20)
                let kept = fileStem + (session.mayShare(before) ? SharedPath.kept : ".before")
                try files.replace("\(session.folder)/\(kept)", before, StateFolder.fileMode)
                if rollback.kind == .automatic {
                    let before = ".rehearse/runs/\(session.id)/\(kept)"
                    rollback.command = .arguments(["cp", "-f", "--", before, output])
                }
            } else if rollback.kind == .automatic {
                rollback.command = .arguments(["rm", "-f", "--", output])
            }
            let mode = try files.status(target)?.mode ?? 0o644
            return .success(
                PreparedAction(
                    action: step.action, rollback: rollback,
                    work: .builtIn { log in
                        do throws(FileFailure) {
                            try files.replace(target, rendering, mode)
                        } catch {
                            return ActionResult(status: .failed, failure: Self.failure(error, step))
                        }
                        log.take(.standardOutput, Array("wrote \(output)\n".utf8))
                        return .succeeded
                    }))
        } catch {
            return .failure(ActionRefusal(failure: Self.failure(error, step)))
        }
    }

    private static func failure(_ error: FileFailure, _ step: PlannedStep) -> StepRecord.Failure {
        StepRecord.Failure(
            reason: .check, what: "cannot \(error.operation) \(error.path): \(error.reason)",
            expected: step.expect.says,
            retry: "safe after repair")
    }
}
