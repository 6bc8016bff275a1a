import TestSupport

// Unknown keys, wrong types and values that a field cannot have.
extension Defect {
    static let keys: [Defect] = [
        Defect("an unknown key") { project, scene in
            let place = scene.dice.choose(SpecificationField.places(in: project.main))
            project.main = project.main.changing(at: place.keys) { $0.with(["nknown_key": 1]) }
            return true
        },
        Defect("a key with a typing error") { project, scene in
            let places = SpecificationField.places(in: project.main).filter { place in
                project.main.at(place.keys)?.entries.contains { $0.key != "<<" && !$0.key.hasPrefix("x-") } == true
            }
            let place = scene.dice.choose(places)
            project.main = project.main.changing(at: place.keys) { record in
                var entries = record.entries
                let known = entries.indices.filter { entries[$0].key != "<<" && !entries[$0].key.hasPrefix("x-") }
                entries[scene.dice.choose(known)].key += "s_"
                return .map(entries)
            }
            return true
        },
        Defect("a list in a list for a field") { project, scene in replaceField(&project, scene, [["a", ["b"]]]) },
        Defect("a deep map for a field") { project, scene in replaceField(&project, scene, ["a": ["b": ["c": 1]]]) },
        Defect("a boolean for a field") { project, scene in replaceField(&project, scene, true) },
        Defect("a date for a field") { project, scene in replaceField(&project, scene, .plain("2001-12-14")) },
        Defect("a fraction for a field") { project, scene in replaceField(&project, scene, 1.5) },
        Defect("nothing for a field") { project, scene in replaceField(&project, scene, .null) },
        Defect("an empty text for a field") { project, scene in replaceField(&project, scene, "") },
        Defect("a word for a field") { project, scene in replaceField(&project, scene, "word") },
        Defect("a list of numbers for a field") { project, scene in replaceField(&project, scene, [1, 1]) },
        Defect("a negative number for a field") { project, scene in replaceField(&project, scene, -7) },
    ]

    /// Gives one field of the specification, wherever it stands, another value.
    private static func replaceField(_ project: inout ProjectDraft, _ scene: Scene, _ value: Draft) -> Bool {
        let fields = SpecificationField.places(in: project.main).flatMap { place in
            (project.main.at(place.keys)?.entries ?? [])
                .filter { SpecificationField.records[place.path]?.contains($0.key) == true }
                .map { place.keys + [$0.key] }
        }
        guard !fields.isEmpty else { return false }
        project.main = project.main.changing(at: scene.dice.choose(fields)) { _ in value }
        return true
    }

    static let values: [Defect] = badValues.flatMap { field, values in
        values.map { value in Defect("a bad value of \(field)", service: { _ in .map([.init(field, value)]) }) }
    }

    private static let badValues: [(String, [Draft])] = [
        (
            "healthcheck",
            [
                ["interval": "10 apples"], ["retries": -1], ["test": ["PING", "x"]], ["test": 5], ["timeout": "1y"],
                ["interval": 30], ["retries": "many"], ["disable": "maybe"], ["start_period": ""],
            ]
        ),
        ("mem_limit", ["12zz", "1.2.3m", "-5", true]),
        ("shm_size", ["big"]),
        ("cpus", ["half", []]),
        ("cpu_percent", [101, -1, "lots"]),
        ("cpu_count", [-2, 1.5]),
        ("oom_score_adj", [1001, -1001, "x"]),
        ("cgroup", ["shared"]),
        ("container_name", ["-", ""]),
        ("pull_policy", ["sometimes", "every_"]),
        ("privileged", ["maybe", 1]),
        ("init", ["2"]),
        ("stop_grace_period", ["soon", "10", 10]),
        ("ulimits", [["nofile": "many"], ["nofile": ["soft": 1]], ["NOFILE": 5], ["nofile": [1]], ["nofile": 1.5]]),
        (
            "deploy",
            [
                ["replicas": "many"], ["replicas": -1], ["update_config": ["order": "random"]], ["mode": 1],
                ["resources": ["limits": ["cpus": "fast"]]], ["resources": ["limits": ["memory": 5]]],
                ["resources": ["reservations": ["devices": [["driver": "x"]]]]], ["restart_policy": ["delay": "x"]],
                [
                    "resources": [
                        "reservations": ["devices": [["capabilities": ["gpu"], "count": 1, "device_ids": ["0"]]]]
                    ]
                ], ["update_config": ["parallelism": -1]], ["update_config": ["max_failure_ratio": "x"]],
                ["placement": ["max_replicas_per_node": "x"]],
                ["resources": ["reservations": ["devices": [["capabilities": "gpu"]]]]],
            ]
        ),
        ("depends_on", ["web", ["web": ["condition": "service_perfect"]], ["web": [:]], ["web": .null]]),
        (
            "develop",
            [
                ["watch": [["path": "x"]]], ["watch": [["path": "x", "action": "dance"]]],
                ["watch": [["path": "x", "action": "sync"]]],
                ["watch": [["action": "rebuild"]]],
                ["watch": [["path": "x", "action": "rebuild", "initial_sync": "yes"]]],
            ]
        ),
        ("logging", [["options": ["a": ["b"]]], ["driver": 5], "json-file"]),
        ("gpus", ["some", [["count": "few"]], [["count": 1, "device_ids": ["0"]]]]),
        ("blkio_config", [["weight": "x"], ["device_read_bps": [["path": "/d", "rate": "fast"]]], ["weight": "300"]]),
        ("configs", [[["source": "cfg", "mode": "rw"]], [["source": "cfg", "mode": "0999"]], [5]]),
        ("secrets", [[["source": "sec", "uid": 5]], ["sec", 5]]),
        ("env_file", [5, [["required": true]], [["path": "e.env", "format": "odd"]], [["path": 5]]]),
        ("post_start", [[["user": "x"]], ["x"]]),
        ("provider", [["options": ["a": 1]], ["type": "x", "options": ["a": ["b": 1]]]]),
        ("credential_spec", ["x"]),
        ("models", [["llm": ["endpoint": "E"]], "llm"]),
        ("use_api_socket", ["yes"]),
        ("expose", [["80", "80-"], [true]]),
        ("scale", [1.5, -1, "x"]),
        ("storage_opt", [["size": [1]], "x"]),
        ("tmpfs", [[["path": "/x"]]]),
        ("platform", [5]),
        ("network_mode", ["service:nobody", 5]),
        ("mac_address", [true]),
        ("extends", [5, ["file": "base.yaml"], ["service": "nobody"], ["service": "web", "colour": "red"]]),
        (
            "build",
            [
                ["context": 5], ["args": 5], ["ssh": ["x"]], ["additional_contexts": ["x"]],
                ["ulimits": ["nofile": "5"]], 5,
            ]
        ),
        ("networks", [["front": ["aliases": "a"]], ["front": ["priority": "high"]], "front", [["front"]]]),
        ("annotations", ["a"]),
        ("environment", [["=x"], [["A": 1]], ["A": [1]], "A=1", ["A": ["b": 1]]]),
        ("group_add", [[1.5], [true]]),
        ("sysctls", ["a=1"]),
        ("profiles", ["dev", ["a b"], [5]]),
        ("labels", [[5], ["a": [1]]]),
        ("command", [5, [5], [["a"]]]),
        ("image", [5, "", .null]),
    ]
}

extension Draft {
    func at(_ keys: some Collection<String>) -> Draft? {
        guard let key = keys.first else { return self }
        return self[key]?.at(keys.dropFirst())
    }
}
