/// What the parts of one case agree on, so that a project which mixes everything still holds together.
final class Scene {
    let dice: Dice
    /// The services of the main file; one may only depend on those before it.
    let services: [String]
    /// The service that is being made, as an index of `services`.
    var position = 0
    /// The file that is being made, 0 the first: a list may not hold the same item twice after two files are merged.
    var layer = 0

    // Compose refuses some fields beside others, wherever they come from.

    /// Services have a `network_mode`, and no `networks`.
    let hasNetworkModes: Bool
    /// Limits stand in `deploy`, not in the service itself.
    let hasDeployedLimits: Bool
    /// The number of containers stands in `scale`, not in `deploy`.
    let hasScale: Bool
    /// Services have a `container_name`, and run once.
    let hasContainerNames: Bool
    /// Builds have an inline Dockerfile.
    let hasInlineDockerfiles: Bool
    /// Devices are asked for by `count`, not by `device_ids`.
    let countsDevices: Bool

    /// Before the names of all resources: an included project has resources of its own.
    let prefix: String

    init(dice: Dice, services names: [String] = ["web", "db", "cache", "job-1"], prefix: String = "") {
        self.dice = dice
        self.prefix = prefix
        services = Array(names.prefix(1 + dice.number(below: names.count)))
        hasNetworkModes = dice.chance(12)
        hasDeployedLimits = dice.chance(50)
        hasScale = dice.chance(40)
        hasContainerNames = dice.chance(30)
        hasInlineDockerfiles = dice.chance(30)
        countsDevices = dice.chance(50)
    }

    /// The services that the one being made may depend on.
    var earlier: [String] { Array(services.prefix(position)) }

    /// A field of a record, and how its value is made; `nil` when it does not fit this case.
    typealias Field = (name: String, draft: @Sendable (Scene) -> Draft?)

    /// A map with some of the fields; each is taken with this chance in a hundred.
    func record(_ fields: [Field], _ percent: Int) -> Draft {
        var result = Draft.map([])
        for field in fields where dice.chance(percent) {
            guard let value = field.draft(self) else { continue }
            result[field.name] = value
        }
        if dice.chance(4) { result["x-own"] = own() }
        return result
    }

    /// What an `x-` key may hold: anything.
    func own() -> Draft {
        dice.pick(
            1, "text ${TAG}", .null, true, ["a": ["b": 1.5, "c": ["d", 2]]], ["x", ["y": .null]], .plain("0x1F"),
            .plain("2001-12-14"), .plain("1e3"), .plain(".5"), "a $$ b")
    }
}

// MARK: - Values that many fields share

extension Scene {
    /// An integer of a field that takes strings too.
    func integer(_ number: Int) -> Draft {
        dice.pick(
            .plain("\(number)"), .text("\(number)"), .text("${NONE:-\(number)}"), .plain("${NONE-\(number)}"),
            .plain("${NINE}"), .plain("0x\(String(number, radix: 16))"))
    }

    func number(_ text: String) -> Draft {
        dice.pick(.plain(text), .text(text), .text("${NONE:-\(text)}"), .plain("\(text)e0"))
    }

    func flag() -> Draft {
        dice.pick(
            true, false, "true", "false", "${YES}", .plain("${NONE:-false}"), "yes", .plain("no"), "on", "N",
            .plain("True"), .plain("FALSE"))
    }

    func duration() -> Draft {
        .text(
            dice.choose([
                "30s", "1m30s", "500ms", "1h", "1.5h", "90s", "10us", "1m0.5s", "2h3m4s", "0s", "100ns", "${SPAN}",
                "72h",
            ]))
    }

    func size() -> Draft {
        dice.pick(
            "512m", "1.5g", "64MB", "1KiB", "100", "2gb", "10b", "1t", "0.5k", "10 mb", "${BYTES}", "${NONE:-2g}",
            "1GB",
            "16kB", "3P")
    }

    func sizeOrNumber() -> Draft { dice.chance(30) ? dice.pick(1024, 0, .plain("0x400"), 1_000_000) : size() }

    /// `KEY: value` or `KEY=value` with values that are strings, numbers, booleans or nothing.
    func variables(_ names: [String] = ["A", "B", "FOO", "LOG_LEVEL", "TAG", "lower", "com.example.x"]) -> Draft {
        let chosen = dice.some(names, 0...4)
        if dice.chance(50) {
            return .map(chosen.map { Draft.Entry($0, scalar()) })
        }
        return .list(
            chosen.map { name in
                .text(
                    name
                        + dice.choose([
                            "", "=", "=1", "=a=b", "=${TAG}", "=${NONE:-d}", "=$$x", "=a b", "='q'", "=\"d\"", "= lead",
                            "=trail ", "=#no", "=é日", "=a\\nb", "=${NONE-}", "=${TAG:+set}", "=$TAG-$NINE",
                        ]))
            })
    }

