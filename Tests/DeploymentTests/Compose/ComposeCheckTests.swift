import Deployment
import Diagnostics
import Testing
import YAML

@Suite struct `Checking a Compose file` {
    /// A field of a service with a mark at the place of the problem, and the problem.
    static let fields: [(String, String)] = [
        ("1️⃣imagee: x", "unknown key `imagee` in `services.web`"),
        ("build: {1️⃣contxt: .}", "unknown key `contxt` in `services.web.build`"),
        ("tty: 1️⃣1", "`services.web.tty` cannot be `1`"),
        ("hostname: 1️⃣5", "`services.web.hostname` cannot be `5`"),
        ("hostname: 1️⃣2024-01-01", "`services.web.hostname` cannot be a date"),
        ("labels: {a: [1️⃣b]}", "`services.web.labels.a` cannot be a list"),
        ("labels: 1️⃣x", "`services.web.labels` cannot be `x`"),
        ("cap_add: 1️⃣ALL", "`services.web.cap_add` cannot be `ALL`"),
        ("security_opt: [a, 1️⃣a]", "`services.web.security_opt` holds the same item twice"),
        ("cgroup: 1️⃣privat", "`services.web.cgroup` cannot be `privat`"),
        ("container_name: 1️⃣\"!\"", "`services.web.container_name` cannot be `!`"),
        ("pull_policy: 1️⃣allways", "`services.web.pull_policy` cannot be `allways`"),
        ("oom_score_adj: 1️⃣5000", "`services.web.oom_score_adj` cannot be 5000"),
        ("cpu_count: 1️⃣-1", "`services.web.cpu_count` cannot be -1"),
        ("depends_on: {db: {1️⃣required: false}}", "`services.web.depends_on.db` has no `condition`"),
        ("depends_on: {db: {condition: 1️⃣healthy}}", "`services.web.depends_on.db.condition` cannot be `healthy`"),
        ("ulimits: {n: {1️⃣soft: 1}}", "`services.web.ulimits.n` has no `hard`"),
        ("volumes: [{1️⃣target: /x}]", "`services.web.volumes[0]` has no `type`"),
        ("volumes: [1️⃣{type: volume}]", "the volume has no `target`"),
        ("ports: [1️⃣{published: 80}]", "the port has no `target`"),
        ("ports: [1️⃣\"a:80\"]", "`services.web.ports` cannot hold `a:80`"),
        ("ports: [1️⃣\"80/foo\"]", "`services.web.ports` cannot hold `80/foo`"),
        ("ports: [{target: 80, host_ip: 1️⃣1.2.3}]", "`services.web.ports` cannot use `1.2.3`"),
        ("volumes: [1️⃣\"aa:/b:ro:dd\"]", "`services.web.volumes` cannot hold `aa:/b:ro:dd`"),
        ("devices: [1️⃣\"a:b:c:d\"]", "`services.web.devices` cannot hold `a:b:c:d`"),
        ("mem_limit: 1️⃣lots", "`services.web.mem_limit` cannot be `lots`"),
        ("stop_grace_period: 1️⃣soon", "`services.web.stop_grace_period` cannot be `soon`"),
        ("stop_grace_period: 1️⃣10", "`services.web.stop_grace_period` cannot be `10`"),
        ("scale: 1️⃣many", "`services.web.scale` cannot be `many`"),
        (
            "deploy: {update_config: {parallelism: 1️⃣-1}}",
            "`services.web.deploy.update_config.parallelism` cannot be `-1`"
        ),
        ("blkio_config: {weight: 1️⃣\"300\"}", "`services.web.blkio_config.weight` cannot be `300`"),
        ("storage_opt: {a: 1️⃣true}", "`services.web.storage_opt.a` cannot be `true`"),
        ("group_add: [1️⃣1.5]", "`services.web.group_add` cannot be `1.5`"),
        ("environment: [1️⃣\"A =x\"]", "`services.web.environment` has a variable whose name ends in a blank"),
        ("extra_hosts: [1️⃣x]", "`services.web.extra_hosts` cannot hold `x`"),
        ("command: 1️⃣\"a 'b\"", "`services.web.command` cannot be `a 'b`"),
        (
            "gpus: [{count: 1, 1️⃣device_ids: ['0']}]",
            "a device request of `services.web` has both `count` and `device_ids`"
        ),
        ("develop: {watch: [{path: 1️⃣'', action: rebuild}]}", "`services.web.develop.watch` has an empty `path`"),
        ("build: {ssh: [1️⃣key]}", "`key` is no SSH key"),
        ("build: {additional_contexts: [1️⃣x]}", "`x` is no additional context"),
        ("secrets: [{source: s, mode: 1️⃣\"9\"}]", "`services.web.secrets[0].mode` cannot be `9`"),
        ("networks: {1️⃣\"a b\": }", "`a b` cannot be a name in `services.web.networks`"),
        ("networks: [default, 1️⃣default]", "`services.web.networks` holds the same item twice"),
        ("networks: [1️⃣5]", "`services.web.networks[0]` cannot be `5`"),
        ("hostname: 1️⃣${}", "this `$` begins no variable"),
        ("hostname: a-1️⃣${X:?say which}", "`X` must have a value: say which"),
    ]

