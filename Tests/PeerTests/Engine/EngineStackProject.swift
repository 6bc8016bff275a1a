/// A Compose project that is awkward for Swarm.
struct EngineStackProject: Sendable {
    /// Names its stacks too.
    let name: String
    let text: String
    /// The first Docker that takes it, by its major version.
    let docker: Int
    /// What has to be there before, as the warnings say.
    let before: String

    init(_ name: String, docker: Int = 20, before: String = "true", _ text: String) {
        self.name = name
        self.text = text
        self.docker = docker
        self.before = before
    }

    static let all: [EngineStackProject] = [
        EngineStackProject(
            "limits",
            """
            services:
              a: {image: "python:3.11-slim", cpus: 0.5, mem_limit: 64m, pids_limit: 50, mem_reservation: 32m, scale: 2}
              b: {image: "python:3.11-slim", cpu_quota: 50000, deploy: {mode: global, replicas: 3}}
              c: {image: "python:3.11-slim", pids_limit: -1, memswap_limit: 1g, cpuset: "0", cpu_shares: 5}
            """),
        EngineStackProject(
            "restarts",
            """
            services:
              a: {image: "python:3.11-slim", restart: "on-failure:3"}
              b: {image: "python:3.11-slim", restart: unless-stopped}
              c: {image: "python:3.11-slim", restart: "no", depends_on: {a: {condition: service_completed_successfully}}}
              d: {image: "python:3.11-slim", deploy: {restart_policy: {condition: unless-stopped, max_attempts: 2}}}
            """),
        EngineStackProject(
            "ports",
            """
            services:
              a: {image: "python:3.11-slim", ports: ["127.0.0.1:8100-8103:80", "8200-8202:90-92", "77", "53:53/udp"]}
              b: {image: "python:3.11-slim", ports: ["0.0.0.0:53:53", {target: 1, published: "8300", mode: host, name: x}]}
              c: {image: "python:3.11-slim", ports: [8400:1], deploy: {endpoint_mode: dnsrr}}
            """),
        EngineStackProject(
            "mounts",
            """
            services:
              a:
                image: "python:3.11-slim"
                read_only: true
                tmpfs: ["/tmp:size=64m,mode=1770", /run]
                shm_size: 32m
                volumes:
                  - ./data:/data:ro
                  - named:/named:nocopy
                  - /anonymous
                  - {type: bind, source: /tmp, target: /t, bind: {propagation: rslave, selinux: z}}
                  - {type: tmpfs, target: /cache, tmpfs: {size: 1048576, mode: 0700}}
                  - {type: image, source: "python:3.11-slim", target: /image}
            volumes: {named: {labels: {a: 1}}}
            """),
        EngineStackProject(
            "networks",
            """
            services:
              a: {image: "python:3.11-slim", networks: {front: {aliases: [www], ipv4_address: 10.77.0.9}, back: }}
              b: {image: "python:3.11-slim", networks: [back], mac_address: 02:42:ac:11:00:02}
            networks:
              front:
                driver: bridge
                driver_opts: {com.docker.network.bridge.name: br-front, com.docker.network.driver.mtu: "1400"}
                ipam: {config: [{subnet: 10.77.0.0/24, gateway: 10.77.0.1, ip_range: 10.77.0.128/25}]}
                attachable: true
              back: {internal: true, enable_ipv6: false, labels: [a=b]}
            """),
        EngineStackProject(
            "network-modes",
            """
            services:
              a: {image: "python:3.11-slim", network_mode: host, ports: [8100:80]}
              b: {image: "python:3.11-slim", network_mode: bridge}
              c: {image: "python:3.11-slim", network_mode: none}
              d: {image: "python:3.11-slim", network_mode: "service:a"}
            """),
        EngineStackProject(
            "secrets-and-configs",
            before: """
                printf x >s.txt; printf y >c.txt
                printf t | docker secret create app_token - >/dev/null
                printf m | docker config create motd - >/dev/null
                """,
            """
            name: app
            services:
              a:
                image: "python:3.11-slim"
                secrets: [{source: file, target: there, uid: "5", mode: 0440}, token]
                configs: [motd, {source: file, target: /etc/c, mode: "0400"}]
            secrets: {file: {file: ./s.txt}, token: {environment: TOKEN}}
            configs: {file: {file: ./c.txt}, motd: {name: motd, content: "5 $$ a day"}}
            """),
        EngineStackProject(
            "text",
            """
            services:
              "on":
                image: "python:3.11-slim"
                command: echo "$$HOME" '$${X}' no
                environment: {A: , B: "", C: 0o17, D: 1e3, "yes": on, TIME: 22:22, PRICE: "5 $$"}
                labels: {"a$$b": "Host(`$$h`)", y: n, empty: ""}
                hostname: "{{.Node.Hostname}}"
                extra_hosts: {six: "::1", four: 10.0.0.1, gateway: host-gateway}
            """),
        EngineStackProject(
            "processes",
            """
            services:
              a:
                image: "python:3.11-slim"
                init: true
                user: 1000:1000
                working_dir: /tmp
                stop_signal: SIGINT
                stop_grace_period: 1m30s
                stdin_open: true
                tty: true
                entrypoint: []
                command: []
                cap_add: [NET_ADMIN]
                cap_drop: [ALL]
                ulimits: {nofile: {soft: 1024, hard: 2048}, nproc: 100}
                sysctls: {net.core.somaxconn: 1024}
                dns: [1.1.1.1]
                dns_search: example.com
                dns_opt: [use-vc]
                logging: {driver: json-file, options: {max-size: 10m, max-file: 3}}
            """),
        EngineStackProject(
            "what-only-one-host-has",
            """
            services:
              a:
                image: "python:3.11-slim"
                build: {context: ., dockerfile_inline: "FROM scratch"}
                container_name: one
                privileged: true
                devices: [/dev/null]
                ipc: host
                pid: host
                uts: host
                userns_mode: host
                cgroup: host
                cgroup_parent: x
                security_opt: ["no-new-privileges:true"]
                group_add: [mail]
                runtime: runc
                platform: linux/amd64
                pull_policy: never
                gpus: all
                expose: [80]
                domainname: example.com
                storage_opt: {size: 1G}
                annotations: {a: b}
                develop: {watch: [{path: ., action: rebuild}]}
                post_start: [{command: "true"}]
                labels: {a: b}
              b: {image: "python:3.11-slim", links: ["a:other"], external_links: [c], volumes_from: ["container:d"]}
            """),
        EngineStackProject(
            "health-checks",
            """
            services:
              a: {image: "python:3.11-slim", healthcheck: {disable: true, test: x, interval: 5s}}
              b: {image: "python:3.11-slim", healthcheck: {test: ["NONE"]}}
              c: {image: "python:3.11-slim", healthcheck: {test: "exit 0", interval: 1m30s, retries: 3, start_period: 1d}}
            """),
        EngineStackProject(
            "deployments",
            """
            services:
              a:
                image: "python:3.11-slim"
                deploy:
                  replicas: 2
                  labels: {a: 1}
                  update_config: {parallelism: 0, delay: 10s, order: start-first, failure_action: rollback, monitor: 0s}
                  rollback_config: {max_failure_ratio: 0.3}
                  resources:
                    limits: {cpus: "0.25", memory: 50M, pids: 10}
                    reservations: {cpus: 0.1, memory: 20M, devices: [{capabilities: [gpu]}]}
                  placement: {constraints: [node.role == manager], preferences: [{spread: node.labels.a}], max_replicas_per_node: 5}
                  x-own: 1
              b:
                image: "python:3.11-slim"
                deploy: {resources: {reservations: {generic_resources: [{discrete_resource_spec: {kind: gpu, value: 2}}]}}}
            x-top: {a: [1]}
            """),
        EngineStackProject(
            "merged",
            """
            x-base: &base {image: "python:3.11-slim", restart: always, tmpfs: /run}
            services:
              a: {<<: *base, tmpfs: [/run, "/tmp:noexec"], profiles: []}
              b: {extends: {service: a}, env_file: [{path: missing.env, required: false}]}
              c: {<<: *base, profiles: [other]}
            """),
        EngineStackProject(
            "newer-health-checks", docker: 25,
            """
            services:
              a: {image: "python:3.11-slim", healthcheck: {test: "exit 0", start_period: 5s, start_interval: 1s}}
            """),
        EngineStackProject(
            "newest-options", docker: 27,
            """
            services:
              a: {image: "python:3.11-slim", oom_score_adj: 100, networks: {n: {driver_opts: {a: b}, gw_priority: 1}}}
            networks: {n: {}}
            """),
    ]
}
