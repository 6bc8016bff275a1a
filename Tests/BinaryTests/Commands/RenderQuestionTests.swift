import Host
import TestSupport
import Testing
import YAML

/// The flags of `render` that print an answer instead of the file.
@Suite struct `Asking render a question` {
    @Test(arguments: [
        ("--services", "cache\ndb\nweb\n"),
        ("--services --profile debug", "cache\ndb\nweb\ndebug\n"),
        ("--services --no-interpolate", "cache\ndb\ndebug\nweb\n"),
        ("--services --format json", "cache\ndb\nweb\n"),
        ("--images", "shop-cache\npostgres:16\nregistry.example.com/web:1.2\n"),
        ("--images --no-interpolate", "shop-cache\npostgres:16\nregistry.example.com/web:${TAG:-1.2}\n"),
        ("--images --service db", "postgres:16\n"),
        ("--images --service debug", "shop-cache\npostgres:16\nbusybox\nregistry.example.com/web:1.2\n"),
        ("--networks", "default\nfront\n"),
        ("--networks --service db", "front\n"),
        ("--volumes", "data\n"),
        ("--volumes --profile trace", "data\ntrace\n"),
        ("--volumes --all-resources", "data\ntrace\nunused\n"),
        ("--models", ""),
        ("--profiles", "debug\ntrace\n"),
        ("--profiles --no-interpolate", "debug\ntrace\n"),
    ])
    func `names come one a line, in an order that never changes`(flags: String, expected: String) throws {
        let answer = try RenderFixture.files().rehearse.line("render -f compose.yaml -q \(flags)", in: "shop")
        #expect(answer.output == expected)
        #expect(answer.error == "")
        #expect(answer.status == 0)
    }

    /// Recorded from docker compose 2.40.3; PeerTests ask it itself.
    @Test func `hashes are those of docker compose`() throws {
        let files = try RenderFixture.files()
        let hashes = """
            db 67690f598bd7ee779b094e92185e396f40d9378fbff764b25431157b471ec579
            web 2a691462e3492123964e4da950186ecadab63bc42c41106e63e808b0e421d305

            """
        let named = files.rehearse.line("render -f compose.yaml -q --hash web,db", in: "shop")
        #expect(named.output == hashes)
        #expect(named.error == "")
        let all = files.rehearse.line("render -f compose.yaml -q --hash *", in: "shop")
        #expect(all.output.hasSuffix("\n" + hashes) && all.output.hasPrefix("cache "))
    }

    @Test func `what has no hash is told, all of it at once`() throws {
        let answer = try RenderFixture.files()
            .rehearse.line("render -f compose.yaml -q --hash web,wbe,debug", in: "shop")
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(
            answer.error == """
                error: the service `debug` is in no enabled profile
                  expected: a service that is enabled
                  retry: safe, nothing was started
                  next: enable one of its profiles: `--profile '*'` enables all

                error: there is no service `wbe`
                  did you mean `web`?
                  expected: one of `cache`, `db`, or `web`
                  retry: safe, nothing was started

                """)
    }

