import Deployment
import Diagnostics
import Testing
import YAML

@Suite struct `Extending services` {
    @Test func `begins with another service of the file`() {
        let outcome = ComposeFixture(
            """
            services:
              base: {image: b, environment: {A: 1, B: 1}, command: [x], ports: ['80']}
              web: {extends: base, environment: [B=2], command: [y], ports: ['81']}
            """
        ).plain()
        #expect(outcome.problems == [])
        #expect(outcome.yaml("services", "web", "image") == "b\n")
        #expect(outcome.yaml("services", "web", "environment") == "A: \"1\"\nB: \"2\"\n")
        #expect(outcome.yaml("services", "web", "command") == "- \"y\"\n")
        #expect(outcome.services?["web"]?["ports"]?.sequence?.count == 2)
        #expect(outcome.services?["web"]?["extends"] == nil)
    }

    @Test func `follows a chain through files, with paths seen from each`() {
        let outcome = ComposeFixture([
            "compose.yaml": "services: {web: {extends: {file: a/one.yaml, service: one}}}\n",
            "a/one.yaml": "services: {one: {extends: {file: ../b/two.yaml, service: two}, volumes: ['./x:/x']}}\n",
            "b/two.yaml": "services: {two: {build: ., env_file: none.env, extends: three}, three: {image: t}}\n",
            "b/none.env": "E=1\n",
        ]).plain()
        #expect(outcome.problems == [])
        #expect(outcome.yaml("services", "web", "build", "context") == "/work/b\n")
        #expect(outcome.yaml("services", "web", "image") == "t\n")
        #expect(outcome.yaml("services", "web", "environment") == "E: \"1\"\n")
        #expect(outcome.services?["web"]?["volumes"]?.sequence?.first?["source"]?.string == "/work/a/x")
    }

    @Test func `tags take away what the base says`() {
        let outcome = ComposeFixture(
            """
            services:
              base: {image: b, ports: ['80'], environment: {A: 1}}
              web: {extends: base, ports: !reset [], environment: !override {B: 2}}
            """
        ).plain()
        #expect(outcome.services?["web"]?["ports"] == nil)
        #expect(outcome.yaml("services", "web", "environment") == "B: \"2\"\n")
    }

    @Test func `a base of its own file is read once for many services`() {
        let services = (0..<50).map { "  s\($0): {extends: {file: base.yaml, service: base}}" }
        let outcome = ComposeFixture([
            "compose.yaml": "services:\n" + services.joined(separator: "\n") + "\n",
            "base.yaml": "services: {base: {image: b}}\n",
        ]).plain()
        #expect(outcome.rendering?.files == ["/work/compose.yaml", "/work/base.yaml"])
        #expect(outcome.services?.mapping?.count == 50)
    }

    @Test(
        arguments: [
            (
                "services: {a: {extends: {service: 1️⃣web}, image: i}, wep: {image: i}}",
                "1️⃣ no service `web` to extend in `/work/compose.yaml`"
            ),
            ("services: {a: {extends: {1️⃣file: x.yaml}, image: i}}", "1️⃣ `extends` names no service"),
            ("services: {a: {extends: 1️⃣[b], image: i}}", "1️⃣ `extends` cannot be a list"),
            (
                "services: {a: {extends: {service: b, file: 1️⃣none.yaml}}}",
                "1️⃣ the extended file `/work/none.yaml` is not there"
            ),
            (
                "services: {a: {extends: {service: b, file: 1️⃣https://x/y.yaml}}}",
                "1️⃣ `https://x/y.yaml` is somewhere else"
            ),
            (
                "services: {a: {extends: {service: 1️⃣c, file: base.yaml}}}",
                "1️⃣ no service `c` to extend in `/work/base.yaml`"
            ),
            ("services: {a: {1️⃣extends: a, image: i}}", "1️⃣ services extend each other in a circle: `a` → `a`"),
        ] as [(String, String)])
    func `says what cannot be extended`(text: String, problem: String) {
        let outcome = ComposeFixture(["compose.yaml": text, "base.yaml": "services: {b: {image: i}}"]).plain()
        #expect(outcome.problems.first == problem)
        #expect(outcome.rendering == nil)
    }

    @Test func `a circle names everyone in it`() {
        let outcome = ComposeFixture(
            "services:\n  a: {1️⃣extends: b}\n  b: {2️⃣extends: c}\n  c: {3️⃣extends: a}\n"
        ).plain()
        #expect(
            outcome.problems.prefix(3) == [
                "1️⃣ services extend each other in a circle: `a` → `b` → `c` → `a`", "  2️⃣ and here", "  3️⃣ and here",
            ])
    }
}

