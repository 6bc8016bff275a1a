package import Diagnostics
package import YAML

/// What a cache in front of the service may keep, and what never: rules that are read by those who debug them.
package struct CacheCheck: Hashable, Sendable {
    /// Never empty.
    package var rules: [CacheRule]
    package var connection: CheckConnection

    /// The first rule that covers an address.
    package func rule(for address: WebAddress) -> CacheRule? { rules.first { $0.covers(address) } }
}

extension CheckReader {
    static let cacheKeys = ["file", "rules"] + connectionKeys
    static let ruleKeys = ["name", "description", "owner", "match", "cached", "not_cached", "bypass", "expect"]

    /// The file that a `cache` step names, relative to the project; `nil` when the rules stand in it.
    package static func cacheFile(_ node: Node) -> Located<String>? {
        let file = node.mapping == nil ? node : node["file"]
        return file?.string.map { Located($0, file?.range ?? node.range) }
    }

    /// The settings of a step whose rules are in a file.
    package static func cacheSettings(_ node: Node, rules: Node) -> Node {
        var entries = (node.mapping?.entries ?? []).filter { $0.key != "file" }
        entries.append(.init(key: "rules", value: rules["rules"] ?? rules))
        return Node(.mapping(Mapping(entries)), range: node.range)
    }

    /// What a `cache` step says, its file not looked at.
    package func checkCacheStep(_ node: Node) {
        guard node.mapping != nil else {
            if let file = node.string {
                checkPath(file, node.range)
            } else {
                problems.error(
                    "`cache` cannot be \(node.kindName)", at: node.range, expected: "the path of a file of rules")
            }
            return
        }
        guard let fields = Fields(node, of: "cache check", known: Self.cacheKeys, problems: problems) else { return }
        if let file = fields.string("file") {
            checkPath(file.value, file.range)
        } else if !fields.contains("rules") {
            problems.error("the cache check has no `file`", at: fields.beginning, expected: "`file` or `rules`")
        } else {
            _ = cache(node)
        }
    }

    private func checkPath(_ path: String, _ range: SourceRange) {
        if path.hasPrefix("/") || path.split(separator: "/").contains("..") {
            problems.error("`\(path)` is outside the project", at: range, expected: "a path below the project")
        }
    }

    /// A file of rules.
    package func cacheFile(_ node: Node, _ sources: SourceTable? = nil) -> CacheCheck? {
        guard Fields(node, of: "file of cache rules", known: ["description", "rules"], problems: problems) != nil else {
            return nil
        }
        guard let rules = node["rules"] else {
            problems.error(
                "the file has no `rules`", at: node.mapping?.entries.first?.keyRange ?? node.range,
                expected: "a list of named rules", next: "add `rules:` to it")
            return nil
        }
        return cache(Node(.mapping(Mapping([.init(key: "rules", value: rules)])), range: node.range), sources)
    }

    /// - Returns: `nil` when nothing can be checked; all that is wrong is in `problems`.
    package func cache(_ node: Node, _ sources: SourceTable? = nil) -> CacheCheck? {
        guard let fields = Fields(node, of: "cache check", known: Self.cacheKeys, problems: problems),
            let items = fields.list("rules")
        else { return nil }
        var seen: [String: SourceRange] = [:]
        let rules = items.compactMap { rule($0, &seen, sources) }
        if items.isEmpty {
            problems.error(
                "there is no rule, and checking nothing proves nothing", at: fields.keyRange("rules"),
                expected: "at least one rule")
        }
        return rules.isEmpty ? nil : CacheCheck(rules: rules, connection: connection(fields))
    }

