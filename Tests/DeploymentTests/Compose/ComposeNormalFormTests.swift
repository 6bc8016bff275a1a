import Deployment
import Diagnostics
import Testing
import YAML

@Suite struct `The normal form of a service` {
    /// A field as it is written, and as `docker compose config` writes it; `nil` where it is left out.
    static let fields: [(String, String, String?)] = [
        ("command", "command: echo 'a b' c", "- echo\n- a b\n- c\n"),
        ("command", "command: []", "[]\n"),
        ("command", "command: ''", "[]\n"),
        ("command", "command:", nil),
        ("entrypoint", "entrypoint: [sh, -c, 'echo $$HOME']", "- sh\n- \"-c\"\n- echo $HOME\n"),
        ("environment", "environment: [B=2, A, C=x=y, E=]", "A: null\nB: \"2\"\nC: x=y\nE: \"\"\n"),
        (
            "environment", "environment: {O: 0777, H: 0x1F, F: 1.10, E: 1e3, U: 1_000, T: TRUE, N: ~, Y: yes}",
            "E: \"1000\"\nF: \"1.1\"\nH: \"31\"\n\"N\": null\nO: \"511\"\nT: \"true\"\nU: \"1000\"\n\"Y\": \"yes\"\n"
        ),
        ("environment", "environment: {}", nil),
        ("labels", "labels: [a=1, b]", "a: \"1\"\nb: \"\"\n"),
        ("labels", "labels: {a: ~, b: 1.0}", "a: \"\"\nb: \"1\"\n"),
        ("annotations", "annotations: {a: true}", "a: \"true\"\n"),
        ("ports", "ports: [80]", "- mode: ingress\n  target: 80\n  protocol: tcp\n"),
        (
            "ports", "ports: ['127.0.0.1:8080:80/UDP']",
            "- mode: ingress\n  host_ip: \"127.0.0.1\"\n  target: 80\n  published: \"8080\"\n  protocol: udp\n"
        ),
        (
            "ports", "ports: [{target: 80, published: 8080, mode: host}]",
            "- mode: host\n  target: 80\n  published: \"8080\"\n  protocol: tcp\n"
        ),
        (
            "ports", "ports: ['8-10:18-20']",
            """
            - mode: ingress
              target: 18
              published: "8"
              protocol: tcp
            - mode: ingress
              target: 19
              published: "9"
              protocol: tcp
            - mode: ingress
              target: 20
              published: "10"
              protocol: tcp

            """
        ),
        (
            "volumes", "volumes: ['./a/../b:/b/:ro,z']",
            """
            - type: bind
              source: /work/b
              target: /b
              read_only: true
              bind:
                selinux: z
                create_host_path: true

            """
        ),
        ("volumes", "volumes: [/anonymous]", "- type: volume\n  target: /anonymous\n  volume: {}\n"),
        (
            "volumes", "volumes: ['data:/d:nocopy']",
            "- type: volume\n  source: data\n  target: /d\n  volume:\n    nocopy: true\n"
        ),
        (
            "volumes", "volumes: [{type: tmpfs, target: /t, tmpfs: {size: 10m, mode: 01777}}]",
            "- type: tmpfs\n  target: /t\n  tmpfs:\n    size: \"10485760\"\n    mode: 1023\n"
        ),
        (
            "volumes", "volumes: ['~/x:/x']",
            "- type: bind\n  source: /home/me/x\n  target: /x\n  bind:\n    create_host_path: true\n"
        ),
        ("build", "build: ./app", "context: /work/app\ndockerfile: Dockerfile\n"),
        ("build", "build: {dockerfile_inline: FROM x}", "context: /work\ndockerfile_inline: FROM x\n"),
        (
            "build", "build: {context: 'https://x/y.git', args: [SET, NONE, A=1], provenance: true}",
            "context: https://x/y.git\ndockerfile: Dockerfile\nargs:\n  A: \"1\"\n  SET: value\nprovenance: \"true\"\n"
        ),
        (
            "build", "build: {additional_contexts: [a=./x, b=docker-image://i], ssh: [default, k=./key], secrets: [s]}",
            """
            context: /work
            dockerfile: Dockerfile
            ssh:
              - default
              - k=/work/key
            additional_contexts:
              a: /work/x
              b: docker-image://i
            secrets:
              - source: s

            """
        ),
        ("depends_on", "depends_on: [db]", "db:\n  condition: service_started\n  required: true\n"),
        (
            "depends_on", "depends_on: {db: {condition: service_healthy, restart: 'true'}}",
            "db:\n  condition: service_healthy\n  restart: true\n  required: true\n"
        ),
        (
            "depends_on", "links: [db:database]",
            "db:\n  condition: service_started\n  restart: true\n  required: true\n"
        ),
        ("depends_on", "volumes_from: [db:ro]", "db:\n  condition: service_started\n  required: true\n"),
        ("depends_on", "ipc: service:db", "db:\n  condition: service_started\n  restart: true\n  required: true\n"),
        ("networks", "tty: true", "default: null\n"),
        ("networks", "networks: []", "default: null\n"),
        ("networks", "networks: [front]", "front: null\n"),
        (
            "networks", "networks: {front: {aliases: [b, a, b], priority: 0, ipv4_address: 10.0.0.2}}",
            "front:\n  aliases:\n    - b\n    - a\n  ipv4_address: \"10.0.0.2\"\n"
        ),
        ("networks", "network_mode: host", nil),
        (
            "healthcheck", "healthcheck: {test: curl x, interval: 1m30s, retries: '3', start_period: 1d, disable: no}",
            "test:\n  - CMD-SHELL\n  - curl x\ninterval: 1m30s\nretries: 3\nstart_period: 24h0m0s\n"
        ),
        ("healthcheck", "healthcheck: {}", "{}\n"),
        ("stop_grace_period", "stop_grace_period: 0s", "0s\n"),
        ("stop_grace_period", "stop_grace_period: 1.5h", "1h30m0s\n"),
        ("deploy", "deploy: {}", "{}\n"),
        ("deploy", "deploy:", nil),
        (
            "deploy", "deploy: {replicas: '2', update_config: {delay: 90s, parallelism: 0, max_failure_ratio: 0.10}}",
            "replicas: 2\nupdate_config:\n  parallelism: 0\n  delay: 1m30s\n  max_failure_ratio: 0.1\n"
        ),
        (
            "deploy", "deploy: {resources: {limits: {cpus: '0.50', memory: 1.5g, pids: 0}}}",
            "resources:\n  limits:\n    cpus: 0.5\n    memory: \"1610612736\"\n"
        ),
        (
            "deploy", "deploy: {resources: {reservations: {devices: [{capabilities: [gpu]}]}}}",
            """
            resources:
              reservations:
                devices:
                  - capabilities:
                      - gpu
                    count: -1

            """
        ),
        ("gpus", "gpus: all", "- count: -1\n"),
        (
            "ulimits", "ulimits: {nofile: 1024, nproc: {soft: '1', hard: 0}}",
            "nofile: 1024\nnproc:\n  soft: 1\n  hard: 0\n"
        ),
        ("extra_hosts", "extra_hosts: ['b:1.1.1.1', 'a=[::1]', c=1.1.1.1]", "- a=::1\n- b=1.1.1.1\n- c=1.1.1.1\n"),
        ("extra_hosts", "extra_hosts: {h: [1.1.1.1, 2.2.2.2]}", "- h=1.1.1.1\n- h=2.2.2.2\n"),
        (
            "secrets", "secrets: [s, {source: s, target: /x, mode: 0440}]",
            "- source: s\n  target: /run/secrets/s\n- source: s\n  target: /x\n  mode: \"0440\"\n"
        ),
        ("configs", "configs: [{source: c, mode: '0400', uid: '1'}]", "- source: c\n  uid: \"1\"\n  mode: \"0400\"\n"),
        (
            "devices", "devices: ['/dev/a', '/dev/b:/dev/c:r']",
            "- source: /dev/a\n  target: /dev/a\n  permissions: rwm\n- source: /dev/b\n  target: /dev/c\n  permissions: r\n"
        ),
        ("expose", "expose: [80, '90-92']", "- \"80\"\n- \"90-92\"\n"),
        ("group_add", "group_add: [1, mail]", "- \"1\"\n- mail\n"),
        ("dns", "dns: 8.8.8.8", "- \"8.8.8.8\"\n"),
        ("dns", "dns: ['']", nil),
        ("tmpfs", "tmpfs: /run", "- /run\n"),
        ("mem_limit", "mem_limit: 64 MB", "\"67108864\"\n"),
        ("memswap_limit", "memswap_limit: -1", "\"-1\"\n"),
        ("cpus", "cpus: '1.50'", "1.5\n"),
        ("cpus", "cpus: 0", nil),
        ("cpu_shares", "cpu_shares: 1.5", "1\n"),
        ("privileged", "privileged: 'true'", "true\n"),
        ("privileged", "privileged: false", nil),
        ("init", "init: false", "false\n"),
        ("scale", "scale: '1'", "1\n"),
        ("pull_policy", "pull_policy: if_not_present", "missing\n"),
        (
            "logging", "logging: {driver: json-file, options: {max-file: 3, x: ~}}",
            "driver: json-file\noptions:\n  max-file: \"3\"\n  x: \"\"\n"
        ),
        (
            "provider", "provider: {type: p, options: {a: 1, b: [x, true]}}",
            "type: p\noptions:\n  a:\n    - \"1\"\n  b:\n    - x\n    - \"true\"\n"
        ),
        (
            "post_start", "post_start: [{command: a b, privileged: 'yes'}]",
            "- command:\n    - a\n    - b\n  privileged: true\n"
        ),
        (
            "develop", "develop: {watch: [{path: ./s, action: sync, target: /t, ignore: a}]}",
            "watch:\n  - path: /work/s\n    action: sync\n    target: /t\n    ignore:\n      - a\n"
        ),
        ("x-own", "x-own: {b: 0x10, a: [1.50, ~]}", "b: 16\na:\n  - 1.5\n  - null\n"),
    ]