    @Test(arguments: fields)
    func `names the field and its place`(field: String, problem: String) {
        let outcome = ComposeFixture(
            "services:\n  web:\n    image: i\n    \(field)\n  db: {image: d}\nsecrets: {s: {file: s}}\n"
        ).plain()
        #expect(outcome.problems.filter { !$0.hasPrefix(" ") } == ["1️⃣ \(problem)"])
        #expect(outcome.rendering == nil)
    }

    static let files: [(String, [String])] = [
        ("1️⃣servces: {}", ["1️⃣ unknown key `servces`"]),
        ("1️⃣- a", ["1️⃣ a Compose file cannot be a list"]),
        ("# nothing\n", ["- the Compose file is empty"]),
        ("services: {web: 1️⃣}", ["1️⃣ `services.web` cannot be nothing"]),
        ("services: {1️⃣\"a b\": {image: i}}", ["1️⃣ `a b` cannot be a name in `services`"]),
        (
            "services: {w: {image: i}}\nvolumes: {v: {external: true, 1️⃣driver: x}}",
            ["1️⃣ `volumes.v` is external and cannot have `driver`"]
        ),
        (
            "services: {w: {image: i}}\nsecrets: {s: {2️⃣file: a, 1️⃣environment: b}}",
            ["1️⃣ `secrets.s` has both `file` and `environment`", "  2️⃣ the other one"]
        ),
        (
            "services: {w: {image: i}}\nconfigs: {c: {1️⃣name: a}}",
            ["1️⃣ `configs.c` does not say where its content comes from"]
        ),
        (
            "services: {w: {image: i}}\nvolumes: {v: {name: 2️⃣a, external: {1️⃣name: b}}}",
            ["warning 1️⃣ `external.name` is deprecated", "8 `volumes.v` has two names"]
        ),
        ("services: {w: {image: i}}\nmodels: {m: {1️⃣name: x}}", ["1️⃣ `models.m` has no `model`"]),
        ("services: {a: {image: i}, 1️⃣a: {image: j}}", ["1️⃣ duplicate key `a`"]),
    ]

    @Test(arguments: files)
    func `names what is wrong outside services`(text: String, problems: [String]) {
        let outcome = ComposeFixture(text).plain()
        #expect(outcome.rendering == nil)
        #expect(outcome.problems.first == problems.first)
    }

