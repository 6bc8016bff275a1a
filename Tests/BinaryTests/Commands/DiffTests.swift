import Host
import TestSupport
import Testing
import YAML

@Suite struct `Comparing two environments` {
    /// - Parameter rules: the items of `rules:`.
    private func project(_ rules: String? = nil) throws -> CommandProject {
        var files = CommandProject.small
        files["environments/parity.yaml"] = rules.map { "rules:\n\($0)" }
        return try CommandProject(files)
    }

    private static let fewer = """
          - name: fewer-replicas
            between: [staging, production]
            path: values.REPLICAS
            allow: changed
            reason: One is enough to rehearse with
            owner: platform

        """

    private func document(_ answer: RehearseBinary.Answer) -> Node {
        #expect(answer.error == "")
        return json(answer.output)
    }

    @Test func `a difference that nobody explained is drift and exits 1`() throws {
        let answer = try project().rehearse("diff", "staging", "production", "--format", "json")
        #expect(answer.status == 1)
        let report = document(answer)
        #expect(report["left"]?.string == "staging")
        #expect(report["right"]?.string == "production")
        let differences = report["differences"]?.sequence ?? []
        #expect(differences.count == 1)
        let one = try #require(differences.first)
        for key in [
            "path", "kind", "type_only", "left", "right", "left_at", "right_at", "verdict", "rule", "reason", "owner",
        ] {
            #expect(one[key] != nil, "the difference has no `\(key)`")
        }
        #expect(one["path"]?.string == "values.REPLICAS")
        #expect(one["kind"]?.string == "changed")
        #expect(one["left"]?.integer == 1)
        #expect(one["right"]?.integer == 4)
        #expect(one["left_at"]?.string == "environments/staging.yaml:3:38")
        #expect(one["right_at"]?.string == "environments/production.yaml:3:38")
        #expect(one["verdict"]?.string == "drift")
        #expect(one["rule"]?.isNull == true)
        #expect(
            report["summary"]?.hasSameContent(
                as: .mapping([
                    ("compared", .integer(2)), ("equal", .integer(1)), ("accepted", .integer(0)),
                    ("expired", .integer(0)), ("drift", .integer(1)),
                ])) == true)
        #expect(report["stale_rules"]?.sequence?.count == 0)
    }

    @Test func `a difference that a rule explains is accepted and exits 0`() throws {
        let answer = try project(Self.fewer).rehearse("diff", "staging", "production", "--format", "json")
        #expect(answer.status == 0)
        let one = document(answer)["differences"]?.sequence?.first
        #expect(one?["verdict"]?.string == "accepted")
        #expect(one?["rule"]?.string == "fewer-replicas")
        #expect(one?["reason"]?.string == "One is enough to rehearse with")
        #expect(one?["owner"]?.string == "platform")
    }

    @Test func `a rule holds for its pair in its direction only`() throws {
        let answer = try project(Self.fewer + "    left: 1\n    right: 4\n").rehearse("diff", "staging", "production")
        #expect(answer.status == 0)
        let other = try project(Self.fewer + "    left: 1\n    right: 5\n")
        let drift = other.rehearse("diff", "staging", "production", "--format", "json")
        #expect(drift.status == 1)
        #expect(document(drift)["differences"]?.sequence?.first?["verdict"]?.string == "drift")
    }

    @Test func `a rule whose day is over leaves drift behind`() throws {
        let answer = try project(Self.fewer + "    until: 2020-01-31\n")
            .rehearse("diff", "staging", "production", "--format", "json")
        #expect(answer.status == 1)
        let report = document(answer)
        #expect(report["differences"]?.sequence?.first?["verdict"]?.string == "expired")
        #expect(report["differences"]?.sequence?.first?["rule"]?.string == "fewer-replicas")
        #expect(report["summary"]?["expired"]?.integer == 1)
        #expect(report["summary"]?["drift"]?.integer == 0)
    }

    @Test func `a rule that explains nothing is stale, which is no drift`() throws {
        let stale = Self.fewer.replacing("fewer-replicas", with: "old").replacing("REPLICAS", with: "GONE")
        let answer = try project(Self.fewer + stale).rehearse("diff", "staging", "production", "--format", "json")
        #expect(answer.status == 0)
        #expect(document(answer)["stale_rules"]?.sequence?.compactMap(\.string) == ["old"])
    }

    @Test func `an environment is no different from itself`() throws {
        let answer = try project().rehearse("diff", "staging", "staging", "--format", "json")
        #expect(answer.status == 0)
        #expect(document(answer)["differences"]?.sequence?.count == 0)
    }

    @Test func `quiet says nothing when there is no drift, and the answer is the exit code`() throws {
        let answer = try project(Self.fewer).rehearse("diff", "staging", "production", "-q")
        #expect(answer.status == 0)
        #expect(answer.output == "")
        #expect(answer.error == "")
    }

    @Test(arguments: [
        ("diff staging nosuch", "`nosuch` is neither an environment nor a file"),
        ("diff staging@deployed production", "nothing is recorded as deployed on `staging`"),
        ("diff environments production", "environments cannot be read"),
    ])
    func `an operand that is not valid exits 2`(line: String, message: String) throws {
        let project = try project()
        let answer = project.rehearse.run([RehearseBinary.path] + line.split(separator: " ").map(String.init))
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(answer.error.hasPrefix("error: \(message)"), "\(answer.error)")
    }

    @Test func `rules that are not valid exit 2, whatever the difference`() throws {
        let answer = try project(Self.fewer.replacing("owner: platform", with: "ownr: platform"))
            .rehearse("diff", "staging", "production")
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(answer.error.contains("error: unknown key `ownr`\n --> environments/parity.yaml:7:5\n"))
    }

    @Test(arguments: [
        ("a.yaml", "x: 1\ny: [a]\n", "b.yaml", "x: 2\ny: [a]\n"), ("a.json", "{\"x\": 1}", "b.json", "{\"x\": 2}"),
        ("a.env", "x=1\n", "b.env", "x=2\n"), (".env", "x=1\n", ".env.production", "x=2\n"),
        ("a.yaml", "x: 1\n", "b.json", "{\"x\": 2}"),
    ])
    func `any two files can be compared`(left: String, leftText: String, right: String, rightText: String) throws {
        let project = try CommandProject([left: leftText, right: rightText])
        let answer = project.rehearse("diff", left, right, "--format", "json")
        #expect(answer.status == 1)
        let report = document(answer)
        #expect(report["differences"]?.sequence?.compactMap { $0["path"]?.string } == ["x"])
        #expect(report["differences"]?.sequence?.first?["left_at"]?.string?.hasPrefix("\(left):1:") == true)
        #expect(project.rehearse("diff", left, left).status == 0)
    }

    @Test func `where a secret comes from is compared, its value appears nowhere`() throws {
        var project = try project()
        for name in ["staging", "production"] {
            let source = name == "staging" ? "{env: TOKEN}" : "{file: token}"
            try project.write("environment: \(name)\nsecrets: {TOKEN: \(source)}\n", to: "environments/\(name).yaml")
        }
        try project.write("from-the-file-4711\n", to: "token")
        project.rehearse.environment["TOKEN"] = "from-the-variable-4711"
        for format in ["text", "json"] {
            let answer = project.rehearse("diff", "staging", "production", "--format", format)
            #expect(answer.status == 1)
            #expect(answer.error == "")
            #expect(answer.output.contains("TOKEN"))
            #expect(!answer.output.contains("4711"))
        }
    }
}
