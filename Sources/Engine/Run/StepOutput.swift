import Deployment
import Host

/// Where a step's output goes: hidden secrets first, then its log and whoever watches; the beginning is kept for the
/// expectations of the step.
final class StepOutput {
    static let shownLines = 10
    /// Bytes of each stream that `expect.stdout` and `expect.stderr` are held against.
    private static let matched = 1 << 20
    /// Bytes of a log, at most.
    private static let logLimit = 16 << 20

    private let session: RunSession
    private let path: String
    private var file: AppendingFile?
    private var masks: [OutputStream: StreamingMask] = [:]
    private var kept: [OutputStream: [UInt8]] = [:]
    private var tail: [UInt8] = []
    private var bytes = 0
    private var omitted = 0
    private(set) var warning: String?

    init(session: RunSession, log: String) {
        self.session = session
        path = log
        do {
            file = try session.host.files.openForAppending(
                "\(session.folder)/\(log)", .exclusive(mode: StateFolder.fileMode))
        } catch {
            warning = "the log \(log) cannot be written: \(error.reason)"
        }
    }

    func take(_ stream: OutputStream, _ piece: [UInt8]) {
        let room = Self.matched - (kept[stream]?.count ?? 0)
        if room > 0 { kept[stream, default: []] += piece.prefix(room) }
        let hidden = masks[stream, default: StreamingMask(session.mask)].feed(piece)
        pass(stream, hidden)
    }

    /// Nothing is held back but what may be the beginning of a secret.
    func flush() {}

    /// - Returns: what the record says of the log.
    func finish() -> StepRecord.LogSummary {
        for stream in [OutputStream.standardOutput, .standardError] {
            guard var mask = masks[stream] else { continue }
            pass(stream, mask.finish())
            masks[stream] = nil
        }
        return StepRecord.LogSummary(path: path, bytes: bytes, omitted: omitted, truncated: omitted > 0 || warning != nil)
    }

    var standardOutput: String { String(decoding: kept[.standardOutput] ?? [], as: UTF8.self) }
    var standardError: String { String(decoding: kept[.standardError] ?? [], as: UTF8.self) }

    var lastLines: [String] {
        String(decoding: tail, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true)
            .suffix(Self.shownLines).map(String.init)
    }

    private func pass(_ stream: OutputStream, _ hidden: [UInt8]) {
        guard !hidden.isEmpty else { return }
        session.observe(.output(stream, hidden))
        tail = Array((tail + hidden).suffix(8 << 10))
        let room = max(0, Self.logLimit - bytes)
        bytes += hidden.count
        omitted += max(0, hidden.count - room)
        guard room > 0, let file, warning == nil else { return }
        do {
            try file.append(Array(hidden.prefix(room)))
        } catch {
            warning = "the log \(path) cannot be written any further: \(error.reason)"
        }
    }
}
