import Host
import TestSupport
import Testing
import YAML

@Suite struct `What diff compares` {
    @Test func `an environment as of a revision is rendered from its files then, and nothing is checked out`() throws {
        let repository = try ParityProject()
        try repository.git("tag", "v1.4.0")
        try repository.edit("environments/production.yaml", "WORKERS: 4", "WORKERS: 9")
        try repository.edit("templates/compose.yaml", "    volumes", "    init: true\n    volumes")
        // A hook and a filter would run on a checkout.
        try repository.project.write("#!/bin/sh\ntouch ran\n", to: ".git/hooks/post-checkout")
        try repository.project.write("* filter=loud\n", to: ".git/info/attributes")
        try repository.git("config", "filter.loud.smudge", "touch ran; cat")
        let before = try repository.project.contents(of: "templates")
        let words = ["diff", "production@git:v1.4.0", "production"]
        let answer = repository.rehearse.run([RehearseBinary.path] + words + ["--format", "json"])
        #expect(answer.status == 1)
        let report = json(answer.output)
        let differences = report["differences"]?.sequence ?? []
        #expect(differences.compactMap { $0["path"]?.string } == ["compose.services.web.init", "values.WORKERS"])
        #expect(differences.last?["left_at"]?.string == "v1.4.0:environments/production.yaml:7:12")
        #expect(differences.last?["right_at"]?.string == "environments/production.yaml:7:12")
        #expect(report["left"]?.string == "production@git:v1.4.0")
        #expect(try repository.project.contents(of: "templates") == before)
        #expect(try Files.live.status(repository.project.folder("ran")) == nil)
    }

