// A service on Swarm. What is rewritten is moved by `StackService` before this table is applied.
extension StackRecord {
    static let service = StackRecord(
        keepsOwn: true, startFields + resourceFields + middleFields + networkFields + storageFields)

    private static let startFields: [Field] = [
        .init("profiles", .dropped("which services run was decided when this was rendered")),
        .init("annotations", .unsupported),
        .init("attach", .dropped("it only matters to `docker compose up`")),
        .init(
            "build", .dropped("Swarm builds no images", next: "build and push the image before the stack is deployed")),
        .init("develop", .dropped("it only matters to `docker compose watch`")),
        .init("blkio_config", .unsupported),
        .init("cap_add", .kept),
        .init("cap_drop", .kept),
        .init("cgroup_parent", .unsupported),
        .init("cgroup", .unsupported),
    ]

    private static let resourceFields: [Field] = [
        .init("cpu_count", .noProcessorOption),
        .init("cpu_percent", .noProcessorOption),
        .init("cpu_period", .noProcessorOption),
        .init("cpu_quota", .noProcessorOption),
        .init("cpu_rt_period", .noProcessorOption),
        .init("cpu_rt_runtime", .noProcessorOption),
        .init("cpus", .noProcessorOption),
        .init("cpuset", .noProcessorOption),
        .init("cpu_shares", .noProcessorOption),
        .init("command", .kept),
        .init("configs", .list(of: fileReference)),
        .init("container_name", .dropped("a service can have many containers, and Swarm names them")),
        .init("credential_spec", .record(credentials)),
        .init("depends_on", .dropped("Swarm starts all services at once")),
        .init("deploy", .record(deploy)),
        .init("device_cgroup_rules", .unsupported),
        .init("devices", .dropped("Swarm gives no devices to a service")),
    ]

    private static let middleFields: [Field] = [
        .init("dns", .kept),
        .init("dns_opt", .unsupported),
        .init("dns_search", .kept),
        .init("domainname", .unsupported),
        .init("entrypoint", .kept),
        .init("provider", .dropped("Swarm runs only images")),
        .init("environment", .kept),
        .init("env_file", .kept),
        .init("expose", .dropped("services on one network reach each other's ports without it")),
        .init("extends", .dropped("it was resolved when this was rendered")),
        .init("external_links", .dropped("Swarm has no links", next: "put both on one external network")),
        .init("extra_hosts", .kept),
        .init("group_add", .unsupported),
        .init(
            "gpus",
            .dropped(
                "Swarm gives no devices to a service", next: "set `deploy.resources.reservations.generic_resources`")),
        .init("hostname", .kept),
        .init("healthcheck", .record(healthcheck)),
        .init("image", .kept),
        .init("init", .kept),
        .init("ipc", .unsupported),
        .init("isolation", .kept),
        .init("labels", .kept),
        .init("label_file", .dropped("Swarm reads no label files", next: "write them under `labels`")),
        .init(
            "links",
            .dropped(
                "services on one network reach each other by name",
                next: "give the linked service a network alias where the link has another name")),
        .init("logging", .record(StackRecord([.init("driver", .kept), .init("options", .kept)]))),
    ]

    private static let networkFields: [Field] = [
        .init("mem_limit", .unsupported),
        .init("mem_reservation", .unsupported),
        .init("memswap_limit", .unsupported),
        .init("mem_swappiness", .unsupported),
        .init("mac_address", .unsupported),
        .init("models", .dropped("Swarm runs no models")),
        .init("network_mode", .dropped("a container on Swarm has a network of its own")),
        .init("networks", .map(of: attachment)),
        .init("oom_kill_disable", .unsupported),
        .init("oom_score_adj", .since(.newest, .integer)),
        .init("pid", .unsupported),
        .init("pids_limit", .unsupported),
        .init(
            "platform",
            .dropped(
                "Swarm places a service where its image runs",
                next: "set `deploy.placement.constraints`, such as `node.platform.arch == x86_64`")),
        .init("ports", .list(of: port)),
        .init("privileged", .dropped("Swarm starts no privileged containers", next: "name what it needs in `cap_add`")),
        .init("pull_policy", .dropped("Swarm fetches an image where it is missing")),
        .init("pull_refresh_after", .unsupported),
        .init("read_only", .kept),
        .init("restart", .unsupported),
        .init("runtime", .unsupported),
        .init("scale", .unsupported),
    ]

    private static let storageFields: [Field] = [
        .init("secrets", .list(of: fileReference)),
        .init("security_opt", .unsupported),
        .init("shm_size", .unsupported),
        .init("stdin_open", .kept),
        .init("stop_grace_period", .kept),
        .init("stop_signal", .kept),
        .init("storage_opt", .unsupported),
        .init("sysctls", .kept),
        .init("tmpfs", .unsupported),
        .init("tty", .kept),
        .init("ulimits", .kept),
        .init("use_api_socket", .unsupported),
        .init("user", .kept),
        .init("userns_mode", .unsupported),
        .init("uts", .unsupported),
        .init("volumes", .list(of: mount)),
        .init(
            "volumes_from", .dropped("Swarm shares only named volumes", next: "mount the same volume in both services")),
        .init("working_dir", .kept),
        .init("pre_start", .unsupported),
        .init("post_start", .unsupported),
        .init("pre_stop", .unsupported),
    ]

    private static let fileReference = StackRecord([
        .init("source", .kept), .init("target", .kept), .init("uid", .kept), .init("gid", .kept),
        .init("mode", .integer),
    ])

    private static let credentials = StackRecord([
        .init("config", .kept), .init("file", .kept), .init("registry", .kept),
    ])

    private static let healthcheck = StackRecord([
        .init("test", .kept), .init("timeout", .kept), .init("interval", .kept), .init("retries", .integer),
        .init("start_period", .kept), .init("start_interval", .since(.startInterval, .kept)),
        .init("disable", .kept),
    ])

    private static let attachment = StackRecord([
        .init("aliases", .kept),
        .init("driver_opts", .since(.newest, .kept)),
        .init("gw_priority", .unsupported),
        .init("interface_name", .unsupported),
        .init("ipv4_address", .dropped("Swarm gives out the addresses")),
        .init("ipv6_address", .dropped("Swarm gives out the addresses")),
        .init("link_local_ips", .dropped("Swarm gives out the addresses")),
        .init("mac_address", .dropped("Swarm gives out the addresses")),
        .init("priority", .unsupported),
    ])
}
