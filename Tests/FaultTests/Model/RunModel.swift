/// The state machine of RELIABILITY section 2, written down a second time and from its tables alone.
struct RunModel {
    struct Step: Equatable {
        var plan: Schedule.Step
        var status = "pending"
        var rollback: String
        /// Why it failed; a time-out leaves its outcome open, as an unknown end does.
        var reason: String?

        init(_ plan: Schedule.Step) {
            self.plan = plan
            rollback = plan.undo == .command ? "pending" : "none"
        }

        /// Compensate what started, not what succeeded.
        var isToBeUndone: Bool {
            guard ["succeeded", "failed", "interrupted", "unknown"].contains(status) else { return false }
            return switch plan.undo {
            case .command: rollback != "done"
            case .irreversible: status == "succeeded"
            case .none: false
            }
        }
    }

    /// `nil` before the first run.
    private(set) var status: String?
    private(set) var steps: [Step]
    /// All that was done, in order.
    private(set) var trace: [String] = []
    private let plan: [Schedule.Step]
    private var isGoingBack = false

    init(_ schedule: Schedule) {
        plan = schedule.steps
        steps = []
    }

    var isSettled: Bool {
        switch status {
        case nil, "succeeded", "closed", "rolled_back": true
        case "failed", "interrupted", "crashed": !steps.contains(where: \.isToBeUndone)
        default: false
        }
    }

    /// - Returns: the exit code.
    mutating func make(_ move: Schedule.Move, _ deeds: [String: Schedule.Deed]) -> Int32 {
        switch move {
        case .run(let rollsBack):
            guard isSettled else { return 4 }
            steps = plan.map(Step.init)
            isGoingBack = false
            return forward(rollsBack, deeds)
        case .resume(let assume, let rollsBack):
            guard let status else { return 2 }
            guard ["failed", "interrupted", "crashed"].contains(status), !isGoingBack else { return 2 }
            if steps.contains(where: isDoubtful), assume == nil { return 4 }
            if let assume {
                // A word may also be had on a step that could run again without it.
                guard let subject = steps.firstIndex(where: isOpen) else { return 2 }
                if assume == "done" {
                    steps[subject].status = "succeeded"
                    steps[subject].reason = nil
                }
            }
            return forward(rollsBack, deeds)
        case .rollback:
            guard status != nil else { return 2 }
            guard steps.contains(where: \.isToBeUndone) || status == "rollback_incomplete" else { return 0 }
            return back(deeds)
        case .close:
            guard status != nil else { return 2 }
            if !isSettled { status = "closed" }
            return 0
        }
    }

    /// Nobody knows whether running it again is right.
    private func isDoubtful(_ step: Step) -> Bool {
        // What changes nothing may run again.
        !step.plan.isIdempotent && step.plan.undo != .none && isOpen(step)
    }

    /// It started, and did not end well.
    private func isOpen(_ step: Step) -> Bool { ["unknown", "interrupted", "failed"].contains(step.status) }

    private mutating func forward(_ rollsBack: Bool, _ deeds: [String: Schedule.Deed]) -> Int32 {
        for index in steps.indices where steps[index].status != "succeeded" {
            let name = "forward-\(steps[index].plan.id)"
            trace.append(name)
            steps[index].reason = nil
            switch deeds[name] ?? .ok {
            case .ok: steps[index].status = "succeeded"
            case .fail, .hang:
                steps[index].status = "failed"
                steps[index].reason = deeds[name] == .hang ? "timeout" : "exit"
                status = "failed"
                guard rollsBack, steps.contains(where: \.isToBeUndone) else { return 1 }
                let exit = back(deeds)
                return exit == 0 ? 1 : exit
            case .kill:
                steps[index].status = "unknown"
                status = "crashed"
                return 137
            case .signal:
                steps[index].status = "interrupted"
                status = "interrupted"
                return 130
            case .disk:
                steps[index].status = "unknown"
                status = "crashed"
                return 5
            }
        }
        status = "succeeded"
        return 0
    }

    /// Newest first, and no further than the first that fails.
    private mutating func back(_ deeds: [String: Schedule.Deed]) -> Int32 {
        isGoingBack = true
        status = "rollback_incomplete"
        for index in steps.indices.reversed() where steps[index].isToBeUndone {
            guard steps[index].plan.undo == .command else { return 4 }
            let name = "undo-\(steps[index].plan.id)"
            trace.append(name)
            switch deeds[name] ?? .ok {
            case .ok: steps[index].rollback = "done"
            case .fail, .hang:
                steps[index].rollback = "failed"
                return 4
            case .kill:
                steps[index].rollback = "unknown"
                return 137
            case .disk:
                steps[index].rollback = "unknown"
                return 5
            case .signal:
                // The one under way finishes; no other begins.
                steps[index].rollback = "done"
                if steps.contains(where: \.isToBeUndone) { return 4 }
            }
        }
        status = "rolled_back"
        return 0
    }
}
