/// What the Compose specification says of its lists.
///
/// Order counts where it changes what a container gets: the words of a command, hooks, files of which the last wins
/// (`env_file`, `label_file`), name servers and search domains, which resolv.conf(5) has asked in order. Everything else
/// is a set, or known by a key.
///
/// From https://github.com/compose-spec/compose-spec (05-services.md, 06-networks.md, build.md, deploy.md, develop.md,
/// and the merge rules of 13-merge.md for what is unique by what).
enum ComposeShape {
    /// The keys of a Compose file.
    static let topLevel: [String: DocumentShape] = [
        "services": DocumentShape(any: service),
        "networks": DocumentShape(any: network),
        "volumes": DocumentShape(any: DocumentShape(["labels": .pairs, "driver_opts": .pairs])),
        "configs": DocumentShape(any: DocumentShape(["labels": .pairs])),
        "models": DocumentShape(any: DocumentShape(["runtime_flags": .ordered])),
    ]

    private static let service = DocumentShape([
        "annotations": .pairs,
        "blkio_config": blockDevices,
        "build": build,
        "cap_add": .set,
        "cap_drop": .set,
        "command": .ordered,
        "configs": references,
        "depends_on": .set,
        "deploy": deploy,
        "develop": DocumentShape(["watch": watch]),
        "device_cgroup_rules": .set,
        "devices": .identified(by: [["target"], ["source"]]),
        "dns": .sequence,
        "dns_opt": .set,
        "dns_search": .sequence,
        "entrypoint": .ordered,
        "env_file": .identified(by: [["path"]], inOrder: true),
        "environment": .pairs,
        "expose": .set,
        "external_links": .set,
        "extra_hosts": .set,
        "gpus": deviceRequests,
        "group_add": .set,
        "healthcheck": DocumentShape(["test": .ordered]),
        "label_file": .sequence,
        "labels": .pairs,
        "links": .set,
        "models": .set,
        "networks": DocumentShape(any: DocumentShape(["aliases": .set, "link_local_ips": .set]), list: .set),
        "ports": ports,
        "post_start": hooks,
        "pre_start": hooks,
        "pre_stop": hooks,
        "profiles": .set,
        "secrets": references,
        "security_opt": .set,
        "sysctls": .pairs,
        "tmpfs": .set,
        "volumes": .identified(by: [["target"]], ["volume": DocumentShape(["labels": .pairs])]),
        "volumes_from": .set,
    ])

    /// A port is a container's port and protocol; published several times, it is also where it is published.
    private static let ports = DocumentShape(
        list: .identified(
            ItemIdentity(
                [["target", "protocol", "published", "host_ip"], ["target", "protocol"]],
                shown: [["target", "protocol"]],
                defaults: ["protocol": "tcp", "host_ip": "", "published": ""]
            )
        )
    )

    /// Secrets and configs that a service or a build gets: by where they appear in it, then by which they are.
    private static let references = DocumentShape(
        list: .identified(
            ItemIdentity([["target", "source"], ["target"], ["source"]], shown: [["source"], ["target"]]))
    )

    private static let watch = DocumentShape.identified(
        by: [["path", "action"], ["path"]],
        ["exec": DocumentShape(["command": .ordered, "environment": .pairs]), "ignore": .set, "include": .set])

    private static let hooks = DocumentShape(
        list: .ordered, items: DocumentShape(["command": .ordered, "environment": .pairs]))

    private static let build = DocumentShape([
        "additional_contexts": .pairs,
        "args": .pairs,
        "cache_from": .set,
        "cache_to": .set,
        "entitlements": .set,
        "extra_hosts": .set,
        "labels": .pairs,
        "no_cache_filter": .set,
        "platforms": .set,
        "secrets": references,
        "ssh": .pairs,
        "tags": .set,
    ])

    private static let deploy = DocumentShape([
        "labels": .pairs,
        "placement": DocumentShape(["constraints": .set, "preferences": .ordered]),
        "resources": DocumentShape([
            "reservations": DocumentShape([
                "devices": deviceRequests,
                "generic_resources": .identified(by: [["discrete_resource_spec.kind"]]),
            ])
        ]),
    ])

    private static let deviceRequests = DocumentShape(
        items: DocumentShape(["capabilities": .set, "device_ids": .set, "options": .pairs]))

    private static let blockDevices = DocumentShape([
        "device_read_bps": .identified(by: [["path"]]),
        "device_read_iops": .identified(by: [["path"]]),
        "device_write_bps": .identified(by: [["path"]]),
        "device_write_iops": .identified(by: [["path"]]),
        "weight_device": .identified(by: [["path"]]),
    ])

    private static let network = DocumentShape(["labels": .pairs])
}
