import Diagnostics
import YAML

/// What must hold between the parts of a project: references, cycles, names, limits said twice.
struct ConsistencyCheck {
    private let project: Project
    private let problems: Problems

    init(_ project: Project, problems: Problems) {
        self.project = project
        self.problems = problems
    }

    /// A finished project, and where everything in it is.
    struct Project: Sendable {
        let services: [Mapping.Entry]
        fileprivate let resources: [String: Mapping]
        fileprivate let enabled: [String: Node]
        fileprivate let disabled: [String: Node]

        init(services: [Mapping.Entry], disabled: [Mapping.Entry], sections: [Mapping.Entry]) {
            self.services = services
            resources = Dictionary(uniqueKeysWithValues: sections.map { ($0.key, $0.value.mapping ?? Mapping()) })
            enabled = Dictionary(uniqueKeysWithValues: services.map { ($0.key, $0.value) })
            self.disabled = Dictionary(uniqueKeysWithValues: disabled.map { ($0.key, $0.value) })
        }
    }

    func check(workers: Workers) {
        let before = problems.errorCount
        let project = project
        let parts = workers.map(project.services) { services in
            let problems = Problems()
            let check = ConsistencyCheck(project, problems: problems)
            for index in services.indices { check.check(services[index]) }
            return problems.all
        }
        for part in parts { problems.add(part) }
        checkSecrets()
        checkContainerNames()
        warnAboutHostPorts()
        if problems.errorCount == before { DependencyCycles(project.services, problems: problems).check() }
    }

    private func check(_ service: Mapping.Entry) {
        guard let mapping = service.value.mapping else { return }
        let check = ServiceConsistency(
            name: service.key, keyRange: service.keyRange, service: mapping, problems: problems)
        check.check()
        checkReferences(service, mapping)
    }

    // MARK: - References

    private func section(_ name: String) -> Mapping {
        project.resources[name] ?? Mapping()
    }

    private func checkReferences(_ service: Mapping.Entry, _ mapping: Mapping) {
        for entry in mapping.entries {
            switch entry.key {
            case "networks", "models":
                for used in entry.value.mapping?.entries ?? [] {
                    check(used.key, used.keyRange, in: entry.key, of: service)
                }
            case "volumes":
                for volume in entry.value.sequence ?? [] where volume["type"]?.string == "volume" {
                    if let source = volume["source"], let name = source.string {
                        check(name, source.range, in: "volumes", of: service)
                    }
                }
            case "configs", "secrets": checkSources(entry.value, in: entry.key, of: service)
            case "build":
                checkSources(entry.value["secrets"], in: "secrets", of: service)
                checkContexts(entry.value, of: service)
            case "depends_on": checkDependencies(entry.value, of: service)
            case "network_mode":
                let mode = entry.value.string ?? ""
                if mode.hasPrefix("service:"), project.enabled[String(mode.dropFirst(8))] == nil {
                    missingService(String(mode.dropFirst(8)), entry.value.range, service, "`network_mode`")
                }
            default: break
            }
        }
    }

    private func checkSources(_ node: Node?, in section: String, of service: Mapping.Entry) {
        for reference in node?.sequence ?? [] {
            let source = reference["source"]
            check(source?.string ?? "", source?.range ?? reference.range, in: section, of: service)
        }
    }

    private func check(_ name: String, _ range: SourceRange, in section: String, of service: Mapping.Entry) {
        let known = self.section(section)
        guard known.index(of: name) == nil else { return }
        problems.error(
            "`services.\(service.key)` uses `\(name)`, which is not under `\(section)`",
            at: range.isNone ? service.keyRange : range, label: Wording.didYouMean(name, known.keys),
            expected: known.isEmpty ? "a name under `\(section)`" : "one of \(known.keys.joined(separator: ", "))",
            next: "add `\(name):` under `\(section)`")
    }

    private func checkContexts(_ build: Node, of service: Mapping.Entry) {
        for context in build["additional_contexts"]?.mapping?.entries ?? [] {
            guard let text = context.value.string, text.hasPrefix("service:") else { continue }
            let name = String(text.dropFirst(8))
            guard let target = project.enabled[name] else {
                missingService(name, context.value.range, service, "`additional_contexts`")
                continue
            }
            if target["build"] == nil {
                problems.error(
                    "`services.\(service.key).build` uses `\(name)` as a context, and it is not built",
                    at: context.value.range, expected: "a service with `build`")
            }
        }
    }

    private func checkDependencies(_ node: Node, of service: Mapping.Entry) {
        for dependency in node.mapping?.entries ?? [] where project.enabled[dependency.key] == nil {
            let isRequired = dependency.value["required"]?.boolean ?? true
            if project.disabled[dependency.key] != nil, !isRequired { continue }
            missingService(
                dependency.key, dependency.keyRange.isNone ? service.keyRange : dependency.keyRange, service,
                "`depends_on`")
        }
    }

    private func missingService(_ name: String, _ range: SourceRange, _ service: Mapping.Entry, _ field: String) {
        if let other = project.disabled[name] {
            let profiles = other["profiles"]?.sequence?.compactMap(\.string) ?? []
            problems.error(
                "`services.\(service.key)` needs `\(name)`, which no enabled profile includes", at: range,
                expected: "a service that is enabled",
                next: profiles.isEmpty ? nil : "enable the profile \(Wording.list(profiles))")
            return
        }
        let names = project.services.map(\.key)
        problems.error(
            "\(field) of `services.\(service.key)` names `\(name)`, which is no service", at: range,
            label: Wording.didYouMean(name, names), expected: "a service of this project")
    }

    // MARK: - Names

    private func checkSecrets() {
        for secret in section("secrets").entries where secret.value["external"]?.boolean != true {
            guard secret.value["file"] == nil, secret.value["environment"] == nil else { continue }
            problems.error(
                "`secrets.\(secret.key)` does not say where its content comes from", at: secret.keyRange,
                expected: "`file`, `environment` or `external`")
        }
    }

    private func checkContainerNames() {
        var known: [String: Node] = [:]
        for service in project.services {
            guard let node = service.value["container_name"], let name = node.string else { continue }
            if let first = known[name] {
                problems.error(
                    "two services have the container name `\(name)`", at: node.range, label: "here again",
                    related: [Diagnostic.Related(range: first.range, label: "first here")],
                    expected: "a name of its own for each service")
            } else {
                known[name] = node
            }
        }
    }

    /// Compose itself does not look, and the second container fails to start.
    private func warnAboutHostPorts() {
        var known: [String: String] = [:]
        for service in project.services {
            for port in service.value["ports"]?.sequence ?? [] {
                guard let published = port["published"]?.string, !published.contains("-"), published != "0" else {
                    continue
                }
                let key = "\(port["host_ip"]?.string ?? ""):\(published)/\(port["protocol"]?.string ?? "tcp")"
                if let first = known[key], first != service.key {
                    problems.warning(
                        "`services.\(service.key)` and `services.\(first)` both publish the host port \(published)",
                        at: port.range)
                } else {
                    known[key] = service.key
                }
            }
        }
    }
}
