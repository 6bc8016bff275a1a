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
    private var log: StepLog?
    private var match = OutputMatch()
    private var isClosed = false
    /// Why the log is not whole; worth a warning, not a run.
    private(set) var warning: String?

    init(session: RunSession, step: String, log path: String) {
        self.session = session
        self.step = step
        self.path = path
        do {
            let file = try session.host.files.openForAppending(
                "\(session.folder)/\(path)", .exclusive(mode: StateFolder.fileMode))
            log = StepLog(file: file, mask: session.mask)
        } catch {
            warning = "the log \(path) cannot be written: \(error.reason)"
            log = StepLog(file: .discarding, mask: session.mask)
        }
    }

    func take(_ stream: OutputStream, _ piece: [UInt8]) {
        match.add(piece, from: stream)
        let shown = log?.append(piece, from: stream) ?? []
        if !shown.isEmpty { session.observe(.output(step: step, stream, shown)) }
    }

    /// Writes what was held back.
    ///
    /// - Parameter cutShort: the step was ended rather than finished, so that its output may stop inside a secret.
    /// - Returns: what the record says of the log.
    func finish(cutShort: Bool) -> StepRecord.LogSummary {
        precondition(!isClosed, "a step's output is finished once")
        isClosed = true
        guard let summary = log?.close(cutShort: cutShort) else {
            preconditionFailure("the log is there from the beginning")
        }
        if !summary.rest.isEmpty { session.observe(.output(step: step, .standardOutput, summary.rest)) }
        if warning == nil, let failure = summary.failure {
            warning = "the log \(path) could not be written to its end: \(failure.reason)"
        }
        return StepRecord.LogSummary(
            path: path, bytes: summary.bytes, omitted: summary.omitted, truncated: summary.isTruncated || warning != nil
        )
    }

    var standardOutput: String { match.text(of: .standardOutput) }
    var standardError: String { match.text(of: .standardError) }
    var lastLines: [String] { log?.lastLines(Self.shownLines) ?? [] }
}

extension AppendingFile {
    /// Takes everything and keeps nothing: for a log that cannot be written while its step still has to be run.
    static let discarding = AppendingFile(append: { _ in }, synchronize: {}, isLinked: { true })
}
