// A whole Compose file and its top-level resources.
extension Shape {
    static let project = record(
        "Compose file",
        [
            .init("version", Shape(.text, .ignored)),
            .init("name", text),
            .init("include", Shape(.list, .ignored, items: include)),
            .init("services", map(of: service)),
            .init("networks", map(of: network, keys: .any)),
            .init("volumes", map(of: volume)),
            .init("secrets", map(of: secret)),
            .init("configs", map(of: config)),
            .init("models", map(of: model, keys: .any)),
        ])

    static let include = record(
        "include", or: .text, isExtensible: false,
        [
            .init("path", textOrTexts),
            .init("env_file", textOrTexts),
            .init("project_directory", text),
        ])

    private static let external = Shape(
        [.boolean, .text, .map], .external, fields: FieldTable("external", [.init("name", text)]), cast: .boolean)

    /// A secret's or config's, whose old form the specification leaves open.
    private static let openExternal = Shape([.boolean, .text, .map], .external, values: anything, cast: .boolean)

    static let network = record(
        "network", or: .null,
        [
            .init("name", text),
            .init("driver", text),
            .init("driver_opts", options),
            .init(
                "ipam",
                record(
                    "ipam", form: .inlineRecord,
                    [
                        .init("driver", text),
                        .init(
                            "config",
                            Shape(.list, .list, items: addressPool, merge: .addressPools)),
                        .init("options", Shape(.map, .ignored, values: text)),
                    ])),
            .init("external", external),
            .init("internal", castFlag),
            .init("attachable", castFlag),
            .init("labels", labels),
            .init("enable_ipv4", optionalCastFlag),
            .init("enable_ipv6", optionalCastFlag),
        ])

    private static let addressPool = record(
        "address pool",
        [
            .init("subnet", text),
            .init("gateway", text),
            .init("ip_range", text),
            .init("aux_addresses", textOnlyMap),
        ])

    static let volume = record(
        "volume", or: .null,
        [
            .init("name", text),
            .init("driver", text),
            .init("driver_opts", options),
            .init("external", external),
            .init("labels", countedLabels),
        ])

    static let secret = record(
        "secret",
        [
            .init("name", text),
            .init("file", text),
            .init("environment", text),
            .init("external", openExternal),
            .init("labels", plainLabels),
            .init("driver", text),
            .init("driver_opts", textMap),
            .init("template_driver", text),
        ])

    static let config = record(
        "config",
        [
            .init("name", text),
            .init("file", text),
            .init("environment", text),
            .init("content", text),
            .init("external", openExternal),
            .init("labels", plainLabels),
            .init("template_driver", text),
        ])

    static let model = record(
        "model",
        [
            .init("name", text),
            .init("model", text, required: true),
            .init("context_size", Shape(.integer, .integer)),
            .init("runtime_flags", texts),
        ])
}
