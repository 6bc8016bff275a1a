package import Host

/// What a run tells while it goes on. Each is told after the journal has it.
package enum RunProgress: Sendable {
    case opened(RunRecord)
    case stepPassed(StepRecord)
    case stepStarted(StepRecord, attempt: Int)
    /// What a step printed, secrets hidden; not necessarily whole lines.
    case output(step: String, OutputStream, [UInt8])
    /// Nothing happened for a while; time to draw the elapsed time anew.
    case tick
    case stepEnded(StepRecord, lastLines: [String])
    /// The step is tried again after a delay.
    case retrying(StepRecord, delay: Duration)
    case rollbackOpened(RunRecord)
    case rollbackStarted(StepRecord)
    case rollbackEnded(StepRecord, lastLines: [String])
    /// A rehearsal goes forward again; every step begins anew.
    case rehearsedAgain(RunRecord)
    case warning(String)
}
