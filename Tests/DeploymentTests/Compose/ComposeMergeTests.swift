import Deployment
import Diagnostics
import Testing
import YAML

@Suite struct `Merging Compose files` {
    /// A field in the first file, in the second, and merged.
    static let rules: [(String, String, String, String?)] = [
        ("image", "hostname: a", "image: b", "b\n"),
        ("command", "command: [a, b]", "command: c", "- c\n"),
        ("command", "command: [a, b]", "command:", nil),
        ("entrypoint", "entrypoint: a", "entrypoint: [b]", "- b\n"),
        ("environment", "environment: [A=1, B=2]", "environment: {B: 3, C: ~}", "A: \"1\"\nB: \"3\"\nC: null\n"),
        ("environment", "environment: {A: 1}", "environment: [A=2, D]", "A: \"2\"\nD: null\n"),
        ("labels", "labels: {a: 1}", "labels: [a=2, b=3]", "a: \"2\"\nb: \"3\"\n"),
        ("cap_add", "cap_add: [A, B]", "cap_add: [B, C]", "- A\n- B\n- C\n"),
        ("dns", "dns: 1.1.1.1", "dns: [2.2.2.2, 1.1.1.1]", "- \"1.1.1.1\"\n- \"2.2.2.2\"\n"),
        ("tmpfs", "tmpfs: /a", "tmpfs: [/b]", "- /a\n- /b\n"),
        ("security_opt", "security_opt: [a]", "security_opt: [b]", "- a\n- b\n"),
        ("expose", "expose: ['80']", "expose: [80, 81]", "- \"80\"\n- \"81\"\n"),
        ("sysctls", "sysctls: {a: 1}", "sysctls: [b=2]", "a: \"1\"\nb: \"2\"\n"),
        (
            "ports", "ports: ['8080:80', '81']", "ports: ['8080:80', '9090:80']",
            """
            - mode: ingress
              target: 80
              published: "8080"
              protocol: tcp
            - mode: ingress
              target: 81
              protocol: tcp
            - mode: ingress
              target: 80
              published: "9090"
              protocol: tcp

            """
        ),
        (
            "volumes", "volumes: ['data:/a', './b:/b']", "volumes: ['other:/a:ro']",
            """
            - type: volume
              source: other
              target: /a
              read_only: true
              volume: {}
            - type: bind
              source: /work/b
              target: /b
              bind:
                create_host_path: true

            """
        ),
        (
            "devices", "devices: ['/dev/a:/dev/x']", "devices: ['/dev/b:/dev/x']",
            "- source: /dev/b\n  target: /dev/x\n  permissions: rwm\n"
        ),
        (
            "secrets", "secrets: [s]", "secrets: [{source: s, mode: 0400}, t]",
            "- source: s\n  target: /run/secrets/s\n  mode: \"0400\"\n- source: t\n  target: /run/secrets/t\n"
        ),
        (
            "configs", "configs: [c]", "configs: [{source: c, target: /c2}]",
            "- source: c\n- source: c\n  target: /c2\n"
        ),
        (
            "depends_on", "depends_on: [db]", "depends_on: {db: {condition: service_healthy}}",
            "db:\n  condition: service_healthy\n  required: true\n"
        ),
        (
            "depends_on", "depends_on: {db: {condition: service_healthy, required: false}}",
            "depends_on: {db: {condition: service_started}}", "db:\n  condition: service_started\n  required: false\n"
        ),
        (
            "depends_on", "depends_on: {db: {condition: service_healthy}}", "depends_on: [db]",
            "db:\n  condition: service_started\n  required: true\n"
        ),
        (
            "networks", "networks: [front]", "networks: {front: {aliases: [a]}, back: }",
            "back: null\nfront:\n  aliases:\n    - a\n"
        ),
        ("build", "build: ./a", "build: {target: t}", "context: /work/a\ndockerfile: Dockerfile\ntarget: t\n"),
        (
            "build", "build: {context: ., args: [A=1, B=1]}", "build: {args: {B: 2}}",
            "context: /work\ndockerfile: Dockerfile\nargs:\n  A: \"1\"\n  B: \"2\"\n"
        ),
        (
            "logging", "logging: {driver: json-file, options: {a: 1}}", "logging: {options: {b: 2}}",
            "driver: json-file\noptions:\n  a: \"1\"\n  b: \"2\"\n"
        ),
        ("logging", "logging: {driver: json-file, options: {a: 1}}", "logging: {driver: none}", "driver: none\n"),
        (
            "healthcheck", "healthcheck: {test: [CMD, a], retries: 1}", "healthcheck: {test: [NONE]}",
            "test:\n  - NONE\nretries: 1\n"
        ),
        (
            "ulimits", "ulimits: {n: 1, m: 2}", "ulimits: {n: {soft: 3, hard: 4}}",
            "m: 2\n\"n\":\n  soft: 3\n  hard: 4\n"
        ),
        (
            "extra_hosts", "extra_hosts: [a=1.1.1.1]", "extra_hosts: [a=1.1.1.1, b=2.2.2.2]",
            "- a=1.1.1.1\n- b=2.2.2.2\n"
        ),
        ("extra_hosts", "extra_hosts: {a: 1.1.1.1}", "extra_hosts: [a=3.3.3.3]", "- a=1.1.1.1\n- a=3.3.3.3\n"),
        (
            "deploy", "deploy: {replicas: 1, labels: {a: 1}}", "deploy: {replicas: 2, labels: [b=2]}",
            "replicas: 2\nlabels:\n  a: \"1\"\n  b: \"2\"\n"
        ),
        ("x-own", "x-own: {a: [1], b: 1}", "x-own: {a: [2]}", "a:\n  - 1\n  - 2\nb: 1\n"),
        ("environment", "environment: {A: 1, B: 2}", "environment: !reset ", nil),
        ("environment", "environment: {A: 1, B: 2}", "environment: {A: !reset }", "B: \"2\"\n"),
        ("ports", "ports: ['80', '81']", "ports: !override ['82']", "- mode: ingress\n  target: 82\n  protocol: tcp\n"),
        (
            "build", "build: {context: ., args: {A: 1}}", "build: {args: !override {B: 2}}",
            "context: /work\ndockerfile: Dockerfile\nargs:\n  B: \"2\"\n"
        ),
        ("ports", "ports: ['80']", "ports: !reset []", nil),
    ]

