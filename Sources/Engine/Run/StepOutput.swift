import Deployment
import Host

/// Where a step's output goes: into its log and to whoever watches, secrets hidden; the beginning is kept in the clear,
/// in memory only, for the expectations of the step.
final class StepOutput {
    /// Lines that are told with a step's end.
    static let shownLines = 10

    private let session: RunSession
    private let step: String
    private let path: String
    private var log: StepLog
    private var match = OutputMatch()
    private var isClosed = false
    /// Why the log is not whole; worth a warning, not a run.
    private(set) var warning: String?

    /// - Parameters:
    ///   - path: of the log, relative to the run's folder.
    ///   - isMadeAtOnce: the log is there also when nothing is printed; else that leaves none.
    init(session: RunSession, step: String, log path: String, isMadeAtOnce: Bool = false) {
        self.session = session
        self.step = step
        self.path = path
        let files = session.host.files
        let whole = "\(session.folder)/\(path)"
        let file = AppendingFile.onFirstUse { () throws(FileFailure) in
            try files.openForAppending(whole, .exclusive(mode: StateFolder.fileMode))
        }
        // Should it fail, it fails again with the first bytes, and is told then.
        if isMadeAtOnce { try? file.append([]) }
        log = StepLog(file: file, mask: session.mask)
    }

    func take(_ stream: OutputStream, _ piece: [UInt8]) {
        match.add(piece, from: stream)
        let shown = log.append(piece, from: stream)
        if !shown.isEmpty { session.observe(.output(step: step, stream, shown)) }
    }

    /// Writes what was held back.
    ///
    /// - Parameter cutShort: the step was ended rather than finished, so that its output may stop inside a secret.
    /// - Returns: what the record says of the log.
    func finish(cutShort: Bool) -> StepRecord.LogSummary {
        precondition(!isClosed, "a step's output is finished once")
        isClosed = true
        let summary = log.close(cutShort: cutShort)
        if !summary.rest.isEmpty { session.observe(.output(step: step, .standardOutput, summary.rest)) }
        if let failure = summary.failure {
            warning = "the log \(path) could not be written to its end: \(failure.reason)"
        }
        return StepRecord.LogSummary(
            path: path, bytes: summary.bytes, omitted: summary.omitted, truncated: summary.isTruncated || warning != nil
        )
    }

    var standardOutput: String { match.text(of: .standardOutput) }
    var standardError: String { match.text(of: .standardError) }
    var lastLines: [String] { log.lastLines(Self.shownLines) }
}
