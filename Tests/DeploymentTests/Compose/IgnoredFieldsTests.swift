import Deployment
import Diagnostics
import Testing
import YAML

@Suite struct `What docker compose up ignores` {
    private func problems(_ service: String, _ rest: String = "") -> [String] {
        ComposeFixture("services: {web: {image: i, \(service)}}\n\(rest)").plain { $0.warnsAboutIgnored = true }
            .problems
    }

    private static let say = "`docker compose up` ignores `services.web."

    @Test(
        arguments: [
            ("deploy: {1️⃣update_config: {failure_action: rollback}}", "deploy.update_config.failure_action`"),
            (
                "deploy: {1️⃣update_config: {order: start-first, parallelism: 2, x-a: 1}}",
                "deploy.update_config.parallelism` and `order` beside it"
            ),
            ("deploy: {1️⃣rollback_config: {order: start-first}}", "deploy.rollback_config.order`"),
            ("deploy: {1️⃣placement: {constraints: [a]}}", "deploy.placement.constraints`"),
            ("deploy: {1️⃣endpoint_mode: dnsrr}", "deploy.endpoint_mode`"),
            ("deploy: {1️⃣labels: {a: b}}", "deploy.labels`"),
            ("deploy: {1️⃣mode: global}", "deploy.mode`: it starts `deploy.replicas` containers"),
            (
                "deploy: {resources: {reservations: {1️⃣cpus: '1', memory: 1g}}}",
                "deploy.resources.reservations.cpus`"
            ),
            ("deploy: {restart_policy: {condition: any, 1️⃣delay: 5s}}", "deploy.restart_policy.delay`"),
            ("deploy: {restart_policy: {condition: any, 1️⃣window: 5s}}", "deploy.restart_policy.window`"),
            (
                "1️⃣restart: always, deploy: {restart_policy: {condition: any}}",
                "restart`: `deploy.restart_policy` decides"
            ),
            ("1️⃣credential_spec: {file: a.json}", "credential_spec`"),
            ("build: {context: ., 1️⃣isolation: default}", "build.isolation`"),
        ] as [(String, String)])
    func `is a warning at its key`(service: String, message: String) {
        #expect(problems(service) == ["warning 1️⃣ \(Self.say)\(message)"])
    }

    @Test func `owner and mode of a mounted file, and not of one that Compose makes`() {
        let secrets = "secrets: {f: {file: ./f}, e: {environment: E}}\n"
        #expect(
            problems("secrets: [{source: f, 1️⃣uid: '1', mode: 0400}, {source: e, mode: 0400}]", secrets) == [
                "warning 1️⃣ \(Self.say)secrets[source=f].uid` and `mode` beside it: it mounts the file as it is on the host"
            ])
    }

    @Test func `nothing is said of what it heeds, and of a team's own fields`() {
        let service = """
            x-own: 1, deploy: {x-own: 1, mode: replicated, replicas: 2, resources: {limits: {cpus: '1', memory: 1g,
              pids: 5}, reservations: {memory: 1g}}, restart_policy: {condition: on-failure, max_attempts: 3}}
            """
        #expect(problems(service, "x-top: {a: b}\n") == [])
    }

    @Test func `a line that services share is told once`() {
        let fixture = ComposeFixture(
            """
            x-deploy: &deploy {1️⃣endpoint_mode: vip}
            services: {a: {image: i, deploy: *deploy}, b: {image: i, deploy: *deploy}}
            """)
        #expect(
            fixture.plain { $0.warnsAboutIgnored = true }.problems
                == ["warning 1️⃣ `docker compose up` ignores `services.a.deploy.endpoint_mode`"])
        #expect(fixture.plain().problems == [])
    }

    @Test func `version is told without being asked`() {
        let fixture = ComposeFixture("1️⃣version: '3'\nservices: {a: {image: i}}\n")
        #expect(fixture.plain().problems == ["warning 1️⃣ Compose ignores `version`"])
    }
}
