import YAML

extension Rendering {
    /// Why a service has no hash.
    package enum NoHash: Error, Hashable, Sendable {
        case unknown
        /// No profile that is enabled includes it.
        case disabled
        /// `build.platforms` does not have the platform that the service is to run on.
        case platform(String, isDefault: Bool)
    }

    /// The text whose SHA-256 is what `docker compose config --hash` prints for a service.
    ///
    /// It is the service as Go writes it in JSON, without what may change while the container stays: `build`,
    /// `pull_policy`, `scale`, `deploy.replicas`, `depends_on` and `profiles`.
    /// https://github.com/docker/compose/blob/v2.40.3/pkg/compose/hash.go
    package func hashedText(ofService name: String) throws(NoHash) -> String {
        guard let service = document["services"]?[name] else {
            throw disabledServices.contains(name) ? .disabled : .unknown
        }
        let platform = try platform(of: service)
        guard var mapping = JSONForm.service(service, writing.hasOwnFields).mapping else { throw .unknown }
        for field in ["build", "pull_policy", "scale", "depends_on", "profiles"] { mapping[field] = nil }
        if var deploy = mapping["deploy"]?.mapping {
            deploy["replicas"] = nil
            mapping["deploy"] = Node(.mapping(deploy))
        }
        if let files = mapping["env_file"] { mapping["env_file"] = Self.pathsOnly(files) }
        if let platform, mapping["platform"] == nil, let fields = Shape.service.fields {
            mapping = Self.adding("platform", platform, to: mapping, fields)
        }
        return GoJSON.line(Node(.mapping(mapping)))
    }

    /// What `DOCKER_DEFAULT_PLATFORM` adds to a service that is built; `nil` for nothing.
    private func platform(of service: Node) throws(NoHash) -> String? {
        guard let build = service["build"] else { return nil }
        let standard = writing.variables["DOCKER_DEFAULT_PLATFORM"].flatMap { $0.isEmpty ? nil : $0 }
        let own = service["platform"]?.string
        let supported = build["platforms"]?.sequence?.compactMap(\.string) ?? []
        if let wanted = own ?? standard, !supported.isEmpty, !supported.contains(wanted) {
            throw .platform(wanted, isDefault: own == nil)
        }
        return own == nil ? standard : nil
    }

    /// Go writes a required env file as its path, whatever its format.
    private static func pathsOnly(_ files: Node) -> Node {
        files.changingItems { file in file["required"]?.boolean != false ? file["path"] : nil }
    }

    private static func adding(_ key: String, _ text: String, to mapping: Mapping, _ fields: FieldTable) -> Mapping {
        var entries = mapping.entries
        entries.insert(.init(key: key, value: .string(text)), at: fields.place(for: key, among: entries))
        return Mapping(entries)
    }
}
