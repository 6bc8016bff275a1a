// `deploy`, ports and mounts on Swarm.
extension StackRecord {
    static let deploy = StackRecord([
        .init("mode", .kept),
        .init("replicas", .integer),
        .init("labels", .kept),
        .init("update_config", .record(update)),
        .init("rollback_config", .record(update)),
        .init("resources", .record(resources)),
        .init("restart_policy", .record(restartPolicy)),
        .init("placement", .record(placement)),
        .init("endpoint_mode", .kept),
    ])

    private static let update = StackRecord([
        .init("parallelism", .integer), .init("delay", .kept), .init("failure_action", .kept),
        .init("monitor", .kept), .init("max_failure_ratio", .kept), .init("order", .kept),
    ])

    private static let resources = StackRecord([
        .init(
            "limits",
            .record(StackRecord([.init("cpus", .text), .init("memory", .text), .init("pids", .integer)]))),
        .init(
            "reservations",
            .record(
                StackRecord([
                    .init("cpus", .text),
                    .init("memory", .text),
                    .init(
                        "devices",
                        .dropped(
                            "Swarm gives no devices to a service",
                            next: "offer them as `generic_resources` of the node")),
                    .init("generic_resources", .list(of: genericResource)),
                ]))),
    ])

    private static let genericResource = StackRecord([
        .init("discrete_resource_spec", .record(StackRecord([.init("kind", .kept), .init("value", .integer)])))
    ])

    private static let restartPolicy = StackRecord([
        .init("condition", .kept), .init("delay", .kept), .init("max_attempts", .integer), .init("window", .kept),
    ])

    private static let placement = StackRecord([
        .init("constraints", .kept),
        .init("preferences", .list(of: StackRecord([.init("spread", .kept)]))),
        .init("max_replicas_per_node", .integer),
    ])

    static let port = StackRecord([
        .init("name", .unsupported),
        .init("mode", .kept),
        .init("host_ip", .unsupported),
        .init("target", .integer),
        .init("published", .integer),
        .init("protocol", .kept),
        .init("app_protocol", .unsupported),
    ])

    static let mount = StackRecord([
        .init("type", .kept),
        .init("source", .kept),
        .init("target", .kept),
        .init("read_only", .kept),
        .init("consistency", .kept),
        .init(
            "bind",
            .record(
                StackRecord([
                    .init("selinux", .unsupported),
                    .init("propagation", .kept),
                    .init("create_host_path", .dropped("Swarm makes no folders on its nodes")),
                    .init("recursive", .unsupported),
                ]))),
        .init(
            "volume",
            .record(
                StackRecord([
                    .init("labels", .dropped("Swarm labels a volume where it is declared")),
                    .init("nocopy", .kept),
                    .init("subpath", .since(.newest, .kept)),
                ]))),
        .init("tmpfs", .record(StackRecord([.init("size", .integer), .init("mode", .unsupported)]))),
        .init("image", .unsupported),
    ])
}
