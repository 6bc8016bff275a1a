import Testing
import YAML

@testable import Deployment

@Suite struct `What a stack's volumes and ports become` {
    @Test func `folders in memory are volumes, as docker stack deploy ignores tmpfs without a word`() {
        let outcome = ComposeFixture(
            """
            services:
              web:
                image: nginx
                1️⃣tmpfs: [/run, "/tmp:size=64m,mode=1777"]
                2️⃣shm_size: 1m
            """
        ).stack()
        #expect(
            outcome.yaml("services", "web", "volumes") == """
                - type: tmpfs
                  target: /run
                - type: tmpfs
                  target: /tmp
                  tmpfs:
                    size: 67108864
                - type: tmpfs
                  target: /dev/shm
                  tmpfs:
                    size: 1048576

                """)
        #expect(
            outcome.problems == [
                "warning 1️⃣ `services.web.tmpfs` becomes a volume of type `tmpfs`",
                "warning 2️⃣ `services.web.shm_size` becomes a volume of type `tmpfs` on `/dev/shm`",
            ])
    }

    @Test func `options that a folder in memory loses are named`() {
        let outcome = ComposeFixture(
            "services:\n  web:\n    image: nginx\n    tmpfs: 1️⃣/run:size=1m,uid=5,exec\n"
        ).stack()
        #expect(
            outcome.problems.first
                == "warning 1️⃣ `services.web.tmpfs` is left out: the size is all that Swarm takes, not `uid=5,exec`")
    }

    @Test func `a size in the long syntax is a number`() {
        let outcome = ComposeFixture(
            "services: {web: {image: nginx, volumes: [{type: tmpfs, target: /t, tmpfs: {size: 1k}}]}}"
        ).stack()
        #expect(outcome.services?["web"]?["volumes"]?.sequence?.first?["tmpfs"]?["size"]?.integer == 1_024)
    }

    @Test func `a folder of the host has to be on every node`() {
        let outcome = ComposeFixture(
            "services:\n  web:\n    image: nginx\n    volumes: [1️⃣./data:/data:ro]\n"
        ).stack()
        #expect(
            outcome.yaml("services", "web", "volumes")
                == "- type: bind\n  source: /work/data\n  target: /data\n  read_only: true\n  bind: {}\n")
        #expect(
            outcome.problems == [
                "warning 1️⃣ the source of `services.web.volumes[0]` has to be there on every node that runs `web`: "
                    + "Swarm neither makes nor copies it"
            ])
    }

    @Test func `an image is not mounted`() {
        let outcome = ComposeFixture(
            "services:\n  web:\n    image: nginx\n    volumes: [1️⃣{type: image, source: a, target: /a}]\n"
        ).stack()
        #expect(outcome.problems == ["warning 1️⃣ `services.web.volumes[0]` is left out: Swarm mounts no images"])
        #expect(outcome.yaml("services", "web", "volumes") == nil)
    }

    @Test func `options of mounts that Swarm lacks are named by their place`() {
        let outcome = ComposeFixture(
            """
            services:
              web:
                image: nginx
                volumes:
                  - {type: bind, source: /a, target: /a, bind: {1️⃣selinux: z, propagation: rslave, create_host_path: false}}
                  - {type: tmpfs, target: /t, tmpfs: {2️⃣mode: 0700}}
            """
        ).stack()
        #expect(
            outcome.problems == [
                "warning 1️⃣ `services.web.volumes[0].bind.selinux` is left out: a stack has no such option",
                "warning 2️⃣ `services.web.volumes[1].tmpfs.mode` is left out: a stack has no such option",
            ])
        #expect(outcome.services?["web"]?["volumes"]?.sequence?.first?["bind"]?["propagation"]?.string == "rslave")
    }

    @Test func `a published port is a number`() {
        let outcome = ComposeFixture("services: {web: {image: nginx, ports: ['8080:80']}}").stack()
        #expect(
            outcome.yaml("services", "web", "ports")
                == "- mode: ingress\n  target: 80\n  published: 8080\n  protocol: tcp\n")
        #expect(outcome.problems == [])
    }

    @Test func `an address of the host is left out, which opens the port to all`() {
        let outcome = ComposeFixture(
            "services:\n  web:\n    image: nginx\n    ports: [1️⃣127.0.0.1:8080:80, 0.0.0.0:8081:81]\n"
        ).stack()
        #expect(
            outcome.problems == [
                "warning 1️⃣ `services.web.ports[0].host_ip` is left out: Swarm publishes on every address of every node"
            ])
    }

    @Test func `the same port on several addresses is one port`() {
        let outcome = ComposeFixture(
            "services: {web: {image: nginx, ports: ['127.0.0.1:80:80', '10.0.0.1:80:80']}}"
        ).stack()
        #expect(outcome.services?["web"]?["ports"]?.sequence?.count == 1)
    }

    @Test func `a range with a port for each replica is one port for all of them`() {
        let outcome = ComposeFixture(
            "services:\n  web:\n    image: nginx\n    ports: [1️⃣8000-8003:80]\n"
        ).stack()
        #expect(outcome.services?["web"]?["ports"]?.sequence?.map { $0["published"]?.integer } == [8_000])
        #expect(
            outcome.problems == [
                "warning 1️⃣ `services.web.ports[0].published` becomes 8000, which answers for every replica"
            ])
    }

    @Test func `ports of a service without a common address are those of the nodes`() {
        // The engine: `port published with ingress mode can't be used with dnsrr mode`.
        let outcome = ComposeFixture(
            "services:\n  web:\n    image: nginx\n    deploy: {endpoint_mode: dnsrr}\n    ports: [1️⃣8080:80]\n"
        ).stack()
        #expect(outcome.services?["web"]?["ports"]?.sequence?.first?["mode"]?.string == "host")
        #expect(
            outcome.problems == [
                "warning 1️⃣ `services.web.ports[0].mode` becomes `host`, as `endpoint_mode: dnsrr` asks"
            ])
    }

    @Test func `names of ports are left out`() {
        let outcome = ComposeFixture(
            "services:\n  web:\n    image: nginx\n    ports: [{target: 80, 1️⃣name: web, 2️⃣app_protocol: http}]\n"
        ).stack()
        #expect(
            outcome.problems == [
                "warning 1️⃣ `services.web.ports[0].name` is left out: a stack has no such option",
                "warning 2️⃣ `services.web.ports[0].app_protocol` is left out: a stack has no such option",
            ])
    }
}
