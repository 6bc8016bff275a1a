import Testing
import YAML

@testable import Deployment

@Suite struct `What a stack's services become` {
    @Test(
        arguments: [
            ("always", "condition: any\n", "{condition: any}"),
            ("unless-stopped", "condition: any\n", "{condition: any}"),
            ("on-failure", "condition: on-failure\n", "{condition: on-failure}"),
            ("on-failure:3", "condition: on-failure\nmax_attempts: 3\n", "{condition: on-failure}"),
            ("'no'", "condition: none\n", "{condition: none}"),
        ])
    func `restart is a restart policy`(restart: String, policy: String, said: String) {
        let outcome = ComposeFixture("services:\n  web:\n    image: nginx\n    1️⃣restart: \(restart)\n").stack()
        #expect(outcome.yaml("services", "web", "deploy", "restart_policy") == policy)
        #expect(outcome.problems == ["warning 1️⃣ `services.web.restart` becomes `deploy.restart_policy: \(said)`"])
    }

    @Test func `a restart policy beside it wins, as it does in Compose`() {
        let outcome = ComposeFixture(
            """
            services:
              web:
                image: nginx
                1️⃣restart: always
                deploy: {restart_policy: {condition: on-failure, delay: 5s}}
            """
        ).stack()
        #expect(
            outcome.yaml("services", "web", "deploy", "restart_policy") == "condition: on-failure\ndelay: 5s\n")
        #expect(
            outcome.problems == [
                "warning 1️⃣ `services.web.restart` is left out: `deploy.restart_policy` says when"
            ])
    }

    @Test func `a condition in Docker's words is one in Swarm's`() {
        // The engine: `invalid RestartCondition: "always"`.
        let outcome = ComposeFixture(
            """
            services:
              web:
                image: nginx
                deploy: {restart_policy: {1️⃣condition: always}}
            """
        ).stack()
        #expect(outcome.yaml("services", "web", "deploy", "restart_policy") == "condition: any\n")
        #expect(outcome.problems == ["warning 1️⃣ `services.web.deploy.restart_policy.condition` becomes `any`"])
    }

    @Test func `limits of the service are limits of its deployment`() {
        let outcome = ComposeFixture(
            """
            services:
              web:
                image: nginx
                1️⃣cpus: 0.5
                2️⃣mem_limit: 512m
                3️⃣mem_reservation: 256m
                4️⃣pids_limit: 100
            """
        ).stack()
        #expect(
            outcome.yaml("services", "web", "deploy", "resources") == """
                limits:
                  cpus: "0.5"
                  memory: "536870912"
                  pids: 100
                reservations:
                  memory: "268435456"

                """)
        #expect(
            outcome.problems == [
                "warning 1️⃣ `services.web.cpus` becomes `deploy.resources.limits.cpus`",
                "warning 2️⃣ `services.web.mem_limit` becomes `deploy.resources.limits.memory`",
                "warning 4️⃣ `services.web.pids_limit` becomes `deploy.resources.limits.pids`",
                "warning 3️⃣ `services.web.mem_reservation` becomes `deploy.resources.reservations.memory`",
            ])
    }

    @Test func `the same limit in both places is one limit, in silence`() {
        let outcome = ComposeFixture(
            "services: {web: {image: nginx, cpus: 0.5, deploy: {resources: {limits: {cpus: '0.5'}}}}}"
        ).stack()
        #expect(outcome.yaml("services", "web", "deploy") == "resources:\n  limits:\n    cpus: \"0.5\"\n")
        #expect(outcome.yaml("services", "web", "cpus") == nil)
        #expect(outcome.problems == [])
    }

    @Test func `no limit of processes is what Swarm does anyway`() {
        let outcome = ComposeFixture("services: {web: {image: nginx, pids_limit: -1}}").stack()
        #expect(outcome.services?["web"]?.mapping?.keys == ["image", "networks"])
        #expect(outcome.problems == [])
    }

    @Test func `a quota of processor time is a number of processors`() {
        let outcome = ComposeFixture(
            "services:\n  web:\n    image: nginx\n    1️⃣cpu_quota: 50000\n    cpu_period: 20000\n"
        ).stack()
        #expect(outcome.yaml("services", "web", "deploy", "resources", "limits") == "cpus: \"2.500\"\n")
        #expect(outcome.problems == ["warning 1️⃣ `services.web.cpu_quota` becomes `deploy.resources.limits.cpus`"])
    }

    @Test func `scale is a number of replicas`() {
        let outcome = ComposeFixture("services:\n  web:\n    image: nginx\n    1️⃣scale: 3\n").stack()
        #expect(outcome.yaml("services", "web", "deploy") == "replicas: 3\n")
        #expect(outcome.problems == ["warning 1️⃣ `services.web.scale` becomes `deploy.replicas`"])
    }

    @Test(arguments: ["global", "global-job"])
    func `a service on each node has no number of replicas`(mode: String) {
        let outcome = ComposeFixture(
            "services:\n  web:\n    image: nginx\n    deploy: {mode: \(mode), 1️⃣replicas: 2}\n"
        ).stack()
        #expect(outcome.yaml("services", "web", "deploy") == "mode: \(mode)\n")
        #expect(
            outcome.problems.first
                == "warning 1️⃣ `services.web.deploy.replicas` is left out: `\(mode)` runs one on each node")
    }

    @Test func `a service that others wait for until it ends is not started again`() {
        let outcome = ComposeFixture(
            """
            services:
              migrate: {image: app}
              web:
                image: app
                1️⃣depends_on:
                  2️⃣migrate: {condition: service_completed_successfully}
            """
        ).stack()
        #expect(outcome.yaml("services", "migrate", "deploy") == "restart_policy:\n  condition: none\n")
        #expect(
            outcome.problems == [
                "warning 2️⃣ `services.migrate` gets `deploy.restart_policy: {condition: none}`: it ends by itself, and "
                    + "Swarm would start it again",
                "warning 1️⃣ `services.web.depends_on` is left out: Swarm starts all services at once",
            ])
    }

    @Test func `a link is spoken of once, not also as the dependency that it makes`() {
        let outcome = ComposeFixture(
            "services:\n  db: {image: db}\n  web:\n    image: nginx\n    1️⃣links: [2️⃣db:database]\n"
        ).stack()
        #expect(
            outcome.problems == [
                "warning 1️⃣ `services.web.links` is left out: services on one network reach each other by name"
            ])
    }

    @Test func `a health check that is switched off has no other field`() {
        // The CLI: `test and disable can't be set at the same time`.
        let outcome = ComposeFixture(
            "services: {web: {image: nginx, healthcheck: {disable: true, test: 'true', interval: 5s}}}"
        ).stack()
        #expect(outcome.yaml("services", "web", "healthcheck") == "disable: true\n")
    }

    @Test func `an empty value is warned of, because the deploying shell may fill it`() {
        let outcome = ComposeFixture(
            "services:\n  web:\n    image: nginx\n    environment: {DEBUG: 1️⃣\"\", OTHER: x}\n"
        ).stack()
        #expect(outcome.problems.count == 1)
        #expect(outcome.problems.first?.contains("replaces the empty `services.web.environment.DEBUG`") == true)
        #expect(outcome.yaml("services", "web", "environment") == "DEBUG: \"\"\nOTHER: x\n")
    }

    @Test func `host names are written with a colon, which older Docker needs`() {
        let outcome = ComposeFixture(
            "services: {web: {image: nginx, extra_hosts: ['six=::1', 'four:10.0.0.1', 'gw=host-gateway']}}"
        ).stack()
        #expect(
            outcome.yaml("services", "web", "extra_hosts")
                == "- four:10.0.0.1\n- gw:host-gateway\n- six:::1\n")
    }

    @Test func `file modes are decimal, which every YAML reader takes for the same number`() {
        let outcome = ComposeFixture(
            """
            services: {web: {image: nginx, configs: [{source: c, target: /c, mode: 0440}]}}
            configs: {c: {file: ./c}}
            """
        ).stack()
        #expect(outcome.services?["web"]?["configs"]?.sequence?.first?["mode"]?.integer == 288)
    }

    @Test func `env files of an environment stay files, which docker reads in its own way`() {
        let outcome = ComposeFixture(
            """
            services:
              web:
                image: nginx
                env_file:
                  - a.env
                  - {path: 2️⃣b.env, required: false, format: raw}
                  - 1️⃣a.env
            """
        ).stackEnvironment()
        #expect(outcome.yaml("services", "web", "env_file") == "- \"../a.env\"\n- \"../b.env\"\n")
        #expect(
            outcome.problems.map { $0.prefix { $0 != "," && $0 != ":" } } == [
                "warning 1️⃣ `docker stack deploy` reads the files of `services.web.env_file` raw",
                "warning 2️⃣ `services.web.env_file.required` is left out",
            ])
    }
}
