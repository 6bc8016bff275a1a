import Host
import YAML

/// A journal as anybody can read it: by the format's description, and by none of the program's own code for it.
struct JournalOnDisk {
    /// Whole, sound lines in their order.
    private(set) var lines: [Node] = []
    /// Bytes behind them.
    private(set) var tornBytes = 0
    /// Why a line that is not the last is not what was written; `nil` when all are.
    private(set) var damage: String?

    init(_ bytes: [UInt8]) {
        var previous = String(repeating: "0", count: 64)
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let end = rest.firstIndex(of: 0x0A) else { break }
            let text = Array(rest[rest.startIndex..<end])
            guard let line = Self.sound(text) else {
                if end != bytes.count - 1 { damage = "line \(lines.count + 1) is not sound" }
                break
            }
            guard line["prev"]?.string == previous, line["seq"]?.integer == lines.count + 1 else {
                damage = "line \(lines.count + 1) does not follow the one before"
                break
            }
            lines.append(line)
            previous = Host.live().digest.sha256(text)
            rest = rest[(end + 1)...]
        }
        tornBytes = rest.count
    }

    /// The names of its events.
    var events: [String] { lines.map { $0["ev"]?.string ?? "" } }

    /// The events of one name about one step.
    func events(_ name: String, of step: String) -> [Node] {
        lines.filter { $0["ev"]?.string == name && $0["step"]?.string == step }
    }

    private static func sound(_ text: [UInt8]) -> Node? {
        let body = text.dropLast(18)
        guard text.count > 18, text.suffix(18).elementsEqual(",\"crc\":\"\(checksum(body))\"}".utf8) else { return nil }
        return try? JSONReader.read(text)
    }

    /// CRC-32 (ISO 3309) in eight hexadecimal digits.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> String {
        var crc = UInt32.max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
        }
        let digits = String(~crc, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// A journal's text with a new content for its lines, sealed and chained again: what a forger or another version
    /// would write.
    ///
    /// - Parameter change: gets each line up to its chain value, with its number, 1-based.
    static func resealed(_ text: String, _ change: (String, Int) -> String) -> String {
        var previous = String(repeating: "0", count: 64)
        var result = ""
        for (index, line) in text.split(separator: "\n").enumerated() {
            // `,"prev":"` and 64 digits and `"`, then `,"crc":"` and 8 digits and `"}`.
            let body = change(String(line.dropLast(92)), index + 1) + ",\"prev\":\"\(previous)\""
            let sealed = "\(body),\"crc\":\"\(checksum(Array(body.utf8)[...]))\"}"
            previous = Host.live().digest.sha256(Array(sealed.utf8))
            result += sealed + "\n"
        }
        return result
    }
}
