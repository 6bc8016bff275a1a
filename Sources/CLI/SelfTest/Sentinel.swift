/// A value that is planted as a secret, and all that would give it away.
///
/// Its forms are written here once more, without the redaction's own encodings: what proves something must not share its
/// mistakes. Every piece of `window` bytes of any form is looked for, so that a secret that was cut in two is found, too.
struct Sentinel {
    /// Bytes. Each piece of this length has random digits in it, and occurs nowhere by chance.
    static let window = 12

    let name: String
    let value: String

    /// Form by form, as an output would have it.
    var forms: [(name: String, text: [UInt8])] {
        let bytes = Array(value.utf8)
        var forms: [(name: String, text: [UInt8])] = [
            ("plain", bytes),
            ("percent", Self.percent(bytes, Array("0123456789ABCDEF".utf8))),
            ("percent", Self.percent(bytes, Array("0123456789abcdef".utf8))),
            ("JSON", Self.json(bytes)),
            ("shell", Self.shell(bytes)),
        ]
        for shift in 0...2 { forms.append(("base64+\(shift)", Self.base64(bytes, shift))) }
        for line in value.split(separator: "\n") where value.contains("\n") { forms.append(("line", Array(line.utf8))) }
        return forms
    }

    /// What a step may print that has the value in it: the forms, the base64 with whole bytes around it.
    var printed: [[UInt8]] {
        let bytes = Array(value.utf8)
        return forms.map(\.text) + (0...2).map { Self.encoded(Array("xy".utf8.prefix($0)) + bytes + Array("z".utf8)) }
    }

    private static func percent(_ bytes: [UInt8], _ digits: [UInt8]) -> [UInt8] {
        bytes.flatMap { byte -> [UInt8] in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-._~".utf8.contains(byte)
            return isPlain ? [byte] : [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }

    private static func json(_ bytes: [UInt8]) -> [UInt8] {
        bytes.flatMap { byte -> [UInt8] in
            switch byte {
            case 0x22: [0x5C, 0x22]
            case 0x5C: [0x5C, 0x5C]
            case 0x0A: [0x5C, 0x6E]
            default: [byte]
            }
        }
    }

    private static func shell(_ bytes: [UInt8]) -> [UInt8] {
        [0x27] + bytes.flatMap { $0 == 0x27 ? Array("'\\''".utf8) : [$0] } + [0x27]
    }

    /// Only the digits that depend on nothing before and after the value.
    private static func base64(_ bytes: [UInt8], _ shift: Int) -> [UInt8] {
        let all = encoded([UInt8](repeating: 0, count: shift) + bytes)
        return Array(all[[0, 2, 3][shift]..<((shift + bytes.count) * 8 / 6)])
    }

    private static func encoded(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            bits &= 0xFF_FFFF
            let four = (0..<4).map { digits[bits >> (18 - 6 * $0) & 63] }
            result += four.prefix(group.count + 1) + [UInt8](repeating: 0x3D, count: 3 - group.count)
        }
        return result
    }
}

/// Finds sentinels in whatever was written.
struct SentinelSearch {
    struct Leak: Hashable {
        let secret: String
        let form: String
    }

    private let pieces: [[UInt8]: Leak]

    init(_ sentinels: [Sentinel]) {
        var pieces: [[UInt8]: Leak] = [:]
        for sentinel in sentinels {
            for (form, text) in sentinel.forms where text.count >= Sentinel.window {
                for start in 0...(text.count - Sentinel.window) {
                    let piece = Array(text[start..<(start + Sentinel.window)])
                    if pieces[piece] == nil { pieces[piece] = Leak(secret: sentinel.name, form: form) }
                }
            }
        }
        self.pieces = pieces
    }

    /// Sorted, each once.
    func leaks(in bytes: [UInt8]) -> [Leak] {
        guard bytes.count >= Sentinel.window else { return [] }
        var found: Set<Leak> = []
        for start in 0...(bytes.count - Sentinel.window) {
            if let leak = pieces[Array(bytes[start..<(start + Sentinel.window)])] { found.insert(leak) }
        }
        return found.sorted { ($0.secret, $0.form) < ($1.secret, $1.form) }
    }
}
