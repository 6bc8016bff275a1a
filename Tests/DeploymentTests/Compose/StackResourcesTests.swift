import Diagnostics
import Testing
import YAML

@testable import Deployment

@Suite struct `What a stack's networks, secrets and configs become` {
    @Test func `names that Compose gives are left to the stack, those that somebody wrote stay`() {
        let outcome = ComposeFixture(
            """
            services: {web: {image: nginx, networks: [a, b], volumes: ["v1:/1", "v2:/2", "v3:/3"]}}
            networks: {a: {}, b: {name: shared}}
            volumes: {v1: {}, v2: {name: data}, v3: {external: true}}
            """
        ).stack()
        #expect(outcome.yaml("networks") == "a: {}\nb:\n  name: shared\n")
        #expect(outcome.yaml("volumes") == "v1: {}\nv2:\n  name: data\nv3:\n  name: v3\n  external: true\n")
        #expect(outcome.problems == [])
    }

    @Test func `the project's name is given when the stack is deployed`() {
        let outcome = ComposeFixture("1️⃣name: shop\nservices: {web: {image: nginx}}").stack(name: "shop")
        #expect(outcome.yaml("name") == nil)
        #expect(
            outcome.problems == ["warning 1️⃣ `name` is left out: a stack's name is given when it is deployed: `shop`"])
    }

    @Test(arguments: [("host", "host"), ("bridge", "bridge")])
    func `the host's network is one that the stack joins`(mode: String, network: String) {
        let outcome = ComposeFixture("services:\n  web:\n    image: nginx\n    1️⃣network_mode: \(mode)\n").stack()
        #expect(outcome.yaml("services", "web", "networks") == "\(network): null\n")
        #expect(outcome.yaml("networks") == "\(network):\n  name: \(network)\n  external: true\n")
        #expect(
            outcome.problems == [
                "warning 1️⃣ `services.web.network_mode` becomes a network that is the node's own `\(mode)`"
            ])
    }

    @Test func `a service without network gets one with nothing else in it`() {
        let outcome = ComposeFixture("services:\n  job:\n    image: nginx\n    1️⃣network_mode: none\n").stack()
        #expect(outcome.yaml("services", "job", "networks") == "job-alone: null\n")
        #expect(outcome.yaml("networks") == "job-alone:\n  internal: true\n")
        #expect(outcome.problems.count == 1)
    }

    @Test func `a bridge becomes an overlay, without the bridge's options`() {
        let outcome = ComposeFixture(
            """
            services: {web: {image: nginx, networks: [a]}}
            networks:
              a:
                1️⃣driver: bridge
                driver_opts: {2️⃣com.docker.network.bridge.name: br0, com.docker.network.driver.mtu: 1400}
                3️⃣enable_ipv6: true
                ipam: {config: [{subnet: 10.9.0.0/24, 4️⃣gateway: 10.9.0.1}]}
                attachable: true
            """
        ).stack()
        #expect(
            outcome.yaml("networks", "a") == """
                driver_opts:
                  com.docker.network.driver.mtu: "1400"
                ipam:
                  config:
                    - subnet: "10.9.0.0/24"
                attachable: true

                """)
        #expect(
            outcome.problems == [
                "warning 1️⃣ `networks.a.driver` becomes an overlay network, which reaches every node",
                "warning 2️⃣ `networks.a.driver_opts.com.docker.network.bridge.name` is left out: an overlay network has "
                    + "no such option",
                "warning 4️⃣ `networks.a.ipam.config[0].gateway` is left out: Swarm chooses the gateway",
                "warning 3️⃣ `networks.a.enable_ipv6` is left out: `docker stack deploy` makes networks without IPv6",
            ])
    }

    @Test func `fixed addresses are left out, aliases stay`() {
        let outcome = ComposeFixture(
            """
            services: {web: {image: nginx, networks: {a: {1️⃣ipv4_address: 10.9.0.5, aliases: [www], 2️⃣priority: 5}}}}
            networks: {a: {}}
            """
        ).stack()
        #expect(outcome.yaml("services", "web", "networks") == "a:\n  aliases:\n    - www\n")
        #expect(
            outcome.problems == [
                "warning 1️⃣ `services.web.networks.a.ipv4_address` is left out: Swarm gives out the addresses",
                "warning 2️⃣ `services.web.networks.a.priority` is left out: a stack has no such option",
            ])
    }

    @Test func `a secret from a variable has to be made before, and the command is there to type`() {
        let outcome = ComposeFixture(
            """
            services: {web: {image: nginx, secrets: [token]}}
            secrets: {token: {1️⃣environment: API_TOKEN}}
            """
        ).stack(environment: ["API_TOKEN": "hunter2"])
        #expect(outcome.yaml("secrets", "token") == "name: app_token\nexternal: true\n")
        #expect(outcome.diagnostics.map(\.next) == ["printenv API_TOKEN | docker secret create app_token -"])
        #expect(outcome.rendering?.yaml.contains("hunter2") == false)
    }

    @Test func `a config that stands in the file has to be made before`() {
        let outcome = ComposeFixture(
            """
            services: {web: {image: nginx, configs: [motd]}}
            configs: {motd: {name: hello, 1️⃣content: "hello\\n"}}
            """
        ).stack()
        #expect(outcome.yaml("configs", "motd") == "name: hello\nexternal: true\n")
        #expect(outcome.diagnostics.map(\.next) == ["docker config create hello FILE"])
    }

    @Test func `models are named and left out`() {
        let outcome = ComposeFixture(
            """
            services: {web: {image: nginx, 2️⃣models: [llm]}}
            models: {1️⃣llm: {model: ai/smollm2}}
            """
        ).stack()
        #expect(outcome.yaml("models") == nil)
        #expect(
            outcome.problems == [
                "warning 2️⃣ `services.web.models` is left out: Swarm runs no models",
                "warning 1️⃣ `models.llm` is left out: Swarm runs no models",
            ])
    }
}
