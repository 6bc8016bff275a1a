import Diagnostics
package import YAML

/// Asks one URL and looks at the answer.
package struct HTTPCheck: Hashable, Sendable {
    package struct JSONExpectation: Hashable, Sendable {
        /// Keys and 0-based positions: `items`, `0`, `id`.
        package let path: [String]
        /// The JSON text of a scalar.
        package let value: String
        /// Whether `value` is a number, which is compared by what it is worth.
        package let isNumber: Bool

        package var shownPath: String { path.joined(separator: ".") }
    }

    package var address: WebAddress
    package var method: String
    package var headers: [CheckHeader]
    package var body: SecretText?
    /// Never empty.
    package var statuses: [ClosedRange<Int>]
    package var expectedHeaders: [(name: String, value: TextExpectation)]
    package var expectedBody: TextExpectation?
    package var json: [JSONExpectation]
    /// The longest time from sending to the last byte.
    package var within: Duration?
    /// 0: an answer with a redirect is the answer.
    package var redirects: Int
    package var connection: CheckConnection
    /// How long it is asked again after no answer, or one that says that it is not ready; `nil`: once.
    package var retryFor: Duration?

    package static func == (left: HTTPCheck, right: HTTPCheck) -> Bool {
        left.address == right.address && left.method == right.method && left.headers == right.headers
            && left.body == right.body && left.statuses == right.statuses
            && left.expectedHeaders.elementsEqual(right.expectedHeaders, by: ==)
            && left.expectedBody == right.expectedBody && left.json == right.json && left.within == right.within
            && left.redirects == right.redirects && left.connection == right.connection
            && left.retryFor == right.retryFor
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(address)
        hasher.combine(method)
    }
}

extension CheckReader {
    static let httpKeys =
        ["url", "method", "headers", "body", "expect", "retry_for", "redirects"] + connectionKeys

    /// - Returns: `nil` when something is wrong, which is in `problems`, or not known yet.
    package func http(_ node: Node) -> HTTPCheck? {
        if node.mapping == nil, let url = node.string {
            return http(Node(.mapping(Mapping([.init(key: "url", value: Node.string(url))])), range: node.range))
        }
        guard let fields = Fields(node, of: "http check", known: Self.httpKeys, problems: problems) else { return nil }
        guard let url = fields.required("url", expected: "the URL to ask") else { return nil }
        let address = self.address(url, "url", fields)
        let method = self.method(fields, initial: fields.contains("body") ? "POST" : "GET")
        var headers = self.headers("headers", fields)
        let body = self.body(fields, &headers)
        let expect = fields.node("expect").flatMap {
            Fields(
                $0, of: "expectation of an http check", known: ["status", "headers", "body", "json", "within"],
                problems: problems)
        }
        let statuses = expect.map { self.statuses($0) } ?? [200...299]
        let redirects = fields.integer("redirects", in: 0...3)?.value ?? 0
        let check = address.map { address in
            HTTPCheck(
                address: address, method: method, headers: headers, body: body, statuses: statuses,
                expectedHeaders: expect.map { expectedHeaders("headers", $0) } ?? [],
                expectedBody: expect.flatMap { expect in
                    expect.node("body").flatMap { expectation($0, "body", expect) { .has([$0]) } }
                },
                json: expect.map { json($0) } ?? [], within: expect.flatMap { positive("within", $0) },
                redirects: redirects, connection: connection(fields), retryFor: positive("retry_for", fields))
        }
        return check
    }

    /// A text is sent as it is; a map or a list as JSON.
    private func body(_ fields: Fields, _ headers: inout [CheckHeader]) -> SecretText? {
        guard let node = fields.node("body") else { return nil }
        guard node.scalar == nil else { return secretText(node, "body", fields) }
        if !headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            headers.append(CheckHeader("Content-Type", SecretText(plain: "application/json")))
        }
        let text = JSONWriter.line(node)
        return isResolved ? SecretText(template: text) : SecretText(plain: text)
    }

    /// `200`, `2xx`, or a list of such; without it any 2xx.
    func statuses(_ fields: Fields) -> [ClosedRange<Int>] {
        guard let node = fields.node("status") else { return [200...299] }
        let ranges = (node.sequence ?? [node]).compactMap { item -> ClosedRange<Int>? in
            if let code = item.integer, (100...599).contains(code) { return code...code }
            if let text = item.string, text.utf8.count == 3, text.hasSuffix("xx"),
                let digit = text.first?.wholeNumberValue,
                (1...5).contains(digit)
            {
                return digit * 100...digit * 100 + 99
            }
            if let text = item.string, isOpen(text) { return 100...599 }
            problems.error(
                "`status` cannot be \(item.spelling.map { "`\($0)`" } ?? item.kindName)", at: item.range,
                expected: "a status such as `200`, `2xx`, or a list of them")
            return nil
        }
        return ranges.isEmpty ? [200...299] : ranges
    }

    func expectedHeaders(_ key: String, _ fields: Fields) -> [(name: String, value: TextExpectation)] {
        (fields.map(key)?.entries ?? []).compactMap { entry in
            let name = entry.key.split(separator: "_").joined(separator: "-")
            guard CheckHeader.isName(name) else {
                problems.error(
                    "`\(entry.key)` cannot be a header's name", at: entry.keyRange, expected: "letters, digits and `-`")
                return nil
            }
            return expectation(entry.value, entry.key, fields) { .exactly($0) }.map { (name, $0) }
        }
    }

    private func json(_ fields: Fields) -> [HTTPCheck.JSONExpectation] {
        (fields.map("json")?.entries ?? []).compactMap { entry in
            guard let scalar = entry.value.scalar else {
                problems.error(
                    "`\(entry.key)` is compared with \(entry.value.kindName)", at: entry.value.range,
                    expected: "a text, a number, `true`, `false` or `null`")
                return nil
            }
            // Nothing at all may be what is expected of a text.
            let isText = scalar.kind == .string
            let text = isText ? scalar.text.isEmpty ? "" : text(entry.value, entry.key, fields) : nil
            if isText, text == nil { return nil }
            return HTTPCheck.JSONExpectation(
                path: entry.key.split(separator: ".").map(String.init),
                value: text.map { JSONWriter.quoted($0) } ?? scalar.jsonText, isNumber: scalar.number != nil)
        }
    }
}
