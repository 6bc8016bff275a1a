import Diagnostics
import YAML

/// Makes a finished project fit for `docker stack deploy`.
struct StackProject {
    let document: Node
    let projectName: String
    let notes: StackNotes

    init(_ document: Node, projectName: String, problems: Problems) {
        self.document = document
        self.projectName = projectName
        notes = StackNotes(problems)
    }

    /// The project with every field that Swarm takes, and what else has an equivalent there.
    func fitted() -> Node {
        var services: [Mapping.Entry] = []
        var added = Mapping()
        let awaited = awaitedServices
        for entry in document["services"]?.mapping?.entries ?? [] {
            var service = StackService(entry, notes: notes)
            service.fit(awaited: awaited[entry.key])
            for network in service.addedNetworks where added.index(of: network.key) == nil {
                added.append(network)
            }
            services.append(
                .init(
                    key: entry.key, keyRange: entry.keyRange,
                    value: Node(.mapping(service.fields), range: entry.value.range)))
        }
        StackCheck(projectName: projectName, problems: notes.problems).check(services)
        let sections = StackResources(document: document, projectName: projectName, notes: notes)
            .fitted(adding: added)
        return project(services, sections)
    }

    /// Services that another one waits for until they have ended, with the first that does.
    private var awaitedServices: [String: Mapping.Entry] {
        var names: [String: Mapping.Entry] = [:]
        for service in document["services"]?.mapping?.entries ?? [] {
            for dependency in service.value["depends_on"]?.mapping?.entries ?? []
            where dependency.value["condition"]?.string == "service_completed_successfully" {
                names[dependency.key] = names[dependency.key] ?? dependency
            }
        }
        return names
    }

    private func project(_ services: [Mapping.Entry], _ sections: [Mapping.Entry]) -> Node {
        if let name = document.mapping?.entry("name") {
            notes.dropped("name", name, "a stack's name is given when it is deployed: `\(projectName)`")
        }
        let written = document.mapping?.entry("services")
        var entries: [Mapping.Entry] = [
            .init(key: "version", value: .string(notes.format.text)),
            .init(
                key: "services", keyRange: written?.keyRange ?? .none,
                value: Node(.mapping(Mapping(services)), range: written?.value.range ?? .none)),
        ]
        entries += sections
        entries += (document.mapping?.entries ?? []).filter { Shape.isExtension($0.key) }
        return Node(.mapping(Mapping(entries)), range: document.range)
    }
}
