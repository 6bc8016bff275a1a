import YAML

extension Rendering {
    /// All of the YAML that Compose gets to see: without the header.
    package var content: String {
        guard let (shell, services) = parts else { return YAMLWriter.text(of: written) }
        let (dollars, doubling) = writing.spelling
        let parts = writing.workers.map(services) { part in
            YAMLWriter.entries(part.map(dollars.written), doubling: doubling)
        }
        return YAMLWriter.text(of: dollars.written(shell), with: parts, under: Self.services, doubling: doubling)
    }

    /// As `docker compose config --format json` prints it.
    package var json: String {
        guard writing.isResolved, !writing.isStack, let (shell, services) = parts else {
            return JSONWriter.document(writtenForJSON)
        }
        let (dollars, doubling) = writing.spelling
        let hasOwnFields = writing.hasOwnFields
        let parts = writing.workers.map(services) { part in
            JSONWriter.entries(
                part.map { service in
                    let written = dollars.written(service)
                    return written.with(JSONForm.service(written.value, hasOwnFields))
                }, doubling: doubling)
        }
        let form = JSONForm.project(dollars.written(shell), hasOwnFields: hasOwnFields)
        return JSONWriter.document(form, with: parts, under: Self.services, doubling: doubling)
    }

    var written: Node { writing.dollars(escapes: true).written(marked) }

    var writtenForJSON: Node {
        writing.isResolved && !writing.isStack
            ? JSONForm.project(written, hasOwnFields: writing.hasOwnFields) : written
    }

    private static let services = "services"

    /// The services, and the project without them; `nil` where there are none.
    private var parts: (shell: Node, services: [Mapping.Entry])? {
        guard let mapping = marked.mapping, let services = mapping[Self.services]?.mapping, !services.isEmpty else {
            return nil
        }
        var shell = mapping
        shell[Self.services] = Node(.mapping(Mapping()))
        return (Node(.mapping(shell), range: marked.range), services.entries)
    }
}
