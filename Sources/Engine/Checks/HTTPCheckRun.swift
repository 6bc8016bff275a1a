import Deployment
import Diagnostics
import Host
import YAML

/// Asks one URL until its answer is as expected, or the time for that is over.
struct HTTPCheckRun {
    let world: CheckWorld
    let check: HTTPCheck

    func run() -> CheckReport {
        var report = CheckReport()
        let request = CheckRequest(
            check.method, check.address, headers: check.headers, body: check.body, connection: check.connection,
            redirects: check.redirects)
        let end = world.now + (check.retryFor?.nanoseconds ?? 0)
        var delay = Duration.milliseconds(200)
        while true {
            let exchange = world.send(request)
            report.requests += 1
            report.checked = 1
            var attempt = CheckReport()
            judge(exchange, &attempt)
            report.metrics.merge(figures(exchange)) { $1 }
            report.isInterrupted = attempt.isInterrupted
            report.findings = attempt.findings
            report.metrics["attempts"] = String(report.requests)
            guard !attempt.findings.isEmpty, exchange.isWorthRepeating, world.now + delay.nanoseconds < end,
                world.pause(delay)
            else { return report }
            delay = min(delay * 2, .seconds(2))
        }
    }

    private func figures(_ exchange: Exchange) -> [String: String] {
        guard let response = exchange.response else { return [:] }
        var figures = [
            "status": String(response.status), "bytes": String(response.bodyBytes),
            "total_ms": Figure.milliseconds(response.times.total),
            "first_byte_ms": Figure.milliseconds(response.times.firstByte), "http_version": response.version,
        ]
        figures["proxy"] = response.proxy
        if !check.connection.isVerified { figures["insecure"] = "true" }
        if let tls = response.tls, !tls.version.isEmpty { figures["tls"] = "\(tls.version) \(tls.cipher)" }
        figures["certificate_until"] = response.tls?.certificates.first?.notAfter
        return figures
    }

    private func judge(_ exchange: Exchange, _ report: inout CheckReport) {
        let subject = check.address.text
        guard case .success(let response) = exchange.result else {
            report.find(subject, exchange.ending, expected: "an answer with \(check.shownStatuses)", [exchange])
            return
        }
        if !check.statuses.contains(where: { $0.contains(response.status) }) {
            report.find(subject, "status \(response.status)", expected: check.shownStatuses, [exchange])
        }
        for header in check.expectedHeaders {
            let found = response.headers.value(header.name)
            guard !header.value.isMet(byHeader: found) else { continue }
            report.find(
                subject, "\(header.name) is \(found.map { "`\($0)`" } ?? "not there")",
                expected: "\(header.name): \(header.value.wording)", [exchange])
        }
        let body = String(decoding: response.body, as: UTF8.self)
        if let expected = check.expectedBody, !expected.isMet(byBody: body) {
            report.find(subject, "the body says something else", expected: expected.wording, [exchange])
        }
        judgeJSON(response, exchange, &report)
        if let within = check.within, response.times.total > within.nanoseconds / 1_000 {
            report.find(
                subject, "it took \(Figure.milliseconds(response.times.total)) ms",
                expected: "at most \(DurationSyntax.format(within))", [exchange])
        }
    }

    private func judgeJSON(_ response: HTTPResponse, _ exchange: Exchange, _ report: inout CheckReport) {
        guard !check.json.isEmpty else { return }
        guard let document = try? JSONReader.read(response.body) else {
            // Whatever is wrong with it, it is no JSON, and the evidence shows it.
            report.find(check.address.text, "the body is no JSON", expected: "JSON", [exchange])
            return
        }
        for expected in check.json {
            let found = Self.value(at: expected.path, in: document)
            if let scalar = found?.scalar, expected.isMet(by: scalar) { continue }
            let shown = found.map { $0.scalar?.jsonText ?? $0.kindName } ?? "not there"
            report.find(
                check.address.text, "`\(expected.shownPath)` is \(shown)", expected: expected.value, [exchange])
        }
    }

    private static func value(at path: [String], in node: Node) -> Node? {
        path.reduce(node) { node, part in
            if let items = node?.sequence { return Int(part).flatMap { items.indices.contains($0) ? items[$0] : nil } }
            return node?[part]
        }
    }
}

extension HTTPCheck.JSONExpectation {
    fileprivate func isMet(by scalar: Scalar) -> Bool {
        if isNumber { return scalar.number != nil && scalar.number == Double(value) }
        return scalar.jsonText == value
    }
}

extension HTTPCheck {
    /// `status 200`, `status 200 to 299 or 304`.
    var shownStatuses: String {
        CheckReport.words(for: statuses)
    }
}
