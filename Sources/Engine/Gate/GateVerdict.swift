package import Diagnostics

/// What a gate said to a run that may begin.
package struct GateVerdict: Hashable, Sendable {
    package var conditions: [GateCondition]
    /// Why a closed one was passed; `nil` for an open one.
    package var override: String?

    package init(conditions: [GateCondition], override: String?) {
        self.conditions = conditions
        self.override = override
    }
}

/// Why a gate lets a run not begin.
package struct GateRefusal: Error, Sendable {
    /// Never empty.
    package let diagnostics: [Diagnostic]

    /// - Parameter closed: the conditions that are not held; not empty.
    package init(_ environment: String, closed: [GateCondition]) {
        diagnostics = closed.map { condition in
            Diagnostic(
                "the gate of `\(environment)` is closed: `\(condition.name)` is not held",
                label: condition.found, expected: "the condition `\(condition.name)` under `gate:`",
                next: condition.openWith)
        }
    }

    /// Another commit is checked out than the one that the plan was made of.
    package init(_ environment: String, commit judged: String?, now: String?, next: String) {
        func words(_ commit: String?) -> String { commit.map { "\($0.prefix(12))" } ?? "none" }
        diagnostics = [
            Diagnostic(
                "the commit changed while the run waited for `\(environment)`: it was \(words(judged)) and is "
                    + words(now),
                expected: "the commit that the gate was judged for", retry: "safe, nothing was started", next: next)
        ]
    }
}
