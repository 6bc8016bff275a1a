import Deployment
import Host

extension RunSession {
    /// Runs a short command of a step (a capture, `skip_if`, a probe) and keeps what it prints.
    func command(
        _ script: Script, _ variables: [String: String], _ directory: String, _ step: PlannedStep?,
        _ stopSwitch: StopSwitch? = nil
    ) -> CapturedOutput {
        // What takes time must not keep the last line from the disk; should that fail, the next line says so.
        try? flush()
        return host.processes.capture(
            Command(script.commandLine, environment: variables, directory: directory),
            ProcessLimits(
                timeout: step.map { .milliseconds($0.timeoutMs) } ?? Step.defaultTimeout,
                grace: step.map { .milliseconds($0.graceMs) } ?? Step.defaultGrace, stopSwitch: stopSwitch),
            keeping: 64 << 10)
    }

    /// Runs a command of a step with its output going to the log and to whoever watches.
    ///
    /// - Parameters:
    ///   - spawned: makes the journal's line about the new process. It may trail: without it a reader knows merely that
    ///     the outcome is unknown.
    ///   - meanwhile: what there is time for once it runs.
    func execute(
        _ command: Command, _ limits: ProcessLimits, _ output: StepOutput, spawned: ((ProcessIdentity) -> RunEvent)?,
        meanwhile: () -> Void = {}
    ) -> ProcessOutcome {
        let outcome = host.processes.run(command, limits) { event in
            switch event {
            case .started(let identity):
                if let spawned { tryToAppend(spawned(identity)) }
                meanwhile()
            case .output(let stream, let bytes): output.take(stream, bytes)
            case .tick: observe(.tick)
            }
        }
        for process in outcome.leftovers {
            warn("process \(process.pid) (\(process.commandLine)) of this step went on after its end")
        }
        return outcome
    }
}
