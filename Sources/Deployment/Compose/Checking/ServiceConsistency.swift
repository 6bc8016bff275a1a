import Diagnostics
import YAML

/// What must hold within one finished service.
struct ServiceConsistency {
    let name: String
    let keyRange: SourceRange
    let service: Mapping
    let problems: Problems

    private var path: String { "services.\(name)" }

    func check() {
        if service["build"] == nil, service["image"] == nil, service["provider"] == nil {
            problems.error("`\(path)` has neither `image` nor `build`", at: keyRange, expected: "one of them")
        }
        checkBuild()
        if let mode = service.entry("network_mode"), let networks = service.entry("networks") {
            problems.error(
                "`\(path)` has both `network_mode` and `networks`", at: mode.keyRange,
                related: [Diagnostic.Related(range: networks.keyRange, label: "the other one")],
                expected: "only one of them")
        }
        checkHealth()
        checkScale()
        checkLimits()
        checkWatch()
        checkMounts()
    }

    private func checkBuild() {
        guard let build = service["build"] else { return }
        if let inline = build.mapping?.entry("dockerfile_inline"), build["dockerfile"] != nil {
            problems.error(
                "`\(path).build` has both `dockerfile` and `dockerfile_inline`", at: inline.keyRange,
                expected: "only one of them")
        }
        if let platforms = build["platforms"], let platform = service["platform"]?.string,
            platforms.sequence?.contains(where: { $0.string == platform }) != true
        {
            problems.error(
                "`\(path).build.platforms` does not hold `\(platform)`", at: platforms.range,
                expected: "the service's own `platform` among them")
        }
    }

    private func checkHealth() {
        guard let test = service["healthcheck"]?["test"], let first = test.sequence?.first else { return }
        guard !["CMD", "CMD-SHELL", "NONE"].contains(first.string) else { return }
        problems.error(
            "`\(path).healthcheck.test` cannot begin with `\(first.string ?? "")`", at: first.range,
            expected: "`CMD`, `CMD-SHELL`, or `NONE`")
    }

    private func checkScale() {
        let scale = service["scale"]
        let replicas = service["deploy"]?["replicas"]
        if let scale, let replicas, scale.integer != replicas.integer {
            problems.error(
                "`\(path)` has different numbers in `scale` and `deploy.replicas`", at: scale.range,
                related: [Diagnostic.Related(range: replicas.range, label: "the other one")],
                expected: "the same number, or only one of them")
        }
        for number in [scale, replicas].compactMap({ $0 }) where (number.integer ?? 0) < 0 {
            problems.error("`\(path)` cannot run \(number.integer ?? 0) times", at: number.range, expected: "0 or more")
        }
        if let container = service.entry("container_name"), let number = scale ?? replicas, (number.integer ?? 1) > 1 {
            problems.error(
                "`\(path)` has a `container_name` and runs \(number.integer ?? 1) times", at: container.keyRange,
                related: [Diagnostic.Related(range: number.range, label: "the number")],
                expected: "one of them: each container needs a name of its own")
        }
    }

    /// The same limit may be written in two places, but not differently.
    private func checkLimits() {
        guard let resources = service["deploy"]?["resources"] else { return }
        let limits = resources["limits"]
        let reservations = resources["reservations"]
        compare("cpus", limits, "cpus", "limits")
        compare("mem_limit", limits, "memory", "limits")
        compare("mem_reservation", reservations, "memory", "reservations")
        compare("pids_limit", limits, "pids", "limits")
    }

    private func compare(_ key: String, _ resource: Node?, _ other: String, _ kind: String) {
        guard let own = service[key], let resource, own.spelling != resource[other]?.spelling else { return }
        problems.error(
            "`\(path)` has different limits in `\(key)` and `deploy.resources.\(kind).\(other)`", at: own.range,
            related: [Diagnostic.Related(range: resource[other]?.range ?? resource.range, label: "the other one")],
            expected: "the same value, or only one of them")
    }

    private func checkWatch() {
        for rule in service["develop"]?["watch"]?.sequence ?? [] {
            let action = rule["action"]?.string ?? ""
            guard rule["target"] == nil, action != "rebuild", action != "restart" else { continue }
            problems.error(
                "a rule of `\(path).develop.watch` has no `target`",
                at: rule.mapping?.entries.first?.keyRange ?? rule.range,
                expected: "`target`, because `action` is `\(action)`")
        }
    }

    private func checkMounts() {
        var mounts: [String: SourceRange] = [:]
        func take(_ target: String, _ range: SourceRange) {
            if let first = mounts[target] {
                problems.error(
                    "`\(path)` mounts `\(target)` twice", at: range, label: "here again",
                    related: [Diagnostic.Related(range: first, label: "first here")],
                    expected: "one mount for each path")
            } else {
                mounts[target] = range
            }
        }
        for tmpfs in service["tmpfs"]?.sequence ?? [] {
            take(String((tmpfs.string ?? "").prefix { $0 != ":" }), tmpfs.range)
        }
        for volume in service["volumes"]?.sequence ?? [] { take(volume["target"]?.string ?? "", volume.range) }
    }
}
