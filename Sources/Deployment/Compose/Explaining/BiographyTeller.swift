import Diagnostics
import YAML

/// Follows one path through everything that was recorded.
struct BiographyTeller {
    let recorder: RenderRecorder
    let rendering: Rendering
    let sources: SourceTable
    let lookup: LayerLookup
    let variables: VariableStories
    let masking: BiographyMask

    private(set) var steps: [Biography.Step] = []
    /// What stands at the path as far as the story is told.
    private var current: Node?
    /// Scalars as they were read, by place.
    private let written: [SourceRange: Scalar]

    init(
        recorder: RenderRecorder, rendering: Rendering, sources: SourceTable, lookup: LayerLookup,
        variables: VariableStories, masking: BiographyMask
    ) {
        self.recorder = recorder
        self.rendering = rendering
        self.sources = sources
        self.lookup = lookup
        self.variables = variables
        self.masking = masking
        var written: [SourceRange: Scalar] = [:]
        for document in recorder.documents.values.joined() { Self.collect(document, into: &written) }
        self.written = written
    }

    private static func collect(_ node: Node, into written: inout [SourceRange: Scalar]) {
        switch node.value {
        case .scalar(let scalar): if !node.range.isNone { written[node.range] = scalar }
        case .sequence(let items): for item in items { collect(item, into: &written) }
        case .mapping(let mapping): for entry in mapping.entries { collect(entry.value, into: &written) }
        }
    }

    /// Tells everything: files first, then what no file says.
    mutating func tell() {
        model(recorder.model, route: [])
        if lookup.path.segments == [.key("name")] {
            projectName()
        } else if let resource = lookup.resource {
            if resource.section == "services" { service(resource.name) } else { resources(resource) }
        }
    }

    // MARK: - Files

    private typealias Route = [Biography.Note]

    private mutating func model(_ model: RenderRecorder.Model, route: Route) {
        for layer in model.layers {
            for inclusion in layer.inclusions {
                guard let found = lookup.found(in: inclusion.completed) else { continue }
                self.model(inclusion.model, route: route + [.include(inclusion.range)])
                note(found, rule: changeWord(found))
            }
            contribute(layer, route)
            let after = lookup.found(in: layer.result)
            if current != nil, after == nil {
                let isLogging = lookup.path.key(at: 2) == "logging"
                add(
                    .removed, .none, nil,
                    notes: [
                        .rule(isLogging ? "another `driver` replaces all of `logging`" : "it is replaced as a whole")
                    ])
            }
        }
    }

    private mutating func contribute(_ layer: RenderRecorder.Layer, _ route: Route) {
        guard let resource = lookup.resource, resource.section == "services" else {
            own(layer.tree, in: layer.raw, named: nil, layer, route)
            return
        }
        guard let service = layer.tree["services"]?[resource.name] else { return }
        chain(.init(path: layer.path, service: resource.name), service, layer, route)
    }

    /// What a service says, with what it extends before it.
    private mutating func chain(
        _ place: RenderRecorder.Place, _ node: Node, _ layer: RenderRecorder.Layer, _ route: Route
    ) {
        var node = node
        if let extending = layer.extensions[place], route.count < ComposeLoader.deepest * 2 {
            let note = Biography.Note.extends(
                service: place.service, base: extending.base.service, extending.range)
            chain(extending.base, extending.baseNode, layer, route + [note])
            node = extending.own
        }
        let document =
            place.path == layer.path
            ? layer.raw : recorder.documents[place.path]?.last { $0["services"]?[place.service] != nil }
        let tree = Node.mapping([("services", .mapping([(lookup.resource?.name ?? "", node)]))])
        own(tree, in: document, named: place.service, layer, route)
    }

    /// What one document says by itself.
    private mutating func own(
        _ tree: Node, in raw: Node?, named service: String?, _ layer: RenderRecorder.Layer, _ route: Route
    ) {
        let trail = raw.map { RawTrail(lookup.path, in: $0, service: service, sources: sources) }
        var notes = route
        if let tag = trail?.tag {
            notes.append(.tag(tag.tag, tag.range))
            if tag.tag == .reset {
                if current != nil { add(.removed, tag.range, nil, notes: notes) }
                return
            }
        }
        switch lookup.find(in: tree) {
        case .absent:
            if let tag = trail?.tag, current != nil { add(.removed, tag.range, nil, notes: notes) }
        case .replacedWhole(let list):
            notes.append(.rule("the list is replaced as a whole, never item by item"))
            if current != nil { add(.removed, list.range, nil, notes: notes) }
        case .found(let found):
            if found.node.isNull, current?.isNull == false, trail?.tag == nil {
                add(.kept, found.range, current, notes: notes + [.rule("nothing overrides nothing")])
                return
            }
            say(found, trail, layer, notes)
        }
    }