    private static func project(_ field: String) -> String {
        """
        services:
          web:
            image: nginx
            \(field)
          db: {image: postgres}
        networks: {front: {}}
        volumes: {data: {}}
        secrets: {s: {file: ./s}}
        configs: {c: {file: ./c}}
        """
    }

    @Test(arguments: fields)
    func `writes short forms long and leaves out what is zero`(key: String, written: String, normal: String?) {
        let outcome = ComposeFixture(Self.project(written)).plain(environment: ["HOME": "/home/me", "SET": "value"])
        #expect(outcome.problems.filter { !$0.hasPrefix("warning") } == [])
        #expect(outcome.yaml("services", "web", key) == normal)
    }

    @Test func `fields leave in Compose's order, services by name, own fields last`() {
        let outcome = ComposeFixture(
            """
            x-top: 1
            volumes: {vb: {}, va: {}}
            services:
              z: {image: i, volumes: ['va:/a', 'vb:/b'], x-b: 1, x-a: 2, command: [c], build: .}
              a: {image: i}
            """
        ).plain(name: "p")
        #expect(outcome.rendering?.document.mapping?.keys == ["name", "services", "networks", "volumes", "x-top"])
        #expect(outcome.services?.mapping?.keys == ["a", "z"])
        #expect(
            outcome.services?["z"]?.mapping?.keys
                == ["build", "command", "image", "networks", "volumes", "x-a", "x-b"])
        #expect(outcome.rendering?.document["volumes"]?.mapping?.keys == ["va", "vb"])
    }

    @Test func `resources get names, and those that nobody uses are left out`() {
        let outcome = ComposeFixture(
            """
            services:
              web: {image: i, networks: [own, real], volumes: ['data:/d'], secrets: [s], configs: [c]}
            networks: {own: , real: {external: true}, unused: {}}
            volumes: {data: {external: {name: old}}, other: {}}
            secrets: {s: {environment: S}}
            configs: {c: {content: text}}
            """
        ).plain(name: "p")
        #expect(outcome.yaml("networks") == "own:\n  name: p_own\nreal:\n  name: real\n  external: true\n")
        #expect(outcome.yaml("volumes") == "data:\n  name: old\n  external: true\n")
        #expect(outcome.yaml("secrets") == "s:\n  name: p_s\n  environment: S\n")
        #expect(outcome.yaml("configs") == "c:\n  name: p_c\n  content: text\n")
    }

    @Test func `values keep the place that set them`() throws {
        let text = "services:\n  web:\n    image: nginx\n    ports: ['80-81:90-91']\n"
        let document = try #require(ComposeFixture(text).plain().rendering).document
        let ports = try #require(document["services"]?["web"]?["ports"]?.sequence)
        #expect(ports.map { $0["target"]?.range.start.line } == [4, 4])
        #expect(document["services"]?["web"]?["image"]?.range.start.column == 12)
        #expect(document["services"]?["web"]?["networks"]?.range.isNone == true)
    }

    @Test func `JSON is what docker compose prints`() {
        let outcome = ComposeFixture(
            """
            services:
              web:
                image: nginx
                labels: {price: "5$$"}
                deploy: {}
                x-own: 1
                ulimits: {n: {soft: 1, hard: 0}}
            x-top: {a: 1}
            """
        ).plain(name: "p")
        #expect(
            outcome.rendering?.json == """
                {
                  "name": "p",
                  "networks": {
                    "default": {
                      "name": "p_default",
                      "ipam": {}
                    }
                  },
                  "services": {
                    "web": {
                      "command": null,
                      "deploy": {
                        "resources": {},
                        "placement": {}
                      },
                      "entrypoint": null,
                      "image": "nginx",
                      "labels": {
                        "price": "5$$"
                      },
                      "networks": {
                        "default": null
                      },
                      "ulimits": {
                        "n": {
                          "soft": 1
                        }
                      }
                    }
                  },
                  "x-top": {
                    "a": 1
                  }
                }

                """)
    }
}
