import Host
import TestSupport

/// Finished runs made from one that really ran: another id, and a chain of their own.
struct PreparedRuns {
    private let lines: [String]
    private let id: String
    private let digest = Host.live().digest

    /// - Parameter id: of a run of the checkout that has ended.
    init(from id: String, of checkout: Checkout) throws {
        self.id = id
        lines = try checkout.scratch.text(of: checkout.path(of: id)).split(separator: "\n").map(String.init)
    }

    /// Ids that differ in all their parts, one for each number.
    static func id(_ number: Int) -> String {
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let day = padded(1 + number / 100 % 28, 2)
        let month = padded(1 + number / 2_800 % 12, 2)
        let suffix = String(number % 65_536, radix: 16)
        return "2025\(month)\(day)T\(padded(number % 24, 2))\(padded(number % 60, 2))00Z-work-production-"
            + String(repeating: "0", count: 4 - suffix.count) + suffix
    }

    /// Puts a run into a checkout's folder, as if it had run there.
    func put(_ number: Int, into checkout: Checkout) throws {
        let new = Self.id(number)
        var previous = String(repeating: "0", count: 64)
        var text = ""
        for line in lines {
            let body = line.replacing(id, with: new)
            guard let mark = body.firstRange(of: "\"prev\":\"") else { throw HistoryServer.Unusable(description: line) }
            let start = "\(body[..<mark.lowerBound])\"prev\":\"\(previous)\""
            let sealed = "\(start),\"crc\":\"\(Checksum.hexadecimal(of: Array(start.utf8)))\"}"
            previous = digest.sha256(Array(sealed.utf8))
            text += sealed + "\n"
        }
        let folder = checkout.scratch(".rehearse/runs/\(new)")
        try Files.live.makeDirectory(folder, 0o700)
        try Files.live.makeDirectory("\(folder)/steps", 0o700)
        let file = try Files.live.openForAppending("\(folder)/journal.jsonl", .exclusive(mode: 0o600))
        try file.append(Array(text.utf8))
    }
}
