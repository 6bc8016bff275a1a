import Deployment
import Diagnostics
import Testing
import YAML

/// Where docker compose does not do what one would think; each was found by a generated or a public project.
@Suite struct `Peculiarities of Compose` {
    @Test func `a scalar under !override is text, whatever it looks like`() {
        let outcome = ComposeFixture([
            "compose.yaml": "services: {web: {image: i, command: a, labels: {a: 1}, hostname: h, cpus: 1}}\n",
            "over.yaml": """
            services:
              web: {command: !override Null, labels: {a: !override 0x10}, hostname: !override ~, cpus: !override 0.5}
            """,
        ]).plain(["compose.yaml", "over.yaml"])
        #expect(outcome.problems == [])
        #expect(outcome.yaml("services", "web", "command") == "- \"Null\"\n")
        #expect(outcome.yaml("services", "web", "labels") == "a: \"0x10\"\n")
        #expect(outcome.yaml("services", "web", "hostname") == "\"~\"\n")
        #expect(outcome.yaml("services", "web", "cpus") == "0.5\n")
    }

    @Test(arguments: ["1", "1.5", "true", "Null", "~", "2001-12-14", "0x10", "012", ".5", "1e3", ".inf", "1_000"])
    func `an unquoted key that is no string is refused`(key: String) {
        let outcome = ComposeFixture("services: {web: {image: i, labels: {1️⃣\(key): z}}}\n").plain()
        #expect(outcome.problems == ["1️⃣ the key `\(key)` is no string"])
    }

    @Test(arguments: ["yes", "on", "\"1\"", "'true'", "n", "a1", "-x", "12:30", "1.2.3", "2001-02-30"])
    func `any other key is a string`(key: String) {
        #expect(ComposeFixture("services: {web: {image: i, labels: {\(key): z}}}\n").plain().problems == [])
    }

    @Test(arguments: [
        ("2001-12-14", "2001-12-14T00:00:00Z"), ("2001-1-2", "2001-01-02T00:00:00Z"),
        ("2001-12-14t21:59:43.10-05:00", "2001-12-14T21:59:43.1-05:00"),
        ("2001-12-14 21:59:43.0", "2001-12-14T21:59:43Z"), ("2001-12-14T1:2:3Z", "2001-12-14T01:02:03Z"),
        ("2001-12-14T01:02:03+00:00", "2001-12-14T01:02:03Z"), ("2001-02-30", "2001-02-30"),
        ("2001-12-14 21:59:43 -5", "2001-12-14 21:59:43 -5"), ("2001-12-14T21:59", "2001-12-14T21:59"),
    ])
    func `a date in a field of one's own is a point in time`(text: String, written: String) {
        let outcome = ComposeFixture("x-own: \(text)\nservices: {web: {image: i}}\n").plain()
        #expect(outcome.rendering?.document["x-own"]?.string == written)
    }

