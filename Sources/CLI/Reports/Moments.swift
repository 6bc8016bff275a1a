package import Diagnostics

/// Instants and spans in the words of reports.
package enum Moments {
    /// `2026-11-20 20:45:12 UTC`; a text that is no instant is shown as it is.
    package static func instant(_ text: String) -> String {
        guard let moment = Timestamp(text) else { return ShownText.line(text) }
        let written = moment.description
        return "\(written.prefix(10)) \(written.dropFirst(11).prefix(8)) UTC"
    }

    /// `2026-11-20 20:45`, for tables whose head says UTC.
    package static func minute(_ text: String) -> String {
        // As every record has it: `2026-11-20T20:45:12.000Z`.
        let bytes = Array(text.utf8)
        if bytes.count == 24, bytes[10] == 0x54, bytes[23] == 0x5A, bytes.allSatisfy({ $0 < 0x80 }) {
            return String(decoding: bytes[..<10] + [0x20] + bytes[11..<16], as: UTF8.self)
        }
        guard let moment = Timestamp(text) else { return ShownText.line(text) }
        let written = moment.description
        return "\(written.prefix(10)) \(written.dropFirst(11).prefix(5))"
    }

    /// `4 min 02 s ago`, `3 days ago`; `nil` for an instant that is none or has yet to come.
    package static func age(_ text: String, now: Timestamp) -> String? {
        guard let moment = Timestamp(text), moment <= now else { return nil }
        let milliseconds = now.millisecondsSince1970 - moment.millisecondsSince1970
        let days = milliseconds / 86_400_000
        if days >= 2 { return "\(days) days ago" }
        return milliseconds < 1_000 ? "just now" : "\(Wording.duration(milliseconds: milliseconds)) ago"
    }
}
