import Host

/// What a step starts with when its turn comes, made while the step before it runs.
struct UpcomingStep {
    let started: RunEvent.StepStarted
    let command: Command
    /// What the steps before it had captured and put out by then.
    let earlier: [String: String]
}

extension RunSession {
    /// What was made for this start of a step; `nil` when there is none, or when it would be another one by now.
    func upcoming(_ step: String, attempt: Int, _ captures: [String: String]) -> UpcomingStep? {
        guard let upcoming else { return nil }
        self.upcoming = nil
        guard upcoming.started.step == step, upcoming.started.attempt == attempt,
            upcoming.started.captures == captures, upcoming.earlier == variables(before: step)
        else { return nil }
        return upcoming
    }
}
