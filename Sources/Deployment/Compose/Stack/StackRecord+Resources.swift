// Networks, volumes, secrets and configs on Swarm.
extension StackRecord {
    static let network = StackRecord(
        keepsOwn: true,
        [
            .init("name", .kept),
            .init("driver", .kept),
            .init("driver_opts", .kept),
            .init("ipam", .record(addresses)),
            .init("external", .kept),
            .init("internal", .kept),
            .init("attachable", .kept),
            .init("labels", .kept),
            .init("enable_ipv4", .dropped("an overlay network has IPv4")),
            .init("enable_ipv6", .dropped("`docker stack deploy` makes networks without IPv6")),
        ])

    private static let addresses = StackRecord([
        .init("driver", .kept),
        .init("config", .list(of: addressPool)),
        .init("options", .unsupported),
    ])

    private static let addressPool = StackRecord([
        .init("subnet", .kept),
        .init("gateway", .dropped("Swarm chooses the gateway")),
        .init("ip_range", .unsupported),
        .init("aux_addresses", .unsupported),
    ])

    static let volume = StackRecord(
        keepsOwn: true,
        [
            .init("name", .kept), .init("driver", .kept), .init("driver_opts", .kept), .init("external", .kept),
            .init("labels", .kept),
        ])

    /// `environment` has become `external` before.
    static let secret = StackRecord(
        keepsOwn: true,
        [
            .init("name", .kept), .init("file", .kept), .init("environment", .unsupported), .init("external", .kept),
            .init("labels", .kept), .init("driver", .kept), .init("driver_opts", .kept),
            .init("template_driver", .kept),
        ])

    /// `environment` and `content` have become `external` before.
    static let config = StackRecord(
        keepsOwn: true,
        [
            .init("name", .kept), .init("file", .kept), .init("environment", .unsupported),
            .init("content", .unsupported), .init("external", .kept), .init("labels", .kept),
            .init("template_driver", .kept),
        ])
}
