import Testing

@Suite struct `Comparing Compose files` {
    @Test(arguments: cases)
    func `knows what Compose's lists mean`(_ comparison: ComparisonCase) throws { try comparison.check() }

    /// A case about the fields of one service, in an environment as `diff` sees it.
    private static func service(
        _ need: String, _ left: String, _ right: String, _ expected: [String], reordered: [String] = []
    ) -> ComparisonCase {
        ComparisonCase(
            need, "compose: {services: {web: {\(left)}}}", "compose: {services: {web: {\(right)}}}", expected,
            reordered: reordered)
    }

    static let cases: [ComparisonCase] = [
        service(
            "a port is known by its target, so that another published port is a change",
            "ports: [{target: 80, published: \"8080\"}]", "ports: [{target: 80, published: \"80\"}]",
            [#"~ compose.services.web.ports[target=80].published: "8080" -> "80""#]),
        service(
            // argoproj/argo-cd#24786: a default that one side writes out.
            "tcp is the protocol that need not be written to be the same port",
            "ports: [{target: 80}]", "ports: [{target: 80, protocol: tcp}]",
            [#"+ compose.services.web.ports[target=80].protocol: "tcp""#]),
        service(
            // DNS listens on both.
            "a port over udp is another port than over tcp",
            "ports: [{target: 53, protocol: tcp}, {target: 53, protocol: udp, published: \"53\"}]",
            "ports: [{target: 53, protocol: udp, published: \"5353\"}, {target: 53, protocol: tcp}]",
            [#"~ compose.services.web.ports[target=53,protocol=udp].published: "53" -> "5353""#]),
        service(
            "one target published twice is matched by where it is published",
            "ports: [{target: 80, published: \"1\"}, {target: 80, published: \"2\", mode: host}]",
            "ports: [{target: 80, published: \"2\", mode: ingress}, {target: 80, published: \"1\"}]",
            [#"~ compose.services.web.ports[target=80#2].mode: "host" -> "ingress""#]),
        service(
            "a mount is known by its target",
            "volumes: [{type: bind, source: ./a, target: /data}]",
            "volumes: [{type: volume, source: a, target: /data}]",
            [
                #"~ compose.services.web.volumes[target=/data].source: "./a" -> "a""#,
                #"~ compose.services.web.volumes[target=/data].type: "bind" -> "volume""#,
            ]),
        service(
            "a secret is known by its source when the target differs",
            "secrets: [{source: db, target: /a}]", "secrets: [{source: db, target: /b}]",
            [#"~ compose.services.web.secrets[source=db].target: "/a" -> "/b""#]),
        service(
            "a secret is known by its target when the source differs",
            "secrets: [{source: db_staging, target: db}]", "secrets: [{source: db_production, target: db}]",
            [#"~ compose.services.web.secrets[target=db].source: "db_staging" -> "db_production""#]),
        service(
            "the words of a command have an order",
            "command: [a, b]", "command: [b, a]",
            [#"+ compose.services.web.command[0]: "b""#, #"- compose.services.web.command[1]: "b""#]),
        service(
            "a changed argument is a change in its place",
            "command: [uvicorn, --workers, \"2\"]", "command: [uvicorn, --workers, \"4\", --reload]",
            [
                #"~ compose.services.web.command[2]: "2" -> "4""#,
                #"+ compose.services.web.command[3]: "--reload""#,
            ]),
        service(
            "entrypoint and health check have an order too",
            "entrypoint: [a, b], healthcheck: {test: [CMD, x]}", "entrypoint: [a], healthcheck: {test: [CMD, y]}",
            [
                #"- compose.services.web.entrypoint[1]: "b""#,
                #"~ compose.services.web.healthcheck.test[1]: "x" -> "y""#,
            ]),
        service(
            "a command as a text against a list is one change",
            "command: a b", "command: [a, b]", [#"~ compose.services.web.command: "a b" -> ["a","b"]"#]),
        service(
            "capabilities are a set",
            "cap_add: [SYS_TIME, NET_ADMIN]", "cap_add: [NET_ADMIN, CHOWN]",
            [
                #"+ compose.services.web.cap_add[CHOWN]: "CHOWN""#,
                #"- compose.services.web.cap_add[SYS_TIME]: "SYS_TIME""#,
            ]
        ),
        service(
            "profiles, resolver options, networks, expose and links are sets",
            "profiles: [a, b], dns_opt: [a, b], networks: [x, y], expose: [\"80\", \"81\"], links: [a, b]",
            "profiles: [b, a], dns_opt: [b, a], networks: [y, x], expose: [\"81\", \"80\"], links: [b, a]", []),
        service(
            "one name server as a text is a list of one",
            "dns: 1.1.1.1", "dns: [1.1.1.1]", []),
        service(
            // resolv.conf(5): the resolver asks them in the order listed.
            "name servers are asked in order",
            "dns: [1.1.1.1, 8.8.8.8]", "dns: [8.8.8.8, 1.1.1.1]",
            [#"- compose.services.web.dns[0]: "1.1.1.1""#, #"+ compose.services.web.dns[1]: "1.1.1.1""#]),
        service(
            "search domains are tried in order",
            "dns_search: [a.example, b.example]", "dns_search: [b.example, a.example]",
            [
                #"- compose.services.web.dns_search[0]: "a.example""#,
                #"+ compose.services.web.dns_search[1]: "a.example""#,
            ]),
        service(
            // compose-spec 05-services.md: for a variable of two files, the value from the last file stands.
            "env files in another order give other values",
            "env_file: [{path: a.env, required: true}, {path: b.env, required: true}]",
            "env_file: [{path: b.env, required: true}, {path: a.env, required: true}]",
            [
                #"- compose.services.web.env_file[0]: {"path":"a.env","required":true}"#,
                #"+ compose.services.web.env_file[1]: {"path":"a.env","required":true}"#,
            ]),
        service(
            "label files in another order give other values",
            "label_file: [a, b]", "label_file: [b, a]",
            [#"+ compose.services.web.label_file[0]: "b""#, #"- compose.services.web.label_file[1]: "b""#]),
        service(
            "what a watch rule syncs and includes is a set, what it executes is a command",
            "develop: {watch: [{path: ., action: sync, include: [a, b], exec: {command: [x, y]}}]}",
            "develop: {watch: [{path: ., action: sync, include: [b, a], exec: {command: [y, x]}}]}",
            [
                #"- compose.services.web.develop.watch[path=.,action=sync].exec.command[0]: "x""#,
                #"+ compose.services.web.develop.watch[path=.,action=sync].exec.command[1]: "x""#,
            ]),
        service(
            "an exposed port as a number is the same port of another type",
            "expose: [80]", "expose: [\"80\"]", [#"= compose.services.web.expose["80"]: 80 -> "80""#]),
        service(
            // docker/compose users mix both forms of environment.
            "environment as a list is the map that it stands for",
            "environment: [LEVEL=info, DEBUG]", "environment: {LEVEL: debug, DEBUG: null}",
            [#"~ compose.services.web.environment.LEVEL: "info" -> "debug""#]),
        service(
            "a reordered list of environment entries is the same map",
            "environment: [A=1, B=x=y]", "environment: [B=x=y, A=1]", []),
        service(
            "a label that only one side has is found by its key",
            "labels: [a=1]", "labels: [a=1, com.example.b=2]",
            [#"+ compose.services.web.labels."com.example.b": "2""#]),
        service(
            "environment files are known by their path",
            "env_file: [{path: .env, required: true}]", "env_file: [{path: b.env}, {path: .env, required: false}]",
            [
                "~ compose.services.web.env_file[path=.env].required: true -> false",
                #"+ compose.services.web.env_file[path=b.env]: {"path":"b.env"}"#,
            ]),
        service(
            "devices are known by their target",
            "devices: [{source: /dev/a, target: /dev/x, permissions: r}]",
            "devices: [{source: /dev/b, target: /dev/x, permissions: r}]",
            [#"~ compose.services.web.devices[target=/dev/x].source: "/dev/a" -> "/dev/b""#]),
        service(
            "generic resources are known by their kind",
            "deploy: {resources: {reservations: {generic_resources: [{discrete_resource_spec: {kind: gpu, value: 1}}]}}}",
            "deploy: {resources: {reservations: {generic_resources: [{discrete_resource_spec: {kind: gpu, value: 2}}]}}}",
            [
                "~ compose.services.web.deploy.resources.reservations"
                    + ".generic_resources[discrete_resource_spec.kind=gpu].discrete_resource_spec.value: 1 -> 2"
            ]),
        service(
            "GPU capabilities are a set",
            "gpus: [{driver: nvidia, capabilities: [gpu, utility]}]",
            "gpus: [{driver: nvidia, capabilities: [utility, gpu]}]", []),
        service(
            "build arguments in both forms are the same",
            "build: {context: ., args: [A=1]}", "build: {context: ., args: {A: \"2\"}}",
            [#"~ compose.services.web.build.args.A: "1" -> "2""#]),
        service(
            "the aliases of a service in a network are a set",
            "networks: {default: {aliases: [a, b]}}", "networks: {default: {aliases: [b, a]}}", []),
        service(
            "short ports of an unrendered file are compared as the texts they are",
            "ports: [\"80:80\", \"443:443\"]", "ports: [\"8080:80\", \"443:443\"]",
            [#"~ compose.services.web.ports[0]: "80:80" -> "8080:80""#]),
        ComparisonCase(
            "a Compose file by itself is known by its services",
            "services: {web: {cap_add: [A, B]}}", "services: {web: {cap_add: [B, A]}}", []),
        ComparisonCase(
            "a service that only one side has is one difference",
            "compose: {services: {web: {image: a}}}", "compose: {services: {web: {image: a}, worker: {image: a}}}",
            [#"+ compose.services.worker: {"image":"a"}"#]),
        ComparisonCase(
            "an address pool that changed is compared inside",
            "networks: {x: {ipam: {config: [{subnet: 10.0.0.0/24}]}}}",
            "networks: {x: {ipam: {config: [{subnet: 10.1.0.0/24}]}}}",
            [#"~ networks.x.ipam.config[0].subnet: "10.0.0.0/24" -> "10.1.0.0/24""#]),
        ComparisonCase(
            "a secret's command has an order, and jobs are known by their name",
            "secrets: {T: {command: [pass, show, a]}}\njobs: [{name: q, run: x}, {name: r, run: y}]",
            "secrets: {T: {command: [pass, show, b]}}\njobs: [{name: r, run: z}, {name: q, run: x}]",
            [#"~ jobs[name=r].run: "y" -> "z""#, #"~ secrets.T.command[2]: "a" -> "b""#]),
    ]
}
