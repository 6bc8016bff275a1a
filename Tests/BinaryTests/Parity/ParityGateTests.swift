import Host
import TestSupport
import Testing
import YAML

@Suite struct `Parity in a pipeline` {
    /// A pull request that changes staging only, in a project that lies below the top of its repository.
    private func pullRequest() throws -> ParityProject {
        var repository = try ParityProject(folder: "deploy")
        try repository.git("switch", "--quiet", "--create", "change")
        try repository.edit("deploy/environments/staging.yaml", "WORKERS: 4", "WORKERS: 2")
        try repository.edit("deploy/environments/staging.yaml", "\"1.4.2\"", "\"1.5.0\"")
        try repository.commit("fewer workers")
        repository.project.rehearse.environment["GITHUB_ACTIONS"] = "true"
        repository.project.rehearse.environment["GITHUB_BASE_REF"] = "main"
        return repository
    }

    @Test(arguments: [("staging", "production"), ("production", "staging")])
    func `the very line of the change is annotated, whichever side it is on`(left: String, right: String) throws {
        let repository = try pullRequest()
        let answer = repository.rehearse("-C", "deploy", "diff", left, right, "--format", "github")
        #expect(answer.status == 1)
        #expect(answer.error == "")
        let places = answer.output.split(separator: "\n").map { $0.split(separator: ",title=")[0] }
        // The image comes from a template; what made it another one is the tag.
        #expect(
            places == [
                "::error file=deploy/environments/staging.yaml,line=5,col=12,endColumn=19",
                "::error file=deploy/environments/staging.yaml,line=5,col=12,endColumn=19",
                "::error file=deploy/environments/staging.yaml,line=7,col=12,endColumn=13",
            ])
    }

    @Test func `an accepted difference passes, and its day ends it`() throws {
        let repository = try pullRequest()
        let gate = { (more: String...) in
            repository.rehearse.run(
                [RehearseBinary.path, "-C", "deploy", "diff", "staging", "production", "-q"] + more
            )
            .status
        }
        #expect(gate() == 1)
        for path in ["values.WORKERS", "values.APP_TAG", "compose.services.web.image"] {
            let answer = repository.rehearse(
                "-C", "deploy", "diff", "staging", "production", "--accept", path, "--reason", "a trial", "--owner",
                "platform", "--until", "2098-12-31")
            #expect(answer.status == 0, "\(answer)")
        }
        #expect(gate() == 0)
        #expect(gate("--as-of", "2098-12-31") == 0)
        #expect(gate("--as-of", "2099-01-01") == 1)
    }

    /// https://github.com/openshift/release/pull/79813: `4` and `"4"` were reported as drift of the value.
    @Test func `PEERS 14: expired or with another value it is drift again, and another type is a kind of its own`()
        throws
    {
        let repository = try ParityProject()
        let rules = { (more: String) in
            "rules:\n  - {name: w, path: values.WORKERS, allow: changed, reason: r, owner: o\(more)}\n"
                + "  - {name: r, path: '**.*', allow: any, where: left <= right, reason: r, owner: o}\n"
        }
        try repository.edit("environments/staging.yaml", "WORKERS: 4", "WORKERS: 2")
        for (more, status) in [
            ("", Int32(0)), (", until: 2099-01-01", 0), (", until: 2020-01-31", 1), (", left: 2, right: 4", 0),
            (", left: 3", 1),
        ] {
            try repository.project.write(rules(more), to: "environments/parity.yaml")
            #expect(repository.rehearse("diff", "staging", "production").status == status, "\(more)")
        }
        try repository.edit("environments/staging.yaml", "WORKERS: 2", "WORKERS: \"4\"")
        try repository.project.write(
            "rules:\n  - {name: r, path: '**', allow: type_only, reason: r, owner: o}\n", to: "environments/parity.yaml"
        )
        let report = json(repository.rehearse("diff", "staging", "production", "--format", "json").output)
        let workers = report["differences"]?.sequence?.first { $0["path"]?.string == "values.WORKERS" }
        #expect(workers?["type_only"]?.boolean == true)
        #expect(workers?["verdict"]?.string == "accepted")
        // The value of REPLICAS differs: a rule about types says nothing of it.
        #expect(
            try repository.open("staging", "production")
                == ["compose.services.web.deploy.replicas", "values.REPLICAS"])
    }

    // MARK: - In a run

    private static let step = """
        runbook: compare
        owner: release-engineering
        steps:
          - id: parity
            name: Compare with production
            owner: platform
            parity: {left: staging, right: production}
            expect: staging resembles production

        """

    @Test func `a step records what it compared, and fails on drift with the same report`() throws {
        let repository = try ParityProject(["runbooks/compare.yaml": Self.step])
        let good = repository.rehearse("run", "compare", "-e", "staging", "--no-input", "--format", "json")
        #expect(good.status == 0, "\(good)")
        let metrics = json(
            String(good.output.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n")))[
                "steps"]?.sequence?.first?["metrics"]
        for (key, value) in [("accepted", "2"), ("drift", "0"), ("expired", "0")] {
            #expect(metrics?[key]?.string == value, "\(key)")
        }
        let compared = metrics?["compared"]?.string.flatMap { Int($0) } ?? 0
        #expect(compared == (metrics?["equal"]?.string.flatMap { Int($0) } ?? 0) + 2)

        try repository.edit("environments/staging.yaml", "WORKERS: 4", "WORKERS: 2")
        let bad = repository.rehearse("run", "compare", "-e", "staging", "--no-input")
        #expect(bad.status == 1)
        let record = json(repository.rehearse("history", "show", "last", "--format", "json").output)
        let step = record["steps"]?.sequence?.first
        #expect(step?["metrics"]?["drift"]?.string == "1")
        #expect(step?["failure"]?["what"]?.string?.hasPrefix("staging and production: 1 drift") == true)
        let log = repository.rehearse("history", "log", "last", "parity").output
        let report = repository.rehearse.shell("COLUMNS=100 $REHEARSE diff staging production").output
        #expect(log.contains(report), "\(log)")
    }

    @Test func `a gate opens and closes with the same comparison`() throws {
        let repository = try ParityProject()
        try repository.edit(
            "environments/production.yaml", "owner: platform", "owner: platform\ngate: {parity: {with: staging}}")
        #expect(repository.rehearse("run", "release", "-e", "production", "--no-input").status == 0)
        try repository.edit("environments/staging.yaml", "WORKERS: 4", "WORKERS: 2")
        let closed = repository.rehearse("run", "release", "-e", "production", "--no-input")
        #expect(closed.status == 1)
        #expect(closed.error.contains("`parity` is not held"))
        #expect(closed.error.contains("staging and production: 1 drift"))
        #expect(closed.error.contains("rehearse diff staging production"))
        // What cannot be compared is not held.
        try repository.project.write("rules: [\n", to: "environments/parity.yaml")
        #expect(repository.rehearse("run", "release", "-e", "production", "--no-input").status != 0)
    }
}
