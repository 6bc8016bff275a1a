import Host
import TestSupport
import Testing
import YAML

@Suite struct `Accepting a difference` {
    private static let words = ["--reason", "a smaller host", "--owner", "platform"]

    private func repository() throws -> ParityProject {
        let repository = try ParityProject()
        try repository.edit("environments/staging.yaml", "WORKERS: 4", "WORKERS: 2\n  EXTRA: x\n  MORE: \"4\"")
        try repository.edit("environments/production.yaml", "WORKERS: 4", "WORKERS: 4\n  MORE: 4")
        return repository
    }

    private func accept(_ repository: ParityProject, _ path: String, _ more: String...) -> RehearseBinary.Answer {
        repository.rehearse.run(
            [RehearseBinary.path, "diff", "staging", "production", "--accept", path] + Self.words + more)
    }

    @Test func `a rule is put behind the others, and every byte of these stays`() throws {
        let repository = try repository()
        let before = try repository.project.folder.text(of: "environments/parity.yaml")
        let answer = accept(repository, "values.WORKERS", "--until", "2099-06-30")
        #expect(answer.status == 0, "\(answer)")
        #expect(answer.error == "")
        #expect(answer.output.hasPrefix("wrote the rule `values-workers` to environments/parity.yaml:17\n"))
        let after = try repository.project.folder.text(of: "environments/parity.yaml")
        #expect(
            after == before + """
                  - name: values-workers
                    between: [staging, production]
                    path: values.WORKERS
                    allow: changed
                    left: 2
                    right: 4
                    reason: a smaller host
                    owner: platform
                    until: 2099-06-30

                """)
        #expect(try !repository.open("staging", "production").contains("values.WORKERS"))
        // Only these values: another one is drift again.
        try repository.edit("environments/staging.yaml", "WORKERS: 2", "WORKERS: 3")
        #expect(try repository.open("staging", "production").contains("values.WORKERS"))
    }

    @Test func `kinds and types are as narrow as what was shown`() throws {
        let repository = try repository()
        #expect(accept(repository, "values.EXTRA").status == 0)
        #expect(accept(repository, "values.MORE", "--name", "quoted").status == 0)
        let text = try repository.project.folder.text(of: "environments/parity.yaml")
        #expect(text.contains("path: values.EXTRA\n    allow: removed\n    left: x\n"))
        #expect(text.contains("name: quoted\n"))
        #expect(text.contains("path: values.MORE\n    allow: type_only\n    left: \"4\"\n    right: 4\n"))
        #expect(try repository.open("staging", "production") == ["values.WORKERS"])
        #expect(repository.rehearse("check").status == 0)
    }

    @Test func `a star accepts several, whatever their values`() throws {
        let repository = try repository()
        #expect(accept(repository, "values.*").status == 0)
        let text = try repository.project.folder.text(of: "environments/parity.yaml")
        #expect(text.contains("path: values.*\n    allow: any\n    reason"))
        #expect(try repository.open("staging", "production") == [])
        #expect(accept(try self.repository(), "values.WORKERS", "--any-value").status == 0)
    }

    @Test(arguments: [
        ("values.NOSUCH", "nothing differs at `values.NOSUCH`: the rule would match nothing"),
        ("values", "nothing differs at `values` itself, but below it: values.EXTRA, values.MORE, values.WORKERS"),
        ("values.REPLICAS", "`values.REPLICAS` is accepted already, by the rule `value`"),
        ("values.APP_TAG", "nothing differs at `values.APP_TAG`"),
        ("values..X", "the path of `--accept` has an empty segment"),
    ])
    func `a rule that would accept nothing is not written`(path: String, message: String) throws {
        let repository = try repository()
        let before = try repository.project.folder.text(of: "environments/parity.yaml")
        let answer = accept(repository, path)
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(answer.error.hasPrefix("error: \(message)"), "\(answer.error)")
        #expect(try repository.project.folder.text(of: "environments/parity.yaml") == before)
    }

    @Test(arguments: [
        (["--accept", "values.WORKERS", "--owner", "x"], "`--accept` needs `--reason`"),
        (["--accept", "values.WORKERS"], "`--accept` needs `--reason` and `--owner`"),
        (
            ["--accept", "values.WORKERS", "--owner", "x", "--reason", "y", "--until", "2020-01-01"],
            "`--until 2020-01-01` has passed already"
        ),
        (
            ["--accept", "values.WORKERS", "--owner", "x", "--reason", "y", "--until", "soon"],
            "`--until` cannot be `soon`"
        ),
        (
            ["--accept", "values.WORKERS", "--owner", "x", "--reason", "y", "--name", "value"],
            "there is a rule `value` already"
        ),
        (["--accept", "values.WORKERS", "--format", "html"], "`--format html` is not for this answer"),
    ])
    func `a rule without its words is not written`(words: [String], message: String) throws {
        let answer = try repository().rehearse.run([RehearseBinary.path, "diff", "staging", "production"] + words)
        #expect(answer.status == 2)
        #expect(answer.error.hasPrefix("error: \(message)"), "\(answer.error)")
    }

    @Test func `a broader rule does not take over from a more specific one, and says so`() throws {
        let repository = try repository()
        try repository.project.write(
            ParityProject.rules.replacing("\"**\"", with: "values.WORKERS").replacing("<=", with: ">="),
            to: "environments/parity.yaml")
        let answer = accept(repository, "values.*")
        #expect(answer.status == 2)
        #expect(
            answer.error.hasPrefix(
                "error: the rule `fewer-replicas` is more specific and would still decide about `values.WORKERS`"),
            "\(answer.error)")
    }

    @Test func `a file that is a link stays one, and its mode stays`() throws {
        let repository = try repository()
        #expect(
            repository.rehearse.shell(
                "mkdir shared && mv environments/parity.yaml shared/p.yaml && chmod 640 shared/p.yaml "
                    + "&& ln -s ../shared/p.yaml environments/parity.yaml"
            ).status == 0)
        #expect(accept(repository, "values.EXTRA").status == 0)
        #expect(try Files.live.status(repository.project.folder("environments/parity.yaml"))?.kind == .symbolicLink)
        #expect(try Files.live.status(repository.project.folder("shared/p.yaml"))?.mode == 0o640)
        #expect(try repository.project.folder.text(of: "shared/p.yaml").contains("values-extra"))
    }

    @Test func `the first rule of a project makes the file`() throws {
        let repository = try repository()
        try repository.git("rm", "--quiet", "-f", "environments/parity.yaml")
        #expect(accept(repository, "values.EXTRA").status == 0)
        #expect(
            try repository.project.folder.text(of: "environments/parity.yaml").hasPrefix(
                "rules:\n  - name: values-extra\n"))
        #expect(repository.rehearse("check").status == 0)
    }

    @Test func `the answer for programs says where the rule stands`() throws {
        let answer = accept(try repository(), "values.EXTRA", "--format", "json")
        let document = json(answer.output)
        #expect(document["rule"]?.string == "values-extra")
        #expect(document["line"]?.integer == 17)
        #expect(document["accepts"]?.sequence?.compactMap(\.string) == ["values.EXTRA"])
    }

    // MARK: - Explaining

    @Test func `which rule decided and why is told, the most specific first`() throws {
        let repository = try repository()
        try repository.project.write(
            ParityProject.rules.replacing("\"**\"", with: "values.*").replacing("<=", with: ">=")
                + """
                  - {name: narrow, path: values.WORKERS, allow: removed, reason: gone, owner: backend}
                  - name: elsewhere
                    between: [production, staging]
                    path: values.WORKERS
                    allow: changed
                    right: 2
                    reason: agreed
                    owner: backend

                """, to: "environments/parity.yaml")
        let answer = repository.rehearse("diff", "staging", "production", "--explain", "values.WORKERS")
        #expect(answer.status == 0, "\(answer)")
        #expect(
            answer.output == """
                values.WORKERS: accepted
                  staging: 2  (environments/staging.yaml:7:12)
                  production: 4  (environments/production.yaml:7:12)
                  → elsewhere (environments/parity.yaml:11:11), path `values.WORKERS`
                    decides: it accepts this
                    reason: agreed
                    owner: backend
                  · fewer-replicas (environments/parity.yaml:3:11), path `values.*`
                    does not decide, as the rule above is more specific; it wants `left >=
                      right`
                  · narrow (environments/parity.yaml:10:12), path `values.WORKERS`
                    does not decide: it allows `removed`, and this is `changed`

                """)
        let document = json(
            repository.rehearse("diff", "staging", "production", "--explain", "values.WORKERS", "--format", "json")
                .output)
        let candidates = document["findings"]?.sequence?.first?["candidates"]?.sequence ?? []
        #expect(candidates.compactMap { $0["rule"]?.string } == ["elsewhere", "fewer-replicas", "narrow"])
        #expect(candidates.compactMap { $0["decides"]?.boolean } == [true, false, false])
    }
}
