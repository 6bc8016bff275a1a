package import Deployment
import Diagnostics
import Host

/// Asks an environment how it is. Bounded: a server that does not answer and a job that hangs cost seconds.
package struct StatusProbe {
    private static let patience = Duration.seconds(5)
    private static let jobPatience = Duration.seconds(30)
    /// Requests of the short measurement.
    private static let requests = 240
    /// What a short measurement can find reliably.
    private static let tolerance = 0.5

    private let project: Project
    private let environment: EnvironmentManifest
    private let host: Host

    package init(project: Project, environment: EnvironmentManifest) {
        self.project = project
        self.environment = environment
        host = project.host
    }

    /// For `status`, and for the gate's condition of that name: `run().isHealthy` and `run().summary`.
    package func run() -> EnvironmentStatus {
        let up = self.up()
        let deployments = StatusDeployments(project: project, environment: environment.name.text)
        return EnvironmentStatus(
            environment: environment.name.text, up: up, slow: slow(isUp: up.word == .yes), jobs: jobs(),
            lastDeployment: deployments.answer(), lock: deployments.lockHolder())
    }

    // MARK: - Is it up?

    private var base: WebAddress? { environment.url.flatMap { try? WebAddress($0) } }

    private func world(within limit: Duration) -> CheckWorld {
        CheckWorld(host: host, secrets: [:], root: project.root, limit: limit) { _ in }
    }

    private func up() -> EnvironmentStatus.Answer {
        let name = environment.name.text
        guard let base else {
            return .init(.unknown, "the environment has no `url`", next: "name it in environments/\(name).yaml")
        }
        let world = self.world(within: Self.patience * 2)
        let connection = CheckConnection(timeout: Self.patience)
        var exchange: Exchange?
        // A service that has no page for its health may still be up.
        for path in ["/health", "/"] {
            guard let address = try? WebAddress(path, from: base) else { continue }
            let sent = world.send(CheckRequest("GET", address, connection: connection))
            exchange = sent
            if let status = sent.status, status != 404 && status != 405 {
                let took = sent.response.map { " in \(Figure.milliseconds($0.times.total)) ms" } ?? ""
                let what = "status \(status) from \(address.text)\(took)"
                return status < 500
                    ? .init(.yes, what) : .init(.no, what, next: "rehearse history -e \(name), then rehearse rollback")
            }
            if sent.status == nil { break }
        }
        guard let exchange else { return .init(.unknown, "`url` cannot be asked") }
        if let status = exchange.status {
            return .init(.yes, "status \(status) from \(exchange.request.address.text): it answers")
        }
        return .init(
            .no, EvidenceText.line("\(exchange.request.address.text): \(exchange.ending)", .none),
            next: exchange.request.curl)
    }

    // MARK: - Is it slow?

    private func slow(isUp: Bool) -> EnvironmentStatus.Answer {
        let baselines = MeasureBaselines(project.store)
        let found = baselines.last(
            on: environment.name.text, runbook: nil, step: nil, now: host.clock.now())
        guard case .sample(let before, let source) = found else {
            if case .missing(let why) = found { return .init(.unknown, why) }
            return .init(.unknown, "no good run has measured it yet", next: nil)
        }
        guard isUp, let base else { return .init(.unknown, "it does not answer") }
        let routes = Set(before.samples.keys.map(\.route)).sorted().prefix(5)
        let addresses = routes.compactMap { try? WebAddress($0, from: base) }
        guard !addresses.isEmpty else { return .init(.unknown, "what was measured cannot be asked again") }
        let check = MeasureCheck(
            addresses: addresses, requests: Self.requests, warmup: 20, baseline: .last,
            limits: MeasureLimits(errorRate: 1, regression: Self.tolerance),
            connection: CheckConnection(timeout: Self.patience))
        let world = self.world(within: .seconds(10))
        var requests: [HTTPRequest] = []
        for address in addresses {
            guard
                let request = try? world.filled(
                    CheckRequest("GET", address, connection: check.connection), Self.patience)
            else { return .init(.unknown, "what was measured cannot be asked again") }
            requests.append(request)
        }
        let outcome = MeasureRunner(host: host, check: check, requests: requests, seed: 1)
            .run(baseline: found, within: .seconds(10))
        let report = MeasureReport(check, outcome.measurement, seed: 1)
        guard let comparison = report.comparison, let now = outcome.measurement.now.histogram.percentile(0.5),
            let earlier = before.histogram.percentile(0.5)
        else { return .init(.unknown, "there were no good answers to \(routes.joined(separator: ", "))") }
        let figures =
            "median \(Decimal.milliseconds(now)), and \(Decimal.milliseconds(earlier)) in \(source)"
        switch comparison.verdict {
        case .slower:
            let curl = CheckRequest("GET", addresses[0], connection: check.connection).curl
            return .init(.yes, figures + (comparison.why.map { " (\($0))" } ?? ""), next: curl)
        case .faster, .same: return .init(.no, figures)
        case .unclear: return .init(.unknown, "\(figures); too noisy to tell at a glance")
        }
    }

    // MARK: - Do jobs fail?

    private func jobs() -> EnvironmentStatus.Answer {
        guard !environment.jobs.isEmpty else { return .init(.no, "the environment names no jobs") }
        var own = ["REHEARSE_ENVIRONMENT": environment.name.text]
        own["REHEARSE_URL"] = environment.url
        let variables = ChildEnvironment(host, secrets: environment.secrets.map(\.source))
            .variables([environment.variables, own])
        var failing: [String] = []
        var next: String?
        for job in environment.jobs {
            let output = host.processes.capture(
                Command(job.run.commandLine, environment: variables, directory: project.root),
                ProcessLimits(timeout: Self.jobPatience), keeping: 64 << 10)
            guard !output.succeeded else { continue }
            let said =
                (output.trimmedErrorText.isEmpty ? output.trimmedText : output.trimmedErrorText)
                .split(separator: "\n").first.map { ": \($0.prefix(120))" } ?? ""
            failing.append(
                EvidenceText.line("\(job.name) (\(job.owner)): \(EndingWords.describe(output.outcome))\(said)", .none))
            if next == nil { next = job.run.pasteable }
        }
        let count = Wording.count(environment.jobs.count, "job")
        guard !failing.isEmpty else { return .init(.no, "\(count) healthy") }
        return .init(.yes, "\(failing.count) of \(count): \(failing.joined(separator: "; "))", next: next)
    }
}
