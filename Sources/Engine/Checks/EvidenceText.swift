import Deployment
import Diagnostics
import Host

/// What was asked and what came, for people to read: secrets hidden, and nothing in it that a terminal or a CI server
/// would obey.
enum EvidenceText {
    /// Bytes of a body that are shown.
    static let shownBody = 4 << 10

    static func line(_ text: String, _ mask: SecretMask) -> String {
        let visible = Wording.visible(mask.mask(text))
        return GitHubCommands.neutralized(visible.split(whereSeparator: \.isNewline).joined(separator: " "))
    }

    static func lines(of exchange: Exchange, _ mask: SecretMask) -> [String] {
        var lines = exchange.via.map { "(led on by \($0.text))" }
        lines.append("\(exchange.request.method) \(exchange.request.address.text)")
        lines += exchange.request.headers.map { "  \($0.name): \($0.value.shown)" }
        if let body = exchange.request.body { lines.append("  body: \(body.shown.prefix(200))") }
        lines.append("-> \(exchange.ending)")
        lines = lines.map { line($0, mask) }
        guard let response = exchange.response else { return lines + ["again: \(exchange.request.curl)"] }
        lines += response.headers.map { line("  \($0.name): \(value(of: $0))", mask) }
        lines += body(response, mask).map { "  | \($0)" }
        return lines + ["again: \(line(exchange.request.curl, mask))"]
    }

    /// A cookie that an answer sets may log somebody in: its name and its attributes say enough.
    static func value(of header: HTTPHeader) -> String {
        guard header.isNamed("Set-Cookie"), let equals = header.value.firstIndex(of: "=") else { return header.value }
        let attributes = header.value.firstIndex(of: ";").map { header.value[$0...] } ?? ""
        return equals < attributes.startIndex || attributes.isEmpty
            ? "\(header.value[...equals])…\(attributes)" : header.value
    }

    /// The first 4 KiB, masked as a whole before anything is cut off.
    static func body(_ response: HTTPResponse, _ mask: SecretMask) -> [String] {
        guard !response.body.isEmpty else { return [] }
        let masked = mask.mask(response.body)
        let shown = masked.prefix(shownBody)
        if shown.count(where: { $0 == 0 }) * 16 > shown.count {
            return ["\(Wording.bytes(response.bodyBytes)) that are no text"]
        }
        var lines = String(decoding: shown, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline
        ).map { line(String($0), .none) }
        if lines.last == "" { lines.removeLast() }
        if response.bodyBytes > shown.count { lines.append("… of \(Wording.bytes(response.bodyBytes))") }
        return lines
    }
}