@Suite struct `Including projects` {
    @Test func `takes everything in, with the folder and variables of the included project`() {
        let outcome = ComposeFixture([
            "compose.yaml": "include: [db/compose.yaml]\nservices: {web: {image: w, depends_on: [db]}}\n",
            "db/compose.yaml": """
            services: {db: {image: "pg:${TAG}", volumes: ['./init:/init'], environment: [OWN], env_file: [e.env]}}
            networks: {default: {driver: bridge}}
            """,
            "db/.env": "TAG=17\nOWN=mine\n",
            "db/e.env": "E=1\n",
        ]).plain(environment: ["OTHER": "x"])
        #expect(outcome.problems == [])
        #expect(outcome.yaml("services", "db", "image") == "pg:17\n")
        #expect(outcome.yaml("services", "db", "environment") == "E: \"1\"\nOWN: mine\n")
        #expect(outcome.services?["db"]?["volumes"]?.sequence?.first?["source"]?.string == "/work/db/init")
        #expect(outcome.yaml("networks", "default", "driver") == "bridge\n")
    }

    @Test func `the process wins over the included project's own variables`() {
        let outcome = ComposeFixture([
            "compose.yaml": "include: [{path: db/c.yaml, env_file: e.env, project_directory: other}]\n",
            "db/c.yaml": "services: {db: {image: \"pg:${TAG}-${X}\", build: .}}\n",
            "e.env": "TAG=17\nX=y\n",
        ]).plain(environment: ["TAG": "18"])
        #expect(outcome.yaml("services", "db", "image") == "pg:18-y\n")
        #expect(outcome.yaml("services", "db", "build", "context") == "/work/other\n")
    }

    @Test func `the same resource twice is one, a different one a conflict`() {
        let same = ComposeFixture([
            "compose.yaml": "include: [a.yaml, b.yaml]\n",
            "a.yaml": "services: {a: {image: i}}\nvolumes: {v: }\n",
            "b.yaml": "services: {b: {image: i, volumes: ['v:/v']}}\nvolumes: {v: }\n",
        ]).plain()
        #expect(same.problems == [])
        let other = ComposeFixture([
            "compose.yaml": "include: [a.yaml]\nservices: {1️⃣a: {image: other}}\n",
            "a.yaml": "services: {1️⃣a: {image: i}}\n",
        ]).plain()
        #expect(
            other.problems == [
                "1️⃣ `services.a` is there already and cannot be included", "  a.yaml:1️⃣ included from here",
            ])
    }

    @Test(
        arguments: [
            ("include: 1️⃣x.yaml", "1️⃣ `include` cannot be a string"),
            ("include: [1️⃣none.yaml]", "1️⃣ the included file `/work/none.yaml` is not there"),
            (
                "include: [1️⃣compose.yaml]",
                "1️⃣ files include each other in a circle: `/work/compose.yaml` → `/work/compose.yaml`"
            ),
            ("include: [{1️⃣paht: x.yaml}]", "1️⃣ unknown key `paht`"),
            ("include: [1️⃣{}]", "warning 1️⃣ Compose ignores an `include` that names no file"),
            ("include: [1️⃣oci://x/y]", "1️⃣ `oci://x/y` is somewhere else"),
            ("include: [{path: [a.yaml], env_file: 1️⃣none.env}]", "1️⃣ the env file `/work/none.env` is not there"),
            ("include: [1️⃣../x.yaml]", "1️⃣ the included file `/x.yaml` is not there"),
        ] as [(String, String)])
    func `says what cannot be included`(text: String, problem: String) {
        let outcome = ComposeFixture([
            "compose.yaml": text + "\nservices: {w: {image: i}}", "a.yaml": "services: {a: {image: i}}",
        ]).plain()
        #expect(outcome.problems == [problem])
    }

    @Test func `a circle over several files is named`() {
        let outcome = ComposeFixture([
            "compose.yaml": "include: [a.yaml]\n", "a.yaml": "include: [b.yaml]\n", "b.yaml": "include: [1️⃣a.yaml]\n",
        ]).plain()
        #expect(
            outcome.problems == [
                "b.yaml:1️⃣ files include each other in a circle: `/work/a.yaml` → `/work/b.yaml` → `/work/a.yaml`"
            ])
    }

    @Test func `nothing outside the project is read for an environment`() {
        let outcome = ComposeFixture(["compose.yaml": "include: [1️⃣../x.yaml]\nservices: {w: {image: i}}"]).environment()
        #expect(outcome.problems == ["1️⃣ the included file `../x.yaml` is outside the project"])
    }
}
