import Testing
import YAML

@testable import Deployment

@Suite struct `Which fields a stack has` {
    @Test func `every field of Compose has its place in the tables`() throws {
        let sections: [(Shape, StackRecord)] = [
            (.service, .service), (.network, .network), (.volume, .volume), (.secret, .secret), (.config, .config),
        ]
        for (shape, record) in sections { #expect(Self.unknown(shape, record) == []) }
    }

    /// Fields of a shape, at any depth, that the table does not name.
    private static func unknown(_ shape: Shape, _ record: StackRecord) -> [String] {
        guard let fields = shape.fields else { return ["not a record"] }
        return fields.fields.flatMap { field -> [String] in
            guard let position = record.position(of: field.name) else { return [field.name] }
            return unknown(field.shape, record.fields[position].fate).map { "\(field.name).\($0)" }
        }
    }

    private static func unknown(_ shape: Shape, _ fate: StackFate) -> [String] {
        switch fate {
        case .kept, .text, .integer, .dropped: []
        case .since(_, let fate): unknown(shape, fate)
        case .record(let record): unknown(shape, record)
        case .list(let record): shape.items.map { unknown($0, record) } ?? ["not a list"]
        case .map(let record): shape.values.map { unknown($0, record) } ?? ["not a map"]
        }
    }

    @Test(
        arguments: [
            ("annotations: {a: b}", "annotations"), ("attach: false", "attach"), ("build: .", "build"),
            ("develop: {watch: []}", "develop"), ("blkio_config: {weight: 300}", "blkio_config"),
            ("cgroup_parent: x", "cgroup_parent"), ("cgroup: host", "cgroup"), ("cpuset: '0'", "cpuset"),
            ("cpu_shares: 10", "cpu_shares"), ("cpu_percent: 10", "cpu_percent"),
            ("container_name: one", "container_name"), ("device_cgroup_rules: ['c 1:3 mr']", "device_cgroup_rules"),
            ("devices: [/dev/null]", "devices"), ("dns_opt: [use-vc]", "dns_opt"),
            ("domainname: example.com", "domainname"), ("expose: [80]", "expose"),
            ("external_links: [db]", "external_links"), ("group_add: [mail]", "group_add"), ("gpus: all", "gpus"),
            ("ipc: host", "ipc"), ("mac_address: 02:42:ac:11:00:02", "mac_address"),
            ("memswap_limit: 1g", "memswap_limit"), ("mem_swappiness: 10", "mem_swappiness"),
            ("oom_kill_disable: true", "oom_kill_disable"), ("pid: host", "pid"), ("platform: linux/amd64", "platform"),
            ("privileged: true", "privileged"), ("pull_policy: always", "pull_policy"), ("runtime: runsc", "runtime"),
            ("security_opt: ['no-new-privileges:true']", "security_opt"), ("storage_opt: {size: 1G}", "storage_opt"),
            ("userns_mode: host", "userns_mode"), ("uts: host", "uts"), ("use_api_socket: true", "use_api_socket"),
            ("volumes_from: ['container:other']", "volumes_from"), ("post_start: [{command: 'true'}]", "post_start"),
            ("pre_stop: [{command: 'true'}]", "pre_stop"), ("network_mode: 'container:other'", "network_mode"),
        ])
    func `what Swarm has not is left out, and named where it stands`(field: String, key: String) throws {
        let outcome = ComposeFixture("services:\n  web:\n    image: nginx\n    1️⃣\(field)\n").stack()
        #expect(outcome.services?["web"]?.mapping?.index(of: key) == nil)
        let spoken = try #require(outcome.problems.first, "nothing was said of `\(key)`")
        #expect(spoken.hasPrefix("warning 1️⃣ `services.web.\(key)` is left out: "))
        #expect(outcome.problems.count == 1, "\(outcome.problems)")
    }

    @Test(
        arguments: [
            "cap_add:\n  - NET_ADMIN\n", "command:\n  - sleep\n  - \"1\"\n", "dns:\n  - \"1.1.1.1\"\n",
            "dns_search:\n  - example.com\n", "entrypoint:\n  - sh\n", "environment:\n  A: b\n", "hostname: web\n",
            "init: true\n", "isolation: default\n", "labels:\n  a: b\n", "read_only: true\n", "stdin_open: true\n",
            "stop_grace_period: 20s\n", "stop_signal: SIGINT\n", "sysctls:\n  net.core.somaxconn: \"1024\"\n",
            "tty: true\n", "user: \"1000\"\n", "working_dir: /srv\n", "ulimits:\n  nofile:\n    soft: 1\n    hard: 2\n",
            "logging:\n  driver: json-file\n  options:\n    max-size: 10m\n",
            "healthcheck:\n  test:\n    - CMD\n    - \"true\"\n  interval: 10s\n  retries: 3\n",
            "deploy:\n  mode: replicated\n  replicas: 3\n", "deploy:\n  endpoint_mode: dnsrr\n",
            "deploy:\n  update_config:\n    parallelism: 2\n    failure_action: rollback\n    order: start-first\n",
            "deploy:\n  placement:\n    constraints:\n      - node.role == worker\n    preferences:\n      - spread: a\n",
            "x-own:\n  anything: 1\n",
        ])
    func `what Swarm has stays as it is, in silence`(field: String) {
        let indented = field.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
        let outcome = ComposeFixture("services:\n  web:\n    image: nginx\n\(indented)\n").stack()
        #expect(outcome.problems == [])
        let key = String(field.prefix { $0 != ":" })
        let kept = (outcome.services?["web"]?[key]).map { YAMLWriter.text(of: Node.mapping([(key, $0)])) }
        #expect(kept == field)
    }

    @Test func `a team's own key inside deploy is left out, as the format has none there`() {
        let outcome = ComposeFixture(
            """
            x-top: {a: 1}
            services:
              web:
                image: nginx
                deploy:
                  1️⃣x-own: 1
                  replicas: 2
            """
        ).stack()
        #expect(
            outcome.problems == [
                "warning 1️⃣ `services.web.deploy.x-own` is left out: `docker stack deploy` does not know it here"
            ])
        #expect(outcome.yaml("services", "web", "deploy") == "replicas: 2\n")
        #expect(outcome.yaml("x-top") == "a: 1\n")
    }

    @Test func `the format is the oldest that has what is used, so that Docker 20.10 reads most projects`() {
        let plain = ComposeFixture("services: {web: {image: nginx, deploy: {resources: {limits: {pids: 5}}}}}").stack()
        #expect(plain.yaml("version") == "\"3.9\"\n")
    }

    @Test(
        arguments: [
            ("healthcheck: {test: 'true', 1️⃣start_interval: 1s}", "healthcheck.start_interval", "25.0", "3.12"),
            ("1️⃣oom_score_adj: 5", "oom_score_adj", "27.0", "3.13"),
            ("deploy: {1️⃣mode: replicated-job}", "deploy.mode", "23.0", "3.10"),
            (
                "volumes: [{type: volume, source: data, target: /d, volume: {1️⃣subpath: a}}]",
                "volumes[0].volume.subpath", "27.0", "3.13"
            ),
        ])
    func `what needs a newer Docker says which`(field: String, path: String, docker: String, version: String) {
        let outcome = ComposeFixture(
            "services:\n  web:\n    image: nginx\n    \(field)\nvolumes: {data: {}}\n"
        ).stack()
        #expect(
            outcome.problems == [
                "warning 1️⃣ `services.web.\(path)` needs Docker \(docker) where the stack is deployed"
            ])
        #expect(outcome.yaml("version") == "\"\(version)\"\n")
    }
}
