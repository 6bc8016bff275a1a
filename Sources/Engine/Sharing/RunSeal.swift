import Diagnostics
import Host

/// What says that a run's folder is as its writer left it: the text of a commit of git whose tree is that folder, with
/// the head of the journal in its message, and signed where that is asked for.
///
/// It stands in the folder itself (`seal`), so that it stays valid however often others bring histories together.
struct RunSeal: Hashable, Sendable {
    let run: String
    let tree: String
    let head: String
    let events: Int

    static func message(of run: SharedRun) -> String {
        "run \(run.id)\n\njournal-head: \(run.head)\njournal-events: \(run.events)\n"
    }

    /// The text of an unsigned one.
    static func text(of run: SharedRun, tree: String, by actor: Actor, at time: Timestamp) -> String {
        let who = "\(actor.identityName) <\(actor.identityAddress)> \(time.millisecondsSince1970 / 1_000) +0000"
        return "tree \(tree)\nauthor \(who)\ncommitter \(who)\n\n\(message(of: run))"
    }

    /// - Returns: `nil` for a text that is no seal.
    init?(_ bytes: [UInt8]) {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        guard let blank = lines.firstIndex(of: ""),
            let tree = lines.first.flatMap({ String($0).value(after: "tree ") }),
            ObjectName.isValid(tree), !lines[..<blank].contains(where: { $0.hasPrefix("parent ") })
        else { return nil }
        let message = lines[(blank + 1)...].map(String.init)
        guard message.count >= 4, let run = message[0].value(after: "run "),
            let head = message[2].value(after: "journal-head: "),
            let events = message[3].value(after: "journal-events: ").flatMap({ Int($0) })
        else { return nil }
        self.run = run
        self.tree = tree
        self.head = head
        self.events = events
    }
}