    @Test func `a platform that a service is not built for has no hash`() throws {
        var files = try CommandProject([
            "compose.yaml": "services: {a: {build: {context: ., platforms: [linux/amd64]}}}\n"
        ])
        files.rehearse.environment["DOCKER_DEFAULT_PLATFORM"] = "linux/s390x"
        let answer = files.rehearse.line("render -f compose.yaml --hash a")
        #expect(answer.status == 2)
        #expect(
            answer.error == """
                error: the service `a` is not built for `linux/s390x`, which `DOCKER_DEFAULT_PLATFORM` asks for
                  expected: a platform that `build.platforms` of the service has
                  retry: safe, nothing was started

                """)
    }

    @Test func `variables are a table, and a document when a format is asked for`() throws {
        let files = try RenderFixture.files()
        let table = files.rehearse.line("render -f compose.yaml --variables", in: "shop")
        // A line ends with the last column, which is padded by nothing.
        let blanks = String(repeating: " ", count: 15)
        #expect(
            table.output == """
                NAME                REQUIRED            DEFAULT VALUE       ALTERNATE VALUE
                GREETING            true                \(blanks)     \("")
                MODE                false               \(blanks)     \("")
                TAG                 false               1.2            \("     ")

                """)
        #expect(table.error == "")
        let yaml = files.rehearse.line("render -f compose.yaml --variables --format yaml", in: "shop")
        #expect(
            yaml.output.hasPrefix(
                "GREETING:\n  name: GREETING\n  defaultvalue: \"\"\n  presencevalue: \"\"\n  required: true\n"))
        let document = files.rehearse.line("render -f compose.yaml --variables --format json", in: "shop")
        #expect(
            document.output.hasSuffix(
                """
                    "TAG": {
                        "Name": "TAG",
                        "DefaultValue": "1.2",
                        "PresenceValue": "",
                        "Required": false
                    }
                }


                """))
        #expect(json(document.output)["GREETING"]?["Required"]?.boolean == true)
    }

    @Test func `variables need no value, and a text that is no template is an error`() throws {
        var files = try RenderFixture.files(["broken.yaml": "services: {a: {image: \"${\"}}\n"])
        files.rehearse.environment["GREETING"] = nil
        #expect(files.rehearse.line("render -f compose.yaml --variables", in: "shop").status == 0)
        let answer = files.rehearse.line("render -f broken.yaml --variables")
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(answer.error.contains("broken.yaml:1:24\n"))
    }

    @Test func `what interpolation has is printed sorted, the .env and the project's name included`() throws {
        let files = try RenderFixture.files(["shop/.env": "TAG=9\nGREETING=no\n"])
        let answer = files.rehearse.line("render -f compose.yaml -q --print-environment", in: "shop")
        let lines = answer.output.split(separator: "\n").map(String.init)
        #expect(answer.status == 0)
        #expect(lines == lines.sorted())
        #expect(lines.contains("TAG=9"))
        #expect(lines.contains("GREETING=hi"))
        #expect(lines.contains("COMPOSE_PROJECT_NAME=shop"))
    }

    @Test func `a file that a service wants does not matter to a question`() throws {
        let files = try RenderFixture.files()
        try Files.live.remove(files.folder("shop/cache.env"))
        for question in ["--services", "--images", "--networks", "--volumes", "--profiles", "--hash *", "--variables"] {
            #expect(files.rehearse.line("render -f compose.yaml -q \(question)", in: "shop").status == 0, "\(question)")
        }
        #expect(files.rehearse.line("render -f compose.yaml -q", in: "shop").status == 2)
    }

    @Test(arguments: [
        ("--services", "db\nweb\n"), ("--images", "postgres:16\nregistry.example.com/web:1.4.2\n"),
        ("--volumes", "data\n"), ("--networks", "default\n"), ("--profiles", ""),
        ("--images --service db", "postgres:16\n"),
        ("--print-environment", "COMPOSE_PROJECT_NAME=shop-staging\nREPLICAS=2\nTAG=1.4.2\nTOKEN=${TOKEN}\n"),
    ])
    func `an environment is asked the same, and no secret is needed`(flags: String, expected: String) throws {
        let answer = try RenderFixture.project().rehearse.line("render staging \(flags)")
        #expect(answer.output == expected)
        #expect(answer.error == "")
        #expect(answer.status == 0)
    }

    @Test func `an environment's hash changes with the service, and with nothing else`() throws {
        let project = try RenderFixture.project()
        let before = project.rehearse.line("render staging --hash *").output.split(separator: "\n")
        try project.write(RenderFixture.environment("staging", tag: "1.4.3"), to: "environments/staging.yaml")
        let after = project.rehearse.line("render staging --hash *").output.split(separator: "\n")
        #expect(before.count == 2)
        #expect(before.first == after.first && before.first?.hasPrefix("db ") == true)
        #expect(before.last != after.last && after.last?.hasPrefix("web ") == true)
    }

    @Test func `an answer can be written to a file`() throws {
        let project = try RenderFixture.project()
        let answer = project.rehearse.line("render staging --images -o images.txt")
        #expect(answer.output == "")
        #expect(answer.error == "wrote \(project.folder("images.txt"))\n")
        #expect(try project.folder.text(of: "images.txt") == "postgres:16\nregistry.example.com/web:1.4.2\n")
    }

    @Test(arguments: [
        ("--services --images", "`--images` and `--services` contradict each other"),
        ("--hash web --service db", "`--service` and `--hash` contradict each other"),
        ("--variables --service db", "`--service` and `--variables` contradict each other"),
        ("--hash web --no-interpolate", "`--hash` and `--no-interpolate` contradict each other"),
        ("--check x --images", "`--check` and `--images` contradict each other"),
        (
            "--absolute-paths --no-path-resolution",
            "`--absolute-paths` and `--no-path-resolution` contradict each other"
        ),
    ])
    func `two questions get no answer`(flags: String, message: String) throws {
        let answer = try RenderFixture.files().rehearse.line("render -f compose.yaml \(flags)", in: "shop")
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(
            answer.error == "error: \(message)\n  expected: one of the two\n  retry: safe, nothing was started\n")
    }
}