    private mutating func say(
        _ found: LayerLookup.Found, _ trail: RawTrail?, _ layer: RenderRecorder.Layer, _ notes: [Biography.Note]
    ) {
        var notes = notes
        if let alias = trail?.alias { notes.append(.alias(alias)) }
        var text: String?
        if let scalar = written[found.range], found.node.scalar != nil {
            let resolved = Interpolation.hasDollar(scalar.text) ? layer.scope.quietly(scalar.text) : scalar.text
            let plain = rendering.writing.dollars(escapes: false).written(found.node).spelling ?? ""
            if scalar.text != plain { text = scalar.text }
            if let resolved, resolved != plain {
                if trail?.isComplete != true {
                    notes.append(.shortSyntax)
                } else if plain.hasPrefix("/") || plain.hasPrefix(".") {
                    notes.append(.rule(Self.pathRule))
                }
            }
            notes += variables.uses(in: scalar.text, layer.scope).map(Biography.Note.variable)
        }
        if found.node.range.isNone, found.node.scalar != nil { notes.append(.rule("a default of Compose")) }
        let isCollection = found.node.scalar == nil
        var appends = isCollection && trail?.tag == nil
        if case .replace? = found.shape?.merge { appends = false }
        let effect: Biography.Step.Effect = current == nil ? .set : appends ? .added : .replaced
        add(effect, found.range, found.node, written: text, notes: notes)
    }

    // MARK: - What no file says

    private mutating func service(_ name: String) {
        let stages = recorder.services[name] ?? []
        for stage in stages.dropFirst() {
            pass(stage.pass, lookup.found(inService: stage.node))
        }
        guard current != nil || finished != nil else { return }
        if let finished {
            guard current?.hasSameContent(as: finished.node) != true else { return }
            if current?.spelling == finished.node.spelling, current != nil, finished.node.scalar != nil { return }
            let isFile = current == nil && written[finished.range] == nil && !finished.range.isNone
            let field = lookup.path.key(at: 2)
            if isFile, field == "environment" || field == "labels" {
                let file = field == "labels" ? "label_file" : "env_file"
                add(.set, finished.range, finished.node, notes: [.rule("a line of a file that `\(file)` names")])
            } else if finished.node.scalar != nil || current == nil {
                note(finished, rule: "`scale` is the number of replicas too", when: lookup.path.lastKey == "replicas")
                note(finished, rule: "the form of the rendering")
            }
        } else if rendering.marked["services"]?[name] == nil {
            let profiles = stages.first?.node["profiles"]?.sequence?.compactMap(\.spelling) ?? []
            removed(because: "no profile of `\(name)` is enabled: \(Wording.list(profiles))")
        } else if lookup.path.key(at: 2) == "profiles" {
            removed(because: "profiles are decided while rendering")
        } else {
            removed(because: "it says what holds without it")
        }
    }

    private mutating func pass(_ pass: RenderRecorder.Stage.Pass, _ found: LayerLookup.Found?) {
        guard let found else {
            if pass == .form { removed(because: "it says what holds without it") }
            return
        }
        if let current, current.hasSameContent(as: found.node) { return }
        // Maps and lists grow in many ways; what is new in them tells its own story.
        if current != nil, found.node.scalar == nil { return }
        switch pass {
        case .merged: break
        case .defaults: defaults(found)
        case .paths: note(found, rule: changeWord(found))
        case .implied:
            let rule =
                lookup.path.key(at: 2) == "networks"
                ? "a service that names no network joins `default`"
                : "`links`, `volumes_from` or a shared namespace makes a service wait for the other one"
            note(found, rule: rule)
        case .form:
            if let current, current.spelling == found.node.spelling { return }
            note(found, rule: current == nil ? "a default of Compose" : "the canonical spelling")
        }
    }

