import Diagnostics
import TestSupport
import Testing
import YAML

@testable import Deployment

@Suite struct `Reading measurements and security checks` {
    private static let environment = """
        environment: test
        url: http://shop.test
        values: {UPLOAD_MAX_BYTES: 65536}
        secrets: {TOKEN: {env: TOKEN}}
        """

    private func plan(_ kind: CheckKind, _ settings: String) throws -> (check: Check?, said: [String]) {
        let text = MarkedText(settings)
        let problems = Problems()
        var sources = SourceTable()
        let file = SourceFile(path: "check.yaml", bytes: Array(text.text.utf8))
        let id = sources.add(file)
        var found: [Diagnostic] = []
        let node = try #require(Loading.document(file, id: id, problems: &found))
        let environment = try #require(
            ManifestFiles(["environments/test.yaml": Self.environment]).environment("test").manifest)
        let planner = CheckPlanner(environment: environment, inputs: [:], problems: problems)
        let made = planner.plan(kind, CheckSettings(node), at: .none)
        let said = problems.all.map { problem in
            problem.range.isNone ? problem.message : "\(text.name(of: problem.range.start)) \(problem.message)"
        }
        return (made?.check, said)
    }

    @Test func `a measurement has every setting`() throws {
        let (check, said) = try plan(
            .measure,
            """
            urls: [/a, http://other.test/b?c]
            headers: {Authorization: "Bearer ${TOKEN}"}
            requests: 500
            rate: 12.5
            warmup: 0
            baseline: before
            limits: {p50: 20ms, p95: 300ms, p99: 1s, max: 2s, error_rate: 0.1%, regression: 10%}
            timeout: 3s
            insecure: true
            """)
        #expect(said == [])
        guard case .measure(let measure)? = check else { return #expect(check != nil) }
        #expect(measure.addresses.map(\.text) == ["http://shop.test/a", "http://other.test/b?c"])
        #expect(measure.route(1) == "/b?c")
        #expect(measure.requests == 500 && measure.rate == 12.5 && measure.warmup == 0)
        #expect(measure.concurrency == MeasureCheck.defaultConcurrencyAtRate)
        #expect(measure.baseline == .step("before") && measure.design == .apart)
        #expect(
            measure.limits
                == MeasureLimits(p50: 20, p95: 300, p99: 1_000, max: 2_000, errorRate: 0.001, regression: 0.1))
        #expect(!measure.connection.isVerified && measure.connection.timeout == .seconds(3))
        #expect(check?.secrets == ["TOKEN"])
    }

    @Test func `a measurement of one url has the defaults`() throws {
        guard case .measure(let measure)? = try plan(.measure, "url: /a\nbaseline: {url: /b}").check else {
            return #expect(Bool(false))
        }
        #expect(measure.requests == 1_000 && measure.concurrency == 4 && measure.warmup == 50 && measure.rate == nil)
        #expect(measure.limits.errorRate == 0.01 && measure.limits.regression == nil)
        #expect(measure.design == .interleaved)
    }

    @Test(arguments: [
        ("1️⃣requests: 5", ["1️⃣ the measurement has no `url`"]),
        ("url: /a\n1️⃣urls: [/b]", ["1️⃣ `urls` stands beside `url`"]), ("1️⃣urls: []", ["1️⃣ `urls` is empty"]),
        (
            "url: /a\n1️⃣limits: {regression: 10%}", ["1️⃣ `regression` has nothing to be compared with"]
        ),
        (
            "urls: [/a, /b]\n1️⃣baseline: {url: /c}",
            ["1️⃣ `baseline` is one address, and there are 2 to compare with it"]
        ),
        ("url: /a\nlimits: {error_rate: 1️⃣0.1}", ["1️⃣ `error_rate` cannot be `0.1`"]),
        ("url: /a\nbaseline: last\nlimits: {regression: 1️⃣0.5%}", ["1️⃣ `regression` cannot be `0.5%`"]),
        ("url: /a\nlimits: {1️⃣p90: 1s}", ["1️⃣ unknown key `p90`"]), ("url: /a\nrate: 1️⃣0", ["1️⃣ `rate` cannot be `0`"]),
        ("url: 1️⃣http://u:p@h/", ["1️⃣ this URL holds a user or a password"]),
        ("url: /a\nrequests: 1️⃣0", ["1️⃣ `requests` cannot be `0`"]),
    ])
    func `what is wrong with a measurement is said where it stands`(_ settings: String, _ expected: [String]) throws {
        let (check, said) = try plan(.measure, settings)
        #expect(check == nil || !said.isEmpty)
        #expect(said == expected)
    }

    @Test func `a security check has every setting`() throws {
        let (check, said) = try plan(
            .security,
            """
            url: https://shop.test/
            send: {Authorization: "Bearer ${TOKEN}"}
            headers: {X-Content-Type-Options: nosniff, Strict-Transport-Security: {matches: 'max-age=\\d+'}}
            absent: [X-Served-By]
            cookies: {readable: [csrf]}
            tls: {minimum: 1.3, valid_for: 30d}
            redirect: http://shop.test/
            upload: {url: /uploads, max_bytes: "${UPLOAD_MAX_BYTES}", accept: image/png, forbid: image/svg+xml}
            files: [.env, {path: var, mode: "0750"}, {path: key, optional: true}]
            project: true
            logs: [var/*.log]
            secrets: [TOKEN]
            """)
        #expect(said == [])
        guard case .security(let security)? = check else { return #expect(check != nil) }
        #expect(security.pages.map(\.text) == ["https://shop.test/"])
        #expect(security.expected.map(\.name) == ["X-Content-Type-Options", "Strict-Transport-Security"])
        #expect(security.absent == ["X-Served-By"] && security.cookies?.readable == ["csrf"])
        #expect(security.encryption?.minimum == "1.3" && security.encryption?.validFor == .seconds(30 * 86_400))
        #expect(security.upload?.maximum == 65_536 && security.upload?.forbidden.suffix == ".svg")
        #expect(security.files.map(\.mode) == [nil, 0o750, nil] && security.files.last?.isOptional == true)
        #expect(security.searchesSecrets && security.logs == ["var/*.log"])
        #expect(check?.secrets == ["TOKEN"])
    }

    @Test(arguments: [
        ("1️⃣timeout: 3s", ["1️⃣ the security check looks at nothing"]),
        ("1️⃣headers: {A: b}\nproject: true", ["1️⃣ `headers` has no page to be looked at"]),
        ("redirect: 1️⃣https://shop.test/", ["1️⃣ `redirect` names https://shop.test/, which is encrypted already"]),
        ("url: /\ntls: {minimum: 1️⃣1.1}", ["1️⃣ `minimum` cannot be `1.1`"]),
        ("upload: {url: /u, max_bytes: 10, accept: 1️⃣image/webp}", ["1️⃣ `accept` cannot be `image/webp`"]),
        ("upload: {url: /u, max_bytes: 1️⃣0, accept: image/png}", ["1️⃣ `max_bytes` cannot be `0`"]),
        (
            "upload: {url: /u, max_bytes: 1️⃣8, accept: image/png}",
            ["1️⃣ `max_bytes` leaves no room for a file of image/png"]
        ),
        ("files: [1️⃣../x]", ["1️⃣ `../x` leads out of its folder"]),
        ("files: [{path: x, mode: 1️⃣rw}]", ["1️⃣ `mode` cannot be `rw`"]),
        ("project: true\n1️⃣secrets: [TOKEN]", ["1️⃣ `secrets` has nothing to be looked for in"]),
    ])
    func `what is wrong with a security check is said where it stands`(_ settings: String, _ expected: [String]) throws
    {
        let (check, said) = try plan(.security, settings)
        #expect(check == nil)
        #expect(said == expected)
    }

    @Test(arguments: FileSample.all)
    func `a file of each type is exactly as long as it is asked to be`(_ sample: FileSample) {
        for size in [1, 8, 100, 65_536] { #expect(sample.bytes(size).count == size) }
        #expect(sample.bytes(100).starts(with: sample.beginning))
    }
}
