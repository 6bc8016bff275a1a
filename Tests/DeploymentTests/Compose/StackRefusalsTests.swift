import Testing
import YAML

@testable import Deployment

@Suite struct `What cannot be a stack` {
    @Test func `all problems of a project come at once`() {
        let outcome = ComposeFixture(
            """
            services:
              1️⃣api.v1: {image: nginx}
              2️⃣web: {build: .}
              4️⃣end-: {image: nginx, networks: [a]}
            networks: {a: {driver: 3️⃣macvlan}}
            """
        ).stack()
        #expect(outcome.rendering == nil)
        #expect(
            outcome.problems.filter { !$0.hasPrefix("warning") } == [
                "1️⃣ Swarm cannot have a service named `api.v1`", "4️⃣ Swarm cannot have a service named `end-`",
                "2️⃣ `services.web` has no `image`, and Swarm builds none",
                "3️⃣ `networks.a` uses `macvlan`, which `docker stack deploy` cannot make for services",
            ])
    }

    @Test func `a name is at most 63 bytes with the stack's`() {
        let name = String(repeating: "a", count: 60)
        let outcome = ComposeFixture("services:\n  1️⃣\(name): {image: nginx}\n").stack()
        #expect(outcome.problems == ["1️⃣ the name `app_\(name)` is too long for Swarm"])
        #expect(ComposeFixture("services:\n  \(name.dropLast()): {image: nginx}\n").stack().problems == [])
    }

    @Test func `two services cannot publish one port, whatever their addresses were`() {
        let outcome = ComposeFixture(
            """
            services:
              a: {image: nginx, ports: [1️⃣127.0.0.1:80:80, "80:80/udp"]}
              b: {image: nginx, ports: [2️⃣127.0.0.2:80:8080]}
            """
        ).stack()
        #expect(
            outcome.problems.filter { !$0.hasPrefix("warning") } == [
                "2️⃣ port 80/tcp is published twice, and a swarm has it once", "  1️⃣ here first",
            ])
    }

    @Test func `the nodes' own ports may be the same in two services`() {
        let outcome = ComposeFixture(
            """
            services:
              a: {image: nginx, ports: [{target: 80, published: 80, mode: host}]}
              b: {image: nginx, ports: [{target: 81, published: 80, mode: host, host_ip: 127.0.0.1}]}
            """
        ).stack()
        #expect(outcome.problems.filter { !$0.hasPrefix("warning") } == [])
    }

    @Test func `a project whose services are all in other profiles has nothing to deploy`() {
        let outcome = ComposeFixture("services: {web: {image: nginx, profiles: [debug]}}").stack()
        #expect(outcome.problems == ["- there is no service to deploy"])
    }

    @Test func `a port conflict of ports without a number is none`() {
        let outcome = ComposeFixture("services: {a: {image: nginx, ports: [80]}, b: {image: nginx, ports: [80]}}")
            .stack()
        #expect(outcome.problems == [])
    }
}

@Suite struct `Text in a stack` {
    @Test func `a secret stays a reference, and every other dollar is doubled in values only`() throws {
        let outcome = ComposeFixture(
            """
            services:
              web:
                image: nginx
                environment: {PASSWORD: "${PASSWORD}", PRICE: "5 $$"}
                labels: {"a$$b": "$$c"}
            """
        ).stackEnvironment(secrets: ["PASSWORD"])
        let text = try #require(outcome.rendering?.yaml)
        #expect(text.contains("PASSWORD: \"${PASSWORD}\"\n"))
        #expect(text.contains("PRICE: \"5 $$\"\n"))
        // `docker stack deploy` interpolates no keys.
        #expect(text.contains("a$$b: \"$$c\"\n"))
    }

    @Test func `the header says how it is deployed`() throws {
        let outcome = ComposeFixture("services: {web: {image: nginx}}").stackEnvironment()
        #expect(
            outcome.rendering?.yaml.contains(
                """
                # Edit those files, not this one.
                # To deploy it: docker stack deploy --compose-file THIS-FILE app
                version: "3.9"
                """) == true)
    }

    @Test func `JSON is the same document`() throws {
        let outcome = ComposeFixture("services: {web: {image: nginx, command: 'echo $$HOME'}}").stack()
        let rendering = try #require(outcome.rendering)
        #expect(
            rendering.json.split(separator: "\n").map { $0.drop { $0 == " " } }.joined()
                == #"{"version": "3.9","services": {"web": {"command": ["echo","$$HOME"],"image": "nginx","networks": {"default": null}}},"networks": {"default": {}}}"#
        )
    }
}