    @Test func `every problem of all files is told at once`() {
        let outcome = ComposeFixture([
            "compose.yaml": "services:\n  a: {image: 1️⃣5, tty: 2️⃣x}\n  b: {3️⃣imag: i, ports: 4️⃣80}\n",
            "over.yaml": "volumes: 1️⃣[]\n",
        ]).plain(["compose.yaml", "over.yaml"])
        #expect(
            outcome.problems == [
                "2️⃣ `services.a.tty` cannot be `x`", "1️⃣ `services.a.image` cannot be `5`",
                "3️⃣ unknown key `imag` in `services.b`",
                "4️⃣ `services.b.ports` cannot be `80`", "over.yaml:1️⃣ `volumes` cannot be a list",
            ])
    }

    @Test func `problems of variables and of types are told together`() {
        let outcome = ComposeFixture("services: {a: {image: \"1️⃣${X:?}\", tty: 2️⃣1}}").plain()
        #expect(outcome.problems == ["2️⃣ `services.a.tty` cannot be `1`", "1️⃣ `X` must have a value"])
    }

    @Test func `an error says what was expected and what to do`() {
        let outcome = ComposeFixture("services: {web: {image: 1.10, restrat: no}}").plain()
        #expect(outcome.diagnostics.map(\.expected) == ["a string", "a field of a Compose service"])
        #expect(outcome.diagnostics.map(\.next) == ["quote it: `\"1.10\"`", "a field of your own begins with `x-`"])
        #expect(outcome.diagnostics[1].label == "did you mean `restart`?")
    }

    @Test func `what Compose ignores is said`() {
        let outcome = ComposeFixture(
            """
            1️⃣version: "3"
            services:
              web: {image: i, pull_refresh_after: 2️⃣1d, command: 3️⃣a && b, mem_limit: 4️⃣1.5, networks: [n]}
            networks: {n: {ipam: {options: 5️⃣{a: b}}}}
            """
        ).plain()
        #expect(
            outcome.problems.sorted() == [
                "warning 1️⃣ Compose ignores `version`", "warning 2️⃣ Compose ignores `services.web.pull_refresh_after`",
                "warning 3️⃣ Compose ends the command of `services.web.command` at `&`",
                "warning 4️⃣ Compose ignores the fraction `1.5` of `services.web.mem_limit`",
                "warning 5️⃣ Compose ignores `networks.n.ipam.options`",
            ])
    }

    @Test func `without interpolation variables pass every check`() {
        let outcome = ComposeFixture(
            "services: {web: {image: \"a:${T}\", ports: [\"${P}:80\"], cgroup: \"${C}\", x-a: \"$$b\"}}"
        ).plain { $0.interpolates = false }
        #expect(outcome.problems == [])
        #expect(outcome.yaml("services", "web", "image") == "a:${T}\n")
        #expect(outcome.yaml("services", "web", "ports") == "- \"${P}:80\"\n")
        #expect(outcome.rendering?.yaml.contains("x-a: \"$$b\"\n") == true)
    }
}

