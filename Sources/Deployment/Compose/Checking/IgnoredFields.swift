import Diagnostics
import YAML

/// Finds what `docker compose up` reads and ignores without a word.
///
/// By what docker compose 2.40.3 takes from a service when it creates its containers (`pkg/compose/create.go`); the rest
/// of `deploy` is for Swarm: https://docs.docker.com/reference/compose-file/deploy/
struct IgnoredFields {
    let problems: Problems

    /// - Parameters:
    ///   - services: enabled and in their normal form.
    ///   - sections: networks, volumes, secrets and configs, each with its resources.
    func check(_ services: [Mapping.Entry], _ sections: [Mapping.Entry]) {
        // A line that many services share is told once.
        var seen: Set<SourceRange> = []
        let files = Self.files(sections)
        for service in services {
            for finding in findings(service.value, files) where seen.insert(finding.range).inserted {
                problems.warning(
                    "`docker compose up` ignores `services.\(service.key).\(finding.path)`\(finding.detail)",
                    at: finding.range, next: finding.next)
            }
        }
    }

    private struct Finding {
        var path: String
        var range: SourceRange
        var detail = ""
        var next: String
    }

    private static let swarm = "remove it, or deploy with `docker stack deploy`"

    private func findings(_ service: Node, _ files: Files) -> [Finding] {
        guard let mapping = service.mapping else { return [] }
        var result: [Finding] = []
        if let spec = mapping.entry("credential_spec") {
            result.append(Finding(path: "credential_spec", range: spec.keyRange, next: Self.swarm))
        }
        if let deploy = mapping.entry("deploy")?.value { result += self.deploy(deploy, mapping) }
        if let isolation = mapping.entry("build")?.value.mapping?.entry("isolation") {
            result.append(
                Finding(path: "build.isolation", range: isolation.keyRange, next: "remove it: BuildKit has none"))
        }
        for section in ["secrets", "configs"] {
            for item in mapping[section]?.sequence ?? [] {
                guard let source = item["source"]?.string, files.contains("\(section).\(source)") else { continue }
                let keys = (item.mapping?.entries ?? []).filter { ["uid", "gid", "mode"].contains($0.key) }
                guard let first = keys.first else { continue }
                result.append(
                    Finding(
                        path: "\(section)[source=\(source)].\(first.key)", range: first.keyRange,
                        detail: others(keys) + ": it mounts the file as it is on the host",
                        next: "set owner and mode of the file itself"))
            }
        }
        return result
    }

    // MARK: - deploy

    private func deploy(_ deploy: Node, _ service: Mapping) -> [Finding] {
        guard let mapping = deploy.mapping else { return [] }
        var result: [Finding] = []
        for key in ["update_config", "rollback_config", "placement", "endpoint_mode", "labels"] {
            guard let entry = mapping.entry(key) else { continue }
            let inner = (entry.value.mapping?.entries ?? []).filter { !Shape.isExtension($0.key) }
            if entry.value.mapping != nil, inner.isEmpty { continue }
            let next = key == "labels" ? "for a container's labels write `labels` of the service" : Self.swarm
            if key != "labels", let first = inner.first {
                result.append(
                    Finding(
                        path: "deploy.\(key).\(first.key)", range: entry.keyRange, detail: others(inner), next: next))
            } else {
                result.append(Finding(path: "deploy.\(key)", range: entry.keyRange, next: next))
            }
        }
        if let mode = mapping.entry("mode"), mode.value.string != "replicated" {
            result.append(
                Finding(
                    path: "deploy.mode", range: mode.keyRange, detail: ": it starts `deploy.replicas` containers",
                    next: Self.swarm))
        }
        if let reservations = mapping["resources"]?["reservations"]?.mapping {
            for key in ["cpus", "generic_resources"] {
                guard let entry = reservations.entry(key) else { continue }
                result.append(
                    Finding(path: "deploy.resources.reservations.\(key)", range: entry.keyRange, next: Self.swarm))
            }
        }
        if let policy = mapping.entry("restart_policy"), let fields = policy.value.mapping {
            for key in ["delay", "window"] {
                guard let entry = fields.entry(key) else { continue }
                result.append(Finding(path: "deploy.restart_policy.\(key)", range: entry.keyRange, next: Self.swarm))
            }
            if let restart = service.entry("restart") {
                result.append(
                    Finding(
                        path: "restart", range: restart.keyRange, detail: ": `deploy.restart_policy` decides",
                        next: "remove one of the two"))
            }
        }
        return result
    }

    /// The further keys of a map that is ignored as a whole.
    private func others(_ keys: [Mapping.Entry]) -> String {
        keys.count < 2 ? "" : " and \(Wording.list(keys.dropFirst().map(\.key), "and")) beside it"
    }

    // MARK: - Files

    private typealias Files = Set<String>

    /// Secrets and configs that are mounted from a file of the host.
    private static func files(_ sections: [Mapping.Entry]) -> Files {
        var files: Files = []
        for section in sections where section.key == "secrets" || section.key == "configs" {
            for resource in section.value.mapping?.entries ?? [] where resource.value["file"] != nil {
                files.insert("\(section.key).\(resource.key)")
            }
        }
        return files
    }
}
