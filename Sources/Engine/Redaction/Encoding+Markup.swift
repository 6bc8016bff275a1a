/// Text in HTML and XML, and the quoting that doubles a character.
extension Encoding {
    static let markup: [Encoding] =
        [
            // XML text.
            ("markup", nil, nil),
            ("markup, &quot;", "&quot;", nil),
            // Python `html.escape`.
            ("markup, &quot; &#x27;", "&quot;", "&#x27;"),
            ("markup, &quot; &#39;", "&quot;", "&#39;"),
            // PHP `htmlspecialchars`.
            ("markup, &quot; &#039;", "&quot;", "&#039;"),
            // XML attributes, jq `@html`.
            ("markup, &quot; &apos;", "&quot;", "&apos;"),
            // Go `html/template`, Jinja.
            ("markup, &#34; &#39;", "&#34;", "&#39;"),
        ].map { (name, quote, apostrophe) in
            Encoding(name) { (byte: UInt8) in
                switch byte {
                case UInt8(ascii: "&"): Array("&amp;".utf8)
                case UInt8(ascii: "<"): Array("&lt;".utf8)
                case UInt8(ascii: ">"): Array("&gt;".utf8)
                case UInt8(ascii: "\""): quote.map { Array($0.utf8) }
                case UInt8(ascii: "'"): apostrophe.map { Array($0.utf8) }
                default: nil
                }
            }
        } + [
            // Python `quoteattr`.
            Encoding("markup, &quot; &#9;") { (byte: UInt8) in
                switch byte {
                case UInt8(ascii: "&"): Array("&amp;".utf8)
                case UInt8(ascii: "<"): Array("&lt;".utf8)
                case UInt8(ascii: ">"): Array("&gt;".utf8)
                case UInt8(ascii: "\""): Array("&quot;".utf8)
                case 0x09, 0x0A, 0x0D: Array("&#\(byte);".utf8)
                default: nil
                }
            }
        ]
        + [
            // Compose files and makefiles; YAML and SQL; CSV.
            ("doubled $", UInt8(ascii: "$")), ("doubled '", UInt8(ascii: "'")), ("doubled \"", UInt8(ascii: "\"")),
        ].map { (name, doubled) in
            Encoding(name) { (byte: UInt8) in byte == doubled ? [byte, byte] : nil }
        }
}
