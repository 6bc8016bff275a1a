import Deployment
import Diagnostics
import Engine
import Host

/// Consent to run what another person or machine has recorded.
struct ForeignRun {
    let context: CommandContext
    let record: RunRecord
    let origin: RunOrigin

    /// What is known of where the record comes from, for the screen that comes before the question.
    var text: String {
        let signature = origin.signed ? ", signed by an allowed signer" : ", not signed"
        let by = "recorded by \(record.actor.words), and not here: it came from \(ShownText.line(origin.remote))"
        return "\(context.errorPalette.yellow(by)) at \(Moments.instant(origin.at))\n"
            + "chain verified: \(Wording.count(record.journal.events, "event")), head "
            + "\(record.journal.head.prefix(12))\(signature)\n\n"
    }

    /// Where nobody is asked, only the whole id says that this very run is meant.
    ///
    /// - Parameters:
    ///   - word: as the run was named; `nil` where it was not.
    ///   - command: what to type.
    /// - Throws: `CommandFailure`
    func requireFullName(_ word: String?, command: String) throws {
        guard word != record.id else { return }
        throw CommandFailure(
            .invalid,
            [
                Diagnostic(
                    "\(record.id) was recorded by \(record.actor.words), and not here",
                    expected: "its full id, where nobody is asked", next: command)
            ])
    }
}
