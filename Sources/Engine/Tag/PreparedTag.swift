package import Deployment

/// A tag whose object is written and whose refs are not: all that a record needs before anything happens.
package struct PreparedTag: Hashable, Sendable {
    package var name: String
    /// The tag object's id.
    package var object: String
    /// The commit it names; HEAD when it was prepared.
    package var commit: String
    package var branch: String
    /// `nil`: the tag stays here.
    package var remote: String?
    /// Where the commands start.
    package var directory: String
    /// The whole environment for the commands, hardened.
    package var environment: [String: String]
    /// What to perform, in order, each to be given up at once when one fails. Empty when an earlier attempt of this run
    /// had done it all.
    ///
    /// The push comes first. Its `--atomic` makes it all or nothing, so that a refused one leaves no trace at either end,
    /// and a kill between the two leaves the tag on the remote alone, which the next run finishes without the network
    /// having to change again. The other order would leave a tag here for a release that never was, in the way as soon
    /// as HEAD moves on.
    package var commands: [Script]
    /// A shell text that removes what the step makes, at both ends; safe to run again, or when nothing was made.
    package var rollback: Script
    /// What was found half done and is carried on, a sentence each; usually empty.
    package var notes: [String]
}
