import Diagnostics

/// Fills `${NAME}` in a built-in action's field from a run's inputs and an environment's values.
struct FieldInterpolation {
    let inputs: [String: String]
    let environment: EnvironmentManifest
    let problems: Problems

    func resolve(_ field: Located<String>, step: Step) -> String {
        field.value
    }
}
