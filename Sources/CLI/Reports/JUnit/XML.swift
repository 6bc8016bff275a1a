/// Data put into XML 1.0 so that it shows as it is: https://www.w3.org/TR/xml/
///
/// Characters that XML cannot hold at all, such as ESC, are left out.
enum XML {
    static func text(_ text: String) -> String { escaped(text, keepsLines: true) }

    /// For a quoted attribute, where a line break would become a blank.
    static func attribute(_ text: String) -> String { escaped(text, keepsLines: false) }

    /// ` name="value"`
    static func attributes(_ pairs: KeyValuePairs<String, String>) -> String {
        pairs.map { " \($0.key)=\"\(attribute($0.value))\"" }.joined()
    }

    private static func escaped(_ text: String, keepsLines: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars where isAllowed(scalar) {
            switch scalar {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\"": result += "&quot;"
            case "\r": result += "&#13;"
            case "\n" where !keepsLines: result += "&#10;"
            case "\t" where !keepsLines: result += "&#9;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// https://www.w3.org/TR/xml/#charsets
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x1_0000...0x10_FFFF: true
        default: false
        }
    }
}
