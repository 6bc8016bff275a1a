/// Percent-encoding (RFC 3986, section 2.1). Encoders differ in the characters that they keep and in the case of the
/// digits; a form (`application/x-www-form-urlencoded`) also writes a blank as `+`.
extension Encoding {
    static let percent: [Encoding] = keepers.flatMap { keeper in
        [("upper", uppercaseDigits), ("lower", lowercaseDigits)].map { (letterCase, digits) in
            let kept = ASCIISet(keeper.kept + (keeper.lettersAndDigits ? lettersAndDigits : ""))
            return Encoding("percent-encoded, \(keeper.name), \(letterCase) case") { byte in
                if keeper.plusForBlank, byte == 0x20 { return [0x2B] }
                return kept.contains(byte) ? nil : [0x25] + pair(byte, digits)
            }
        }
    }

    private struct Keeper {
        let name: String
        /// Besides letters and digits.
        let kept: String
        var lettersAndDigits = true
        var plusForBlank = false
    }

    private static let lettersAndDigits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

    private static let keepers: [Keeper] = [
        Keeper(name: "unreserved kept", kept: "-._~"),
        Keeper(name: "every byte", kept: "", lettersAndDigits: false),
        Keeper(name: "path kept (Python `quote`)", kept: "-._~/"),
        Keeper(name: "encodeURIComponent", kept: "-._~!*'()"),
        Keeper(name: "encodeURI", kept: "-._~!*'();,/?:@&=+$#"),
        Keeper(name: "form (WHATWG, Java)", kept: "*-._", plusForBlank: true),
        Keeper(name: "form (Python, Go)", kept: "-._~", plusForBlank: true),
        Keeper(name: "form (PHP)", kept: "-._", plusForBlank: true),
        Keeper(name: "user info (Go)", kept: "-._~$&+,;="),
        Keeper(name: "user info (RFC 3986)", kept: "-._~!$&'()*+,;="),
        Keeper(name: "path segment (Go)", kept: "-._~$&+=:@"),
        Keeper(name: "path segment (RFC 3986)", kept: "-._~!$&'()*+,;=:@"),
        Keeper(name: "path (RFC 3986)", kept: "-._~!$&'()*+,;=:@/"),
        Keeper(name: "query (RFC 3986)", kept: "-._~!$&'()*+,;=:@/?"),
        Keeper(name: "user info (WHATWG)", kept: "-._~!$&'()*+,%"),
        Keeper(name: "path (WHATWG)", kept: "-._~!$&'()*+,;=:@/%[]|^"),
        Keeper(name: "query (WHATWG)", kept: "-._~!$&()*+,;=:@/?%[]|^\\`{}"),
    ]
}
