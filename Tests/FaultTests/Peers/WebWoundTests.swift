import Host
import TestSupport
import Testing
import YAML

/// Wounds of peers in checks over HTTP (PEERS section D).
@Suite(.enabled(if: Tool.python, "python3 is not here"))
struct `Wounds of checks over HTTP` {
    private static func step(_ id: String, _ action: String) -> TracedStep {
        let head = ["- id: \(id)", "  name: Step \(id)", "  owner: tester", "  expect: it holds"]
        return TracedStep(whole: (head + ["  \(action)"]).map { "  \($0)\n" }.joined())
    }

    /// flagger#1581, #1098, #1035: no metric and no traffic passed by accident.
    @Test func `PEERS 18: no samples and no checks are no pass`() throws {
        let server = try LoopbackServer()
        let rule = "name: r, description: d"
        // Nothing that would tell a hit from a miss.
        let silent = try FaultProject([
            Self.step("look", "cache: {rules: [{\(rule), not_cached: ['\(server.url("/plain"))']}]}")
        ])
        #expect(silent.run().status == 1)
        #expect(try silent.step("look")["failure"]?["what"]?.string?.contains("nothing is proven") == true)
        silent.holdInvariants()
        for empty in ["cache: {rules: []}", "cache: {rules: [{\(rule)}]}", "logged_in: {urls: [], marker: m}"] {
            let project = try FaultProject([Self.step("look", empty)])
            let answer = project.run()
            #expect(answer.status == 2 && answer.error.contains("proves nothing"), "\(answer)")
            project.holdInvariants()
        }
    }

    /// flagger#1801: eighteen failed checks while somebody was asked, and no rollback.
    @Test func `PEERS 19: a check that begins to fail while somebody is asked ends in a rollback`() throws {
        let server = try LoopbackServer()
        let url = server.url("/failing/1")
        let project = try FaultProject([
            FaultStep.traced("deploy"), Self.step("before", "http: '\(url)'"), Self.step("ask", "approve: go on?"),
            Self.step("after", "http: '\(url)'"), FaultStep.traced("next"),
        ])
        // Approved in advance: that answers the question and no check.
        let answer = project.run("--approve", "ask")
        #expect(answer.status == 1, "\(answer)")
        #expect(try project.standing().steps == ["succeeded", "succeeded", "succeeded", "failed", "pending"])
        #expect(project.trace == ["deploy", "undo-deploy"])
        project.holdInvariants()
    }

    /// mneme#215: over the provider's limit everything was refused, and the run went on.
    @Test func `PEERS 20: 245 URLs are purged in batches within the limit, and a 400 stops the run`() throws {
        let server = try LoopbackServer()
        let routes = (0..<245).map { "'\(server.url("/cache/p\($0)"))'" }.joined(separator: ", ")
        for (batch, status) in [("", 0), (", batch: 31", 1)] {
            let settings = """
                provider: cloudflare, zone: z, token: CANARY, endpoint: '\(server.url("/"))', routes: [\(routes)]\(batch)
                """
            let project = try FaultProject(
                [Self.step("purge", "purge: {\(settings)}"), FaultStep.traced("next")], ceiling: .seconds(20))
            #expect(project.run().status == status)
            let step = try project.step("purge")
            #expect(step["metrics"]?["calls"]?.string == (status == 0 ? "9" : "1"))
            if status == 1 {
                #expect(step["failure"]?["what"]?.string?.contains("refused a purge (status 400)") == true)
                #expect(project.trace.isEmpty)
            }
            project.holdInvariants()
        }
    }
}
