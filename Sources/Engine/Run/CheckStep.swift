import Deployment
import Diagnostics
import Host

/// A check on what users see as a step of a run.
struct CheckStep {
    let session: RunSession
    let step: PlannedStep
    let kind: CheckKind
    let settings: CheckSettings
    let stopSwitch: StopSwitch?

    func prepare() -> PreparedAction {
        PreparedAction(action: step.action, rollback: step.rollback, work: .builtIn(run))
    }

    private func run(_ output: StepOutput) -> ActionResult {
        let problems = Problems()
        let base = session.plan.url.flatMap { try? WebAddress($0) }
        let reader = CheckReader(problems: problems, base: base, isResolved: true)
        guard let check = reader.check(kind, settings.node) else {
            // The plan was valid when it was made; the record of another version may not be.
            return failed("the settings are not understood", problems.all.first?.message ?? "", [:])
        }
        let began = session.host.clock.monotonicNanoseconds()
        var world = CheckWorld(
            host: session.host, secrets: session.secrets.filter { check.secrets.contains($0.key) }, root: session.root,
            limit: .milliseconds(step.timeoutMs), stopSwitch: stopSwitch
        ) { output.take(.standardOutput, Array(($0 + "\n").utf8)) }
        world.baseline = baseline
        let report = world.run(check)
        for line in world.lines(of: report) { output.take(.standardOutput, Array((line + "\n").utf8)) }
        if report.isInterrupted {
            var result = ActionResult(status: .interrupted, metrics: report.metrics)
            let signal = session.host.signals.received().map { "stopped by \(SignalName.of($0.first)) to rehearse" }
            result.failure = StepRecord.Failure(
                reason: .signal, what: signal ?? "stopped, because a step beside it did not succeed",
                expected: step.expect.says, retry: StepJudgement.retryAdvice(step))
            return result
        }
        let took = (session.host.clock.monotonicNanoseconds() - began) / 1_000_000
        if report.hasPassed {
            if let within = step.expect.within, took > within.milliseconds {
                return failed(
                    "it took \(Wording.duration(milliseconds: took))", "within \(DurationSyntax.format(within))",
                    report.metrics)
            }
            return ActionResult(status: .succeeded, metrics: report.metrics)
        }
        guard let first = report.findings.first else {
            return failed("nothing was checked, and that proves nothing", "at least one example", report.metrics)
        }
        let more = report.findings.count > 1 ? " (and \(report.findings.count - 1) more in the log)" : ""
        return failed(
            first.line + more, first.expected, report.metrics,
            next: (first.exchanges.last?.request.curl ?? first.again).map { "; again by hand: \($0)" } ?? "")
    }

    private func baseline(_ check: MeasureCheck) -> Measurement.Baseline {
        let baselines = MeasureBaselines(session.store)
        switch check.baseline {
        case .step(let id): return baselines.step(id, of: session.record)
        case .last:
            return baselines.last(
                on: session.plan.environment.name, runbook: session.plan.runbook.name, step: step.id,
                except: session.id, now: session.host.clock.now())
        case .address, nil: return .none
        }
    }

    private func failed(_ what: String, _ expected: String, _ metrics: [String: String], next: String = "")
        -> ActionResult
    {
        ActionResult(
            status: .failed, metrics: metrics,
            failure: StepRecord.Failure(
                reason: .check, what: what, expected: expected.isEmpty ? step.expect.says : expected,
                retry: StepJudgement.retryAdvice(step) + next))
    }
}