    private mutating func defaults(_ found: LayerLookup.Found) {
        let isPassedOn = lookup.path.key(at: 2) == "environment" || lookup.path.key(at: 3) == "args"
        guard isPassedOn, let name = lookup.path.lastKey, current == nil || current?.isNull == true,
            let start = recorder.start
        else {
            note(found, rule: current == nil ? "a default of Compose" : "the canonical spelling")
            return
        }
        add(
            current == nil ? .set : .replaced, found.range, found.node,
            notes: [
                .rule("a name without a value takes the variable's"), .variable(variables.use(of: name, start.scope)),
            ])
    }

    private mutating func resources(_ resource: (section: String, name: String)) {
        let path = lookup.path
        if let stage = recorder.resources.last, let found = lookup.found(in: stage.node),
            current.map({ !$0.hasSameContent(as: found.node) }) ?? true, found.node.scalar != nil
        {
            note(found, rule: changeWord(found))
        }
        guard let finished else {
            let isThere = rendering.marked[resource.section]?[resource.name] != nil
            removed(because: isThere ? "it says what holds without it" : "no service uses it")
            return
        }
        guard current.map({ $0.spelling != finished.node.spelling && finished.node.scalar != nil }) ?? true else {
            return
        }
        let isDefault = resource.section == "networks" && resource.name == "default"
        if path.segments.count == 3, path.lastKey == "name" {
            note(finished, rule: "the project's name, `_` and the \(resource.section.dropLast())'s own name")
        } else if path.segments.count == 2, isDefault {
            note(finished, rule: "a service that names no network joins `default`")
        } else {
            note(finished, rule: current == nil ? "a default of Compose" : "the canonical spelling")
        }
    }

    private mutating func projectName() {
        guard let finished, let start = recorder.start, let request = recorder.request else { return }
        switch request.mode {
        case .environment:
            if request.projectName != nil {
                let place = variables.manifests.compactMap { $0["compose"]?["project"]?.range }.last ?? .none
                add(
                    current == nil ? .set : .replaced, place, finished.node,
                    notes: [.rule("`compose.project` of the environment")])
            }
        case .plain(let plain):
            if request.projectName != nil {
                add(
                    current == nil ? .set : .replaced, .none, finished.node, notes: [.rule("`--project-name`")])
            } else {
                // The scope has the final name under this name, so that of the start is asked for.
                let given = start.given["COMPOSE_PROJECT_NAME"].flatMap { $0.isEmpty ? nil : $0 }
                if given != nil {
                    add(
                        current == nil ? .set : .replaced, .none, finished.node,
                        notes: [.variable(variables.use(of: "COMPOSE_PROJECT_NAME", start.scope, given: plain))])
                } else if current == nil {
                    note(finished, rule: "the name of the project's folder")
                }
            }
        }
        note(finished, rule: "only lower-case letters, digits, `-` and `_` stay")
    }

    // MARK: - Steps

    private var finished: LayerLookup.Found? { lookup.found(in: rendering.marked) }

    /// A step that a rule took; nothing when it changed nothing.
    private mutating func note(_ found: LayerLookup.Found, rule: String, when isMeant: Bool = true) {
        guard isMeant, current?.spelling != found.node.spelling || current == nil else { return }
        if current != nil, found.node.scalar == nil { return }
        add(current == nil ? .set : .replaced, .none, found.node, notes: [.rule(rule)])
    }

    private mutating func removed(because rule: String) {
        guard current != nil else { return }
        add(.removed, .none, nil, notes: [.rule(rule)])
    }

    private static let pathRule = "a relative path counts from the folder of its project"

    /// What made another text of a value between two trees.
    private func changeWord(_ found: LayerLookup.Found) -> String {
        guard let text = found.node.string, let current = current?.string else { return "a default of Compose" }
        if text.hasSuffix(current.drop { $0 == "." || $0 == "/" }) || current.hasPrefix("..") || current.hasPrefix("~")
        {
            return Self.pathRule
        }
        return "the value of the variable"
    }

    private mutating func add(
        _ effect: Biography.Step.Effect, _ range: SourceRange, _ value: Node?, written: String? = nil,
        notes: [Biography.Note]
    ) {
        current = value
        steps.append(
            Biography.Step(
                effect: effect, range: range, value: value.map(shown), written: written.map(masking.text), notes: notes)
        )
    }

    /// A value as it may be shown: secrets as references, paths as the rendering has them.
    private func shown(_ node: Node) -> Node {
        masking.masked(rendering.writing.dollars(escapes: false).written(node))
    }
}
