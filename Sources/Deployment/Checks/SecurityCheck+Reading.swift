import Diagnostics
import YAML

extension CheckReader {
    private static let securityKeys =
        [
            "url", "urls", "headers", "send", "absent", "cookies", "tls", "redirect", "upload", "files", "project",
            "logs", "secrets",
        ] + connectionKeys

    /// - Returns: `nil` when something is wrong, which is in `problems`, or not known yet.
    func security(_ node: Node) -> SecurityCheck? {
        guard let fields = Fields(node, of: "security check", known: Self.securityKeys, problems: problems) else {
            return nil
        }
        let errors = problems.all.count
        let check = SecurityCheck(
            pages: pages(fields), headers: headers("send", fields),
            expected: expectedHeaders("headers", fields).map { .init($0.name, $0.value) },
            absent: texts("absent", fields), cookies: cookies(fields), encryption: encryption(fields),
            redirects: fields.node("redirect").map { plainAddresses($0, fields) } ?? [],
            upload: fields.node("upload").flatMap { upload($0) }, files: fileRules(fields),
            searchesSecrets: fields.boolean("project")?.value ?? false, logs: paths("logs", fields),
            hiddenSecrets: hiddenSecrets(fields), connection: connection(fields))
        let needPages = ["headers", "absent", "cookies", "tls"].first(where: fields.contains)
        if let key = needPages, !fields.contains("url"), !fields.contains("urls") {
            problems.error(
                "`\(key)` has no page to be looked at", at: fields.keyRange(key), expected: "`url:` beside it")
        }
        if !Self.securityParts.contains(where: fields.contains) {
            problems.error(
                "the security check looks at nothing", at: fields.beginning,
                expected: "at least one of \(Self.securityParts.joined(separator: ", "))")
        }
        return problems.all.dropFirst(errors).contains { $0.severity == .error } ? nil : check
    }

    private static let securityParts = ["url", "urls", "redirect", "upload", "files", "project", "logs"]

    private func pages(_ fields: Fields) -> [WebAddress] {
        (address("url", fields).map { [$0] } ?? []) + addresses("urls", fields).map(\.value)
    }

    private func plainAddresses(_ node: Node, _ fields: Fields) -> [WebAddress] {
        (node.sequence ?? [node]).compactMap { item in
            guard let address = address(item, "redirect", fields) else { return nil }
            guard address.origin.scheme == "http" else {
                problems.error(
                    "`redirect` names \(address.text), which is encrypted already", at: item.range,
                    expected: "an address that begins with http://")
                return nil
            }
            return address
        }
    }

    private func cookies(_ fields: Fields) -> SecurityCheck.CookieRules? {
        guard let node = fields.node("cookies") else { return nil }
        if let wanted = node.boolean { return wanted ? SecurityCheck.CookieRules() : nil }
        guard let inner = Fields(node, of: "cookie rule", known: ["readable"], problems: problems) else { return nil }
        return SecurityCheck.CookieRules(readable: texts("readable", inner))
    }

    private func encryption(_ fields: Fields) -> SecurityCheck.EncryptionRules? {
        guard let node = fields.node("tls") else { return nil }
        if let wanted = node.boolean { return wanted ? SecurityCheck.EncryptionRules() : nil }
        guard let inner = Fields(node, of: "rule of encryption", known: ["minimum", "valid_for"], problems: problems)
        else { return nil }
        var rules = SecurityCheck.EncryptionRules()
        if let minimum = inner.node("minimum") {
            // `1.2` without quotes is a number, and means the same here.
            guard let text = minimum.spelling, ["1.2", "1.3"].contains(text) else {
                inner.wrongType(minimum, "minimum", "`1.2` or `1.3`: what is older is not safe")
                return nil
            }
            rules.minimum = text
        }
        rules.validFor = inner.duration("valid_for")?.value ?? rules.validFor
        return rules
    }

