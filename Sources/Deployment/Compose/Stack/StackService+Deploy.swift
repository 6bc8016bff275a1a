import YAML

// What Swarm wants under `deploy`.
extension StackService {
    private static let limits: [(field: String, group: String, key: String)] = [
        ("cpus", "limits", "cpus"), ("mem_limit", "limits", "memory"), ("pids_limit", "limits", "pids"),
        ("mem_reservation", "reservations", "memory"),
    ]

    mutating func moveLimits() {
        moveProcessorQuota()
        for limit in Self.limits {
            guard let entry = take(limit.field) else { continue }
            // No limit, which is what Swarm does anyway.
            if let number = entry.value.spelling.flatMap(Double.init), number <= 0 { continue }
            // Where both are written they are equal: the project would not have been rendered otherwise.
            if set(entry.value, at: "deploy", "resources", limit.group, limit.key, from: entry) {
                notes.rewritten(path(limit.field), entry, "`deploy.resources.\(limit.group).\(limit.key)`")
            }
        }
        if let pids = value(at: "deploy", "resources", "limits", "pids")?.integer, pids <= 0 {
            change("deploy", "resources", "limits") { $0["pids"] = nil }
        }
    }

    /// A quota of a period is a number of processors.
    private mutating func moveProcessorQuota() {
        guard let quota = fields.entry("cpu_quota"), let share = quota.value.spelling.flatMap(Double.init), share > 0,
            fields.index(of: "cpus") == nil, value(at: "deploy", "resources", "limits", "cpus") == nil
        else { return }
        fields["cpu_quota"] = nil
        let period = take("cpu_period")?.value.spelling.flatMap(Double.init) ?? 100_000
        guard period > 0 else { return }
        let thousandths = Int((share / period * 1_000).rounded())
        let fraction = String(1_000 + thousandths % 1_000).dropFirst()
        set(
            quota.value.becoming(text: "\(thousandths / 1_000).\(fraction)"), at: "deploy", "resources", "limits",
            "cpus", from: quota)
        notes.rewritten(path("cpu_quota"), quota, "`deploy.resources.limits.cpus`")
    }

    mutating func moveScale() {
        if let entry = take("scale"), set(entry.value, at: "deploy", "replicas", from: entry) {
            notes.rewritten(path("scale"), entry, "`deploy.replicas`")
        }
        guard let mode = value(at: "deploy", "mode")?.string, mode.hasPrefix("global"),
            let replicas = fields["deploy"]?.mapping?.entry("replicas")
        else { return }
        change("deploy") { $0["replicas"] = nil }
        notes.dropped(path("deploy.replicas"), replicas, "`\(mode)` runs one on each node")
    }

    mutating func moveRestart(awaited: Mapping.Entry?) {
        let policy = fields["deploy"]?["restart_policy"]
        if let entry = take("restart"), let word = entry.value.string {
            guard policy == nil else {
                return notes.dropped(path("restart"), entry, "`deploy.restart_policy` says when")
            }
            let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
            let condition = Self.condition(parts.first ?? word) ?? "any"
            set(entry.value.becoming(text: condition), at: "deploy", "restart_policy", "condition", from: entry)
            if parts.count == 2, let attempts = Int(parts[1]) {
                set(
                    entry.value.becoming(integer: attempts), at: "deploy", "restart_policy", "max_attempts",
                    from: entry)
            }
            notes.rewritten(path("restart"), entry, "`deploy.restart_policy: {condition: \(condition)}`")
        } else if let awaited, policy == nil, value(at: "deploy", "mode")?.string?.hasSuffix("-job") != true {
            set(
                awaited.value.becoming(text: "none"), at: "deploy", "restart_policy", "condition", from: awaited)
            notes.warn(
                "`services.\(name)` gets `deploy.restart_policy: {condition: none}`: it ends by itself, and Swarm would "
                    + "start it again", awaited)
        }
    }

    /// Docker's word for a restart in Swarm's; `nil` when it is neither.
    private static func condition(_ word: String) -> String? {
        switch word {
        case "no", "none": "none"
        case "always", "unless-stopped", "any": "any"
        case "on-failure": "on-failure"
        default: nil
        }
    }

    mutating func fitDeploy() {
        if let entry = fields["deploy"]?.mapping?.entry("mode"), entry.value.string?.hasSuffix("-job") == true {
            notes.need(.jobs, for: path("deploy.mode"), entry)
        }
        guard let entry = fields["deploy"]?["restart_policy"]?.mapping?.entry("condition"),
            let word = entry.value.string, let condition = Self.condition(word), condition != word
        else { return }
        change("deploy", "restart_policy") { $0["condition"] = entry.value.becoming(text: condition) }
        notes.rewritten(path("deploy.restart_policy.condition"), entry, "`\(condition)`")
    }

    /// Changes the map under these keys; nothing happens where there is none.
    mutating func change(_ keys: String..., by change: (inout Mapping) -> Void) {
        func changed(_ keys: ArraySlice<String>, in node: Node) -> Node {
            guard var mapping = node.mapping else { return node }
            if let key = keys.first {
                mapping[key] = mapping[key].map { changed(keys.dropFirst(), in: $0) }
            } else {
                change(&mapping)
            }
            return Node(.mapping(mapping), range: node.range)
        }
        fields[keys[0]] = fields[keys[0]].map { changed(keys.dropFirst(), in: $0) }
    }
}
