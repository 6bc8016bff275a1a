import Host
import TestSupport
import Testing
import YAML

/// `status` of an environment whose server is real.
@Suite(.serialized)
struct `The status of an environment` {
    private func status(_ server: TimedServer) throws -> (answer: RehearseBinary.Answer, json: Node) {
        let answer = server.rehearse("status", "timed", "--format", "json")
        return (answer, try JSONReader.read(Array(answer.output.utf8)))
    }

    private func word(_ json: Node, _ question: String) -> String { json[question]?["answer"]?.string ?? "missing" }

    private func write(_ server: TimedServer, _ more: String, url: String? = nil) throws {
        try server.scratch.write(
            "environment: timed\nowner: backend\nurl: \(url ?? server.url)\n\(more)\n", to: "environments/timed.yaml")
    }

    private static let measuring = """
          - {id: speed, name: Speed, owner: backend, expect: figures,
             measure: {url: /even/2, requests: 400, baseline: last}}
        """

    @Test func `of one that answers and was never measured is good`() throws {
        let server = try TimedServer()
        let (answer, json) = try status(server)
        #expect(answer.status == 0, "\(answer)")
        #expect(json["schema"]?.integer == 1 && json["environment"]?.string == "timed")
        #expect(
            ["up", "slow", "jobs", "last_deployment"].map { word(json, $0) } == ["yes", "unknown", "no", "unknown"])
        #expect(["up", "slow", "jobs", "last_deployment"].allSatisfy { json[$0]?["why"]?.string?.isEmpty == false })
    }

    @Test func `fits on one screen, a line for each question`() throws {
        let server = try TimedServer()
        let answer = server.rehearse("status", "timed")
        let lines = answer.output.split(separator: "\n")
        #expect(lines.count <= 8 && lines.first == "timed", "\(answer)")
        for label in ["up", "slow", "jobs failing", "deployment changed"] {
            #expect(lines.contains { $0.drop { $0 == " " }.hasPrefix(label) }, "\(label)")
        }
    }

    @Test func `of one that does not answer is bad, with the request that shows it`() throws {
        let server = try TimedServer()
        try write(server, "", url: "http://127.0.0.1:9")
        let (answer, json) = try status(server)
        #expect(answer.status == 1)
        #expect(word(json, "up") == "no")
        #expect(json["up"]?["next"]?.string?.hasPrefix("curl ") == true)
    }

    @Test func `of one without a url cannot be told, which is not good`() throws {
        let server = try TimedServer()
        try server.scratch.write("environment: timed\nowner: backend\n", to: "environments/timed.yaml")
        let (answer, json) = try status(server)
        #expect(answer.status == 1)
        #expect(word(json, "up") == "unknown")
    }

    @Test func `names the jobs that fail, their owner and how to ask again`() throws {
        let server = try TimedServer()
        try write(
            server,
            """
            jobs:
              - {name: good, owner: backend, run: "true"}
              - {name: queue, owner: platform, run: "echo '::error 120 jobs wait' >&2; exit 3"}
            """)
        let (answer, json) = try status(server)
        #expect(answer.status == 1)
        #expect(word(json, "jobs") == "yes")
        let why = json["jobs"]?["why"]?.string ?? ""
        #expect(
            why.contains("1 of 2 jobs") && why.contains("queue (platform)") && why.contains("120 jobs wait"), "\(why)")
        #expect(json["jobs"]?["next"]?.string?.contains("exit 3") == true)
    }

    @Test func `compares with the last good run, and says what the last deployment changed`() throws {
        let server = try TimedServer()
        #expect(try server.run("deploy", Self.measuring).status == 0)
        try write(server, "values: {APP_TAG: \"2\"}")
        #expect(try server.run("deploy", Self.measuring).status == 0)
        let (answer, json) = try status(server)
        #expect(answer.status == 0, "\(answer)")
        #expect(["no", "unknown"].contains(word(json, "slow")))
        #expect(json["slow"]?["why"]?.string?.contains("median ") == true)
        #expect(word(json, "last_deployment") == "yes")
        #expect(json["last_deployment"]?["why"]?.string?.contains("`values.APP_TAG`") == true, "\(answer)")
    }

    @Test func `of one that became slower is bad`() throws {
        let server = try TimedServer()
        let measuring = Self.measuring.replacing("/even/2", with: "/load")
        #expect(try server.run("deploy", measuring).status == 0)
        _ = server.rehearse("check", "http", "\(server.url)/slower/8")
        let (answer, json) = try status(server)
        #expect(answer.status == 1, "\(answer)")
        #expect(word(json, "slow") == "yes")
    }

    @Test func `of one whose last run is not settled is bad, with the way on`() throws {
        let server = try TimedServer()
        let ran = try server.run(
            "broken",
            """
              - {id: change, name: Change, owner: backend, expect: changed, run: "true", rollback: "true"}
              - {id: fail, name: Fail, owner: backend, expect: fine, run: "false", rollback: "true"}
            """)
        #expect(ran.status == 1)
        let (answer, json) = try status(server)
        #expect(answer.status == 1)
        #expect(json["last_deployment"]?["why"]?.string?.contains("not settled") == true)
        #expect(json["last_deployment"]?["next"]?.string?.hasPrefix("rehearse ") == true)
    }

    @Test func `can be watched until it is interrupted`() throws {
        let server = try TimedServer()
        let watching = try server.rehearse.start("status", "timed", "--watch", "--every", "100ms", "--format", "json")
        defer { watching.send(9) }
        _ = server.rehearse.run(["sleep", "2"])
        watching.send(2)
        let answer = try watching.wait()
        #expect(answer.status == 130, "\(answer)")
        let lines = answer.output.split(separator: "\n")
        #expect(lines.count >= 2)
        #expect(lines.allSatisfy { (try? JSONReader.read(Array($0.utf8))) != nil })
    }

    @Test func `of an environment that is not there is a usage error`() throws {
        let server = try TimedServer()
        let answer = server.rehearse("status", "nowhere")
        #expect(answer.status == 2)
    }
}
