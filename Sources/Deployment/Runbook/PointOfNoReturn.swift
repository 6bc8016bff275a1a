import Diagnostics

/// After a step that cannot be undone there is only the way forward, so what follows must be safe to run again.
enum PointOfNoReturn {
    static func check(_ list: [Step], problems: Problems) {
        let steps = list.flatMap(\.besideEachOther)
        guard let pivot = steps.firstIndex(where: { if case .irreversible = $0.rollback { true } else { false } })
        else { return }
        for step in steps[(pivot + 1)...] where !step.isIdempotent && !step.isHarmless {
            problems.error(
                "`\(step.id)` comes after a point of no return and is not `idempotent`", at: step.range,
                related: [.init(range: steps[pivot].range, label: "the point of no return")],
                expected: "`idempotent: true`: the only way on from there is forward, perhaps twice",
                next: "make the step safe to run again and say so, or move it before `\(steps[pivot].id)`")
        }
    }
}

extension Step {
    /// Whether running it twice cannot matter: it says that it changes nothing, or is a check.
    var isHarmless: Bool {
        if case .nothing = rollback { return true }
        switch action {
        case .parity, .approve: return true
        case .check(let kind, let settings): return !settings.changesSomething(kind)
        case .run, .render, .tag, .runbook, .parallel: return false
        }
    }
}
