import Testing

/// Projects that mix what the questions of `render` depend on.
struct QuestionProject: Sendable, CustomTestStringConvertible {
    let name: String
    /// By path; `compose.yaml` is rendered.
    let files: [String: String]

    var testDescription: String { name }

    init(_ name: String, _ compose: String, _ more: [String: String] = [:]) {
        self.name = name
        files = more.merging(["compose.yaml": compose]) { $1 }
    }

    static let all: [QuestionProject] = [
        QuestionProject(
            "every field", everyField, ["l.env": "L=<1>\n", "b.env": "A=9\n", "c.env": "R=\"q\"\n", "s": "{}"]),
        QuestionProject(
            "variables in every form",
            """
            name: "${NAME:-vars}"
            services:
              a:
                image: "x:${A:-1}${B1-2}${Q:+3}${D+4}${E:?no e}${F?no f}$G$$H"
                environment: {ONE: "${A2:-${B:-${C}}}", TWO: "${H:-a b <c> & \\"d\\"}", "${KEY}": v}
                command: ["${I:-x}/${I}", "${J}", "${J:-last}", "${K}/${K:-l} ${K:+m}$K", "$L ${L:-n} ${L}"]
                ports: ["${PORT:-80}:80"]
              b: {image: "${A3}", labels: {x: "${A4:?needed}"}, profiles: ["${P:-p}"]}
            x-own: {deep: ["${OWN:-1}"]}
            """),
        QuestionProject(
            "profiles and dependencies",
            """
            services:
              web: {image: w, depends_on: [api, cache]}
              api: {image: a, depends_on: {db: {condition: service_healthy, restart: true}}}
              db: {image: d, healthcheck: {test: "true", interval: 90s}}
              cache: {image: c, links: [db]}
              debug: {image: g, profiles: [debug], network_mode: "service:web"}
              trace: {image: t, profiles: [debug, trace], depends_on: {debug: {condition: service_started, required: false}}}
            """),
        QuestionProject(
            "merge, extends and include",
            """
            include:
              - {path: other/compose.yaml, env_file: other/vars.env}
            services:
              web: {extends: {file: base/base.yaml, service: web}, environment: {B: 2}, networks: [n]}
              api: {extends: web, image: api, command: !reset null}
            networks: {n: {driver: bridge, driver_opts: {mtu: 1400}}}
            """,
            [
                "base/base.yaml": """
                services:
                  web: {build: {context: ./src, args: [X]}, environment: [A=1, B=1], volumes: ["./d:/d"], env_file: b.env}
                """,
                "base/b.env": "C=3\n",
                "other/compose.yaml": """
                services:
                  side: {image: "side:${SIDE}", volumes: ["v:/v", "./here:/h"], configs: [c], secrets: [s]}
                volumes: {v: {labels: [a=b]}}
                configs: {c: {file: ./c.conf}}
                secrets: {s: {environment: SECRET}}
                """,
                "other/vars.env": "SIDE=7\n", "other/c.conf": "x\n",
            ]),
        QuestionProject(
            "built services",
            """
            services:
              a: {build: .}
              b: {build: {context: ., platforms: [linux/amd64, linux/arm64]}, platform: linux/arm64}
              c: {build: {dockerfile_inline: "FROM x"}, image: named}
              d: {build: {context: ., tags: [t]}, scale: 3, pull_policy: build}
            """),
        QuestionProject(
            "records that Go writes although they are empty",
            """
            services:
              a: {image: x, deploy: {restart_policy: {condition: any}, endpoint_mode: vip}}
              b: {image: x, deploy: {placement: {constraints: [a==b]}, labels: {l: m}}}
              c: {image: x, post_start: [{command: , user: u}], pre_stop: [{command: a b, environment: {A: }}]}
              d: {build: ., develop: {watch: [{path: p, action: rebuild, ignore: [i]}, {path: q, action: sync, target: /t}]}}
              e: {image: x, networks: {n: {}}, ulimits: {nofile: {soft: 0, hard: 5}}, blkio_config: {}, healthcheck: {}}
            networks: {n: {ipam: {}}}
            """),
        QuestionProject(
            "models and providers",
            """
            services:
              app: {image: a, models: [small, large], depends_on: [mysql]}
              mysql: {provider: {type: cloud, options: {type: mysql, n: [1, two]}}}
            models: {small: {model: ai/small, context_size: 1024}, large: {model: ai/large}, unused: {model: ai/none}}
            """),
        QuestionProject(
            "texts that Go escapes",
            """
            services:
              a:
                image: x
                command: ["<a href='x'>&amp;</a>", "tab\\there", "back\\bspace\\fform", "\\u2028\\u2029", "é😀", "\\x7f"]
                labels: {"<k>": "&", empty: , number: 1.50, flag: true}
            """),
        QuestionProject(
            "numbers",
            """
            services:
              a: {image: x, cpus: 0.333333333, mem_limit: 1.5g, shm_size: 64m, cpu_shares: 10, oom_score_adj: -5}
              b: {image: x, cpus: 1e-7, deploy: {update_config: {max_failure_ratio: 0.00001, parallelism: 0}}}
              c: {image: x, cpus: "16777217", stop_grace_period: 1h1m1s500ms, healthcheck: {retries: 0, interval: 0s}}
            """),
        QuestionProject(
            "old keys and nothing at all",
            """
            version: "3.8"
            services: {a: {image: x, environment: , deploy: , build: {context: https://example.com/r.git}}}
            volumes: {v: }
            networks: {default: {external: true, name: shared}}
            """),
        QuestionProject(
            "a label file", "services: {a: {image: x, label_file: [l], labels: {B: own}}}\n", ["l": "A=1\nB=2\n"]),
        QuestionProject("an undefined network", "services: {a: {image: x, networks: [nowhere]}}\n"),
        QuestionProject("an unknown key", "services: {a: {imag: x}}\n"),
        QuestionProject("a wrong type", "services: {a: {image: x, ports: {a: b}}}\n"),
        QuestionProject(
            "ports and paths",
            """
            services:
              a:
                image: x
                ports: ["8000-8002:80-82/udp", "[::1]:9:9", "127.0.0.1::7", "3000"]
                volumes: ["~/h:/h", "../up:/up", "named:/n:ro,z", "/abs:/abs", "./x"]
                extra_hosts: ["b:1.2.3.4", "a=[::1]"]
            volumes: {named: {name: "n", driver_opts: {type: none, o: bind, device: ./dev}}}
            """),
    ]

