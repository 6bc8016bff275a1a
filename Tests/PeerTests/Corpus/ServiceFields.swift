/// Every field of a service, with values that Compose accepts.
extension Scene {
    static let serviceFields: [Field] = processFields + limitFields + networkFields + storageFields + lifeFields

    private static let processFields: [Field] = [
        ("annotations", { $0.labels() }),
        ("attach", { $0.dice.pick(true, false, "false", "on") }),
        ("build", { $0.build() }),
        ("command", { $0.command() }),
        ("entrypoint", { $0.command() }),
        ("container_name", { $0.hasContainerNames ? .text("cn-\($0.services[$0.position])-${TAG}\($0.prefix)") : nil }),
        ("domainname", { _ in "d.example" }),
        ("environment", { $0.variables() }),
        ("env_file", { $0.envFiles() }),
        ("label_file", { $0.textOrTexts(["./l.env", "sub/m.env"]) }),
        ("group_add", { [.plain("\(1000 + $0.layer)"), .text("g\($0.layer)"), .plain("0x1\($0.layer)")] }),
        ("healthcheck", { $0.healthcheck() }),
        ("hostname", { _ in "h${NINE}" }),
        ("init", { $0.flag() }),
        ("labels", { $0.labels() }),
        ("privileged", { $0.flag() }),
        ("read_only", { $0.flag() }),
        ("stdin_open", { $0.flag() }),
        ("tty", { $0.flag() }),
        ("user", { $0.dice.pick("1000", "${NINE}:${NINE}", "root") }),
        ("userns_mode", { _ in "host" }),
        ("working_dir", { $0.dice.pick("/w", "rel/dir", "C:\\w", "") }),
        ("platform", { $0.dice.pick("linux/amd64") }),
        ("runtime", { _ in "runc" }),
        ("post_start", { [$0.hook()] }),
        ("pre_stop", { [$0.hook(), $0.hook()] }),
        ("use_api_socket", { _ in false }),
    ]

    private static let limitFields: [Field] = [
        ("blkio_config", { $0.blkio() }),
        ("cap_add", { $0.texts(["ALL", "NET_ADMIN", "SYS_PTRACE"]) }),
        ("cap_drop", { $0.texts(["ALL", "CHOWN"]) }),
        ("cgroup", { $0.dice.pick("host", "private") }),
        ("cgroup_parent", { _ in "m-executor-abcd" }),
        ("cpu_count", { $0.integer(2) }),
        ("cpu_percent", { $0.dice.pick(10, "20", 0, 100) }),
        ("cpu_period", { $0.dice.pick(100_000, "50000", 0, "${NINE}") }),
        ("cpu_quota", { $0.dice.pick(50_000, "1", "-1") }),
        ("cpu_rt_period", { $0.integer(95_000) }),
        ("cpu_rt_runtime", { $0.integer(40_000) }),
        ("cpu_shares", { $0.dice.pick(1, "2", 1024, 0) }),
        (
            "cpus",
            { $0.hasDeployedLimits ? nil : $0.dice.pick(0.5, "1.5", 2, "0.10", .plain("1e-3"), "${NONE:-.25}", 0) }
        ),
        ("cpuset", { $0.dice.pick("0-3", "0,1") }),
        ("device_cgroup_rules", { [.text("c 1:\($0.layer) mr"), .text("a 7:\($0.layer) rmw")] }),
        ("devices", { $0.devices() }),
        ("gpus", { $0.layer == 0 && $0.dice.chance(10) ? "all" : $0.devices(false) }),
        ("isolation", { _ in "default" }),
        ("mem_limit", { $0.hasDeployedLimits ? nil : $0.sizeOrNumber() }),
        ("mem_reservation", { $0.hasDeployedLimits ? nil : $0.sizeOrNumber() }),
        ("mem_swappiness", { $0.dice.pick(60, "10", 0) }),
        ("memswap_limit", { $0.dice.chance(3) ? -1 : $0.dice.pick("2g", 4096) }),
        ("oom_kill_disable", { $0.flag() }),
        ("oom_score_adj", { $0.dice.pick(-500, "100", 0, 1000) }),
        ("pids_limit", { $0.hasDeployedLimits ? nil : $0.dice.pick(100, "-1", 0) }),
        ("security_opt", { [.text("label:level:s\($0.layer)"), .text("no-new-privileges:\($0.layer)")] }),
        ("storage_opt", { $0.dice.pick(["size": "1G"], ["size": 10], [:]) }),
        ("sysctls", { $0.dice.pick(["net.core.somaxconn": 1024], ["a.b=1"], ["a.b": "0", "c": .null], [:]) }),
        ("ulimits", { $0.ulimits() }),
        (
            "credential_spec",
            { $0.dice.pick(["file": "x.json"], ["registry": "r"], ["config": .text($0.named("cfg"))]) }
        ),
    ]