    private func upload(_ node: Node) -> SecurityCheck.UploadRules? {
        let keys = ["url", "field", "max_bytes", "accept", "forbid"]
        guard let fields = Fields(node, of: "upload rule", known: keys, problems: problems) else { return nil }
        let url = fields.required("url", expected: "where files are sent to").flatMap { address($0, "url", fields) }
        let maximum = fields.required("max_bytes", expected: "how many bytes are accepted")
            .flatMap { size($0, fields) }
        let accepted = fields.required("accept", expected: "a type that is accepted").flatMap {
            type($0, "accept", fields)
        }
        let forbidden =
            fields.node("forbid").map { type($0, "forbid", fields) } ?? FileSample.of("text/html")
        guard let url, let maximum, let accepted, let forbidden else { return nil }
        guard maximum > accepted.beginning.count else {
            problems.error(
                "`max_bytes` leaves no room for a file of \(accepted.type)",
                at: fields.node("max_bytes")?.range ?? node.range, expected: "more than \(accepted.beginning.count)")
            return nil
        }
        return SecurityCheck.UploadRules(
            address: url, field: text("field", fields) ?? "file", maximum: maximum, accepted: accepted,
            forbidden: forbidden)
    }

    /// The largest upload that is tried: it is held in memory.
    private static let largestUpload = 256 << 20

    private func size(_ node: Node, _ fields: Fields) -> Int? {
        if let text = node.string, isOpen(text) { return nil }
        // A variable's value is a text.
        guard let size = node.integer ?? node.string.flatMap({ Int($0) }), (1...Self.largestUpload).contains(size)
        else {
            fields.wrongType(node, "max_bytes", "a number of bytes up to \(Self.largestUpload)")
            return nil
        }
        return size
    }

    private func type(_ node: Node, _ key: String, _ fields: Fields) -> FileSample? {
        guard let text = text(node, key, fields), !isOpen(text) else { return nil }
        if let sample = FileSample.of(text) { return sample }
        let names = FileSample.all.map(\.type)
        problems.error(
            "`\(key)` cannot be `\(text)`", at: node.range, label: Wording.didYouMean(text, names),
            expected: "one of \(Wording.list(names))")
        return nil
    }

    /// A path, or `{path, mode: "0640", optional: true}`.
    private func fileRules(_ fields: Fields) -> [SecurityCheck.FileRule] {
        (fields.list("files") ?? []).compactMap { node in
            guard node.mapping != nil else { return path(node, "files", fields).map { SecurityCheck.FileRule($0) } }
            guard
                let inner = Fields(
                    node, of: "file rule", known: ["path", "mode", "optional"], problems: problems),
                let path = inner.required("path", expected: "the file").flatMap({ path($0, "path", inner) })
            else { return nil }
            var rule = SecurityCheck.FileRule(path, isOptional: inner.boolean("optional")?.value ?? false)
            if let written = inner.node("mode") {
                // YAML 1.2 takes 0640 for the number 640, and its spelling is what was meant.
                guard let mode = written.spelling.flatMap({ UInt32($0, radix: 8) }), mode <= 0o777 else {
                    inner.wrongType(written, "mode", "permissions such as `\"0640\"`")
                    return nil
                }
                rule.mode = mode
            }
            return rule
        }
    }

    private func path(_ node: Node, _ key: String, _ fields: Fields) -> String? {
        guard let path = text(node, key, fields) else { return nil }
        guard !path.split(separator: "/").contains("..") else {
            problems.error(
                "`\(path)` leads out of its folder", at: node.range,
                expected: "a path below the project, or an absolute one")
            return nil
        }
        return path
    }

    private func paths(_ key: String, _ fields: Fields) -> [String] {
        (fields.list(key) ?? []).compactMap { path($0, key, fields) }
    }

    private func hiddenSecrets(_ fields: Fields) -> [String] {
        if fields.contains("secrets"), !fields.contains("logs") {
            problems.error(
                "`secrets` has nothing to be looked for in", at: fields.keyRange("secrets"),
                expected: "`logs:` beside it")
        }
        return (fields.strings("secrets") ?? []).compactMap { name in
            guard VariableName.isValid(name.value) else {
                problems.error(
                    "`\(name.value)` cannot be a secret's name", at: name.range, expected: VariableName.rule)
                return nil
            }
            return name.value
        }
    }
}
