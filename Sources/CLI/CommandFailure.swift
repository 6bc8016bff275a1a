package import Diagnostics
package import Engine

/// A command that ends with an error: what to say, and how to exit.
package struct CommandFailure: Error {
    package let exit: ExitCode
    /// Never empty.
    package let diagnostics: [Diagnostic]
    /// Where their ranges are.
    package let sources: SourceTable

    package init(_ exit: ExitCode, _ diagnostics: [Diagnostic], sources: SourceTable = SourceTable()) {
        self.exit = exit
        self.diagnostics = diagnostics
        self.sources = sources
    }

    package init(_ failure: StartFailure) { self.init(failure.exit, failure.diagnostics) }

    package init(_ failure: StateFailure) { self.init(failure.exit, [failure.diagnostic]) }

    package init(_ failure: RunReference.Failure) { self.init(.invalid, [failure.diagnostic]) }
}
