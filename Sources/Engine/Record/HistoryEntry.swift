import Deployment

/// What a list of runs tells of one.
package struct HistoryEntry: Hashable, Sendable {
    package var id: String
    package var runbook: String
    package var environment: String
    package var status: RunStatus
    package var settled: Bool
    package var startedAt: String
    package var durationMs: Int?
    package var rehearsal: Bool
    package var reason: String?
    /// Why the gate was passed although closed.
    package var gateOverride: String?

    package init(_ record: RunRecord) {
        id = record.id
        runbook = record.runbook.name
        environment = record.environment.name
        status = record.status
        settled = record.settled
        startedAt = record.startedAt
        durationMs = record.durationMs
        rehearsal = record.rehearsal
        reason = record.reason
        gateOverride = record.gateOverride
    }

    // MARK: - As a line

    /// Tab-separated, without its line break; the first field is the size of `run.json` in bytes, by which a reader sees
    /// whether the line is of what stands there.
    func line(recordSize: Int) -> String {
        let fields = [
            String(recordSize), id, runbook, environment, status.rawValue, settled ? "1" : "0", startedAt,
            durationMs.map(String.init) ?? "", rehearsal ? "1" : "0", reason.map { "=" + Self.escaped($0) } ?? "",
            gateOverride.map { "=" + Self.escaped($0) } ?? "",
        ]
        return fields.joined(separator: "\t")
    }

    /// - Returns: `nil` for a line that is none.
    init?(line: ArraySlice<UInt8>, recordSize: inout Int) {
        let fields = line.parts(at: 0x09)
        // Earlier versions wrote no override, and such a run is read by itself.
        guard fields.count == 11, let size = Int(Self.text(fields[0])),
            let status = RunStatus(rawValue: Self.text(fields[4]))
        else { return nil }
        recordSize = size
        id = Self.text(fields[1])
        runbook = Self.text(fields[2])
        environment = Self.text(fields[3])
        self.status = status
        settled = fields[5].elementsEqual("1".utf8)
        startedAt = Self.text(fields[6])
        durationMs = Int(Self.text(fields[7]))
        rehearsal = fields[8].elementsEqual("1".utf8)
        reason = fields[9].isEmpty ? nil : Self.unescaped(fields[9].dropFirst())
        gateOverride = fields[10].isEmpty ? nil : Self.unescaped(fields[10].dropFirst())
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String { String(decoding: field, as: UTF8.self) }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\t", with: "\\t").replacing("\n", with: "\\n")
    }

    private static func unescaped(_ field: ArraySlice<UInt8>) -> String {
        guard field.contains(0x5C) else { return text(field) }
        var result: [UInt8] = []
        var isEscaped = false
        for byte in field {
            if isEscaped {
                result.append(byte == 0x74 ? 0x09 : byte == 0x6E ? 0x0A : byte)
                isEscaped = false
            } else if byte == 0x5C {
                isEscaped = true
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension ArraySlice<UInt8> {
    /// Its parts between separators, empty ones included. A long history has a hundred thousand: `split` takes ten times as
    /// long.
    func parts(at separator: UInt8) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = startIndex
        let bytes = span
        for index in bytes.indices where bytes[index] == separator {
            parts.append(self[start..<(startIndex + index)])
            start = startIndex + index + 1
        }
        parts.append(self[start...])
        return parts
    }
}
