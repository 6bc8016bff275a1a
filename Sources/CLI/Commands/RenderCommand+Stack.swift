import Deployment
import Engine

extension RenderCommand {
    /// The rendering for the engine that `--for` names; `nil` after an error.
    ///
    /// Questions are answered from what Compose would have: names and images are the same for both.
    func fitted(_ rendering: Rendering, _ loader: ProjectLoader) -> Rendering? {
        isForStack && question == nil ? rendering.forStack(problems: loader.problems) : rendering
    }

    var isForStack: Bool { context.arguments.text(of: .engine) == "stack" }

    /// What a rendering is called in the folder that `-o` names: `compose.staging.yaml`, `stack.yaml`.
    func fileName(_ environment: String? = nil) -> String {
        "\(isForStack ? "stack" : "compose")\(environment.map { ".\($0)" } ?? "").yaml"
    }
}