    /// The two are rendered at once, each with its own list of texts.
    @Test func `environments that include other files keep the places of each`() throws {
        let repository = try ParityProject([
            "templates/one.yaml": "include: [a.yaml, both.yaml]\n",
            "templates/two.yaml": "include: [both.yaml, b.yaml]\n",
            "templates/a.yaml": "services:\n  web:\n    image: a\n",
            "templates/b.yaml": "services:\n  web:\n    hostname: b\n    image: b\n",
            "templates/both.yaml": "services:\n  worker: {image: w}\n",
        ])
        try repository.edit("environments/staging.yaml", "[compose.yaml]", "[one.yaml]")
        try repository.edit("environments/production.yaml", "[compose.yaml]", "[two.yaml]")
        let report = json(repository.rehearse("diff", "staging", "production", "--format", "json").output)
        let places = (report["differences"]?.sequence ?? []).filter { $0["path"]?.string?.hasPrefix("compose") == true }
            .map { "\($0["path"]?.string ?? "") \($0["left_at"]?.string ?? "-") \($0["right_at"]?.string ?? "-")" }
        #expect(
            places == [
                "compose.services.web.hostname - templates/b.yaml:3:15",
                "compose.services.web.image templates/a.yaml:3:12 templates/b.yaml:4:12",
            ])
    }

    @Test func `what is wrong with both environments is told at once, the left one first`() throws {
        let repository = try ParityProject(["templates/two.yaml": "services: {web: {imaeg: x}}\n"])
        try repository.edit("templates/compose.yaml", "    deploy:", "    restrat: always\n    deploy:")
        try repository.edit("environments/production.yaml", "[compose.yaml]", "[two.yaml]")
        let answer = repository.rehearse("diff", "staging", "production")
        #expect(answer.status == 2)
        let errors = answer.error.split(separator: "\n").filter { $0.hasPrefix("error: ") || $0.contains("--> ") }
        #expect(errors.count == 4, "\(answer)")
        #expect(errors.first?.contains("restrat") == true)
        #expect(errors.last?.contains("templates/two.yaml:1:18") == true, "\(answer)")
    }

    @Test func `links inside the revision are followed, links out of it are not`() throws {
        let repository = try ParityProject(["shared/more.yaml": "services: {web: {init: true}}\n"])
        let files = #"files: [compose.yaml, more.yaml]"#
        for name in ["staging", "production"] {
            try repository.edit("environments/\(name).yaml", "files: [compose.yaml]", files)
        }
        #expect(repository.rehearse.shell("ln -s ../shared/more.yaml templates/more.yaml").status == 0)
        try repository.commit("link")
        let answer = repository.rehearse("diff", "staging@git:HEAD", "staging")
        #expect(answer.status == 0, "\(answer)")
        #expect(repository.rehearse.shell("ln -sf /etc/passwd templates/more.yaml").status == 0)
        try repository.commit("link away")
        let refused = repository.rehearse("diff", "staging@git:HEAD", "staging@git:HEAD~1")
        #expect(refused.status == 2)
        #expect(!refused.error.contains("root:"))
    }

    @Test func `what a run found is what it recorded, whatever the files say now`() throws {
        let repository = try ParityProject()
        let run = repository.rehearse("run", "release", "-e", "production", "--no-input")
        #expect(run.status == 0, "\(run)")
        try repository.edit("environments/production.yaml", "WORKERS: 4", "WORKERS: 0x10")
        let deployed = try repository.open("production@deployed", "production")
        #expect(deployed == ["values.WORKERS"])
        #expect(try repository.open("production@last", "production") == ["values.WORKERS"])
        let list = json(repository.rehearse("history", "--format", "json").output)
        let id = try #require(list["runs"]?.sequence?.first?["id"]?.string)
        #expect(try repository.open("production@\(id)", "production") == ["values.WORKERS"])
        // Files that are gone altogether are not missed.
        let again = repository.rehearse("run", "release", "-e", "production", "--no-input")
        #expect(again.status == 0, "\(again)")
        #expect(try repository.open("production@deployed", "production") == [])
        #expect(try repository.open("production@\(id)", "production@deployed") == ["values.WORKERS"])
    }

    @Test func `a run that failed, or was taken back, deployed nothing`() throws {
        let repository = try ParityProject([
            "runbooks/release.yaml": CommandProject.release.replacing("{none: prints only}", with: "echo undone")
        ])
        let first = repository.rehearse("run", "release", "-e", "production", "--no-input")
        #expect(first.status == 0, "\(first)")
        try repository.edit("environments/production.yaml", "WORKERS: 4", "WORKERS: 5")
        let second = repository.rehearse("run", "release", "-e", "production", "--no-input")
        #expect(second.status == 0, "\(second)")
        #expect(try repository.open("production@deployed", "production") == [])
        let back = repository.rehearse("rollback", "last", "--yes", "--reason", "wrong number")
        #expect(back.status == 0, "\(back)")
        #expect(try repository.open("production@deployed", "production") == ["values.WORKERS"])
    }

    @Test(arguments: [
        ("staging@deployed staging", "nothing is recorded as deployed on `staging`"),
        ("staging@git:nosuch staging", "there is no commit `nosuch` in this repository"),
        ("staging@git:--output=x staging", "there is no commit `--output=x` in this repository"),
        ("nosuch@git:HEAD staging", "there is no environment `nosuch` at `HEAD`"),
        ("staging@nosuch staging", "no run is called `nosuch`"),
        ("staging@git: staging", "there is no commit `` in this repository"),
        ("- -", "standard input can be read once only"),
        ("staging production --owner x", "`--owner` only goes with `--accept`"),
        ("staging production --as-of 2020-01-01", "`--as-of 2020-01-01` has passed"),
        ("staging production --since nosuch", "there is no commit `nosuch` in this repository"),
    ])
    func `an operand that cannot be had exits 2 and says why`(line: String, message: String) throws {
        let answer = try ParityProject().rehearse.line("diff \(line)")
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(answer.error.hasPrefix("error: \(message)"), "\(answer.error)")
        #expect(answer.error.contains("expected: "))
    }

    @Test func `a run on another environment is told from this one's`() throws {
        let repository = try ParityProject()
        #expect(repository.rehearse("run", "release", "-e", "staging", "--no-input").status == 0)
        let list = json(repository.rehearse("history", "--format", "json").output)
        let id = try #require(list["runs"]?.sequence?.first?["id"]?.string)
        let answer = repository.rehearse("diff", "production@\(id)", "production")
        #expect(answer.status == 2)
        #expect(answer.error.contains("the run \(id) was on `staging`"))
    }

    @Test func `documents of one file are told apart by what names them, not by their order`() throws {
        let web = "kind: Deployment\nmetadata: {name: web}\nspec: {replicas: 1}\n"
        let job = "kind: Job\nmetadata: {name: web}\nspec: {parallelism: 2}\n"
        let project = try CommandProject([
            "a.yaml": "\(web)---\n\(job)", "b.yaml": "---\n\(job)---\n---\n\(web.replacing("1", with: "3"))",
            "c.yaml": web,
        ])
        func paths(_ left: String, _ right: String) -> [String] {
            let answer = project.rehearse("diff", left, right, "--format", "json")
            return (json(answer.output)["differences"]?.sequence ?? []).map {
                "\($0["kind"]?.string ?? "") \($0["path"]?.string ?? "")"
            }
        }
        #expect(paths("a.yaml", "b.yaml") == ["changed [kind=Deployment,metadata.name=web].spec.replicas"])
        #expect(paths("a.yaml", "c.yaml") == ["removed [kind=Job,metadata.name=web]"])
        #expect(paths("c.yaml", "a.yaml") == ["added [kind=Job,metadata.name=web]"])
    }

    @Test(arguments: [
        ("a.yaml", "x: 1\n", "x: 2\n", "x"), ("a.env", "X=1\n", "# new\nexport X=2\n", "X"),
        ("a.json", #"{"x": "😀"}"#, "{\n\t\"x\": \"\\ud83d\\ude01\"\n}", "x"),
        ("empty.yaml", "", "x: 2\n", "x"),
        ("long.json", "{\"x\": 1}", "{\"x\": \"\(String(repeating: "y", count: 200_000))\"}", "x"),
    ])
    func `the other side may come through standard input`(
        name: String, left: String, right: String, path: String
    ) throws {
        let project = try CommandProject([name: left, "input": right])
        let answer = project.rehearse.shell("cat input | $REHEARSE diff \(name) - --format json")
        #expect(answer.status == 1, "\(answer)")
        let differences = json(answer.output)["differences"]?.sequence ?? []
        #expect(differences.compactMap { $0["path"]?.string } == [path])
    }

    @Test func `items are matched by the key that is named`() throws {
        let left = "ports:\n- {containerPort: 80, x: {y: a}, v: 1}\n- {containerPort: 81, x: {y: b}, v: 2}\n"
        let right = "ports:\n- {containerPort: 81, x: {y: b}, v: 3}\n- {containerPort: 80, x: {y: a}, v: 4}\n"
        let project = try CommandProject(["a.yaml": left, "b.yaml": right])
        for (key, paths) in [
            ("containerPort", ["ports[containerPort=80].v", "ports[containerPort=81].v"]),
            ("x.y", ["ports[x.y=a].v", "ports[x.y=b].v"]),
        ] {
            let answer = project.rehearse("diff", "a.yaml", "b.yaml", "--identify-by", key, "--format", "json")
            #expect((json(answer.output)["differences"]?.sequence ?? []).compactMap { $0["path"]?.string } == paths)
        }
    }
}
