/// What a backslash means between double quotes in a `.env` file.
enum DotenvEscapes {
    /// `\n`, `\t`, `\"`, `\\`, `\0101`, …; `\$` is a dollar sign that begins no variable. What is unknown stays.
    static func resolved(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else {
                result.append(bytes[index])
                index += 1
                continue
            }
            let next = bytes[index + 1]
            index += 2
            switch next {
            case UInt8(ascii: "a"): result.append(7)
            case UInt8(ascii: "b"): result.append(8)
            case UInt8(ascii: "f"): result.append(12)
            case UInt8(ascii: "n"): result.append(10)
            case UInt8(ascii: "r"): result.append(13)
            case UInt8(ascii: "t"): result.append(9)
            case UInt8(ascii: "v"): result.append(11)
            case UInt8(ascii: "\\"), UInt8(ascii: "\""): result.append(next)
            case UInt8(ascii: "$"): result += [UInt8(ascii: "$"), UInt8(ascii: "$")]
            case UInt8(ascii: "0"):
                let digits = bytes[index...].prefix(3).prefix { $0 >= 0x30 && $0 <= 0x39 }
                index += digits.count
                result += octal(digits)
            default: result += [UInt8(ascii: "\\"), next]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Three octal digits are a code point; anything else keeps its backslash.
    private static func octal(_ digits: ArraySlice<UInt8>) -> [UInt8] {
        let text = String(decoding: digits, as: UTF8.self)
        if digits.count == 3, let value = UInt32(text, radix: 8), value < 256, let scalar = Unicode.Scalar(value) {
            return Array(String(Character(scalar)).utf8)
        }
        return [UInt8(ascii: "\\")] + digits
    }
}

/// Whether the `$` of a `.env` value was probably meant for itself.
enum DotenvHazard {
    /// `p@$$word`, and `secret$NAME` in the middle of a word.
    static func isLikely(_ text: String, _ parsed: InterpolatedText) -> Bool {
        if text.contains("$$") { return true }
        let scalars = Array(text.unicodeScalars)
        return parsed.references.contains { reference in
            guard reference.operation == nil, reference.offset > 0,
                reference.offset + 1 < scalars.count, scalars[reference.offset + 1] != "{"
            else { return false }
            let before = scalars[reference.offset - 1].properties
            return before.isAlphabetic || before.numericType != nil
        }
    }
}
