import Deployment
import Host

/// Carries a plan out for practice: forward, all the way back, forward again, in one run with one journal.
///
/// Goes on wherever the journal stands, so that a resumed rehearsal is a whole one.
struct RehearsalEngine {
    let session: RunSession
    let engine: RunEngine

    /// - Parameter decisions: an approval that was given once holds for both ways forward.
    init(session: RunSession, decisions: RunEngine.Decisions) {
        let given = GivenAnswers()
        var decisions = decisions
        let ask = decisions.approve
        decisions.approve = { step, question in
            if let answer = given.answers[step] { return answer }
            let answer = ask(step, question)
            given.answers[step] = answer
            return answer
        }
        self.session = session
        engine = RunEngine(session: session, decisions: decisions)
    }

    func run() throws(StateFailure) -> RunRecord {
        if session.record.rehearsed?.phase != .again {
            try engine.takeFingerprint(.before)
            let passage = try engine.goForward(leavingOut: Set(session.plan.pivots))
            guard passage.isComplete else { return try engine.finish(passage) }
            let back = try RollbackEngine(
                session: session,
                options: .init(
                    isAutomatic: true, isTwice: session.record.rehearsed?.twice ?? false, isRehearsal: true)
            ).run()
            // Rolled back is where a rehearsal that is told to stop may stay.
            guard back.status == .rolledBack, session.host.signals.received() == nil else { return back }
            try session.append(.rehearsalAdvanced(RunEvent.RehearsalAdvanced(phase: .again)))
            session.observe(.rehearsedAgain(session.record))
        }
        return try engine.finish(try engine.goForward())
    }
}

/// Answers of people, by step; touched from one thread.
private final class GivenAnswers {
    var answers: [String: BuiltInActions.Answer] = [:]
}