    @Test func `an empty list in a field of one's own at the top is nothing in JSON`() {
        let outcome = ComposeFixture("x-own: {a: [], b: [[]], c: {}}\nservices: {web: {image: i}}\n").plain()
        #expect(outcome.yaml("x-own") == "a: []\nb:\n  - []\nc: {}\n")
        #expect(
            outcome.rendering?.json.contains(
                "\"x-own\": {\n    \"a\": null,\n    \"b\": [\n      null\n    ],\n    \"c\": {}\n  }")
                == true)
    }

    @Test func `hexadecimal digits are no number in a text`() {
        let outcome = ComposeFixture("services: {web: {image: i, mem_limit: 1️⃣\"0x400\", cpus: 2️⃣\"0x1\"}}\n").plain()
        #expect(outcome.problems == ["2️⃣ `services.web.cpus` cannot be `0x1`"])
        let size = ComposeFixture("services: {web: {image: i, mem_limit: 1️⃣\"0x400\"}}\n").plain()
        #expect(size.problems == ["1️⃣ `services.web.mem_limit` cannot be `0x400`"])
    }

    @Test func `a bind mount needs a source`() {
        let outcome = ComposeFixture("services: {web: {image: i, volumes: [{1️⃣type: bind, target: /x}]}}\n").plain()
        #expect(outcome.problems == ["1️⃣ a bind mount of `services.web` has no `source`"])
    }

    @Test func `an extended file's short forms are read although the merge hides them`() {
        let outcome = ComposeFixture([
            "compose.yaml": "services: {web: {image: i, ports: ['80'], extends: {file: base.yaml, service: one}}}\n",
            "base.yaml": "services: {one: {ports: 1️⃣'80', depends_on: {db: {}}}}\n",
        ]).plain()
        #expect(outcome.problems == ["base.yaml:1️⃣ `services.one.ports` cannot be `80`"])
    }

    @Test func `an extended file's dependencies need no condition`() {
        let outcome = ComposeFixture([
            "compose.yaml": "services: {web: {extends: {file: base.yaml, service: one}}, db: {image: d}}\n",
            "base.yaml": "services: {one: {image: i, depends_on: {db: {}}}}\n",
        ]).plain()
        #expect(outcome.problems == [])
        #expect(
            outcome.yaml("services", "web", "depends_on") == "db:\n  condition: service_started\n  required: true\n")
    }

    @Test func `tags hold between the documents of an extended file`() {
        let outcome = ComposeFixture([
            "compose.yaml": "services: {web: {extends: {file: base.yaml, service: one}}}\n",
            "base.yaml": """
            services: {one: {image: i, cap_add: [A]}}
            ---
            services: {one: {cap_add: !override [B]}}
            """,
        ]).plain()
        #expect(outcome.yaml("services", "web", "cap_add") == "- B\n")
    }

    @Test func `what is neither list nor map is ignored where networks merge, and that is said`() {
        let outcome = ComposeFixture([
            "compose.yaml": "services: {web: {image: i, networks: {n: }}}\nnetworks: {n: }\n",
            "over.yaml": "services: {web: {networks: 1️⃣x}}\n",
        ]).plain(["compose.yaml", "over.yaml"])
        #expect(
            outcome.problems == [
                "warning over.yaml:1️⃣ Compose ignores `x` in `services.web.networks` when it merges"
            ])
        #expect(outcome.yaml("services", "web", "networks") == "\"n\": null\n")
    }

    /// Found by the corpus, seed 40, defect 1837: docker compose dies of it, and here it was gone without a word.
    @Test func `an item that is no name does not vanish where networks merge`() {
        let outcome = ComposeFixture(
            """
            services:
              base: {image: i, networks: [n]}
              web: {extends: {service: base}, networks: [1️⃣[n], 2️⃣7]}
            networks: {n: }

            """
        ).plain()
        #expect(
            outcome.problems == [
                "1️⃣ `services.web.networks[0]` cannot be a list", "2️⃣ `services.web.networks[1]` cannot be an integer",
            ])
    }

    @Test func `a build's limit cannot be a map and then a number`() {
        let outcome = ComposeFixture([
            "compose.yaml": "services: {web: {build: {ulimits: {n: 1️⃣{soft: 1, hard: 2}}}}}\n",
            "over.yaml": "services: {web: {build: {ulimits: {n: 1️⃣5}}}}\n",
        ]).plain(["compose.yaml", "over.yaml"])
        #expect(
            outcome.problems == [
                "over.yaml:1️⃣ `services.web.build.ulimits.n` cannot be overridden by an integer", "  1️⃣ a map here",
            ])
    }

    @Test func `a map in an environment is printed as Go prints it once it merges`() {
        let outcome = ComposeFixture([
            "compose.yaml": "services: {web: {image: i, environment: {A: {b: 1, a: [x, ~]}}}}\n",
            "over.yaml": "services: {web: {environment: {B: 1}}}\n",
        ])
        #expect(outcome.plain().rendering == nil)
        let extended = ComposeFixture([
            "compose.yaml": "services: {web: {extends: {file: base.yaml, service: one}, environment: {B: 1}}}\n",
            "base.yaml": "services: {one: {image: i, environment: {A: {b: 1, a: [x, ~]}}}}\n",
        ]).plain()
        #expect(extended.yaml("services", "web", "environment") == "A: \"map[a:[x <nil>] b:1]\"\nB: \"1\"\n")
    }

    @Test func `an include that names no file includes nothing, and that is said`() {
        let outcome = ComposeFixture(
            "include: [{1️⃣project_directory: sub}]\nservices: {web: {image: i}}\n"
        ).plain()
        #expect(outcome.problems == ["warning 1️⃣ Compose ignores an `include` that names no file"])
    }

    @Test func `a name in the last line without a line break is a value without a name`() {
        let outcome = ComposeFixture([
            "compose.yaml": "services: {web: {image: i, env_file: a.env}}\n", "a.env": "A=1\nTAG",
        ]).plain()
        #expect(outcome.yaml("services", "web", "environment") == "\"\": TAG\nA: \"1\"\n")
    }

    @Test func `the reference to an empty service stays, except for an environment`() {
        let files = [
            "compose.yaml": "services: {web: {image: i, extends: {file: base.yaml, service: none}}}\n",
            "base.yaml": "services: {none: }\n",
        ]
        let outcome = ComposeFixture(files).plain()
        #expect(outcome.yaml("services", "web", "extends") == "service: none\nfile: /work/base.yaml\n")
        #expect(ComposeFixture(files).environment().yaml("services", "web", "extends") == nil)
    }

    @Test func `an SSH key that two lists name is there twice`() {
        let outcome = ComposeFixture(
            """
            services:
              one: {build: {ssh: [1️⃣default]}}
              web: {extends: one, build: {ssh: [2️⃣default]}}
            """
        ).plain()
        #expect(outcome.problems == ["2️⃣ `services.web.build.ssh` holds the same item twice", "  1️⃣ first here"])
    }
}
