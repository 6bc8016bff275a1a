import Deployment
import Diagnostics
import Host

/// Runs one step forward: already done? captures, intent on disk, action, judgement, end on disk.
struct StepRunner {
    let session: RunSession
    let actions: BuiltInActions
    let step: PlannedStep
    /// Turned on when a step beside this one does not succeed.
    var stopSwitch: StopSwitch?
    /// What is written down as soon as this step has succeeded: its end then goes to disk with that, in one write.
    var successor: Successor?

    enum Successor {
        case start(of: PlannedStep)
        /// Of the run.
        case end
    }

    private var host: Host { session.host }
    private var fileStem: String { session.fileStem(of: step.id) }
    private var directory: String { step.action.dir.map { "\(session.root)/\($0)" } ?? session.root }

    /// - Returns: how the step stands now.
    /// - Throws: `StateFailure` when the journal cannot be written; nothing is started after that.
    func run() throws(StateFailure) -> StepStatus {
        if let why = step.skipped { return try pass(.skipped, why) }
        if let skipIf = step.skipIf {
            let output = command(skipIf, captures: [:])
            if output.succeeded {
                let earlier = session.step(step.id).flatMap { $0.mayHaveActed ? $0 : nil }
                if let earlier { return try endAsDone(earlier) }
                return try pass(.satisfied, "`\(skipIf.pasteable)` says it is done")
            }
            if wasStopped(output) { return .interrupted }
        }
        // What a repeated step would see now may be its own work: the way back leads to what stood before the first time.
        if session.status(of: step.id) != .pending, let earlier = session.step(step.id), earlier.mayHaveActed {
            return try attempts(captures: earlier.captures)
        }
        var captures: [String: String] = [:]
        for capture in step.capture {
            let output = command(capture.command, captures: captures)
            if wasStopped(output) { return .interrupted }
            guard output.succeeded, !output.isTruncated else {
                return try failBeforeStart(capture: capture, output)
            }
            let value = output.trimmedText
            if let secret = session.secret(in: value) {
                return try failBeforeStart(capture: capture.name, holding: secret)
            }
            captures[capture.name] = value
        }
        return try attempts(captures: captures)
    }

    private func command(_ script: Script, captures: [String: String]) -> CapturedOutput {
        session.command(
            script, variables(attempt: 1, captures: captures, outputFile: outputFile(fileStem)), directory, step,
            stopSwitch)
    }

    private func wasStopped(_ output: CapturedOutput) -> Bool {
        switch output.outcome.stopped {
        case .signal, .request: true
        case .timeout, nil: false
        }
    }

    private var limits: ProcessLimits {
        ProcessLimits(
            timeout: .milliseconds(step.timeoutMs), grace: .milliseconds(step.graceMs), stopSwitch: stopSwitch)
    }

    private var isToStop: Bool { stopSwitch?.isOn ?? false }

    // MARK: - Attempts

    private func attempts(captures: [String: String]) throws(StateFailure) -> StepStatus {
        let retry = step.retry ?? .never
        var delay = retry.delay
        let first = session.attempts(of: step.id) + 1
        let fileStem = fileStem
        var attempt = first
        while true {
            if isToStop { return session.step(step.id)?.status ?? .pending }
            let prepared: PreparedAction
            switch actions.prepare(step, fileStem: fileStem, stopSwitch: stopSwitch) {
            case .success(let action): prepared = action
            case .failure(let refusal): return try endWithoutStart(refusal.failure, log: refusal.log)
            }
            let status = try self.attempt(attempt, prepared, captures: captures, fileStem: fileStem)
            guard status == .failed, attempt - first < retry.times, mayRetry, let record = session.step(step.id)
            else {
                return status
            }
            session.observe(.retrying(record, delay: delay))
            wait(delay)
            guard host.signals.received() == nil, !isToStop else { return status }
            delay = .milliseconds(Int(Double(delay.milliseconds) * retry.backoff))
            attempt += 1
        }
    }

    /// Until the time is over, a signal comes, or the step is to stop.
    private func wait(_ delay: Duration) {
        guard stopSwitch != nil else { return host.clock.sleep(delay) }
        let end = host.clock.monotonicNanoseconds() + delay.nanoseconds
        while !isToStop, host.signals.received() == nil {
            let left = end - host.clock.monotonicNanoseconds()
            if left <= 0 { return }
            host.clock.sleep(min(.nanoseconds(left), .milliseconds(20)))
        }
    }

    /// After a time-out nobody knows what happened, so only a step that says it may run twice is tried again.
    private var mayRetry: Bool {
        guard let record = session.step(step.id), let reason = record.failure?.reason else { return false }
        guard reason != .timeout || step.idempotent else { return false }
        guard let on = step.retry?.on else { return true }
        if reason == .timeout { return on.contains("timeout") }
        let last = record.attempts.last
        // An exit code that the step expects is no reason: something else was wrong.
        return reason == .exit && on.contains(last?.exit.map(String.init) ?? "")
            || reason == .signal && on.contains(last?.signal ?? "")
    }

