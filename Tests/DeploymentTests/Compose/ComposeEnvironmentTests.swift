import Deployment
import Diagnostics
import Testing
import YAML

@Suite struct `Rendering for an environment` {
    @Test func `variables come from the values, secrets stay references`() {
        let outcome = ComposeFixture(
            """
            services:
              web:
                image: "app:${APP_TAG}"
                environment:
                  URL: "postgres://u:${DB_PASSWORD}@db/${COMPOSE_PROJECT_NAME}"
                  MUST: ${DB_PASSWORD:?set it}
                  ALT: ${DB_PASSWORD:+on}
                  LITERAL: a$$b
                  APP_TAG:
                  DB_PASSWORD:
                  HOST_ONLY:
                deploy: {replicas: "${REPLICAS}"}
            """
        ).environment(values: ["APP_TAG": "1.10", "REPLICAS": "2"], secrets: ["DB_PASSWORD"])
        #expect(outcome.problems == [])
        #expect(
            outcome.rendering?.yaml == """
                # Rendered by rehearse from compose.yaml.
                # Edit those files, not this one.
                name: app
                services:
                  web:
                    deploy:
                      replicas: 2
                    environment:
                      ALT: "on"
                      APP_TAG: "1.10"
                      DB_PASSWORD: "${DB_PASSWORD}"
                      HOST_ONLY: null
                      LITERAL: a$$b
                      MUST: "${DB_PASSWORD:?set it}"
                      URL: postgres://u:${DB_PASSWORD}@db/app
                    image: app:1.10
                    networks:
                      default: null
                networks:
                  default:
                    name: app_default

                """)
        #expect(outcome.yaml("services", "web", "environment", "LITERAL") == "a$b\n")
        #expect(outcome.yaml("services", "web", "environment", "DB_PASSWORD") == "\"${DB_PASSWORD}\"\n")
        #expect(outcome.rendering?.usedVariables == ["APP_TAG", "COMPOSE_PROJECT_NAME", "DB_PASSWORD", "REPLICAS"])
    }

    @Test func `a name without a value is one error that names every place`() {
        let outcome = ComposeFixture([
            "compose.yaml": """
            services:
              web: {image: "a:1️⃣${TAGG}", command: ["2️⃣$TAGG", "${TAGG:-x}"], hostname: "3️⃣${OTHER}"}
            """,
            "over.yaml": "services: {web: {domainname: 1️⃣$TAGG}}\n",
        ]).environment(["compose.yaml", "over.yaml"])
        #expect(
            outcome.problems == [
                "1️⃣ no value for `TAGG`", "  2️⃣ used here too", "  over.yaml:1️⃣ used here too",
                "3️⃣ no value for `OTHER`",
            ])
        #expect(outcome.rendering == nil)
    }

    @Test func `a default that is not needed asks for nothing`() {
        let outcome = ComposeFixture("services: {web: {image: \"${A:-${B:?}}\"}}").environment(values: ["A": "x"])
        #expect(outcome.problems == [])
    }

    @Test func `a default of a secret is dropped, and that is said`() {
        let outcome = ComposeFixture(
            "services: {web: {image: i, environment: {P: \"1️⃣${S:-weak}\"}}}"
        ).environment(secrets: ["S"])
        #expect(outcome.problems == ["warning 1️⃣ `S` is a secret, so its default here is dropped"])
        #expect(outcome.yaml("services", "web", "environment") == "P: \"${S}\"\n")
    }

    @Test func `a secret cannot stand where a number must`() {
        let outcome = ComposeFixture(
            "services: {web: {image: i, scale: 1️⃣\"${S}\", mem_limit: 2️⃣\"${S}\"}}"
        ).environment(secrets: ["S"])
        #expect(outcome.problems == ["1️⃣ `services.web.scale` cannot be a secret"])
        let size = ComposeFixture("services: {web: {image: i, mem_limit: 1️⃣\"${S}\"}}").environment(secrets: ["S"])
        #expect(size.problems == ["1️⃣ `services.web.mem_limit` cannot be a secret"])
    }

    @Test(arguments: ["p@$$w0rd", "secret$HOME", "secret$abc", "${X}"])
    func `a dollar that Compose would read is an error that does not show the value`(value: String) throws {
        let fixture = ComposeFixture("services: {web: {image: i, environment: {P: \"1️⃣${PW}\", Q: 2️⃣$PW}}}")
        let outcome = fixture.environment(values: ["PW": value])
        #expect(
            outcome.problems == [
                "1️⃣ the value of `PW` has a `$` that Compose would read as a variable", "  2️⃣ used here too",
            ])
        #expect(outcome.rendering == nil)
        #expect(!"\(outcome.diagnostics)".contains(value))
    }

    @Test(arguments: ["a$", "5$ off", "$1", "p@$$w0rd", "secret$HOME", "${X}", "$$"])
    func `a dollar that is meant is doubled`(value: String) throws {
        let fixture = ComposeFixture("services: {web: {image: i, environment: {P: \"${PW}\"}}}")
        let rendering = try #require(fixture.environment(values: ["PW": value], dollars: .doubled).rendering)
        #expect(rendering.document["services"]?["web"]?["environment"]?["P"]?.string == value)
        let again = ComposeFixture(["compose.yaml": rendering.yaml]).plain()
        #expect(again.services?["web"]?["environment"]?["P"]?.string == value)
    }

    @Test func `paths hold from the output's folder`() {
        let text = """
            services:
              web:
                build: {context: ., additional_contexts: {shared: ../shared}}
                env_file: [web.env, {path: ../other.env, required: false}]
                volumes: ['./data:/data', '/abs:/abs', '~/x:/x', 'named:/n']
                label_file: labels.env
                develop: {watch: [{path: ./src, action: rebuild}]}
                extends: {file: base/base.yaml, service: base}
            volumes: {named: }
            configs: {c: {file: ./c.txt}}
            secrets: {s: {file: ../s.txt}}
            """
        let fixture = ComposeFixture([
            "templates/compose.yaml": text,
            "templates/base/base.yaml": "services: {base: {volumes: ['./b:/b'], configs: [c], secrets: [s]}}\n",
        ])
        let here = fixture.environment(["templates/compose.yaml"])
        #expect(here.problems == [])
        #expect(here.yaml("services", "web", "build", "context") == "\"./templates\"\n")
        #expect(
            here.yaml("services", "web", "env_file")
                == "- \"./templates/web.env\"\n- path: \"./other.env\"\n  required: false\n")
        let sources = here.services?["web"]?["volumes"]?.sequence?.compactMap { $0["source"]?.string }
        #expect(sources == ["./templates/base/b", "./templates/data", "/abs", "~/x", "named"])
        #expect(here.yaml("services", "web", "label_file") == "- \"./templates/labels.env\"\n")
        #expect(here.yaml("secrets", "s", "file") == "\"./s.txt\"\n")
        let there = fixture.environment(["templates/compose.yaml"], output: "out/staging")
        #expect(there.yaml("services", "web", "build", "context") == "\"../../templates\"\n")
        #expect(there.yaml("services", "web", "build", "additional_contexts") == "shared: \"../../shared\"\n")
        #expect(
            there.yaml("services", "web", "develop", "watch") == "- path: \"../../templates/src\"\n  action: rebuild\n")
        #expect(there.yaml("configs", "c", "file") == "\"../../templates/c.txt\"\n")
    }

    @Test func `profiles are decided while rendering`() {
        let fixture = ComposeFixture(
            "services: {web: {image: i}, debug: {image: d, profiles: [dev, ops]}, x: {image: x, profiles: [other]}}")
        let with = fixture.environment(profiles: ["dev"])
        #expect(with.services?.mapping?.keys == ["debug", "web"])
        #expect(with.services?["debug"]?["profiles"] == nil)
        #expect(with.rendering?.disabledServices == ["x"])
        #expect(with.rendering?.profiles == ["dev", "ops", "other"])
        #expect(fixture.environment().services?.mapping?.keys == ["web"])
    }

    @Test func `dot env files do not count, named ones of an include do`() {
        let files = [
            "compose.yaml": "include: [{path: db/c.yaml, env_file: db/v.env}]\n",
            "db/c.yaml": "services: {db: {image: \"pg:${TAG}-${OWN}\"}}\n", "db/v.env": "OWN=o\nTAG=no\n",
            ".env": "X=1", "db/.env": "OWN=wrong\n",
        ]
        let outcome = ComposeFixture(files).environment(values: ["TAG": "1"])
        #expect(outcome.yaml("services", "db", "image") == "pg:1-o\n")
    }

    @Test func `the same input gives the same bytes`() {
        let fixture = ComposeFixture(
            "services: {web: {image: i, labels: {b: 1, a: 2}, environment: [Z=1, Y=2], networks: [m, n]}}\nnetworks: {n: , m: }"
        )
        #expect(fixture.environment().rendering?.yaml == fixture.environment().rendering?.yaml)
    }

    @Test func `a name must be given or written`() {
        let fixture = ComposeFixture("services: {web: {image: i}}")
        #expect(fixture.environment(name: nil).problems == ["- the project has no name"])
        #expect(fixture.environment(name: "Not good").problems == ["- `Not good` cannot be a project name"])
        let named = ComposeFixture("name: x-${N}\nservices: {web: {image: i}}").environment(
            values: ["N": "Y"], name: nil)
        #expect(named.rendering?.projectName == "x-y")
    }
}
