import Deployment
import Diagnostics
import Engine
import Host
import Synchronization
import TestSupport
import Testing
import YAML

/// A host whose servers are a closure, with a clock that only sleeping moves on.
final class ScriptedWeb: Sendable {
    private let state = Mutex<State>(State())

    private struct State {
        var asked: [HTTPRequest] = []
        var said: [String] = []
        var now = 1_000_000_000
    }

    var asked: [HTTPRequest] { state.withLock(\.asked) }
    /// The lines that were told while the check ran.
    var said: [String] { state.withLock(\.said) }

    /// - Parameter answer: gets the number of the request, from 1.
    func run(
        _ kind: CheckKind, _ settings: String, secrets: [String: String] = [:], limit: Duration = .seconds(600),
        answer: @escaping @Sendable (HTTPRequest, Int) -> Result<HTTPResponse, HTTPFailure>
    ) throws -> (report: CheckReport, lines: [String]) {
        var host = Host.unexpected
        host.signals = Signals(received: { nil })
        host.clock = HostClock(
            now: { Timestamp(millisecondsSince1970: 0) }, monotonicNanoseconds: { self.state.withLock(\.now) },
            sleep: { duration in self.state.withLock { $0.now += Int(duration / .nanoseconds(1)) } })
        host.randomBytes = { count in (0..<count).map { UInt8($0) } }
        host.http.perform = { request in
            let number = self.state.withLock { state in
                state.asked.append(request)
                // Asking takes a millisecond.
                state.now += 1_000_000
                return state.asked.count
            }
            return answer(request, number)
        }
        let problems = Problems()
        var found: [Diagnostic] = []
        var sources = SourceTable()
        let file = SourceFile(path: "check.yaml", bytes: Array(settings.utf8))
        let id = sources.add(file)
        let node = try #require(Loading.document(file, id: id, problems: &found))
        let base = try WebAddress("http://shop.test/")
        let reader = CheckReader(problems: problems, base: base, isResolved: true)
        let check = try #require(reader.check(kind, node), "\(problems.all.map(\.message))")
        let world = CheckWorld(
            host: host, secrets: secrets.mapValues { Secret($0) }, root: "/project", limit: limit
        ) { line in self.state.withLock { $0.said.append(line) } }
        let report = world.run(check)
        return (report, world.lines(of: report))
    }
}

extension HTTPResponse {
    static func answer(_ status: Int = 200, _ body: String = "", _ headers: [String: String] = [:]) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: headers.sorted { $0.key < $1.key }.map { HTTPHeader($0.key, $0.value) },
            body: Array(body.utf8))
    }
}
