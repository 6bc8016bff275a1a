import Diagnostics
import YAML

/// Takes down what the passes of one rendering do, so that a value's biography can be told afterwards.
///
/// Only there when somebody asks for a biography. It is handed trees that the passes have anyway and looks into none
/// of them, so that a rendering without it does nothing more than before.
package final class RenderRecorder {
    package init() {}

    /// Files that were laid over each other.
    struct Model {
        var layers: [Layer] = []
    }

    /// One document of one Compose file.
    struct Layer {
        /// Complete.
        let path: String
        /// As it was read, variables and tags included.
        let raw: Node
        /// Variables resolved and tags taken out; nothing extended or included yet.
        let tree: Node
        let scope: VariableScope
        /// By the service that extends.
        var extensions: [Place: Extension] = [:]
        var inclusions: [Inclusion] = []
        /// All documents up to this one, laid over each other, in long syntax.
        var result = Node.mapping([])
    }

    /// A service of a file.
    struct Place: Hashable {
        let path: String
        let service: String
    }

    /// A service that begins with what another one says.
    struct Extension {
        /// Of the word `extends`.
        let range: SourceRange
        let base: Place
        /// What the base says, with all that it extends.
        let baseNode: Node
        /// What the service itself says.
        let own: Node
    }

    struct Inclusion {
        /// Of the path in `include`.
        let range: SourceRange
        let model: Model
        /// What joins the project: with complete paths and the values of the included project's own variables.
        let completed: Node
    }

    /// What a service or the resources looked like behind a pass.
    struct Stage {
        enum Pass {
            case merged
            case defaults
            case paths
            case implied
            case form
        }

        let pass: Pass
        let node: Node
    }

    private var open: [Model] = []
    /// The model that was finished last; in the end the project's.
    private(set) var model = Model()
    /// The documents of every Compose file that was read, by complete path.
    private(set) var documents: [String: [Node]] = [:]
    /// By service, in the order of the passes.
    private(set) var services: [String: [Stage]] = [:]
    /// Everything but the services.
    private(set) var resources: [Stage] = []
    private(set) var start: ProjectStart?
    private(set) var request: RenderRequest?

    // MARK: - What the passes tell

    func begin(_ request: RenderRequest, _ start: ProjectStart) {
        self.request = request
        self.start = start
    }

    func read(_ path: String, _ trees: [Node]) { documents[path] = trees }

    func beginModel() { open.append(Model()) }

    func endModel() { model = open.popLast() ?? Model() }

    func beginLayer(_ layer: Layer) { changeModel { $0.layers.append(layer) } }

    func endLayer(_ result: Node) { changeLayer { $0.result = result } }

    func extend(_ service: Place, _ extending: Extension) {
        changeLayer { layer in
            // A service is resolved once for itself and again for each one that extends it.
            if layer.extensions[service] == nil { layer.extensions[service] = extending }
        }
    }

    /// Takes the model that was finished last for what is included.
    func include(at range: SourceRange, _ completed: Node) {
        let included = Inclusion(range: range, model: model, completed: completed)
        changeLayer { $0.inclusions.append(included) }
    }

    func pass(_ pass: Stage.Pass, of service: String, _ node: Node) {
        services[service, default: []].append(Stage(pass: pass, node: node))
    }

    func pass(_ pass: Stage.Pass, ofResources node: Node) { resources.append(Stage(pass: pass, node: node)) }

    private func changeModel(_ change: (inout Model) -> Void) {
        guard !open.isEmpty else { return }
        change(&open[open.count - 1])
    }

    private func changeLayer(_ change: (inout Layer) -> Void) {
        changeModel { model in
            guard !model.layers.isEmpty else { return }
            change(&model.layers[model.layers.count - 1])
        }
    }
}
