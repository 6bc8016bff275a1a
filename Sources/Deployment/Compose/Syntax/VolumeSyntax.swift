import YAML

/// `[SOURCE:]TARGET[:OPTIONS]`: https://github.com/compose-spec/compose-spec/blob/main/05-services.md#short-syntax-6
struct VolumeSyntax: Hashable, Sendable {
    var source = ""
    var target = ""
    var isReadOnly = false
    var isCopied = true
    var propagation: String?
    var selinux: String?
    /// Options that Compose passes over.
    var unknownOptions: [String] = []

    struct Refusal: Error, Hashable, Sendable {
        let message: String
    }

    /// A path is mounted, a name is a volume.
    var isBind: Bool {
        guard let first = source.utf8.first else { return false }
        switch first {
        case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "~"): return true
        default: break
        }
        if source.hasPrefix("\\\\") { return true }
        let scalars = source.unicodeScalars
        return scalars.count >= 2 && scalars[scalars.startIndex].properties.isAlphabetic
            && scalars[scalars.index(after: scalars.startIndex)] == ":"
    }

    static let expected = "`./data:/data`, `name:/data:ro`, or `/data`"

    static func parse(_ text: String) throws(Refusal) -> VolumeSyntax {
        var volume = VolumeSyntax()
        let bytes = Array(text.utf8)
        if bytes.isEmpty { throw Refusal(message: "the volume is empty") }
        if bytes.count <= 2 {
            volume.target = text
            return volume
        }
        var start = 0
        var depth = 0
        for index in 0...bytes.count {
            if index < bytes.count {
                if bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "{") {
                    depth += 1
                } else if bytes[index] == UInt8(ascii: "}"), depth > 0 {
                    depth -= 1
                }
                guard bytes[index] == UInt8(ascii: ":"), depth == 0 else { continue }
                if isDrive(bytes[start..<index]) { continue }
            } else if depth > 0 {
                break
            }
            try volume.take(String(decoding: bytes[start..<index], as: UTF8.self), isLast: index == bytes.count)
            start = index + 1
        }
        return volume
    }

    /// The mount target of a short volume; `nil` when it is none.
    static func target(_ text: String) -> String? { (try? parse(text))?.target }

    private mutating func take(_ part: String, isLast: Bool) throws(Refusal) {
        if part.isEmpty { throw Refusal(message: "there is nothing between two colons") }
        if source.isEmpty {
            if isLast { target = part } else { source = part }
        } else if target.isEmpty {
            target = part
        } else if !isLast {
            throw Refusal(message: "there are too many colons")
        } else {
            for option in part.split(separator: ",", omittingEmptySubsequences: false) { take(option: String(option)) }
        }
    }

    private mutating func take(option: String) {
        switch option {
        case "ro": isReadOnly = true
        case "rw": isReadOnly = false
        case "nocopy": isCopied = false
        case "rprivate", "private", "rshared", "shared", "rslave", "slave": propagation = option
        case "z", "Z": selinux = option
        default: unknownOptions.append(option)
        }
    }

    /// One letter, as in `c:\data`.
    private static func isDrive(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let byte = bytes.first, bytes.count == 1 else { return false }
        return byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
    }
}
