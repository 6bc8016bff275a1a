import Host
import TestSupport
import Testing
import YAML

@Suite struct `Explaining a value` {
    private let project: CommandProject

    init() throws {
        project = try CommandProject([
            "environments/base.yaml": """
            environment: base
            owner: platform
            compose: {project: shop, files: [compose.yaml, over.yaml]}
            values: {DB_HOST: db.base, TAG: "1"}
            secrets: {DB_PASSWORD: {env: DB_PASSWORD}}

            """,
            "environments/staging.yaml": """
            environment: staging
            extends: base
            owner: platform
            values:
              DB_HOST: db.staging

            """,
            "templates/compose.yaml": """
            services:
              base:
                image: app:${TAG}
                environment:
                  DB_URL: sqlite:///x
              web:
                extends: base
                ports: ["8080:80"]

            """,
            "templates/over.yaml": """
            services:
              web:
                environment:
                  - DB_URL=postgres://app:${DB_PASSWORD}@${DB_HOST}/${DB_NAME:-app}

            """,
        ])
    }

    @Test func `an environment's value, file by file`() {
        let answer = project.rehearse("render", "staging", "--explain", "compose.services.web.environment.DB_URL")
        #expect(answer.status == 0)
        #expect(answer.error == "")
        #expect(
            answer.output == """
                services.web.environment.DB_URL: "postgres://app:${DB_PASSWORD}@db.staging/app"

                1. templates/compose.yaml:5:15  set: "sqlite:///x"
                     because `web` extends `base` at templates/compose.yaml:7:5
                2. templates/over.yaml:4:9  replaced: "postgres://app:${DB_PASSWORD}@db.staging/app"
                     written "DB_URL=postgres://app:${DB_PASSWORD}@${DB_HOST}/${DB_NAME:-app}"
                     short syntax: it says this and more
                     `DB_PASSWORD` is a secret at environments/base.yaml:5:11; it stays `${DB_PASSWORD}`
                     `DB_HOST`, "db.staging", is a value of the environment at environments/staging.yaml:5:12
                       set too, to no effect, at environments/base.yaml:4:19
                     `DB_NAME` has no value; the template says "app" for that case

                """)
    }

    @Test func `the same as a document`() {
        let answer = project.rehearse(
            "render", "staging", "--explain", "services.web.environment.DB_URL", "--format", "json")
        #expect(answer.status == 0)
        let document = json(answer.output)
        #expect(document["schema"]?.integer == 1)
        #expect(document["path"]?.string == "services.web.environment.DB_URL")
        #expect(document["present"]?.boolean == true)
        #expect(document["value"]?.string == "postgres://app:${DB_PASSWORD}@db.staging/app")
        let steps = document["steps"]?.sequence ?? []
        #expect(steps.map { $0["effect"]?.string } == ["set", "replaced"])
        #expect(steps.map { $0["file"]?.string } == ["templates/compose.yaml", "templates/over.yaml"])
        #expect(steps.map { $0["line"]?.integer } == [5, 4])
        let names = steps.last?["notes"]?.sequence?.compactMap { $0["name"]?.string }
        #expect(names == ["DB_PASSWORD", "DB_HOST", "DB_NAME"])
    }

    @Test func `a map tells what is in it and what to type`() {
        let answer = project.rehearse("render", "staging", "--explain", "services.web.ports")
        #expect(answer.status == 0)
        #expect(
            answer.output == """
                services.web.ports: a list of 1 item

                1. templates/compose.yaml:8:12  set: a list of 1 item

                1 value in it:
                  services.web.ports[target=80]: a map of 4 keys  templates/compose.yaml:8:13

                to see more:
                  rehearse render staging --explain 'services.web.ports[target=80]'

                """)
    }

    @Test func `a path that is not there`() {
        let answer = project.rehearse("render", "staging", "--explain", "services.web.imgae")
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(answer.error.contains("there is no `services.web.imgae` in the rendering"))
        #expect(answer.error.contains("did you mean `services.web.image`?"))
        #expect(answer.error.contains("next: rehearse render staging --explain services.web.image"))
    }

    @Test func `files alone, with the process environment`() throws {
        try project.write("DB_HOST=db.file\n", to: "templates/.env")
        var rehearse = project.rehearse
        rehearse.environment["DB_PASSWORD"] = "hunter2hunter2"
        rehearse.environment["TAG"] = "9"
        let files = ["-f", "templates/compose.yaml", "-f", "templates/over.yaml"]
        let answer = rehearse.run(
            [RehearseBinary.path, "render"] + files + ["--explain", "services.web.environment.DB_URL"])
        #expect(answer.status == 0, "\(answer)")
        #expect(!answer.output.contains("hunter2"))
        #expect(answer.output.contains("\"postgres://app:${DB_PASSWORD}@db.file/app\""))
        #expect(answer.output.contains("`DB_PASSWORD` is from the process environment"))
        #expect(answer.output.contains("`DB_HOST`, \"db.file\", is from an env file at"))
        #expect(answer.output.contains("templates/.env:1:1"))
        let image = rehearse.run([RehearseBinary.path, "render"] + files + ["--explain", "services.web"])
        #expect(
            image.output.contains(
                "rehearse render -f templates/compose.yaml -f templates/over.yaml --explain services.web.environment"))
    }

    @Test(arguments: ["-o out.yaml", "--services", "--for stack", "--no-interpolate"])
    func `goes with no other question`(words: String) {
        let direct = project.rehearse.run(
            [RehearseBinary.path, "render", "staging", "--explain", "name"]
                + words.split(separator: " ").map(String.init))
        #expect(direct.status == 2)
        #expect(direct.error.contains("`--explain`"))
    }
}