    func scalar() -> Draft {
        dice.pick(
            "x", "", 1, 1.5, true, .null, "${TAG}", "$$y", "a:b", "yes", 0, "1.10", .plain("0x10"), .plain("0777"),
            .plain("1e3"), .plain("1_000"), .plain("012"), .plain(".5"), .plain("~"), .plain("0b11"), .plain("1.0"),
            .plain("yes"), .plain("1.10"), .plain("-0"), .plain("+5"), .plain("12345678901"), .plain("1e21"),
            .plain("0o17"), .plain("12:30"), "multi\nline\n", "multi\nline", "tab\there", "next\u{85}line",
            "sep\u{2028}arator", "${NONE:-${OTHER-deep}}",
            "${E1-none}", "${E2:-}", "${TAG:?must}", "${TAG?must}", "${TAG+a}${NONE:+b}", "quote \" and '",
            "back\\slash", "trailing ", " lead",
            "# no comment", "{a: b}", "[x]", "*star", "&amp", "!bang", "%p", "@at", "`tick`", "日本 é 😀", "${NONE-}",
            "pre-${TAG}-post", "<&>", "a\u{2028}b", "${BLANK:-filled}", "${BLANK-kept}", "${TAG-${NONE}}")
    }

    func labels() -> Draft { variables(["a", "b", "com.x", "z.y/w", "UP"]) }

    func options() -> Draft {
        .map(
            dice.some(["a", "max-size", "o", "z.z"], 0...3).map { Draft.Entry($0, dice.pick("x", 1, "10m", 1.5, "")) })
    }

    func hosts() -> Draft {
        let (first, second) = ("h\(layer)", "i\(layer)")
        return dice.pick(
            [.text("\(first):1.2.3.4"), .text("\(second)=::1"), .text("c\(layer):[::1]")],
            [.text("\(first)=host-gateway"), .text("\(first)=10.0.0.\(layer + 1)")],
            .map([.init(first, "1.2.3.4"), .init(second, ["1.1.1.1", "2.2.2.2"])]), [], .map([.init(first, "::1")]),
            [.text("\(second)=1.1.1.1,2.2.2.2")])
    }

    func command() -> Draft {
        dice.pick(
            "echo hi", "sh -c \"a b\"", ["a", "b"], "", [], .null, "a 'b c' d\\ e", "run $$HOME ${TAG}", "a \"\" b",
            "--flag=\"quoted value\" x", "a#b #c", "tab\tand  blanks ", "line\nbreak",
            ["sh", "-c", "echo $$X && exit"],
            "python -c 'print(\"x\")'", "a \\\"b\\\" c", ["", " "], "${NONE:-default words}", "'' ''", "é 日本",
            "a\\\nb", "x='y z'")
    }

    func texts(_ items: [String], _ counts: ClosedRange<Int> = 0...3) -> Draft {
        .list(dice.some(items, counts).map { .text($0) })
    }

    func textOrTexts(_ items: [String]) -> Draft { dice.chance(30) ? .text(dice.choose(items)) : texts(items, 1...3) }

    func ulimits() -> Draft {
        dice.pick(
            ["nofile": 1024], ["nofile": ["soft": 1, "hard": 2], "nproc": 5], ["core": 0],
            ["nofile": ["soft": 0, "hard": 3]], ["memlock": -1], ["rtprio": ["hard": .plain("0x10"), "soft": 7]], [:])
    }

    func devices(_ isRequired: Bool) -> Draft {
        .list(
            (0...dice.number(below: 2)).map { _ in
                var device: Draft =
                    isRequired || dice.chance(70)
                    ? ["capabilities": [["gpu"], ["gpu", "utility"]][dice.number(below: 2)]] : [:]
                if dice.chance(50) { device["driver"] = "nvidia" }
                if dice.chance(50) {
                    if countsDevices {
                        device["count"] = dice.chance(3) ? 0 : dice.pick("all", 2, "1", "ALL")
                    } else {
                        device["device_ids"] = ["0", "GPU-1"]
                    }
                }
                if dice.chance(30) { device["options"] = labels() }
                return device
            })
    }

    func hook(_ extra: Bool = true) -> Draft {
        var hook: Draft = ["command": dice.chance(1) ? .null : dice.pick("x y", ["z", "${TAG}"], "echo \"a b\"")]
        if dice.chance(40) { hook["user"] = dice.pick("root", "${NINE}:0") }
        if dice.chance(40) { hook["privileged"] = dice.pick(true, "false", false, "yes") }
        if dice.chance(40) { hook["working_dir"] = "/w" }
        if dice.chance(40) { hook["environment"] = variables() }
        return hook
    }
}
