import TestSupport
import Testing
import YAML

/// Which files `render` takes, and what it says when it cannot know.
@Suite struct `What render starts from` {
    @Test func `outside a project the file is found as docker compose finds it, with its override`() throws {
        let files = try RenderFixture.files([
            "shop/compose.override.yaml": "services: {db: {image: postgres:17}}\n", "shop/a/b/x": "",
        ])
        let answer = files.rehearse.line("render -q --images", in: "shop/a/b")
        #expect(answer.output == "shop-cache\npostgres:17\nregistry.example.com/web:1.2\n")
        #expect(answer.error == "")
        #expect(answer.status == 0)
    }

    @Test func `COMPOSE_ variables count as they do for docker compose`() throws {
        var files = try RenderFixture.files([
            "one.yaml": "services: {a: {image: \"x:${TAG}\"}, b: {image: b, profiles: [p]}}\n",
            "two.yaml": "services: {a: {image: y}}\n", "other.env": "TAG=7\n", ".env": "TAG=8\nCOMPOSE_PROFILES=p\n",
        ])
        files.rehearse.environment["COMPOSE_FILE"] = "one.yaml"
        #expect(files.rehearse.line("render -q --images").output == "x:8\nb\n")
        files.rehearse.environment["COMPOSE_ENV_FILES"] = "other.env"
        #expect(files.rehearse.line("render -q --images").output == "x:7\n")
        files.rehearse.environment["COMPOSE_ENV_FILES"] = nil
        files.rehearse.environment["COMPOSE_DISABLE_ENV_FILE"] = "1"
        #expect(files.rehearse.line("render -q --images").output == "x:\n")
        files.rehearse.environment["COMPOSE_FILE"] = "one.yaml,two.yaml"
        files.rehearse.environment["COMPOSE_PATH_SEPARATOR"] = ","
        files.rehearse.environment["COMPOSE_PROJECT_NAME"] = "named"
        #expect(files.rehearse.line("render -q --images").output == "y\n")
        #expect(files.rehearse.line("render -q").output == "")
        #expect(files.rehearse.line("render --format json --no-normalize").output.contains("\"name\": \"named\""))
    }

    @Test func `standard input is a file called -`() throws {
        let files = try RenderFixture.files()
        let piped = files.rehearse.shell("cat shop/compose.yaml | \"$REHEARSE\" render -q -f - --services")
        #expect(piped.output == "cache\ndb\nweb\n")
        #expect(piped.error == "")
        let wrong = files.rehearse.shell("echo 'services: {a: {imag: x}}' | \"$REHEARSE\" render -f - || exit 7")
        #expect(wrong.status == 7)
        #expect(wrong.error.contains(" --> <stdin>:1:16\n"))
        let endless = files.rehearse.shell("yes '# x' | head -c 9000000 | \"$REHEARSE\" render -f - || exit 7")
        #expect(endless.status == 7)
        #expect(endless.error.contains("8 MiB"))
    }

    @Test func `in a project an environment or a file has to be named`() throws {
        let project = try RenderFixture.project()
        let nothing = project.rehearse.line("render")
        #expect(nothing.status == 2)
        #expect(
            nothing.error == """
                error: nothing to render: neither an environment nor `-f` is given
                  expected: an environment, one of `production` or `staging`; or `-f FILE`
                  retry: safe, nothing was started
                  next: rehearse render staging

                """)
        let both = project.rehearse.line("render web -f templates/compose.yaml")
        #expect(both.status == 2)
        #expect(
            both.error == """
                error: both the environment `web` and `-f` are given
                  expected: one of the two
                  retry: safe, nothing was started
                  next: rehearse render web, or `--service web` for a service of the files

                """)
    }

    @Test func `where there is no file at all, the names are told that one would have`() throws {
        let folder = try CommandProject([:])
        let answer = folder.rehearse.line("render")
        #expect(answer.status == 2)
        #expect(
            answer.error == """
                error: no Compose file here or in a folder above
                  expected: `compose.yaml`, `compose.yml`, `docker-compose.yml`, or `docker-compose.yaml`
                  retry: safe, nothing was started
                  next: name one with `-f FILE`

                """)
    }

    @Test(arguments: ["--resolve-image-digests", "--lock-image-digests"])
    func `what would ask a registry is refused with the reason`(flag: String) throws {
        let answer = try RenderFixture.files().rehearse.line("render -f compose.yaml \(flag)", in: "shop")
        #expect(answer.status == 2)
        #expect(
            answer.error == """
                error: `\(flag)` would ask a registry, and rendering fetches nothing
                  expected: images that the files pin themselves: `image: NAME@sha256:…`
                  retry: safe, nothing was started
                  next: render to a file, then `docker compose -f FILE config \(flag)`

                """)
    }

    @Test(arguments: ["--environment", "--environment staging", "-e staging"])
    func `an environment is a word, which is said once`(flags: String) throws {
        let answer = try RenderFixture.project().rehearse.line("render \(flags)")
        #expect(answer.status == 2)
        #expect(answer.error.hasPrefix("error: `-"))
        #expect(answer.error.contains("  expected: an environment by its name alone\n"))
        #expect(answer.error.split(separator: "error: ").count == 1)
    }

    @Test func `flags of -f are no flags of an environment`() throws {
        let answer = try RenderFixture.project().rehearse.line("render staging --profile x --no-path-resolution")
        #expect(answer.status == 2)
        #expect(
            answer.error == """
                error: `--profile` and `--no-path-resolution` go with `-f` only
                  expected: an environment, which says all that itself
                  retry: safe, nothing was started
                  next: change environments/staging.yaml, or render its templates with `-f`

                """)
    }
}