    private static let networkFields: [Field] = [
        ("dns", { $0.textOrTexts(["8.8.8.8", "1.1.1.1", "::1", "${NONE:-9.9.9.9}"]) }),
        ("dns_opt", { $0.texts(["use-vc", "no-tld-query"]) }),
        ("dns_search", { $0.textOrTexts(["x.example", "y.example", "."]) }),
        ("expose", { $0.dice.list(0...3, "80", 81, "3000-3001/tcp", "53/udp", 8_080, .plain("90")) }),
        ("external_links", { [.text("redis\($0.layer):r"), .text("other\($0.layer)")] }),
        ("extra_hosts", { $0.hosts() }),
        (
            "links",
            { scene in
                .list(scene.dice.some(scene.earlier, 0...2).map { scene.dice.pick(.text($0), .text("\($0):alias")) })
            }
        ),
        ("mac_address", { _ in "02:42:ac:11:00:02" }),
        ("network_mode", { $0.networkMode() }),
        ("networks", { $0.attachments() }),
        ("ports", { $0.ports() }),
        ("ipc", { $0.modes(["host", "shareable", "private", "none"]) }),
        ("pid", { $0.modes(["host"]) }),
        ("uts", { _ in "host" }),
    ]

    private static let storageFields: [Field] = [
        ("configs", { $0.references(["cfg", "site"].map($0.named)) }),
        ("secrets", { $0.references(["sec", "tok"].map($0.named)) }),
        ("shm_size", { $0.sizeOrNumber() }),
        (
            "tmpfs",
            {
                $0.dice.pick(
                    .text("/t\($0.layer)"), [.text("/t\($0.layer)"), .text("/u\($0.layer):size=1m,mode=1777")])
            }
        ),
        ("volumes", { $0.volumes() }),
        (
            "volumes_from",
            { scene in
                .list(
                    scene.dice.some(scene.earlier, 0...1).map { .text($0 + (scene.layer == 0 ? "" : ":ro")) }
                        + (scene.dice.chance(30) ? [.text("container:old\(scene.layer)")] : []))
            }
        ),
    ]

    private static let lifeFields: [Field] = [
        ("depends_on", { $0.dependencies() }),
        ("deploy", { $0.deploy() }),
        ("develop", { $0.develop() }),
        ("image", { $0.image() }),
        ("logging", { $0.logging() }),
        (
            "models",
            {
                let name = $0.named("llm")
                return $0.dice.pick(
                    [.text(name)], .map([.init(name, ["endpoint_var": "E", "model_var": "${TAG}"])]),
                    .map([.init(name, .null)]), .map([.init(name, [:])]))
            }
        ),
        (
            "profiles",
            {
                $0.layer == 0 && $0.position == $0.services.count - 1
                    ? $0.dice.pick([], ["dev"], ["dev", "test"], ["other"]) : nil
            }
        ),
        (
            "provider",
            {
                $0.dice.pick(
                    ["type": "x", "options": ["a": 1, "b": [1, "c", true], "d": true, "e": "${TAG}", "f": 1.5]],
                    ["type": "y"])
            }
        ),
        (
            "pull_policy",
            {
                $0.dice.pick(
                    "always", "never", "build", "if_not_present", "missing", "refresh", "daily", "weekly", "every_12h",
                    "every_1d6h")
            }
        ),
        ("pull_refresh_after", { _ in "1h" }),
        ("restart", { $0.dice.pick("no", "always", "unless-stopped", "on-failure:3", "on-failure", "") }),
        ("scale", { $0.hasScale ? $0.dice.pick(1, "1", "${NONE:-1}") : nil }),
        ("stop_grace_period", { $0.duration() }),
        ("stop_signal", { _ in "SIGINT" }),
    ]
}

extension Scene {
    func image() -> Draft {
        .text(
            dice.choose([
                "nginx", "app:${TAG}", "img@sha256:" + String(repeating: "a", count: 64),
                "${REGISTRY:-r.io}/x:${TAG:?need}",
                "${NONE:+no}x", "registry.example:5000/team/app:1.0", "$REGISTRY/y",
            ]))
    }

