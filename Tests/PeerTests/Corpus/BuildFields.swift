/// `build`, `deploy` and `develop`.
extension Scene {
    func build() -> Draft {
        if dice.chance(25) {
            return .text(
                dice.choose([
                    ".", "./dir", "https://example.org/a/b.git", "../x", "git@github.com:a/b", "docker-image://x",
                    "https://github.com/a/b.git#main:sub", "/abs", "${PLACE}", "ssh://git@example.org/x.git",
                ]))
        }
        return record(Self.buildFields, 22)
    }

    private static let buildFields: [Field] = [
        (
            "context",
            {
                $0.dice.chance(2)
                    ? "" : $0.dice.pick(".", "./d", "https://example.org/y.git", "/abs", "~/ctx", "d/../e")
            }
        ),
        ("dockerfile", { $0.hasInlineDockerfiles ? nil : $0.dice.pick("Dockerfile.x", "d/D", "../D", "/abs/D") }),
        ("dockerfile_inline", { $0.hasInlineDockerfiles ? "FROM x\nRUN echo $$HOME ${TAG}\n" : nil }),
        ("args", { $0.variables() }),
        ("labels", { $0.labels() }),
        ("extra_hosts", { $0.hosts() }),
        ("cache_from", { $0.texts(["a", "type=local,src=p"]) }),
        ("cache_to", { $0.texts(["type=inline", "user/app:cache"]) }),
        ("tags", { $0.texts(["a:1", "b:${TAG}"]) }),
        ("platforms", { $0.dice.pick(["linux/amd64", "linux/arm64"], ["linux/amd64"]) }),
        ("no_cache", { $0.dice.pick(true, false, "true") }),

        ("pull", { $0.dice.pick(true, "false", "on") }),
        ("network", { $0.dice.pick("host", "none") }),
        ("target", { _ in "dev" }),
        ("shm_size", { $0.sizeOrNumber() }),
        ("isolation", { _ in "default" }),
        ("privileged", { $0.dice.pick(true, false, "true") }),
        ("ulimits", { $0.ulimits() }),
        ("entitlements", { _ in ["network.host", "security.insecure"] }),
        ("provenance", { $0.dice.pick(true, "mode=max", false) }),
        ("sbom", { $0.dice.pick(true, "true", "generator=x", false) }),
        ("ssh", { $0.dice.pick(["default"], ["default": .null], []) }),
        (
            "additional_contexts",
            {
                $0.dice.pick(
                    ["a": "./x", "b": "docker-image://i"], ["c=../y", "d=https://example.org/z.git"], ["e": "/abs"],
                    ["f=oci-layout://p"], [:])
            }
        ),
        (
            "secrets",
            {
                let (first, second) = (Draft.text($0.named("sec")), Draft.text($0.named("tok")))
                return $0.dice.pick(
                    [first], [["source": first, "target": "t", "mode": .plain("0400"), "uid": "1", "gid": "2"]],
                    [first, ["source": second]])
            }
        ),
    ]

    func deploy() -> Draft? {
        if dice.chance(4) { return .null }
        return record(Self.deployFields, 30)
    }

    private static let deployFields: [Field] = [
        ("mode", { $0.dice.pick("global", "replicated", "replicated-job", "global-job") }),
        ("replicas", { $0.hasScale ? nil : $0.hasContainerNames ? 1 : $0.dice.pick(1, 2, "3", "${NINE}", 0) }),
        ("labels", { $0.labels() }),
        ("endpoint_mode", { $0.dice.pick("vip", "dnsrr") }),
        ("update_config", { $0.update() }),
        ("rollback_config", { $0.update() }),
        ("resources", { $0.reservedResources() }),
        (
            "restart_policy",
            {
                $0.record(
                    [
                        ("condition", { $0.dice.pick("on-failure", "any", "none") }), ("delay", { $0.duration() }),
                        ("max_attempts", { $0.dice.pick(3, "4", 0) }), ("window", { $0.duration() }),
                    ], 50)
            }
        ),
        (
            "placement",
            {
                $0.record(
                    [
                        ("constraints", { $0.texts(["node.role==manager", "node.labels.a == ${TAG}"]) }),
                        ("preferences", { $0.dice.pick([["spread": "node.labels.x"]], [["spread": "a"], [:]], []) }),
                        ("max_replicas_per_node", { $0.dice.pick(1, "2", 0) }),
                    ], 50)
            }
        ),
    ]

    private func update() -> Draft {
        record(
            [
                ("parallelism", { $0.dice.pick(1, "2", 0) }), ("delay", { $0.duration() }),
                ("failure_action", { $0.dice.pick("rollback", "pause", "continue") }), ("monitor", { $0.duration() }),
                ("max_failure_ratio", { $0.dice.pick(0.1, "0.2", 0, 1, .plain("1e-2")) }),
                ("order", { $0.dice.pick("start-first", "stop-first") }),
            ], 45)
    }

    private func reservedResources() -> Draft {
        var result: Draft = [:]
        if !hasDeployedLimits { return result }
        if dice.chance(70) {
            result["limits"] = record(
                [
                    ("cpus", { $0.dice.pick("0.5", 0.25, 1, "2", "${NONE:-0.75}") }), ("memory", { $0.size() }),
                    ("pids", { $0.dice.pick(10, "20", 0) }),
                ], 60)
        }
        if dice.chance(60) {
            result["reservations"] = record(
                [
                    ("cpus", { $0.dice.pick("0.5", 0.001) }), ("memory", { _ in "10m" }),
                    ("devices", { $0.devices(true) }),
                    (
                        "generic_resources",
                        {
                            $0.dice.pick(
                                [["discrete_resource_spec": ["kind": "gpu", "value": 2]]],
                                [["discrete_resource_spec": ["kind": "ssd", "value": 0]], [:]])
                        }
                    ),
                ], 50)
        }
        return result
    }

    func develop() -> Draft {
        let rules: [Draft] = [
            ["path": "./src", "action": "sync", "target": "/x", "ignore": ["a", "b/"], "include": "*.py"],
            ["path": ".", "action": "sync+restart", "target": "/y", "ignore": "node_modules"],
            ["path": "p", "action": "rebuild"], ["path": "../r", "action": "restart"],
            ["path": "q", "action": "sync+exec", "target": "/z", "exec": hook(), "initial_sync": true],
            ["path": "/abs", "action": "rebuild", "include": ["x", "y"], "initial_sync": false],
        ]
        return dice.chance(5) ? dice.pick(.null, [:]) : ["watch": .list(dice.some(rules, 0...3))]
    }
}
