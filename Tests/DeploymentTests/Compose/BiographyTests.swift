import Deployment
import Diagnostics
import Testing
import YAML

/// Who set a value, for each rule by which files merge.
@Suite struct `A value's biography` {
    /// Two files, `1️⃣` and more in the first, `over.yaml:1️⃣` and more in the second, for one service.
    private func merged(_ path: String, _ base: String, _ over: String, _ rest: String = "") -> [String] {
        ComposeFixture([
            "compose.yaml": "services:\n  db: {image: d}\n  web:\n    image: i\n    \(base)\n\(rest)",
            "over.yaml": "services:\n  web:\n    \(over)\n",
        ]).explained("services.web.\(path)", ["compose.yaml", "over.yaml"])
    }

    @Test func `a scalar is replaced`() {
        #expect(
            merged("hostname", "hostname: 1️⃣a", "hostname: 1️⃣b") == ["1️⃣ set a", "over.yaml:1️⃣ replaced b"])
    }

    @Test(arguments: [("command", "command"), ("entrypoint", "entrypoint")])
    func `a command is replaced as a whole`(field: String, path: String) {
        #expect(
            merged("\(field)[1]", "\(field): [1️⃣a, 2️⃣b]", "\(field): [1️⃣c, 2️⃣d]")
                == ["2️⃣ set b", "over.yaml:2️⃣ replaced d"])
        #expect(
            merged("\(field)[0]", "\(field): [1️⃣a, 2️⃣b]", "\(field): 1️⃣c d")
                == ["1️⃣ set a", "over.yaml:1️⃣ replaced c written c d", "  short syntax"])
        #expect(
            merged(field, "\(field): 1️⃣[a, b]", "\(field): 1️⃣[c]")
                == ["1️⃣ set [2]", "over.yaml:1️⃣ replaced [1]"])
    }

    @Test func `a health check's test is replaced as a whole`() {
        #expect(
            merged("healthcheck.test[1]", "healthcheck: {test: [CMD, 1️⃣a]}", "healthcheck: {test: [CMD, 1️⃣b]}")
                == ["1️⃣ set a", "over.yaml:1️⃣ replaced b"])
    }

    @Test func `a map merges key by key`() {
        #expect(
            merged("environment.A", "environment: {A: 1️⃣x, B: y}", "environment: {A: 1️⃣z}")
                == ["1️⃣ set x", "over.yaml:1️⃣ replaced z"])
        #expect(merged("environment.B", "environment: {A: x, B: 1️⃣y}", "environment: {A: z}") == ["1️⃣ set y"])
        #expect(
            merged("environment", "environment: 1️⃣{A: x}", "environment: 1️⃣{B: y}")
                == ["1️⃣ set {1}", "over.yaml:1️⃣ added {1}"])
    }

    @Test(arguments: ["environment", "labels", "annotations", "sysctls"])
    func `a list of pairs merges with a map`(field: String) {
        #expect(
            merged("\(field).A", "\(field): [1️⃣A=x]", "\(field): {A: 1️⃣z}")
                == ["1️⃣ set x written A=x", "  short syntax", "over.yaml:1️⃣ replaced z"])
        #expect(
            merged("\(field).A", "\(field): {A: 1️⃣x}", "\(field): [1️⃣A=z]")
                == ["1️⃣ set x", "over.yaml:1️⃣ replaced z written A=z", "  short syntax"])
    }

    @Test(arguments: [
        ("cap_add", "b"), ("dns", "1"), ("security_opt", "b"), ("expose", "b"), ("dns_search", "1"), ("tmpfs", "b"),
        ("group_add", "b"),
    ])
    func `a list of texts grows`(field: String, item: String) {
        #expect(merged("\(field)[\(item)]", "\(field): [1️⃣'a']", "\(field): [1️⃣'b']") == ["over.yaml:1️⃣ set b"])
        #expect(
            merged(field, "\(field): 1️⃣['a']", "\(field): 1️⃣['b']") == ["1️⃣ set [1]", "over.yaml:1️⃣ added [1]"])
    }

    @Test func `a port is the same when address, ports and protocol are`() {
        #expect(
            merged("ports[target=80].published", "ports: [1️⃣'8080:80']", "ports: [1️⃣'8080:80', '9090:90']")
                == [
                    "1️⃣ set 8080 written 8080:80", "  short syntax",
                    "over.yaml:1️⃣ replaced 8080 written 8080:80", "  short syntax",
                ])
        #expect(
            merged("ports[target=90].published", "ports: ['8080:80']", "ports: [{target: 90, published: 1️⃣9090}]")
                == ["over.yaml:1️⃣ set 9090"])
        #expect(
            merged("ports[target=80].mode", "ports: [1️⃣'8080:80']", "expose: [x]")
                == ["1️⃣ set ingress written 8080:80", "  short syntax"])
        #expect(
            merged("ports[target=90].protocol", "expose: [x]", "ports: [1️⃣{target: 90}]")
                == ["- set tcp", "  a default of Compose"])
    }

    @Test func `one of several ports in a range`() {
        #expect(
            merged("ports[target=81].published", "ports: [1️⃣'8080-8082:80-82']", "expose: [x]")
                == ["1️⃣ set 8081 written 8080-8082:80-82", "  short syntax"])
    }

    @Test func `a volume is the same when its target is`() {
        let volumes = "volumes: {data: {}, other: {}}\n"
        #expect(
            merged("volumes[target=/a].source", "volumes: [1️⃣'data:/a']", "volumes: [1️⃣'other:/a:ro']", volumes)
                == [
                    "1️⃣ set data written data:/a", "  short syntax",
                    "over.yaml:1️⃣ replaced other written other:/a:ro", "  short syntax",
                ])
        #expect(
            merged("volumes[target=/a].read_only", "volumes: ['data:/a']", "volumes: [1️⃣'other:/a:ro']", volumes)
                == ["over.yaml:1️⃣ set true written other:/a:ro", "  short syntax"])
    }

    @Test func `a path is completed`() {
        #expect(
            merged("volumes[target=/a].source", "volumes: [1️⃣'./data:/a']", "expose: [x]")
                == [
                    "1️⃣ set ./data written ./data:/a", "  short syntax",
                    "- replaced /work/data", "  a relative path counts from the folder of its project",
                ])
    }

    @Test func `a secret is the same when its mount is`() {
        #expect(
            merged(
                "secrets[source=s].mode", "secrets: [s]", "secrets: [{source: s, mode: 1️⃣0400}]",
                "secrets: {s: {file: ./s}}\n") == ["over.yaml:1️⃣ set 0400"])
    }

    @Test func `a build's text is its context`() {
        #expect(
            merged("build.context", "build: 1️⃣./a", "build: {context: 1️⃣./b, target: t}")
                == [
                    "1️⃣ set ./a", "over.yaml:1️⃣ replaced ./b",
                    "- replaced /work/b", "  a relative path counts from the folder of its project",
                ])
        #expect(
            merged("build.dockerfile", "build: ./a", "expose: [x]") == ["- set Dockerfile", "  a default of Compose"])
    }

    @Test func `dependencies are a list or a map`() {
        #expect(
            merged("depends_on.db.condition", "depends_on: [1️⃣db]", "depends_on: {db: {condition: 1️⃣service_healthy}}")
                == ["1️⃣ set service_started written db", "  short syntax", "over.yaml:1️⃣ replaced service_healthy"])
        #expect(
            merged("depends_on.db.condition", "links: [1️⃣db]", "expose: [x]") == [
                "- set service_started",
                "  `links`, `volumes_from` or a shared namespace makes a service wait for the other one",
            ])
    }

    @Test func `networks are a list or a map, and there is an implicit one`() {
        let networks = "networks: {a: {}, b: {}}\n"
        #expect(
            merged("networks.a.aliases[x]", "networks: [a]", "networks: {a: {aliases: [1️⃣x]}}", networks)
                == ["over.yaml:1️⃣ set x"])
        #expect(
            merged("networks.default", "expose: [x]", "expose: [y]") == [
                "- set null", "  a service that names no network joins `default`",
            ])
    }

    @Test func `a limit is replaced`() {
        #expect(
            merged(
                "ulimits.nofile.soft", "ulimits: {nofile: {soft: 1️⃣1, hard: 2}}",
                "ulimits: {nofile: {soft: 1️⃣3, hard: 4}}")
                == ["1️⃣ set 1", "over.yaml:1️⃣ replaced 3"])
        #expect(
            merged("ulimits.nofile", "ulimits: {nofile: 1️⃣{soft: 1, hard: 2}}", "ulimits: {nofile: 1️⃣5}")
                == ["1️⃣ set {2}", "over.yaml:1️⃣ replaced 5"])
    }

    @Test func `extra hosts keep what is there`() {
        #expect(
            merged("extra_hosts[\"a=1.1.1.1\"]", "extra_hosts: {a: 1️⃣1.1.1.1}", "extra_hosts: [b=2.2.2.2]")
                == ["1️⃣ set a=1.1.1.1 written 1.1.1.1", "  short syntax"])
        #expect(
            merged("extra_hosts[\"b=2.2.2.2\"]", "extra_hosts: {a: 1.1.1.1}", "extra_hosts: [1️⃣'b:2.2.2.2']")
                == ["over.yaml:1️⃣ set b=2.2.2.2 written b:2.2.2.2", "  short syntax"])
    }

    @Test func `options of logging merge with one driver and go with another one`() {
        #expect(
            merged(
                "logging.options.a", "logging: {driver: x, options: {a: 1️⃣'1'}}",
                "logging: {driver: x, options: {a: 1️⃣'2'}}") == ["1️⃣ set 1", "over.yaml:1️⃣ replaced 2"])
        #expect(
            merged("logging.options.a", "logging: {driver: x, options: {a: 1️⃣'1'}}", "logging: {driver: y}")
                == [
                    "1️⃣ set 1", "- removed nothing", "  another `driver` replaces all of `logging`",
                    "not in the rendering",
                ])
    }

    @Test func `reset removes and override replaces`() {
        #expect(
            merged("hostname", "hostname: 1️⃣a", "hostname: 1️⃣!reset null")
                == ["1️⃣ set a", "over.yaml:1️⃣ removed nothing", "  !reset over.yaml:1️⃣", "not in the rendering"])
        #expect(
            merged("environment.A", "environment: {A: 1️⃣x}", "environment: 1️⃣!override {A: 2️⃣y}")
                == ["1️⃣ set x", "over.yaml:2️⃣ replaced y", "  !override over.yaml:1️⃣"])
        #expect(
            merged("environment.B", "environment: {A: x, B: 1️⃣y}", "environment: 1️⃣!override {A: y}")
                == ["1️⃣ set y", "over.yaml:1️⃣ removed nothing", "  !override over.yaml:1️⃣", "not in the rendering"])
        #expect(
            merged("ports[target=90].published", "ports: ['1:80']", "ports: 1️⃣!override [2️⃣'2:90']")
                == [
                    "over.yaml:2️⃣ set 2 written 2:90", "  !override over.yaml:1️⃣", "  short syntax",
                ])
    }

    @Test func `nothing overrides nothing`() {
        #expect(
            merged("hostname", "hostname: 1️⃣a", "hostname: 1️⃣~")
                == ["1️⃣ set a", "over.yaml:1️⃣ kept a", "  nothing overrides nothing"])
    }
}
