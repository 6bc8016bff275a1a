package import Deployment
import Diagnostics

/// Whether an environment's gate is open, condition by condition. What cannot be evaluated is not held.
package struct GateEvaluation {
    package struct Condition: Hashable, Sendable {
        package let name: String
        package let isHeld: Bool
        /// What was seen.
        package let found: String
        /// What to type or do to open it; `nil` when it is held.
        package let openWith: String?
    }

    private let environment: EnvironmentManifest
    private let git: GitState?
    private let lastRun: RunRecord?
    private let compare: (_ left: String, _ right: String) -> BuiltInActions.ParityResult?

    package init(
        environment: EnvironmentManifest, git: GitState?, lastRun: RunRecord?,
        compare: @escaping (_ left: String, _ right: String) -> BuiltInActions.ParityResult?
    ) {
        self.environment = environment
        self.git = git
        self.lastRun = lastRun
        self.compare = compare
    }

    /// In the order of the manifest's documentation; empty for an environment without a gate.
    package func conditions() -> [Condition] {
        let gate = environment.gate
        return [
            gate.parityWith.map(parity), gate.rehearsed.map(rehearsed), gate.branch.map(branch),
            gate.requiresCleanTree ? clean() : nil, gate.approvals.map(approvals),
            gate.requiresAcknowledgement ? acknowledged() : nil,
        ].compactMap(\.self)
    }

    private func parity(with other: String) -> Condition {
        let show = "rehearse diff \(other) \(environment.name)"
        guard let result = compare(other, environment.name.text) else {
            return Condition(
                name: "parity", isHeld: false, found: "the two could not be compared", openWith: "rehearse check")
        }
        return Condition(
            name: "parity", isHeld: !result.isDrift, found: result.summary, openWith: result.isDrift ? show : nil)
    }

    /// Rehearsals are not recorded by this version, so that the condition cannot hold.
    private func rehearsed(_ rehearsed: Gate.Rehearsed) -> Condition {
        Condition(
            name: "rehearsed", isHeld: false, found: "no rehearsal on `\(rehearsed.environment)` is recorded",
            openWith: "--override-gate WHY: this version cannot rehearse yet")
    }

    private func branch(_ wanted: String) -> Condition {
        let found = git.map { $0.branch.map { "on `\($0)`" } ?? "on no branch (detached)" } ?? "not in a git repository"
        let isHeld = git?.branch == wanted
        return Condition(name: "branch", isHeld: isHeld, found: found, openWith: isHeld ? nil : "git switch \(wanted)")
    }

    private func clean() -> Condition {
        let isHeld = git?.dirty == false
        let found =
            git.map { $0.dirty ? "there are uncommitted changes" : "nothing is uncommitted" }
            ?? "not in a git repository"
        return Condition(
            name: "clean", isHeld: isHeld, found: found, openWith: isHeld ? nil : "git commit, or git stash")
    }

    private func approvals(_ wanted: Int) -> Condition {
        Condition(
            name: "approvals", isHeld: false, found: "0 of \(Wording.count(wanted, "approval")) recorded",
            openWith: "--override-gate WHY: this version cannot record approvals yet")
    }

    private func acknowledged() -> Condition {
        let wasRolledBack = lastRun?.status == .rolledBack
        return Condition(
            name: "acknowledged", isHeld: !wasRolledBack,
            found: wasRolledBack
                ? "the last run was rolled back: \(lastRun?.id ?? "")" : "the last run was not rolled back",
            openWith: wasRolledBack ? "--override-gate WHY, with the cause" : nil)
    }
}