    /// One service with nearly every field, and others for what excludes it.
    private static let everyField = """
        name: kitchen
        x-own: &own {a: 1.50, b: yes}
        services:
          full:
            image: "a<b>&c:latest"
            annotations: {z: "1", a: b}
            attach: false
            blkio_config: {weight: 300, weight_device: [{path: /dev/sda, weight: 400}], device_read_bps: [{path: /dev/sda, rate: 12mb}]}
            cap_add: [ALL]
            cap_drop: [NET_ADMIN]
            cgroup_parent: m
            cgroup: host
            cpu_count: 2
            cpu_percent: 33
            cpu_period: "100000"
            cpu_quota: 50000
            cpu_rt_period: 100
            cpu_rt_runtime: 200
            cpus: 0.1
            cpuset: 0-3
            cpu_shares: 10
            command: ["echo", "$$HOME", "\\u2028<é>", "\\b\\f\\x01\\x7f"]
            configs: [c1, {source: c2, target: /x, uid: "1", gid: "2", mode: 0440}]
            credential_spec: {file: spec.json}
            deploy:
              mode: replicated
              replicas: 3
              labels: [a=b]
              update_config: {parallelism: 0, delay: 10s, failure_action: rollback, monitor: 1m30s, max_failure_ratio: 0.00001, order: start-first}
              rollback_config: {parallelism: 2}
              resources:
                limits: {cpus: "0.1", memory: 50M, pids: 100}
                reservations:
                  cpus: 0.25
                  memory: 20M
                  devices: [{capabilities: [gpu], count: all, driver: nvidia, options: {x: y}}]
                  generic_resources: [{discrete_resource_spec: {kind: SSD, value: 3}}]
              restart_policy: {condition: on-failure, delay: 5s, max_attempts: 3, window: 120s}
              placement: {constraints: ["node.role==manager"], preferences: [{spread: node.labels.zone}], max_replicas_per_node: 2}
              endpoint_mode: vip
              x-d: 1
            develop: {watch: [{path: ./src, action: sync+exec, target: /s, exec: {command: make}, ignore: [a/], include: b, initial_sync: true}]}
            device_cgroup_rules: ["c 1:3 mr"]
            devices: ["/dev/a:/dev/b:rw", "/dev/c"]
            dns: 8.8.8.8
            dns_opt: [use-vc]
            dns_search: [a.com]
            domainname: foo.com
            entrypoint: ""
            environment: {A: "1", B: 1.50, C: true, D: , E: "x<y"}
            env_file: [{path: a.env, required: false}, b.env, {path: c.env, format: raw}]
            expose: [80, "90-91"]
            external_links: [a:b]
            extra_hosts: ["h1=1.2.3.4", "h2:[::1]"]
            group_add: [mail, 1000]
            gpus: [{driver: d, count: 2}]
            hostname: h
            healthcheck: {test: curl x, interval: 1m, timeout: 10s, retries: 3, start_period: 40s, start_interval: 5s}
            init: true
            ipc: host
            isolation: default
            labels: [k=v, "x"]
            links: ["other:o"]
            logging: {driver: syslog, options: {"max-size": 10, y: "z"}}
            mem_limit: 50M
            mem_reservation: 20M
            memswap_limit: -1
            mem_swappiness: 60
            mac_address: 02:42:ac:11:65:43
            networks: {n1: {aliases: [x], ipv4_address: 172.16.238.10, priority: 100, gw_priority: 2, driver_opts: {a: 1}, link_local_ips: [57.123.22.11], interface_name: eth0, mac_address: "02:00:00:00:00:01"}, n2: }
            oom_kill_disable: true
            oom_score_adj: -100
            pid: host
            pids_limit: 100
            platform: linux/amd64
            ports: ["3000-3002", "127.0.0.1:8001:8001/udp", {target: 80, published: "8080-8081", name: web, app_protocol: http, mode: host}]
            privileged: true
            pull_policy: always
            read_only: true
            restart: unless-stopped
            runtime: runc
            scale: 3
            secrets: [s1, {source: s2, target: t, mode: "0400"}]
            security_opt: ["label=disable"]
            shm_size: 64m
            stdin_open: true
            stop_grace_period: 1m30s
            stop_signal: SIGUSR1
            storage_opt: {size: 1G}
            sysctls: {net.core.somaxconn: 1024}
            tmpfs: [/run]
            tty: true
            ulimits: {nproc: 65535, nofile: {soft: 20000, hard: 40000}, zero: {soft: 0, hard: 0}}
            user: "1000"
            userns_mode: host
            uts: host
            use_api_socket: true
            volumes:
              - data:/d:ro,nocopy
              - ./x:/y:z
              - {type: tmpfs, target: /t, tmpfs: {size: 10m, mode: 0700}}
              - {type: image, source: img, target: /i, image: {subpath: p}}
              - {type: bind, source: /a, target: /b, bind: {propagation: rshared, create_host_path: true, recursive: enabled}}
              - {type: volume, source: data, target: /v, volume: {subpath: s, labels: {a: b}}}
            volumes_from: [other:ro]
            working_dir: /w
            post_start: [{command: echo hi, user: root, environment: [A=b]}]
            pre_stop: [{command: [a, b], privileged: true, working_dir: /}]
            x-service: {deep: <<}
          other:
            build: {context: ., dockerfile_inline: "FROM x", platforms: [linux/amd64, linux/arm64], ssh: [default]}
            label_file: l.env
          prov:
            provider: {type: awesomecloud, options: {type: mysql, foo: [a, b], n: 1}}
            depends_on: {full: {condition: service_healthy, restart: true, required: false}}
          mod:
            image: m
            models: {llm: {endpoint_var: URL, model_var: M}, two: }
          hc: {image: x, healthcheck: {disable: true}, command: , entrypoint: [], deploy: }
          hc2: {image: x, healthcheck: {test: [NONE]}, command: [], network_mode: none, deploy: {replicas: 2}, cpus: 1e-7, mem_limit: 12345678901}
        configs: {c1: {content: "a<b"}, c2: {environment: X}}
        secrets: {s1: {environment: HOME}, s2: {file: ./s}}
        networks: {n1: {ipam: {config: [{subnet: 172.16.238.0/24}]}}, n2: {external: true, name: real}}
        volumes: {data: {driver_opts: {type: nfs, o: "1"}}}
        models: {llm: {model: ai/a, context_size: 1024, runtime_flags: ["-x"]}, two: {model: ai/b}}
        """
}
