/// What must hold before a run may start on an environment. Everything unset holds.
package struct Gate: Hashable, Sendable {
    package enum RehearsalBinding: String, CaseIterable, Hashable, Sendable { case commit, tree }

    package struct Rehearsed: Hashable, Sendable {
        package let environment: String
        /// How old the rehearsal may be, in milliseconds; `nil`: any age.
        package let withinMilliseconds: Int?
        package let binding: RehearsalBinding
    }

    /// The environment from which nothing may drift.
    package var parityWith: String?
    package var rehearsed: Rehearsed?
    package var branch: String?
    package var requiresCleanTree = false
    /// How many people must have approved the commit.
    package var approvals: Int?
    package var requiresAcknowledgement = false
    /// It must be up now.
    package var requiresLiveness = false

    package init() {}

    package var isOpenAlways: Bool { self == Gate() }
}
