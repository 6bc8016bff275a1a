import Deployment
import Engine
import Host

/// What a run asks of people, and how it is answered where nobody can be asked.
struct RunDecisions {
    let context: CommandContext
    let made: PlanMaking.Made?
    var isRehearsal = false

    func decisions(sightings: [String: TagSighting]) -> RunEngine.Decisions {
        RunEngine.Decisions(
            onFailure: onFailure,
            confirmRollback: { record in
                let remaining = RollbackEngine.remaining(record)
                // Parted from the list of the steps, which ends with their last line.
                context.host.console.writeError(
                    "\n"
                        + RollbackCard.text(
                            record, remaining: remaining, palette: context.errorPalette, width: context.width,
                            now: context.host.clock.now()))
                return Answers.isYes(context.ask("\nRoll back now? [y/N] "))
            },
            approve: approve,
            compare: { left, right in
                guard let made else { return nil }
                return ParityComparison(context: context, loader: made.loader).result(left, right)
            },
            notes: NotesMarkdown.tagMessage,
            sightings: sightings)
    }

    private var onFailure: RunEngine.OnFailure {
        if let choice = context.arguments.choice(of: .onFailure, as: OnFailureChoice.self) {
            switch choice {
            case .rollback: return .rollback
            case .stop: return .stop
            // Nobody to ask: the safe default of a CI job.
            case .ask: return context.canAsk ? .ask : .rollback
            }
        }
        // What was done for practice is taken back without a question.
        if isRehearsal { return .rollback }
        return context.canAsk ? .ask : .rollback
    }

    private func approve(_ step: String, _ question: String) -> BuiltInActions.Answer? {
        let user = context.host.surroundings.userName
        if context.arguments.texts(of: .approve).contains(step) { return BuiltInActions.Answer(isYes: true, by: user) }
        guard context.canAsk else { return nil }
        return BuiltInActions.Answer(
            isYes: Answers.isYes(context.ask("\n\(question) [y/N] ")), by: user, wasAwaited: true)
    }
}

enum Answers {
    static func isYes(_ answer: String?) -> Bool { ["y", "yes"].contains((answer ?? "").lowercased()) }
}
