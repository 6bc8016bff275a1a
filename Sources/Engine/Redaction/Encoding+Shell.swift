/// How shells and programming languages quote, without the outer quotes.
extension Encoding {
    static let shell: [Encoding] =
        [
            // jq `@sh`, `bash -x`, zsh `(qq)`.
            replacing("single-quoted, '\\''", apostrophe: "'\\''"),
            // Python `shlex.quote`, dash.
            replacing("single-quoted, '\"'\"'", apostrophe: "'\"'\"'"),
            backslashed("double-quoted", "\"\\$`"),
            // bash `printf %q`.
            backslashed("backslashed (bash)", " !\"$&'()*,;<>?[\\]^`{|}", atStart: "~#"),
            // zsh `(q)`: control characters stand in quotes of their own.
            backslashed("backslashed (zsh)", zshSpecial, atStart: "~=", controls: .zsh),
            // Perl `quotemeta`.
            Encoding("backslashed (Perl)") { byte in word.contains(byte) ? nil : [0x5C, byte] },
            // Ruby `Shellwords.escape`.
            Encoding("backslashed (Ruby)") { byte in
                if byte == 0x0A { return Array("'\n'".utf8) }
                return rubyPlain.contains(byte) || byte >= 0x80 ? nil : [0x5C, byte]
            },
            literal("ANSI-C (bash)", .bash, escaping: "'\\"),
            literal("ANSI-C (bash, locale C)", .bash, escaping: "'\\", asciiOnly: true),
            literal("ANSI-C (zsh)", .zsh, escaping: "'\\!"),
            // Python `repr` of a string, of bytes; quotes are escaped only where they must be.
            literal("Python string", .python, escaping: "\\"),
            literal("Python string, '", .python, escaping: "\\'"),
            literal("Python bytes", .python, escaping: "\\", asciiOnly: true),
            literal("Python bytes, '", .python, escaping: "\\'", asciiOnly: true),
            literal("Node string", .node, escaping: "\\'"),
        ]

    private static func replacing(_ name: String, apostrophe: String) -> Encoding {
        Encoding(name) { byte in byte == UInt8(ascii: "'") ? Array(apostrophe.utf8) : nil }
    }

    /// - Parameter atStart: Escaped too where the text is the beginning of a word, which it may be or not.
    private static func backslashed(
        _ name: String, _ escaped: String, atStart: String = "", controls: Named? = nil
    ) -> Encoding {
        let (escaped, atStart) = (ASCIISet(escaped), ASCIISet(atStart))
        let anywhere = Encoding(name) { byte in
            if let control = controls?.control(byte) { return Array("$'".utf8) + control + Array("'".utf8) }
            return escaped.contains(byte) ? [0x5C, byte] : nil
        }
        return Encoding(name: name) { texts in
            zip(texts, anywhere.forms(texts)).flatMap { text, form in
                text.first.map(atStart.contains) == true ? [form, [0x5C] + form] : [form]
            }
        }
    }

    private static func literal(_ name: String, _ named: Named, escaping: String, asciiOnly: Bool = false) -> Encoding {
        let escaped = ASCIISet(escaping)
        return Encoding(name) { byte in
            if escaped.contains(byte) { return [0x5C, byte] }
            if let control = named.control(byte) { return control }
            return asciiOnly && byte >= 0x80 ? named.numbered(byte) : nil
        }
    }

    private static let word = ASCIISet("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
    private static let rubyPlain = ASCIISet(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.,:+/@")
    private static let zshSpecial = " \"#$&'()*;<>?[\\]^`{|}"
}

/// The letters that stand for control characters after a backslash, and the numbers for the rest.
private struct Named: Sendable {
    let letters: [UInt8: Character]
    /// Three octal digits, else `x` and two hexadecimal ones.
    let octal: Bool
    var digits = Encoding.lowercaseDigits

    private static let common: [UInt8: Character] = [0x09: "t", 0x0A: "n", 0x0D: "r"]
    private static let all = common.merging([0x07: "a", 0x08: "b", 0x0B: "v", 0x0C: "f"]) { $1 }

    static let bash = Named(letters: all.merging([0x1B: "E"]) { $1 }, octal: true)
    static let zsh = Named(letters: all, octal: true)
    static let python = Named(letters: common, octal: false)
    static let node = Named(
        letters: common.merging([0x08: "b", 0x0B: "v", 0x0C: "f"]) { $1 }, octal: false,
        digits: Encoding.uppercaseDigits)

    /// `nil` when the byte is not a control character.
    func control(_ byte: UInt8) -> [UInt8]? {
        guard byte < 0x20 || byte == 0x7F else { return nil }
        return letters[byte].map { Array("\\\($0)".utf8) } ?? numbered(byte)
    }

    func numbered(_ byte: UInt8) -> [UInt8] {
        octal
            ? [0x5C] + [6, 3, 0].map { Encoding.lowercaseDigits[Int(byte >> $0 & 7)] }
            : Array("\\x".utf8) + Encoding.pair(byte, digits)
    }
}