    private func attempt(
        _ attempt: Int, _ prepared: PreparedAction, captures: [String: String], fileStem: String
    ) throws(StateFailure) -> StepStatus {
        let upcoming = session.upcoming(step.id, attempt: attempt, captures)
        let outputFile = outputFile(fileStem)
        let started = upcoming?.started ?? self.started(attempt, prepared, captures: captures, fileStem: fileStem)
        try session.append(.stepStarted(started))
        if let record = session.step(step.id) { session.tell(.stepStarted(record, attempt: attempt)) }
        let output = StepOutput(session: session, step: step.id, log: started.log)
        for note in prepared.notes { output.take(.standardOutput, Array((note + "\n").utf8)) }
        let start = host.clock.monotonicNanoseconds()
        let variables =
            upcoming?.command.environment ?? prepared.environment
            ?? variables(attempt: attempt, captures: captures, outputFile: outputFile)
        var result: ActionResult
        switch prepared.work {
        case .commands(let commands): result = run(commands, variables, output)
        case .builtIn(let work): result = work(output)
        }
        if result.status == .succeeded { result = verified(result, variables, output) }
        let found = takeOutputs(outputFile, &result)
        let outputs = found ?? [:]
        if result.status == .succeeded, let failure = prepared.confirm() {
            result.status = .failed
            result.failure = failure
        }
        // The file may hold a secret that a later step needs; it is read, and gone.
        if found != nil { try? host.files.remove(outputFile) }
        let wasStopped = [.interrupted, .unknown].contains(result.status) || result.failure?.reason == .timeout
        let summary = output.finish(cutShort: wasStopped)
        if let warning = output.warning { session.warn(warning) }
        let duration = (host.clock.monotonicNanoseconds() - start) / 1_000_000
        let end = RunEvent.stepEnded(
            RunEvent.StepEnded(
                step: step.id, status: result.status, durationMs: duration, exit: result.exit, signal: result.signal,
                escalated: result.wasKilled ? true : nil, outputs: outputs, metrics: result.metrics, log: summary,
                failure: result.failure))
        if successor != nil, result.status == .succeeded { session.hold(end) } else { try session.append(end) }
        if let record = session.step(step.id) {
            session.tell(.stepEnded(record, lastLines: output.lastLines))
        }
        return result.status
    }

    private func started(
        _ attempt: Int, _ prepared: PreparedAction, captures: [String: String], fileStem: String
    ) -> RunEvent.StepStarted {
        RunEvent.StepStarted(
            step: step.id, attempt: attempt, action: prepared.action, captures: captures, rollback: prepared.rollback,
            idempotencyKey: StepVariables.idempotencyKey(session.id, step.id),
            log: attempt == 1 ? fileStem + ".log" : "\(fileStem).\(attempt).log")
    }

    /// While a program is at work nobody waits for us: what the next step starts with is made then.
    private func prepareSuccessor() {
        guard case .start(let next)? = successor else { return }
        StepRunner(session: session, actions: actions, step: next).prepareStart()
    }

    private func prepareStart() {
        let (attempt, stem) = (session.attempts(of: step.id) + 1, fileStem)
        guard let script = step.action.command,
            case .success(let prepared) = actions.prepare(step, fileStem: stem, stopSwitch: stopSwitch)
        else { return }
        let variables = variables(attempt: attempt, captures: [:], outputFile: outputFile(stem))
        let upcoming = UpcomingStep(
            started: started(attempt, prepared, captures: [:], fileStem: stem),
            command: invocation(of: script, variables), earlier: session.variables(before: step.id))
        session.prepare(.stepStarted(upcoming.started))
        host.processes.prepare(upcoming.command)
        session.upcoming = upcoming
    }

    private func invocation(of script: Script, _ variables: [String: String]) -> Command {
        Command(script.commandLine, environment: variables, directory: directory)
    }

    private func run(_ commands: [Script], _ variables: [String: String], _ output: StepOutput) -> ActionResult {
        var result = ActionResult.succeeded
        for command in commands {
            let outcome = session.execute(
                invocation(of: command, variables), limits, output,
                spawned: { .stepSpawned(RunEvent.Spawned(step: step.id, pid: $0.pid, startTime: $0.startTime)) },
                meanwhile: prepareSuccessor)
            result = ActionResult(outcome)
            if outcome.couldNotBeEnded {
                result.status = .unknown
                result.failure = StepJudgement.notEnded(step, outcome)
                return result
            }
            if let failure = StepJudgement.interruption(of: step, outcome) {
                result.status = .interrupted
                result.failure = failure
                return result
            }
            result.failure = StepJudgement.failure(
                of: step, outcome, standardOutput: output.standardOutput, standardError: output.standardError)
            if result.failure != nil {
                result.status = .failed
                return result
            }
        }
        return result
    }

