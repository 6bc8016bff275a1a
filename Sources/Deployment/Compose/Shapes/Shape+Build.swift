// `build`: https://github.com/compose-spec/compose-spec/blob/main/build.md
extension Shape {
    static let build = record(
        "build", or: .text, merge: .build,
        [
            .init("context", text),
            .init("dockerfile", text),
            .init("dockerfile_inline", text),
            .init("entitlements", texts),
            .init("args", variables.with(merge: .keyedList, identity: .key)),
            .init("provenance", Shape([.text, .boolean], .text)),
            .init("sbom", Shape([.text, .boolean], .text)),
            .init(
                "ssh",
                Shape(
                    [.map, .list], .ssh, values: Shape([.text, .number, .boolean, .null], .text), items: text,
                    isSet: true)),
            .init("labels", labels),
            .init("cache_from", texts),
            .init("cache_to", texts),
            .init("no_cache", flag),
            .init("no_cache_filter", textOrTexts),
            .init("additional_contexts", labels),
            .init("pull", flag),
            .init("extra_hosts", extraHosts),
            .init("isolation", text),
            .init("network", text),
            .init("target", text),
            .init("secrets", list(of: fileReference)),
            .init("shm_size", wholeSize),
            .init("tags", texts.with(identity: .key)),
            .init("ulimits", buildUlimits),
            .init("platforms", texts),
            .init("privileged", flag),
        ])
}
