import Diagnostics
import YAML

/// Finds text in a manifest that looks like a secret's value.
///
/// The message never repeats the text; the excerpt under it is withheld too, as diagnostics end up in CI logs.
package enum LiteralSecrets {
    static func report(in node: Node, to problems: Problems) {
        switch node.value {
        case .mapping(let mapping): for entry in mapping.entries { report(in: entry.value, to: problems) }
        case .sequence(let items): for item in items { report(in: item, to: problems) }
        case .scalar(let scalar):
            guard scalar.kind == .string, let kind = kind(of: scalar.text) else { return }
            problems.add(
                Diagnostic(
                    "this looks like \(kind)", at: node.range.startOnly, label: "the value is not shown",
                    isWithheld: true,
                    expected: "the name of a secret and where its value comes from, never the value",
                    next: "move it under `secrets:`, and change the secret: it is in the history of this file"))
        }
    }

    /// What the text looks like, or `nil`.
    package static func kind(of text: String) -> String? {
        let bytes = text.utf8
        // All of them are long, and most texts of a manifest are not.
        guard bytes.count >= 6 else { return nil }
        if bytes.count >= 24, text.contains("-----BEGIN "), text.contains("PRIVATE KEY") { return "a private key" }
        if bytes.contains(UInt8(ascii: "@")), hasPasswordInURL(text) { return "a password in a URL" }
        if bytes.count >= 16, bytes.split(whereSeparator: isOutsideToken).contains(where: { isToken(Substring($0)) }) {
            return "an access token"
        }
        return nil
    }

    /// `scheme://user:password@host`, unless the password is a reference such as `${DB_PASSWORD}`.
    private static func hasPasswordInURL(_ text: String) -> Bool {
        var rest = Substring(text)
        while let start = rest.firstRange(of: "://") {
            rest = rest[start.upperBound...]
            let authority = rest.prefix { !"/?#\"' \n\t".contains($0) }
            guard let at = authority.lastIndex(of: "@") else { continue }
            let user = authority[..<at]
            if let colon = user.firstIndex(of: ":") {
                let password = user[user.index(after: colon)...]
                if !password.isEmpty, !password.hasPrefix("$"), !password.allSatisfy({ $0 == "*" }) { return true }
            }
        }
        return false
    }

    /// Prefix, and how many letters and digits follow at least. From the issuers' own documentation of their formats.
    private static let tokens: [(prefix: String, rest: Int)] = [
        ("AKIA", 16), ("ASIA", 16), ("ghp_", 36), ("gho_", 36), ("ghu_", 36), ("ghs_", 36), ("ghr_", 36),
        ("github_pat_", 22), ("glpat-", 20), ("xoxb-", 10), ("xoxp-", 10), ("xoxa-", 10), ("xoxr-", 10),
        ("sk_live_", 16), ("rk_live_", 16), ("AIza", 35), ("npm_", 36), ("pypi-AgEIcHlwaS5vcmc", 20), ("dop_v1_", 64),
        ("SG.", 22), ("hvs.", 24), ("sk-ant-", 24), ("dckr_pat_", 20), ("ya29.", 20),
    ]

    private static func isToken(_ word: Substring) -> Bool {
        guard word.utf8.count >= 14 else { return false }
        for (prefix, rest) in tokens where word.utf8.count >= prefix.utf8.count + rest && word.hasPrefix(prefix) {
            return true
        }
        // A JSON web token: three parts, the first two of which are objects.
        return word.hasPrefix("eyJ") && word.split(separator: ".").count == 3 && word.contains(".eyJ")
            && word.utf8.count > 40
    }

    private static func isOutsideToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            false
        default: true
        }
    }
}