    func networkMode() -> Draft? {
        guard hasNetworkModes else { return nil }
        return dice.pick(
            "host", "none", "bridge", .text(earlier.isEmpty ? "host" : "service:" + dice.choose(earlier)), "container:x"
        )
    }

    func modes(_ options: [String]) -> Draft {
        .text(earlier.isEmpty || dice.chance(60) ? dice.choose(options) : "service:" + dice.choose(earlier))
    }

    func dependencies() -> Draft {
        let names = dice.some(earlier, 0...2)
        if dice.chance(40) { return .list(names.map { .text($0) }) }
        return .map(
            names.map { name in
                var dependency: Draft = [
                    "condition": .text(
                        dice.choose(["service_started", "service_healthy", "service_completed_successfully"]))
                ]
                if dice.chance(30) { dependency["required"] = dice.pick(true, false) }
                if dice.chance(30) { dependency["restart"] = dice.pick(true, "true", false) }
                return Draft.Entry(name, dependency)
            })
    }

    func envFiles() -> Draft {
        dice.pick(
            "./e.env", ["./e.env", "f.env"], [["path": "./none.env", "required": false], "e.env"],
            [["path": "raw.env", "format": "raw"]], ["f.env", ["path": "sub/g.env", "required": "true"]],
            [["path": "${NONE:-e}.env", "required": true]], "sub/../e.env", [])
    }

    func healthcheck() -> Draft {
        record(
            [
                (
                    "test",
                    {
                        $0.dice.pick(
                            "curl -f x", ["CMD", "a", "b"], ["CMD-SHELL", "x || exit 1"], ["NONE"], "a ${TAG} $$b", [])
                    }
                ),
                ("interval", { $0.duration() }), ("timeout", { $0.duration() }), ("start_period", { $0.duration() }),
                ("start_interval", { $0.duration() }), ("retries", { $0.dice.pick(3, "5", "${NINE}", 0) }),
                ("disable", { $0.layer == 0 ? $0.flag() : nil }),
            ], 40)
    }

    func logging() -> Draft {
        dice.pick(
            ["driver": "json-file", "options": ["max-size": "10m", "max-file": 3, "z": .null]], ["driver": "none"], [:],
            ["driver": "${NONE:-local}", "options": options()], ["options": options()])
    }

    func blkio() -> Draft {
        let limits: Draft = dice.pick(
            [["path": "/dev/sda", "rate": "12mb"]],
            [["path": "/dev/sdb", "rate": 100], ["path": "/dev/sdc", "rate": "1k"]], [])
        var result: Draft = [:]
        for name in dice.some(["device_read_bps", "device_read_iops", "device_write_bps", "device_write_iops"], 0...3) {
            result[name] = limits
        }
        if dice.chance(50) { result["weight"] = dice.pick(300, 0) }
        if dice.chance(50) { result["weight_device"] = [["path": "/dev/sda", "weight": 400]] }
        return result
    }

    func attachments() -> Draft? {
        guard !hasNetworkModes else { return nil }
        if dice.chance(35) { return texts(["front", "back"].map(named) + ["default"], 0...3) }
        var result: Draft = [:]
        for name in dice.some(["front", "back"].map(named) + ["default"], 0...2) {
            result[name] =
                dice.chance(25)
                ? dice.pick(.null, [:])
                : record(
                    [
                        ("aliases", { $0.texts(["a", "b", "a1"]) }), ("ipv4_address", { _ in "10.0.0.2" }),
                        ("ipv6_address", { _ in "2001:db8::2" }), ("priority", { $0.dice.pick(10, 0, 1000) }),
                        ("gw_priority", { $0.dice.pick(1, 0) }), ("mac_address", { _ in "02:42:ac:11:65:43" }),
                        ("link_local_ips", { $0.texts(["57.123.22.11", "fe80::1"]) }),
                        ("driver_opts", { $0.options() }),
                        ("interface_name", { _ in "eth1" }),
                    ], 35)
        }
        return result
    }

    func references(_ names: [String]) -> Draft {
        .list(
            dice.some(names, 0...2).map { name in
                dice.pick(
                    .text(name), ["source": .text(name)],
                    [
                        "source": .text(name), "target": .text("/t/\(name)"), "uid": "1", "gid": "2",
                        "mode": dice.pick(.plain("0440"), "0400", 288, .plain("0o444"), "${NONE:-0440}"),
                    ], ["source": .text(name), "target": "${NONE:-other}", "mode": .plain("0\(4)00")])
            })
    }
}
