// `deploy` and `develop`: https://github.com/compose-spec/compose-spec/blob/main/deploy.md, …/develop.md
extension Shape {
    static let deploy = record(
        "deploy", or: .null,
        [
            .init("mode", text),
            .init("replicas", optionalInteger),
            .init("labels", labels),
            .init("update_config", update),
            .init("rollback_config", update),
            .init("resources", resources),
            .init("restart_policy", restartPolicy),
            .init("placement", placement),
            .init("endpoint_mode", text),
        ])

    private static let update = record(
        "update",
        [
            .init("parallelism", optionalUnsigned),
            .init("delay", duration),
            .init("failure_action", text),
            .init("monitor", duration),
            .init("max_failure_ratio", Shape([.number, .text], .number, cast: .number)),
            .init("order", choice("start-first", "stop-first")),
        ])

    private static let resources = record(
        "resources", form: .inlineRecord,
        [
            .init(
                "limits",
                record(
                    "limits",
                    [
                        .init("cpus", Shape([.number, .text], .cpus)),
                        .init("memory", Shape(.text, .bytes)),
                        .init("pids", Shape([.integer, .text], .integer)),
                    ])),
            .init(
                "reservations",
                record(
                    "reservations",
                    [
                        .init("cpus", Shape([.number, .text], .cpus)),
                        .init("memory", Shape(.text, .bytes)),
                        .init("devices", list(of: deviceRequest(needsCapabilities: true))),
                        .init("generic_resources", list(of: genericResource)),
                    ])),
        ])

    private static let genericResource = record(
        "generic resource",
        [
            .init(
                "discrete_resource_spec",
                record(
                    "discrete resource",
                    [.init("kind", Shape(.text, .text)), .init("value", Shape([.number, .text], .optionalInteger))]))
        ])

    static func deviceRequest(needsCapabilities: Bool) -> Shape {
        record(
            "device request", isExtensible: needsCapabilities,
            [
                .init("capabilities", names, required: needsCapabilities),
                .init("driver", text),
                .init("count", Shape([.integer, .text], .deviceCount)),
                .init("device_ids", names),
                .init("options", mapping),
            ])
    }

    private static let restartPolicy = record(
        "restart policy",
        [
            .init("condition", text),
            .init("delay", optionalDuration),
            .init("max_attempts", optionalUnsigned),
            .init("window", optionalDuration),
        ])

    private static let placement = record(
        "placement", form: .inlineRecord,
        [
            .init("constraints", texts),
            .init("preferences", list(of: record("preference", [.init("spread", text)]))),
            .init("max_replicas_per_node", Shape([.integer, .text], .unsigned, cast: .integer)),
        ])

    static let develop = record(
        "develop", or: .null,
        [
            .init(
                "watch",
                list(
                    of: record(
                        "watch rule",
                        [
                            .init("path", text, required: true),
                            .init(
                                "action", choice("rebuild", "sync", "restart", "sync+restart", "sync+exec"),
                                required: true),
                            .init("target", text),
                            .init("exec", hook(form: .inlineRecord)),
                            .init("include", textOrTexts),
                            .init("ignore", textOrTexts),
                            .init("initial_sync", strictFlag),
                        ])))
        ])

    static func hook(form: Form = .record) -> Shape {
        record(
            "hook", form: form,
            [
                .init("command", hookCommand, required: true),
                .init("user", text),
                .init("privileged", flag),
                .init("working_dir", text),
                .init("environment", variables),
            ])
    }

    /// Newer than docker compose 2.40.
    static let startHook = record(
        "hook",
        [
            .init("command", hookCommand),
            .init("image", text),
            .init("user", text),
            .init("privileged", flag),
            .init("working_dir", text),
            .init("environment", variables),
            .init("per_replica", flag),
        ])
}
