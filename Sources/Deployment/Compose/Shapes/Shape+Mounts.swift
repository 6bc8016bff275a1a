// Ports, volumes, devices, secrets and configs of a service.
extension Shape {
    static let port = record(
        "port", or: [.number, .text],
        [
            .init("name", text),
            .init("mode", text),
            .init("host_ip", text),
            .init("target", Shape([.integer, .text], .unsigned, cast: .integer)),
            .init("published", Shape([.integer, .text], .text)),
            .init("protocol", text),
            .init("app_protocol", text),
        ])

    static let mount = record(
        "volume", or: .text,
        [
            .init("type", choice("bind", "volume", "tmpfs", "cluster", "npipe", "image"), required: true),
            .init("source", text),
            .init("target", text),
            .init("read_only", castFlag),
            .init("consistency", text),
            .init(
                "bind",
                record(
                    "bind",
                    [
                        .init("selinux", choice("z", "Z")),
                        .init("propagation", text),
                        .init("create_host_path", flag),
                        .init("recursive", choice("enabled", "disabled", "writable", "readonly")),
                    ])),
            .init(
                "volume",
                record(
                    "volume options",
                    [
                        .init("labels", countedLabels),
                        .init("nocopy", castFlag),
                        .init("subpath", text),
                    ])),
            .init(
                "tmpfs",
                record(
                    "tmpfs options",
                    [
                        .init("size", Shape([.integer, .text], .bytes, limit: .least(0))),
                        .init("mode", Shape([.number, .text], .unsigned)),
                    ])),
            .init("image", record("image options", [.init("subpath", text)])),
        ])

    static let device = record(
        "device", or: .text,
        [
            .init("source", text, required: true),
            .init("target", text),
            .init("permissions", text),
        ])

    /// A secret or config as a service uses it.
    static let fileReference = record(
        "reference", or: .text,
        [
            .init("source", text),
            .init("target", text),
            .init("uid", text),
            .init("gid", text),
            .init("mode", Shape([.number, .text], .fileMode)),
        ])

    static let blkio = record(
        "blkio_config", isExtensible: false,
        [
            .init("weight", Shape([.integer, .text], .unsigned)),
            .init("weight_device", list(of: weightDevice)),
            .init("device_read_bps", list(of: throttledDevice)),
            .init("device_read_iops", list(of: throttledDevice)),
            .init("device_write_bps", list(of: throttledDevice)),
            .init("device_write_iops", list(of: throttledDevice)),
        ])

    private static let weightDevice = record(
        "device", isExtensible: false,
        [.init("path", text), .init("weight", Shape([.integer, .text], .unsigned))])

    private static let throttledDevice = record(
        "device", isExtensible: false, [.init("path", text), .init("rate", wholeSize)])
}