    private static func file(_ field: String) -> String {
        """
        services:
          web:
            image: nginx
            \(field)
          db: {image: postgres}
        networks: {front: , back: }
        volumes: {data: , other: }
        secrets: {s: {file: ./s}, t: {file: ./t}}
        configs: {c: {file: ./c}}
        """
    }

    @Test(arguments: rules)
    func `follows the rule of the field`(key: String, first: String, second: String, merged: String?) {
        let outcome = ComposeFixture([
            "compose.yaml": Self.file(first), "over.yaml": "services:\n  web:\n    \(second)\n",
        ]).plain(["compose.yaml", "over.yaml"])
        #expect(outcome.problems == [])
        #expect(outcome.yaml("services", "web", key) == merged)
    }

    @Test func `pools of one subnet are one pool`() {
        let outcome = ComposeFixture([
            "compose.yaml": """
            services: {web: {image: i, networks: [n]}}
            networks: {n: {ipam: {config: [{subnet: 10.0.0.0/8}, {subnet: 11.0.0.0/8}]}}}
            """,
            "over.yaml": "networks: {n: {ipam: {config: [{subnet: 10.0.0.0/8, gateway: 10.0.0.1}]}}}\n",
        ]).plain(["compose.yaml", "over.yaml"])
        #expect(
            outcome.yaml("networks", "n", "ipam")
                == "config:\n  - subnet: \"10.0.0.0/8\"\n    gateway: \"10.0.0.1\"\n")
    }

    @Test func `documents of one file merge like files`() {
        let outcome = ComposeFixture(
            "services:\n  web: {image: a, tty: true}\n---\nservices:\n  web: {image: b}\n"
        ).plain()
        #expect(outcome.yaml("services", "web") == "image: b\nnetworks:\n  default: null\ntty: true\n")
    }

    @Test func `a map cannot be overridden by a list where they mean different things`() {
        let outcome = ComposeFixture([
            "compose.yaml": "services: {web: {image: i, x-own: 1️⃣{a: 1}}}\n",
            "over.yaml": "services: {web: {x-own: 1️⃣[a]}}\n",
        ]).plain(["compose.yaml", "over.yaml"])
        #expect(
            outcome.problems == [
                "over.yaml:1️⃣ `services.web.x-own` cannot be overridden by a list", "  1️⃣ a map here",
            ])
        #expect(outcome.rendering == nil)
    }

    @Test func `every file's values keep their own place`() throws {
        let outcome = ComposeFixture([
            "compose.yaml": "services: {web: {image: a, tty: true}}\n", "over.yaml": "\nservices: {web: {image: b}}\n",
        ]).plain(["compose.yaml", "over.yaml"])
        let web = try #require(outcome.services?["web"])
        #expect(web["image"]?.range.start.line == 2)
        #expect(web["tty"]?.range.start.line == 1)
    }

    @Test func `an included project can be overridden by a second path, as in docker/compose#11404`() {
        let files = [
            "compose.yaml": "include: [{path: [db.yaml, db.override.yaml]}]\nservices: {web: {image: w}}\n",
            "db.yaml": "services: {db: {image: postgres, environment: {A: 1}}}\n",
            "db.override.yaml": "services: {db: {environment: {B: 2}}}\n",
            "over.yaml": "services: {db: {image: mine}}\n",
        ]
        let outcome = ComposeFixture(files).plain(["compose.yaml", "over.yaml"])
        #expect(outcome.problems == [])
        #expect(outcome.yaml("services", "db", "image") == "mine\n")
        #expect(outcome.yaml("services", "db", "environment") == "A: \"1\"\nB: \"2\"\n")
    }
}
