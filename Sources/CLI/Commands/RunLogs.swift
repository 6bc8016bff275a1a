import Engine
import Host

/// What the steps of a run printed, as much of it as a report shows; secrets were hidden when it was written.
struct RunLogs {
    let record: RunRecord
    /// The run's own.
    let folder: String
    let files: Files

    private static let largestLog = 64 << 20
    private static let largestWhole = 512 << 10

    /// The beginning and the end of every log that is there.
    var excerpts: [LogExcerpt] {
        record.steps.flatMap { step in
            [(step.log?.path, false), (record.rollbackLog(of: step), true)].compactMap { path, isUndo in
                path.flatMap { path in
                    bytes(path, Self.largestLog).map {
                        LogExcerpt(step: step.id, isUndo: isUndo, path: path, bytes: $0)
                    }
                }
            }
        }
    }

    /// What the steps and undos that failed printed, whole; one that is too large for that is named by its path alone.
    var ofFailures: [GitHubSummary.Log] {
        record.steps.flatMap { step in
            [
                (step.status == .failed ? step.log?.path : nil, step.id),
                (step.rollback.status == .failed ? record.rollbackLog(of: step) : nil, "undo of \(step.id)"),
            ].compactMap { path, title in
                path.flatMap { bytes($0, Self.largestWhole) }
                    .map { GitHubSummary.Log(title: title, text: String(decoding: $0, as: UTF8.self)) }
            }
        }
    }

    private func bytes(_ path: String, _ limit: Int) -> [UInt8]? {
        // A log that is gone is no loss to a report: the record has its path and size.
        try? files.read("\(folder)/\(path)", limit)
    }
}
