import Diagnostics

/// A runbook whose calls lead back to it, so that its steps could never be put in place.
package enum CallCircle {
    /// Adds an error at the call with which a way back to the runbook begins; no more than one.
    ///
    /// - Parameter library: every runbook that it calls, directly or not, by name.
    package static func check(_ runbook: Runbook, library: [String: Runbook], problems: Problems) {
        var visited: Set<String> = []
        for call in calls(of: runbook) {
            guard let way = way(from: call.value, to: runbook.name, library, &visited) else { continue }
            problems.error(
                "runbooks call each other in a circle: \(([runbook.name] + way).joined(separator: " → "))",
                at: call.range, expected: "calls that end")
            return
        }
    }

    /// The names on a way, both ends included; `nil` when there is none.
    private static func way(
        from name: String, to goal: String, _ library: [String: Runbook], _ visited: inout Set<String>
    ) -> [String]? {
        if name == goal { return [goal] }
        guard visited.insert(name).inserted, let runbook = library[name] else { return nil }
        for call in calls(of: runbook) {
            if let rest = way(from: call.value, to: goal, library, &visited) { return [name] + rest }
        }
        return nil
    }

    private static func calls(of runbook: Runbook) -> [Located<String>] {
        runbook.steps.compactMap { step in
            if case .runbook(let call) = step.action { call.name } else { nil }
        }
    }
}
