import Diagnostics

/// Text of a server as it may be shown.
package enum CheckText {
    /// On one line, control characters spelled out, not longer than somebody reads.
    package static func line(_ text: String, limit: Int = 300) -> String {
        let cut = text.count > limit ? "\(text.prefix(limit))…" : text
        return Wording.visible(cut).split(whereSeparator: \.isNewline).joined(separator: " ")
            .replacing("::", with: ": :")
    }

    /// Lines of a body, each as above; `::error` at a line's beginning is no command of a CI system then.
    package static func lines(_ bytes: some Sequence<UInt8>, limit: Int = 4_096) -> [String] {
        String(decoding: Array(bytes.prefix(limit)), as: UTF8.self)
            .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).prefix(60)
            .map { line(String($0)) }
    }
}
