/// Networks, volumes, secrets, configs and models.
extension Scene {
    /// Everything that the services of any file may name.
    func resources() -> Draft {
        var result: Draft = [
            "networks": named(["front": network(), "back": dice.pick(.null, [:])]),
            "volumes": named(["data": volume(), "logs": .null]),
            "secrets": named(["sec": secret(), "tok": secret()]),
            "configs": named(["cfg": config(), "site": config()]),
            "models": named(["llm": model()]),
        ]
        if prefix.isEmpty, dice.chance(8) {
            result["networks"] = result["networks"]?.with(["default": ["driver": "overlay"]])
        }
        if dice.chance(30) { result["volumes"] = result["volumes"]?.with([named("unused"): .null]) }
        if dice.chance(20) {
            let stored: Draft = ["file": "s.txt", "driver": "vault", "driver_opts": ["a": "b", "c": 1]]
            result["secrets"] = result["secrets"]?.with(named(["stored": stored]))
        }
        return result
    }

    func named(_ resource: String) -> String { prefix + resource }

    private func named(_ resources: Draft) -> Draft {
        .map(resources.entries.map { Draft.Entry(named($0.key), $0.value) })
    }

    private func network() -> Draft {
        switch dice.number(below: 8) {
        case 0: return ["external": dice.pick(true, "true", "${YES}")]
        case 1: return ["external": true, "name": "real-${TAG}"]
        case 2: return ["external": ["name": "old"]]
        case 3: return .null
        default:
            return record(
                [
                    ("name", { _ in "n-${TAG}" }), ("driver", { $0.dice.pick("bridge", "overlay") }),
                    ("driver_opts", { $0.options() }), ("internal", { $0.flag() }), ("attachable", { $0.flag() }),
                    ("enable_ipv4", { $0.flag() }), ("enable_ipv6", { $0.flag() }), ("labels", { $0.labels() }),
                    ("ipam", { $0.ipam() }), ("external", { _ in false }),
                ], 35)
        }
    }

    private func ipam() -> Draft {
        record(
            [
                ("driver", { _ in "default" }), ("options", { $0.dice.pick(["o": "p"], [:]) }),
                (
                    "config",
                    {
                        $0.dice.pick(
                            [
                                [
                                    "subnet": "172.28.0.0/16", "ip_range": "172.28.5.0/24", "gateway": "172.28.5.254",
                                    "aux_addresses": ["h": "172.28.1.5", "g": "172.28.1.6"],
                                ]
                            ], [["subnet": "10.${NINE}.0.0/24"], ["subnet": "2001:db8::/64"]],
                            [["gateway": "10.0.0.1"]], [])
                    }
                ),
            ], 60)
    }

    private func volume() -> Draft {
        switch dice.number(below: 6) {
        case 0: return dice.pick(["external": true], ["external": "true", "name": "v"], ["external": ["name": "old"]])
        case 1: return .null
        default:
            return record(
                [
                    ("name", { _ in "v-${TAG}" }), ("driver", { _ in "local" }), ("external", { _ in "false" }),
                    (
                        "driver_opts",
                        {
                            $0.dice.pick(
                                ["type": "none", "o": "bind", "device": "./dev"],
                                ["type": "nfs", "device": ":/x", "o": "addr=1,rw"],
                                $0.options())
                        }
                    ), ("labels", { $0.labels() }),
                ], 40)
        }
    }

    private func secret() -> Draft {
        var result: Draft = dice.pick(
            ["file": "./s.txt"], ["environment": "TOKEN"], ["external": true], ["file": "~/x"], ["file": "/run/s"],
            ["external": true, "name": "real"], ["external": ["name": "older"]])
        if result["external"] == nil {
            if dice.chance(20) { result["labels"] = labels() }
            if dice.chance(20) { result["name"] = "nn-${TAG}" }
            if dice.chance(10) { result["template_driver"] = "golang" }
        }
        return result
    }

    private func config() -> Draft {
        var result: Draft = dice.pick(
            ["file": "./c.txt"], ["content": "a ${TAG} $$x\n"],
            ["environment": .text(prefix.isEmpty ? "TOKEN" : "UNSET_TOKEN")], ["external": true, "name": "x"],
            ["content": "[server]\nport = ${PORT}\n\n"], ["file": "../up.conf"], ["external": ["name": "older"]])
        if result["external"] == nil {
            if dice.chance(20) { result["labels"] = labels() }
            if dice.chance(20) { result["name"] = "cc" }
            if dice.chance(10) { result["template_driver"] = "golang" }
        }
        return result
    }

    private func model() -> Draft {
        dice.pick(
            ["model": "ai/x"], ["model": "ai/x:${TAG}", "context_size": 1024, "runtime_flags": ["--a", "--b=${TAG}"]],
            ["model": "ai/y", "name": "other"])
    }
}
