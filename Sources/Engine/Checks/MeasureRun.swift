import Deployment
import Diagnostics
import Host

/// Measures how long answers take, compares, and judges.
struct MeasureRun {
    let world: CheckWorld
    let check: MeasureCheck

    /// Bytes of an answer that are taken before it counts as a failure.
    private static let largestAnswer = 64 << 20
    /// The same for the same measurement: what it says can be said again.
    private static let seed: UInt64 = 20_261_121

    func run() -> CheckReport {
        var report = CheckReport()
        let asked = (check.addresses + [baselineAddress].compactMap(\.self)).map {
            CheckRequest("GET", $0, headers: check.headers, connection: check.connection)
        }
        let requests: [HTTPRequest]
        do throws(Exchange.Failure) {
            requests = try filled(asked)
        } catch {
            let exchange = Exchange(request: asked[0], via: [], result: .failure(error), began: world.now)
            report.find(asked[0].address.text, exchange.ending, expected: "a request that can be sent", [exchange])
            return report
        }
        if !check.connection.isVerified { report.metrics["insecure"] = "true" }
        let runner = MeasureRunner(host: world.host, check: check, requests: requests, seed: Self.seed)
        let outcome = runner.run(
            baseline: world.baseline(check), within: world.timeLeft, stopSwitch: world.stopSwitch)
        if case .unavailable(let why) = outcome.ending {
            report.find(asked[0].address.text, why, expected: "libcurl", [])
            return report
        }
        report.isInterrupted = outcome.ending == .interrupted
        judge(outcome, asked, &report)
        return report
    }

    private var baselineAddress: WebAddress? {
        if case .address(let address) = check.baseline { return address }
        return nil
    }

    private func filled(_ asked: [CheckRequest]) throws(Exchange.Failure) -> [HTTPRequest] {
        var requests: [HTTPRequest] = []
        for request in asked {
            var raw = try world.filled(request, request.connection.timeout)
            raw.limits.body = Self.largestAnswer
            raw.limits.kept = EvidenceText.shownBody
            requests.append(raw)
        }
        return requests
    }

    private func judge(_ outcome: MeasureRunner.Outcome, _ asked: [CheckRequest], _ report: inout CheckReport) {
        let result = MeasureReport(check, outcome.measurement, seed: Self.seed)
        report.checked = result.items.count
        report.requests = outcome.measurement.now.answers + outcome.measurement.now.failures
        report.metrics.merge(result.metrics) { $1 }
        report.notes = result.lines
        if !check.connection.isVerified { report.notes.append("certificates were not verified: `insecure`") }
        let failure = outcome.firstFailure.map { target, result in
            Exchange(
                request: asked[target], via: [], result: result.mapError { Exchange.Failure.http($0) }, began: 0)
        }
        for item in result.items where !item.isHeld {
            let isAboutFailures = item.name == "answers" || item.name == "error_rate"
            let late = outcome.ending == .outOfTime && item.name == "answers" ? ", and the time was over" : ""
            report.find(
                item.name, item.found + late, expected: item.expected,
                isAboutFailures ? [failure].compactMap(\.self) : [],
                again: isAboutFailures && failure != nil ? nil : Self.timing(asked[0]))
        }
    }

    /// One request of it, with its time.
    private static func timing(_ request: CheckRequest) -> String {
        request.curl.replacing("curl -sS -i", with: "curl -sS -o /dev/null -w '%{time_total} s\\n'")
    }
}
