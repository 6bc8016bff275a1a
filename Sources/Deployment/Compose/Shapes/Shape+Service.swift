// A service: https://github.com/compose-spec/compose-spec/blob/main/05-services.md
extension Shape {
    /// In the order in which `docker compose config` writes the fields.
    static let service = record(
        "service",
        identityFields + resourceFields + linkFields + networkFields + storageFields)

    private static let identityFields: [FieldTable.Field] = [
        .init("profiles", keyedNames),
        .init("annotations", labels),
        .init("attach", optionalFlag),
        .init("build", build),
        .init("develop", develop),
        .init("blkio_config", blkio),
        .init("cap_add", keyedNames),
        .init("cap_drop", keyedNames),
        .init("cgroup_parent", text),
        .init("cgroup", choice("host", "private")),
    ]

    private static let resourceFields: [FieldTable.Field] = [
        .init("cpu_count", Shape([.integer, .text], .integer, limit: .least(0), cast: .integer)),
        .init("cpu_percent", Shape([.integer, .text], .number, limit: .range(0...100), cast: .number)),
        .init("cpu_period", castInteger),
        .init("cpu_quota", castInteger),
        .init("cpu_rt_period", castInteger),
        .init("cpu_rt_runtime", castInteger),
        .init("cpus", Shape([.number, .text], .number, cast: .number)),
        .init("cpuset", text),
        .init("cpu_shares", castInteger),
        .init("command", command),
        .init("configs", list(of: fileReference, identity: .mount(folder: ""))),
        .init("container_name", Shape(.text, .text, limit: .containerName)),
        .init(
            "credential_spec",
            record("credential spec", [.init("config", text), .init("file", text), .init("registry", text)])),
    ]

    private static let linkFields: [FieldTable.Field] = [
        .init("depends_on", dependencies),
        .init("deploy", deploy),
        .init("device_cgroup_rules", names),
        .init("devices", list(of: device, identity: .deviceTarget)),
        .init("dns", textOrTexts.with(merge: .keyedList, identity: .key)),
        .init("dns_opt", names.with(merge: .keyedList, identity: .key)),
        .init("dns_search", textOrTexts.with(merge: .keyedList, identity: .key)),
        .init("domainname", text),
        .init("entrypoint", command),
        .init("provider", provider),
        .init("environment", variables.with(merge: .keyedList, identity: .key)),
        .init("env_file", envFiles),
        .init(
            "expose", Shape(.list, .spellings, items: Shape([.text, .number], .text), isSet: true, identity: .spelling)),
        .init("extends", extends),
        .init("external_links", names),
        .init("extra_hosts", extraHosts),
        .init("group_add", Shape(.list, .spellings, items: Shape([.text, .number], .text), isSet: true)),
        .init(
            "gpus",
            Shape([.text, .list], .list, items: deviceRequest(needsCapabilities: false), limit: .choices(["all"]))),
        .init("hostname", text),
        .init("healthcheck", healthcheck),
        .init("image", text),
        .init("init", optionalCastFlag),
        .init("ipc", text),
        .init("isolation", text),
        .init("labels", labels),
        .init("label_file", Shape([.text, .list], .texts, items: text, merge: .keyedList)),
        .init("links", keyedNames),
        .init("logging", logging),
    ]

    private static let networkFields: [FieldTable.Field] = [
        .init("mem_limit", size),
        .init("mem_reservation", wholeSize),
        .init("memswap_limit", size),
        .init("mem_swappiness", wholeSize),
        .init("mac_address", text),
        .init(
            "models",
            map(
                of: record("model", or: .null, [.init("endpoint_var", text), .init("model_var", text)]), or: .list,
                merge: .namedMap)),
        .init("network_mode", text),
        .init("networks", serviceNetworks),
        .init("oom_kill_disable", castFlag),
        .init("oom_score_adj", Shape([.integer, .text], .integer, limit: .range(-1000...1000), cast: .integer)),
        .init("pid", Shape([.text, .null], .text)),
        .init("pids_limit", castInteger),
        .init("platform", text),
        .init("ports", list(of: port, isSet: true, identity: .port)),
        .init("privileged", castFlag),
        .init("pull_policy", Shape(.text, .text, limit: .pullPolicy)),
        .init("pull_refresh_after", Shape(.text, .ignored)),
        .init("read_only", castFlag),
        .init("restart", text),
        .init("runtime", text),
        .init("scale", optionalInteger),
    ]

    private static let storageFields: [FieldTable.Field] = [
        .init("secrets", list(of: fileReference, identity: .mount(folder: "/run/secrets"))),
        .init("security_opt", names),
        .init("shm_size", size),
        .init("stdin_open", castFlag),
        .init("stop_grace_period", optionalDuration),
        .init("stop_signal", text),
        .init("storage_opt", Shape(.map, .textMap, values: anything)),
        .init("sysctls", labels),
        .init("tmpfs", textOrTexts.with(merge: .keyedList, identity: .key)),
        .init("tty", castFlag),
        .init("ulimits", ulimits),
        .init("use_api_socket", strictFlag),
        .init("user", text),
        .init("userns_mode", text),
        .init("uts", text),
        .init("volumes", list(of: mount, isSet: true, identity: .volumeTarget)),
        .init("volumes_from", names),
        .init("working_dir", text),
        .init("pre_start", list(of: startHook)),
        .init("post_start", list(of: hook())),
        .init("pre_stop", list(of: hook())),
    ]

    private static let dependencies = Shape(
        [.map, .list], .map,
        values: record(
            "dependency",
            [
                .init(
                    "condition",
                    choice("service_started", "service_healthy", "service_completed_successfully"), required: true),
                .init("restart", flag),
                .init("required", Shape(.boolean, .optionalFlag)),
            ]),
        keys: .name, items: text, isSet: true, merge: .dependencies)

    private static let envFiles = Shape(
        [.text, .list], .list,
        items: record(
            "env file", or: .text, isExtensible: false,
            [
                .init("path", text, required: true),
                .init("required", optionalFlag),
                .init("format", text),
            ]),
        merge: .keyedList, identity: .envFile)

    private static let extends = record(
        "extends", or: .text, isExtensible: false, [.init("service", text, required: true), .init("file", text)])

    private static let healthcheck = record(
        "healthcheck",
        [
            .init("test", Shape([.text, .list], .healthTest, items: text, merge: .replace)),
            .init("timeout", optionalDuration),
            .init("interval", optionalDuration),
            .init("retries", Shape([.number, .text], .optionalUnsigned, cast: .integer)),
            .init("start_period", optionalDuration),
            .init("start_interval", optionalDuration),
            .init("disable", castFlag),
        ])

    private static let logging = record(
        "logging", merge: .logging,
        [
            .init("driver", text),
            .init("options", Shape(.map, .options, values: Shape([.text, .number, .null], .text))),
        ])

    private static let provider = record(
        "provider",
        [
            .init("type", text, required: true),
            .init(
                "options",
                Shape(
                    .map, .multiOptions,
                    values: Shape(
                        [.text, .number, .boolean, .list], .text, items: Shape([.text, .number, .boolean], .text)))),
        ])

    private static let serviceNetworks = map(
        of: record(
            "network attachment", or: .null,
            [
                .init("aliases", keyedNames),
                .init("driver_opts", options),
                .init("gw_priority", number),
                .init("interface_name", text),
                .init("ipv4_address", text),
                .init("ipv6_address", text),
                .init("link_local_ips", keyedNames),
                .init("mac_address", text),
                .init("priority", number),
            ]),
        or: .list, merge: .namedMap)
}
