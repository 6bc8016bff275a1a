import Diagnostics
package import YAML

/// Asks pages with and without a credential and looks whether one answer is ever given for the other.
package struct LoggedInCheck: Hashable, Sendable {
    /// All of one origin; never empty.
    package var addresses: [WebAddress]
    /// The header that logs in; its value holds the secret.
    package var credential: CheckHeader
    /// What only the page of a person who is logged in says.
    package var marker: String
    package var connection: CheckConnection
}

extension CheckReader {
    static let loggedInKeys = ["url", "urls", "credential", "marker"] + connectionKeys

    /// - Returns: `nil` when something is wrong, which is in `problems`, or not known yet.
    package func loggedIn(_ node: Node) -> LoggedInCheck? {
        let subject = "check of logged-in traffic"
        guard let fields = Fields(node, of: subject, known: Self.loggedInKeys, problems: problems) else { return nil }
        let nodes = fields.contains("url") ? fields.node("url").map { [$0] } ?? [] : fields.list("urls") ?? []
        if nodes.isEmpty, fields.node("urls")?.mapping == nil {
            problems.error(
                "there is no URL, and checking nothing proves nothing",
                at: fields.contains("urls") ? fields.keyRange("urls") : fields.beginning,
                expected: "at least one under `urls`")
        }
        let addresses = nodes.compactMap { node in address(node, "urls", fields).map { Located($0, node.range) } }
        for address in addresses where address.value.origin != addresses[0].value.origin {
            problems.error(
                "`\(address.value.text)` is of another origin than `\(addresses[0].value.origin.text)`",
                at: address.range, expected: "URLs of one origin: the credential goes to no other",
                next: "make a step for each origin")
        }
        let marker = fields.required("marker", expected: "what only the page of somebody logged in says")
            .flatMap { text($0, "marker", fields) }
        let credential = fields.required("credential", expected: "`{cookie: NAME, secret: SECRET}` or with `header`")
            .flatMap { self.credential($0) }
        guard let marker, let credential, !addresses.isEmpty else { return nil }
        return LoggedInCheck(
            addresses: addresses.map(\.value), credential: credential, marker: marker, connection: connection(fields))
    }

    private func credential(_ node: Node) -> CheckHeader? {
        guard
            let fields = Fields(
                node, of: "credential", known: ["cookie", "header", "secret", "prefix"], problems: problems)
        else { return nil }
        let kinds = ["cookie", "header"].filter(fields.contains)
        let secret = fields.requiredString("secret", expected: "the name of one of the environment's secrets")
        guard kinds.count == 1 else {
            problems.error(
                kinds.isEmpty ? "the credential has neither `cookie` nor `header`" : "the credential has two places",
                at: fields.beginning, expected: "`cookie: NAME` or `header: NAME`")
            return nil
        }
        if let secret, !VariableName.isValid(secret.value) {
            problems.error("`\(secret.value)` cannot be a secret's name", at: secret.range, expected: VariableName.rule)
            return nil
        }
        guard let name = fields.string(kinds[0]), let secret else { return nil }
        guard CheckHeader.isName(name.value) else {
            problems.error("`\(kinds[0])` cannot be `\(name.value)`", at: name.range, expected: "its name alone")
            return nil
        }
        // `Bearer `, say; what stands before the secret in the header.
        let prefix = text("prefix", fields) ?? ""
        let pieces: [SecretText.Piece] =
            kinds[0] == "cookie" ? [.text(name.value + "=")] : prefix.isEmpty ? [] : [.text(prefix)]
        return CheckHeader(
            kinds[0] == "cookie" ? "Cookie" : name.value, SecretText(pieces + [.secret(secret.value)]))
    }
}
