import Diagnostics
import YAML

/// Reads the settings of checks: fields that several kinds have in common.
///
/// The same reader is used twice: on what a runbook says, where a text that holds `$` is not known yet and passes, and on
/// a plan's settings, where everything has to fit.
package struct CheckReader {
    package let problems: Problems
    /// Where relative URLs start.
    package let base: WebAddress?
    /// Whether `${NAME}` was filled in.
    package let isResolved: Bool

    package init(problems: Problems, base: WebAddress? = nil, isResolved: Bool) {
        self.problems = problems
        self.base = base
        self.isResolved = isResolved
    }

    /// Whether a text is to be taken as it is only once its variables are known.
    func isOpen(_ text: String) -> Bool { !isResolved && Interpolation.hasDollar(text) }

    // MARK: - Texts

    /// A text without secrets.
    func text(_ node: Node, _ key: String, _ fields: Fields) -> String? {
        guard let written = fields.string(node, key) else { return nil }
        guard isResolved else { return written.value }
        guard let text = SecretText(template: written.value) else { return written.value }
        guard let plain = text.plain else {
            problems.error(
                "`\(key)` holds the secret `\(text.secrets.sorted().first ?? "")`, which would be shown",
                at: written.range, expected: "a secret only in a header or a body")
            return nil
        }
        return plain
    }

    func text(_ key: String, _ fields: Fields) -> String? { fields.node(key).flatMap { text($0, key, fields) } }

    /// A text that may hold secrets.
    func secretText(_ node: Node, _ key: String, _ fields: Fields) -> SecretText? {
        guard let written = fields.string(node, key) else { return nil }
        guard isResolved else { return SecretText(plain: written.value) }
        return SecretText(template: written.value) ?? SecretText(plain: written.value)
    }

    func texts(_ key: String, _ fields: Fields) -> [String] {
        (fields.list(key) ?? []).compactMap { text($0, key, fields) }
    }

    // MARK: - Addresses

    /// - Returns: `nil` when it is none, which is in `problems`, or not known yet.
    func address(_ node: Node, _ key: String, _ fields: Fields) -> WebAddress? {
        guard let text = text(node, key, fields), !isOpen(text) else { return nil }
        do throws(WebAddress.Problem) {
            return try WebAddress(text, from: base)
        } catch {
            if error == .noBase, !isResolved { return nil }
            // What may be a password is not shown again.
            let name = error == .credentials ? "this URL" : "`\(Wording.visible(text))`"
            problems.error("\(name) \(error.wording)", at: node.range, expected: error.expected)
            return nil
        }
    }

    func address(_ key: String, _ fields: Fields) -> WebAddress? {
        fields.node(key).flatMap { address($0, key, fields) }
    }

    /// A list of addresses, each once; with their places.
    func addresses(_ key: String, _ fields: Fields) -> [Located<WebAddress>] {
        (fields.list(key) ?? []).compactMap { node in
            address(node, key, fields).map { Located($0, node.range) }
        }
    }

    // MARK: - Requests

    func headers(_ key: String, _ fields: Fields) -> [CheckHeader] {
        (fields.map(key)?.entries ?? []).compactMap { entry in
            guard CheckHeader.isName(entry.key) else {
                problems.error(
                    "`\(entry.key)` cannot be a header's name", at: entry.keyRange, expected: "letters, digits and `-`")
                return nil
            }
            return secretText(entry.value, entry.key, fields).map { CheckHeader(entry.key, $0) }
        }
    }

    func method(_ fields: Fields, initial: String) -> String {
        guard let written = fields.string("method") else { return initial }
        guard !isOpen(written.value) else { return initial }
        guard CheckHeader.isName(written.value) else {
            problems.error("`method` cannot be `\(written.value)`", at: written.range, expected: "such as `GET`")
            return initial
        }
        return written.value.uppercased()
    }

    func positive(_ key: String, _ fields: Fields) -> Duration? {
        guard let duration = fields.duration(key) else { return nil }
        guard duration.value > .zero else {
            problems.error("`\(key)` is no time at all", at: duration.range, expected: "more than 0")
            return nil
        }
        return duration.value
    }

    static let connectionKeys = ["timeout", "ca", "insecure"]

    func connection(_ fields: Fields) -> CheckConnection {
        CheckConnection(
            timeout: positive("timeout", fields) ?? CheckConnection.defaultTimeout,
            authorities: text("ca", fields), isVerified: !(fields.boolean("insecure")?.value ?? false))
    }
}

/// A header that a check sends.
package struct CheckHeader: Hashable, Sendable {
    package let name: String
    package let value: SecretText

    package init(_ name: String, _ value: SecretText) {
        self.name = name
        self.value = value
    }

    static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || "-_!#$%&'*+.^`|~".utf8.contains($0)
            }
    }
}

/// How a check connects.
package struct CheckConnection: Hashable, Sendable {
    /// For one request, from its beginning to the last byte of its answer.
    package var timeout: Duration
    /// A file of certificates to trust in place of the system's; relative to the project.
    package var authorities: String?
    /// `false` only where the check says `insecure: true`.
    package var isVerified: Bool

    package static let defaultTimeout = Duration.seconds(10)

    package init(timeout: Duration = defaultTimeout, authorities: String? = nil, isVerified: Bool = true) {
        self.timeout = timeout
        self.authorities = authorities
        self.isVerified = isVerified
    }
}
