/// One way to break a project: exactly one thing is wrong afterwards.
struct Defect: Sendable {
    let name: String
    /// False when the project has no place for it, and is left as it was.
    private let breaking: @Sendable (inout ProjectDraft, Scene) -> Bool

    init(_ name: String, _ breaking: @escaping @Sendable (inout ProjectDraft, Scene) -> Bool) {
        self.name = name
        self.breaking = breaking
    }

    /// Lays something over one service of the main file.
    init(_ name: String, service changes: @escaping @Sendable (Scene) -> Draft) {
        self.init(name) { project, scene in
            project.change(service: scene.dice.choose(scene.services)) { $0.with(changes(scene)) }
            return true
        }
    }

    /// Lays something over the whole main file.
    init(_ name: String, file changes: Draft) {
        self.init(name) { project, _ in
            project.main = project.main.with(changes)
            return true
        }
    }

    /// Breaks a project in one of the ways that it has a place for.
    static func apply(to project: inout ProjectDraft, _ scene: Scene) {
        while true {
            let defect = scene.dice.choose(all)
            if defect.breaking(&project, scene) {
                project.defect = defect.name
                return
            }
        }
    }

    /// Kinds with many members come more often.
    private static let all =
        keys + keys + values + syntax + references + references + files + conflicts + conflicts + texts + merges
}

extension ProjectDraft {
    mutating func change(service name: String, _ change: (Draft) -> Draft) {
        guard var services = main["services"], let service = services[name] else { return }
        services[name] = change(service)
        main["services"] = services
    }
}

extension Draft {
    /// The same tree with the value at these keys changed.
    func changing(at keys: some Collection<String>, _ change: (Draft) -> Draft) -> Draft {
        guard let key = keys.first else { return change(self) }
        var result = self
        if let value = self[key] { result[key] = value.changing(at: keys.dropFirst(), change) }
        return result
    }
}
