package import Deployment
import Host
package import YAML

/// What a check found.
package struct CheckReport {
    /// Something that is not as it should be.
    package struct Finding: Sendable {
        /// The rule's name or the URL.
        package var subject: String
        package var what: String
        package var expected: String
        /// `FILE:LINE:COLUMN` of what asks for it, where that is in a file.
        package var place: String?
        /// The requests that show it, in their order.
        package var exchanges: [Exchange]
        /// What to type to see it again, where no request shows it.
        package var again: String?

        package var line: String { "\(subject): \(what)" }
    }

    package var findings: [Finding] = []
    /// What else is worth reading, line by line; secrets are hidden when it is told.
    package var notes: [String] = []
    /// Figures for the record.
    package var metrics: [String: String] = [:]
    /// How many things were looked at: a check of nothing has not passed.
    package var checked = 0
    package var requests = 0
    /// A signal, or a step beside this one, ended it.
    package var isInterrupted = false

    /// What the loader said of libcurl, where it is not there.
    package var missingLibrary: String? {
        for case .failure(.http(let failure)) in findings.flatMap(\.exchanges).map(\.result)
        where failure.cause == .unavailable { return failure.detail }
        return nil
    }

    package var hasPassed: Bool { findings.isEmpty && checked > 0 && !isInterrupted }

    /// `status 200`, `status 200 to 299 or 304`.
    static func words(for statuses: [ClosedRange<Int>]) -> String {
        let words = statuses.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)" }
        return "status " + words.joined(separator: " or ")
    }

    mutating func find(
        _ subject: String, _ what: String, expected: String, at place: String? = nil, _ exchanges: [Exchange],
        again: String? = nil
    ) {
        if exchanges.contains(where: \.isInterrupted) {
            isInterrupted = true
            return
        }
        findings.append(
            Finding(
                subject: subject, what: what, expected: expected, place: place, exchanges: exchanges, again: again))
    }
}

extension CheckWorld {
    /// The findings with all their evidence, line by line.
    package func lines(of report: CheckReport) -> [String] {
        var lines = report.notes.map { EvidenceText.line($0, mask) }
        for finding in report.findings {
            lines += ["", "failed: \(EvidenceText.line(finding.line, mask))"]
            if let place = finding.place { lines.append("  at \(place)") }
            lines.append("  expected: \(EvidenceText.line(finding.expected, mask))")
            for exchange in finding.exchanges { lines += EvidenceText.lines(of: exchange, mask).map { "  \($0)" } }
            if let again = finding.again { lines.append("  again: \(EvidenceText.line(again, mask))") }
        }
        if report.checked == 0, report.findings.isEmpty, !report.isInterrupted {
            lines.append("failed: nothing was checked, and that proves nothing")
        }
        return lines
    }

    /// A text without the secrets that this check sends.
    package func hiding(_ text: String) -> String { mask.mask(text) }

    /// The findings as JSON, as `check` has its errors.
    package func nodes(of report: CheckReport) -> [Node] {
        report.findings.map { finding in
            .mapping([
                ("message", .string(mask.mask(finding.line))), ("expected", .string(mask.mask(finding.expected))),
                ("retry", .string("safe, it only asks")), ("at", .string(orNull: finding.place)),
                ("requests", .sequence(finding.exchanges.map(node))),
            ])
        }
    }

    private func node(_ exchange: Exchange) -> Node {
        let response = exchange.response
        let body = response.map { mask.mask($0.body).prefix(EvidenceText.shownBody) }
        return .mapping([
            ("method", .string(exchange.request.method)), ("url", .string(exchange.request.address.text)),
            ("curl", .string(mask.mask(exchange.request.curl))), ("ending", .string(mask.mask(exchange.ending))),
            ("status", .integer(orNull: response?.status)),
            (
                "headers",
                .sequence((response?.headers ?? []).map { .strings([$0.name, mask.mask(EvidenceText.value(of: $0))]) })
            ),
            ("body", .string(orNull: body.map { String(decoding: $0, as: UTF8.self) })),
        ])
    }

    /// Carries a check out.
    package func run(_ check: Check) -> CheckReport {
        var report: CheckReport
        switch check {
        case .http(let check): report = HTTPCheckRun(world: self, check: check).run()
        case .cache(let check): report = CacheCheckRun(world: self, check: check).run()
        case .loggedIn(let check): report = LoggedInRun(world: self, check: check).run()
        case .purge(let check): report = PurgeRun(world: self, check: check).run()
        case .measure(let check): report = MeasureRun(world: self, check: check).run()
        case .security(let check): report = SecurityRun(world: self, check: check).run()
        }
        if isToStop { report.isInterrupted = true }
        if report.metrics["requests"] == nil { report.metrics["requests"] = String(report.requests) }
        if !report.findings.isEmpty { report.metrics["findings"] = String(report.findings.count) }
        return report
    }
}
