import Deployment
package import Engine
package import YAML

/// The list of runs as JSON: DESIGN section 11's `history`.
package enum HistoryJSON {
    /// - Parameter records: in the order they are to be listed.
    package static func document(_ records: [RunRecord]) -> Node { document(records.map(HistoryEntry.init)) }

    /// - Parameter entries: in the order they are to be listed.
    package static func document(_ entries: [HistoryEntry]) -> Node {
        .mapping([("schema", .integer(1)), ("runs", .sequence(entries.map(run)))])
    }

    private static func run(_ record: HistoryEntry) -> Node {
        .mapping([
            ("id", .string(record.id)),
            ("runbook", .string(record.runbook)),
            ("environment", .string(record.environment)),
            ("status", .string(record.status.rawValue)),
            ("started_at", .string(record.startedAt)),
            ("duration_ms", .integer(orNull: record.durationMs)),
            ("reason", .string(orNull: record.reason)),
            ("rehearsal", .boolean(record.rehearsal)),
            ("settled", .boolean(record.settled)), ("gate_override", .string(orNull: record.gateOverride)),
        ])
    }
}
