/// How a run is shown while it goes on.
package enum ProgressStyle: Hashable, Sendable {
    /// A list at a terminal that is redrawn in place.
    case live
    /// One line for each event.
    case lines
    /// The same with every step's whole output, each line behind the step's name.
    case verbose
    /// One line for each event, outputs in groups, annotations: GitHub Actions.
    case github
    /// Only what fails.
    case quiet
    /// Nothing: a program reads the result.
    case silent

    /// - Parameters:
    ///   - isTerminal: standard error is one that can move its cursor.
    ///   - isJSON: a program reads the result, and errors as JSON on standard error.
    package static func chosen(
        isTerminal: Bool, isQuiet: Bool, isVerbose: Bool, isGitHubActions: Bool, isJSON: Bool
    ) -> ProgressStyle {
        if isGitHubActions { return isQuiet ? .quiet : .github }
        if isJSON, !isTerminal { return .silent }
        if isQuiet { return .quiet }
        if isVerbose { return .verbose }
        return isTerminal ? .live : .lines
    }
}