@Suite struct `Checking that a project fits together` {
    static let cases: [(String, [String])] = [
        ("services: {1️⃣web: {tty: true}}", ["1️⃣ `services.web` has neither `image` nor `build`"]),
        (
            "services: {web: {image: i, networks: [1️⃣frnt]}}\nnetworks: {front: }",
            ["1️⃣ `services.web` uses `frnt`, which is not under `networks`"]
        ),
        (
            "services: {web: {image: i, volumes: [1️⃣'data:/d']}}",
            ["1️⃣ `services.web` uses `data`, which is not under `volumes`"]
        ),
        ("services: {web: {image: i, secrets: [1️⃣s]}}", ["1️⃣ `services.web` uses `s`, which is not under `secrets`"]),
        (
            "services: {web: {image: i, configs: [{source: 1️⃣c}]}}",
            ["1️⃣ `services.web` uses `c`, which is not under `configs`"]
        ),
        (
            "services: {web: {build: {context: ., secrets: [1️⃣s]}}}",
            ["1️⃣ `services.web` uses `s`, which is not under `secrets`"]
        ),
        ("services: {web: {image: i, models: [1️⃣m]}}", ["1️⃣ `services.web` uses `m`, which is not under `models`"]),
        (
            "services: {web: {image: i, depends_on: [1️⃣db]}}",
            ["1️⃣ `depends_on` of `services.web` names `db`, which is no service"]
        ),
        (
            "services: {web: {image: i, network_mode: 1️⃣service:db}}",
            [
                "1️⃣ `depends_on` of `services.web` names `db`, which is no service",
                "1️⃣ `network_mode` of `services.web` names `db`, which is no service",
            ]
        ),
        (
            "services: {web: {image: i, depends_on: [1️⃣db]}, db: {image: d, profiles: [p]}}",
            ["1️⃣ `services.web` needs `db`, which no enabled profile includes"]
        ),
        (
            "services: {web: {image: i, depends_on: {db: {condition: service_started, required: false}}}, db: {image: d, profiles: [p]}}",
            []
        ),
        ("services: {a: {image: i, depends_on: [1️⃣a]}}", ["1️⃣ services wait for each other in a circle: `a` → `a`"]),
        (
            "services: {a: {image: i, depends_on: [b]}, b: {image: i, links: [c]}, c: {image: i, volumes_from: [1️⃣a]}}",
            ["1️⃣ services wait for each other in a circle: `a` → `b` → `c` → `a`"]
        ),
        (
            "services: {a: {image: i, 1️⃣network_mode: host, 2️⃣networks: [n]}}\nnetworks: {n: }",
            ["1️⃣ `services.a` has both `network_mode` and `networks`", "  2️⃣ the other one"]
        ),
        (
            "services: {a: {build: {dockerfile: d, 1️⃣dockerfile_inline: x}}}",
            ["1️⃣ `services.a.build` has both `dockerfile` and `dockerfile_inline`"]
        ),
        (
            "services: {a: {platform: x, build: {platforms: 1️⃣[y]}}}",
            ["1️⃣ `services.a.build.platforms` does not hold `x`"]
        ),
        (
            "services: {a: {image: i, healthcheck: {test: [1️⃣curl, x]}}}",
            ["1️⃣ `services.a.healthcheck.test` cannot begin with `curl`"]
        ),
        (
            "services: {a: {image: i, scale: 1️⃣2, deploy: {replicas: 2️⃣3}}}",
            ["1️⃣ `services.a` has different numbers in `scale` and `deploy.replicas`", "  2️⃣ the other one"]
        ),
        ("services: {a: {image: i, scale: 1️⃣-1}}", ["1️⃣ `services.a` cannot run -1 times"]),
        (
            "services: {a: {image: i, 1️⃣container_name: cc, deploy: {replicas: 2️⃣2}}}",
            ["1️⃣ `services.a` has a `container_name` and runs 2 times", "  2️⃣ the number"]
        ),
        (
            "services: {a: {image: i, container_name: 2️⃣cc}, b: {image: i, container_name: 1️⃣cc}}",
            ["1️⃣ two services have the container name `cc`", "  2️⃣ first here"]
        ),
        (
            "services: {a: {image: i, cpus: 1️⃣1, deploy: {resources: {limits: {cpus: 2️⃣'2'}}}}}",
            ["1️⃣ `services.a` has different limits in `cpus` and `deploy.resources.limits.cpus`", "  2️⃣ the other one"]
        ),
        ("services: {a: {image: i, mem_limit: 1️⃣1g, deploy: {resources: {limits: {memory: 1024m}}}}}", []),
        (
            "services: {a: {image: i, develop: {watch: [{1️⃣path: ., action: sync}]}}}",
            ["1️⃣ a rule of `services.a.develop.watch` has no `target`"]
        ),
        (
            "services: {a: {image: i, tmpfs: [2️⃣'/x:size=1'], volumes: [1️⃣/x]}}",
            ["1️⃣ `services.a` mounts `/x` twice", "  2️⃣ first here"]
        ),
        (
            "services: {a: {image: i, ports: ['80:80']}, b: {image: i, ports: [1️⃣'80:81']}}",
            ["warning 1️⃣ `services.b` and `services.a` both publish the host port 80"]
        ),
        (
            "services: {a: {build: {additional_contexts: {x: 1️⃣service:b}}}, b: {image: i}}",
            ["1️⃣ `services.a.build` uses `b` as a context, and it is not built"]
        ),
    ]

    @Test(arguments: cases)
    func `names what does not fit`(text: String, problems: [String]) {
        let outcome = ComposeFixture(text).plain()
        #expect(outcome.problems == problems)
        #expect((outcome.rendering == nil) == problems.contains { !$0.hasPrefix(" ") && !$0.hasPrefix("warning") })
    }

    @Test func `the checks can be left out`() {
        let outcome = ComposeFixture("services: {web: {networks: [none]}}").plain { $0.checksConsistency = false }
        #expect(outcome.problems == [])
        #expect(outcome.rendering != nil)
    }

    @Test func `a long chain of dependencies is no circle`() {
        let services = (0..<2_000).map { "  s\($0): {image: i\($0 == 0 ? "" : ", depends_on: [s\($0 - 1)]")}" }
        let outcome = ComposeFixture("services:\n" + services.joined(separator: "\n")).plain()
        #expect(outcome.problems == [])
        #expect(outcome.services?.mapping?.count == 2_000)
    }
}