    private func rule(_ node: Node, _ seen: inout [String: SourceRange], _ sources: SourceTable?) -> CacheRule? {
        guard let fields = Fields(node, of: "cache rule", known: Self.ruleKeys, problems: problems) else { return nil }
        let name = fields.requiredString("name", expected: "a short name, unique in the file")
        let description = fields.requiredString("description", expected: "what the rule is for, for those who debug it")
        if let name {
            if let first = seen[name.value] {
                problems.error(
                    "there are two rules called `\(name.value)`", at: name.range,
                    related: [.init(range: first, label: "first here")], expected: "each name once")
            }
            seen[name.value] = name.range
        }
        let cached = addresses("cached", fields)
        let notCached = addresses("not_cached", fields)
        if (fields.list("cached") ?? []).isEmpty, (fields.list("not_cached") ?? []).isEmpty {
            problems.error(
                "the rule has no example, and checking nothing proves nothing", at: fields.beginning,
                expected: "a URL under `cached` or `not_cached`")
        }
        for address in notCached where cached.contains(where: { $0.value == address.value }) {
            problems.error(
                "`\(address.value.text)` is both cached and not cached", at: address.range, expected: "one of them")
        }
        let bypass = self.bypass(fields)
        if !bypass.isEmpty, cached.isEmpty, isResolved {
            problems.error(
                "`bypass` without a cached example cannot be checked", at: fields.keyRange("bypass"),
                expected: "a URL under `cached`")
        }
        if bypass.contains(where: { !$0.value.secrets.isEmpty }),
            let other = cached.first(where: { $0.value.origin != cached[0].value.origin })
        {
            problems.error(
                "`\(other.value.text)` is of another origin than `\(cached[0].value.origin.text)`", at: other.range,
                expected: "examples of one origin: the secret under `bypass` goes to no other")
        }
        var statuses: [ClosedRange<Int>]?
        var headers: [(name: String, value: TextExpectation)] = []
        if let expect = fields.node("expect"),
            let inner = Fields(expect, of: "expectation", known: nil, problems: problems)
        {
            statuses = inner.contains("status") ? self.statuses(inner) : nil
            headers = expectedHeaders("expect", fields).filter { $0.name != "status" }
        }
        guard let name, let description else { return nil }
        let rule = CacheRule(
            name: name.value, description: description.value, owner: fields.string("owner")?.value,
            match: texts("match", fields), cached: cached.map(\.value), notCached: notCached.map(\.value),
            bypass: bypass, statuses: statuses, expectedHeaders: headers.map { .init(name: $0.name, value: $0.value) },
            place: place(name.range, sources))
        if !rule.match.isEmpty {
            for address in cached + notCached where !CacheRule.isMatched(address.value, by: rule.match) {
                problems.error(
                    "the example `\(address.value.path)` is not covered by the rule's own `match`", at: address.range,
                    expected: "a path that matches \(Wording.list(rule.match.map { "`\($0)`" }, "or"))")
            }
        }
        return rule
    }

    private func place(_ range: SourceRange, _ sources: SourceTable?) -> String? {
        guard let sources, range != .none else { return nil }
        return sources.location(of: range)
    }

    /// `{cookie: NAME=VALUE}` or `{header: "NAME: VALUE"}`.
    private func bypass(_ fields: Fields) -> [CheckHeader] {
        (fields.list("bypass") ?? []).compactMap { node in
            guard let inner = Fields(node, of: "bypass condition", known: ["cookie", "header"], problems: problems)
            else {
                return nil
            }
            if let cookie = inner.node("cookie") {
                return secretText(cookie, "cookie", inner).map { CheckHeader("Cookie", $0) }
            }
            guard let header = inner.node("header"), let text = secretText(header, "header", inner) else {
                if inner.node("header") == nil {
                    problems.error("the condition is empty", at: node.range, expected: "`cookie` or `header`")
                }
                return nil
            }
            guard case .text(let head)? = text.pieces.first, let colon = head.firstIndex(of: ":"),
                CheckHeader.isName(String(head[..<colon]))
            else {
                problems.error("`header` is no header line", at: header.range, expected: "such as `X-Debug: 1`")
                return nil
            }
            let rest = head[head.index(after: colon)...].drop { $0 == " " }
            return CheckHeader(
                String(head[..<colon]),
                SecretText((rest.isEmpty ? [] : [.text(String(rest))]) + text.pieces.dropFirst()))
        }
    }
}