    /// Proves the result of an action that succeeded.
    private func verified(_ result: ActionResult, _ variables: [String: String], _ output: StepOutput) -> ActionResult {
        guard let verify = step.verify else { return result }
        var result = result
        let outcome = session.execute(invocation(of: verify, variables), limits, output, spawned: nil)
        if outcome.couldNotBeEnded {
            result.status = .unknown
            result.failure = StepJudgement.notEnded(step, outcome)
        } else if let failure = StepJudgement.interruption(of: step, outcome) {
            result.status = .interrupted
            result.failure = failure
        } else if outcome.ending != .exited(0) || outcome.stopped != nil {
            result.status = .failed
            result.failure = StepRecord.Failure(
                reason: .verify, what: "`\(verify.pasteable)` says no: \(EndingWords.describe(outcome))",
                expected: step.expect.says, retry: StepJudgement.retryAdvice(step))
        }
        return result
    }

    /// What the step put out, also when it failed half way: its undo needs the name of what it has made. `nil` when it made
    /// no file of outputs.
    private func takeOutputs(_ path: String, _ result: inout ActionResult) -> [String: String]? {
        do throws(StepOutputs.Malformed) {
            guard let outputs = try StepOutputs.read(path, host) else { return nil }
            if result.status == .succeeded {
                for (name, value) in outputs.sorted(by: { $0.key < $1.key }) {
                    guard let secret = session.secret(in: value) else { continue }
                    throw StepOutputs.Malformed(
                        what: "the output `\(name)` holds the secret `\(secret)`, which is never recorded",
                        outputs: outputs)
                }
            }
            return outputs
        } catch {
            // A step that failed has a better reason already.
            guard result.status == .succeeded else { return [:] }
            result.status = .failed
            result.failure = StepRecord.Failure(
                reason: .check, what: error.what,
                expected: error.outputs.isEmpty
                    ? "NAME=value lines" : "values without secrets; name them under `secrets`",
                retry: StepJudgement.retryAdvice(step))
            return error.outputs
        }
    }

    // MARK: - Steps that do not start

    private func pass(_ status: StepStatus, _ reason: String) throws(StateFailure) -> StepStatus {
        try session.append(.stepPassed(RunEvent.StepPassed(step: step.id, status: status, reason: reason)))
        if let record = session.step(step.id) { session.tell(.stepPassed(record)) }
        return status
    }

    /// Done, and by an earlier attempt of this very run: a rollback has to undo it.
    private func endAsDone(_ earlier: StepRecord) throws(StateFailure) -> StepStatus {
        try session.append(
            .stepEnded(
                RunEvent.StepEnded(
                    step: step.id, status: .succeeded, durationMs: 0, outputs: earlier.outputs,
                    metrics: earlier.metrics,
                    assumed: "skip_if")))
        if let record = session.step(step.id) { session.tell(.stepEnded(record, lastLines: [])) }
        return .succeeded
    }

    private func failBeforeStart(capture: Plan.Probe, _ output: CapturedOutput) throws(StateFailure) -> StepStatus {
        let said = output.trimmedErrorText.split(separator: "\n").last.map { ": \($0)" } ?? ""
        let what = output.isTruncated ? "printed more than a value" : EndingWords.describe(output.outcome)
        return try endWithoutStart(
            StepRecord.Failure(
                reason: .check,
                what: "the capture `\(capture.name)` (`\(capture.command.pasteable)`) failed: \(what)\(said)",
                expected: "exit 0 and the value to come back to", retry: "safe, the step did not start"))
    }

    /// It would be recorded without the secret, and the way back would get something else.
    private func failBeforeStart(capture: String, holding secret: String) throws(StateFailure) -> StepStatus {
        try endWithoutStart(
            StepRecord.Failure(
                reason: .check,
                what: "the capture `\(capture)` holds the secret `\(secret)`, which is never recorded",
                expected: "a value without secrets; the step's `secrets` are there for its rollback, too",
                retry: "safe, the step did not start"))
    }

    private func endWithoutStart(_ failure: StepRecord.Failure, log said: String = "") throws(StateFailure)
        -> StepStatus
    {
        let lastLines = session.mask.mask(said).split(separator: "\n").suffix(StepOutput.shownLines).map(String.init)
        try session.append(
            .stepEnded(
                RunEvent.StepEnded(
                    step: step.id, status: .failed, durationMs: 0, outputs: [:], metrics: [:], failure: failure)))
        if let record = session.step(step.id) { session.tell(.stepEnded(record, lastLines: lastLines)) }
        return .failed
    }

    private func outputFile(_ fileStem: String) -> String { session.folder + "/" + fileStem + ".output" }

    private func variables(attempt: Int, captures: [String: String], outputFile: String) -> [String: String] {
        StepVariables(session: session).forward(step, attempt: attempt, captures: captures, outputFile: outputFile)
    }
}
