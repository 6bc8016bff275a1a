import Deployment
import Engine
import Host
import TestSupport
import Testing
import YAML

@Suite struct `The certificate of a rehearsal` {
    private func certificate(_ project: GatedProject, _ location: SourceLocation = #_sourceLocation) throws -> Node {
        let answer = project("history", "show", "last:staging", "--certificate")
        try #require(answer.status == 0, "\(answer)", sourceLocation: location)
        return json(answer.output)
    }

    /// What has changed since, by what it is called.
    private func invalidated(_ certificate: Node) -> [String: (from: String?, to: String?)] {
        var found: [String: (from: String?, to: String?)] = [:]
        for change in certificate["invalidated_by"]?.sequence ?? [] {
            found[change["what"]?.string ?? ""] = (change["from"]?.string, change["to"]?.string)
        }
        return found
    }

    @Test func `says what was proved and what that is bound to`() throws {
        let project = try GatedProject()
        try project.rehearseDeploy("--twice")
        let record = try project.record()
        let certificate = try certificate(project)
        #expect(certificate["valid"]?.boolean == true)
        #expect(certificate["held"]?.boolean == true)
        #expect(certificate["problem"] == nil)
        #expect(certificate["twice"]?.boolean == true)
        #expect(certificate["run"]?.string == record.id)
        #expect(certificate["rehearsed_at"]?.string == record.endedAt)
        #expect(certificate["invalidated_by"]?.sequence?.count == 0)
        let head = try project.shell("git rev-parse HEAD HEAD^{tree}").split(separator: "\n").map(String.init)
        #expect(certificate["git"]?["commit"]?.string == head[0])
        #expect(certificate["git"]?["dirty"]?.boolean == false)
        let bound = try #require(certificate["bound_to"])
        #expect(bound["tree"]?.string == head[1])
        let text = try project.shell("sha256sum runbooks/deploy.yaml | cut -d' ' -f1").split(separator: "\n").joined()
        #expect(bound["runbook"]?.string == text)
        for key in ["steps", "rollbacks", "templates"] { #expect(bound[key]?.string?.utf8.count == 64, "\(key)") }
        #expect(bound["compared"]?.mapping?.entries.map(\.key) == ["production", "staging"])
        #expect(certificate["environment"]?["compose_sha256"]?.string == record.environment.composeSha256)
        #expect(certificate["not_rehearsed"]?.sequence?.compactMap { $0["id"]?.string } == ["purge"])
        let deploy = try #require(certificate["steps"]?.sequence?.first { $0["id"]?.string == "deploy" })
        #expect(deploy["back"]?["verified"]?.boolean == true)
        #expect(deploy["back"]?["times"]?.integer == 2)
        #expect(deploy["back"]?["captures"]?["PREVIOUS"]?.string == "1.4.1")
        #expect(deploy["back"]?["duration_ms"]?.integer == certificate["way_back_ms"]?.integer)
        #expect(certificate["journal"]?["head"]?.string == record.journal.head)
    }

    @Test func `fits its schema, and the record fits its own`() throws {
        let project = try GatedProject()
        try project.rehearseDeploy()
        let schema = json(project("schema", "certificate").output)
        #expect(JSONSchema(root: schema).problems(of: try certificate(project)) == [])
        let record = json(project("history", "show", "last", "--format", "json").output)
        #expect(JSONSchema(root: json(project("schema", "record").output)).problems(of: record) == [])
    }

    @Test(arguments: [
        ("sed -i 's/Look around/Look arounD/' runbooks/deploy.yaml", ["runbook", "steps"]),
        (
            #"sed -i 's/run: echo "$PREVIOUS"/run: echo  "$PREVIOUS"/' runbooks/deploy.yaml"#,
            ["runbook", "rollback commands"]
        ),
        (
            "sed -i 's/com.app/com\\/apq/' templates/compose.yaml",
            ["templates", "rendered Compose file", "configuration of staging", "configuration of production"]
        ),
        ("sed -i 's/REPLICAS: 4/REPLICAS: 5/' environments/production.yaml", ["configuration of production"]),
    ])
    func `names what has changed since, from and to`(edit: String, named: [String]) throws {
        let project = try GatedProject()
        try project.rehearseDeploy()
        try project.shell(edit)
        var changes = try invalidated(certificate(project))
        #expect(Set(changes.keys) == Set(named + ["working tree"]))
        try project.shell("git commit -qam change")
        let certificate = try certificate(project)
        changes = invalidated(certificate)
        #expect(Set(changes.keys) == Set(named + ["commit", "git tree"]))
        #expect(changes.values.allSatisfy { $0.from != nil && $0.to != nil && $0.from != $0.to })
        #expect(certificate["valid"]?.boolean == false)
        #expect(certificate["held"]?.boolean == true)
    }

    @Test func `is not there for an ordinary run`() throws {
        let project = try GatedProject()
        #expect(project("run", "deploy", "-e", "staging").status == 0)
        let answer = project("history", "show", "last", "--certificate")
        #expect(answer.status == 2)
        #expect(answer.error.contains("is no rehearsal"))
    }
}
