import Diagnostics

extension Rendering {
    /// The same project as `docker stack deploy` takes it.
    ///
    /// - Parameter problems: takes a warning for all that is left out or rewritten, at the place where it was written,
    ///   and an error for what Swarm refuses.
    /// - Returns: `nil` exactly when an error was added.
    /// - Precondition: variables were resolved.
    package func forStack(problems: Problems) -> Rendering? {
        let before = problems.errorCount
        let fitted = StackProject(marked, projectName: projectName, problems: problems).fitted()
        guard problems.errorCount == before else { return nil }
        let stack = replacing(fitted)
        guard stack.isReadBack(from: stack.yaml) else {
            problems.error(
                "the rendering does not read back as what was rendered", at: .none, expected: "the same project",
                next: "report this with the templates: it is a fault of rehearse")
            return nil
        }
        return stack
    }
}
