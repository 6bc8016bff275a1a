package import Deployment
import Diagnostics
import Host

/// Whether an environment's gate is open, condition by condition. What cannot be evaluated is not held.
package struct GateEvaluation {
    /// What is to go through the gate.
    package struct Subject {
        /// The runbook; `nil`: any.
        package var runbook: String?
        /// What would run; `nil` when only the runbook's name is known.
        package var plan: Plan?
        /// It is a rehearsal itself.
        package var isRehearsal: Bool
        package var git: GitState?
        /// Git's name for the content of the commit.
        package var tree: String?
        /// What a rehearsal of a runbook would be bound to today; `nil` when it is not valid.
        package var bindings: (_ runbook: String) -> Bindings?

        package init(
            runbook: String?, plan: Plan? = nil, isRehearsal: Bool = false, git: GitState?, tree: String?,
            bindings: @escaping (_ runbook: String) -> Bindings?
        ) {
            self.runbook = runbook
            self.plan = plan
            self.isRehearsal = isRehearsal
            self.git = git
            self.tree = tree
            self.bindings = bindings
        }
    }

    /// Whether the environment is up now, and what was seen; `nil` where nobody can tell.
    package typealias Liveness = () -> (isUp: Bool, found: String)?

    private let environment: EnvironmentManifest
    private let project: Project
    private let subject: Subject
    private let compare: (_ left: String, _ right: String) -> BuiltInActions.ParityResult?
    private let liveness: Liveness

    package init(
        environment: EnvironmentManifest, project: Project, subject: Subject,
        compare: @escaping (_ left: String, _ right: String) -> BuiltInActions.ParityResult?,
        liveness: @escaping Liveness = { nil }
    ) {
        self.environment = environment
        self.project = project
        self.subject = subject
        self.compare = compare
        self.liveness = liveness
    }

    private var name: String { environment.name.text }
    private var git: GitState? { subject.git }

    /// In the order of the manifest's documentation; empty for an environment without a gate.
    package func conditions() -> [GateCondition] {
        let gate = environment.gate
        return [
            gate.parityWith.map(parity), gate.rehearsed.flatMap(rehearsed), gate.branch.map(branch),
            gate.requiresCleanTree ? clean() : nil, gate.approvals.map(approvals),
            gate.requiresAcknowledgement ? acknowledged() : nil, gate.requiresLiveness ? status() : nil,
        ].compactMap(\.self)
    }

    private func parity(with other: String) -> GateCondition {
        guard let result = compare(other, name) else {
            return GateCondition(
                name: "parity", held: false, found: "the two could not be compared", openWith: "rehearse check")
        }
        return GateCondition(
            name: "parity", held: !result.isDrift, found: result.summary, openWith: "rehearse diff \(other) \(name)")
    }

    /// - Returns: `nil` for a rehearsal on the very environment that it is asked for.
    private func rehearsed(_ wanted: Gate.Rehearsed) -> GateCondition? {
        if subject.isRehearsal, wanted.environment == name { return nil }
        return RehearsedCondition(
            wanted: wanted, target: name, subject: subject, search: RehearsalSearch(project: project),
            now: project.host.clock.now()
        ).evaluate()
    }

    private func branch(_ wanted: String) -> GateCondition {
        let found = git.map { $0.branch.map { "on `\($0)`" } ?? "on no branch (detached)" } ?? "not in a git repository"
        return GateCondition(
            name: "branch", held: git?.branch == wanted, found: found,
            openWith: git?.branch == nil && git != nil
                ? "git switch \(wanted), or check the branch out in CI" : "git switch \(wanted)")
    }

    private func clean() -> GateCondition {
        let found =
            git.map { $0.dirty ? "there are uncommitted changes" : "nothing is uncommitted" }
            ?? "not in a git repository"
        return GateCondition(
            name: "clean", held: git?.dirty == false, found: found, openWith: "git commit, or git stash")
    }

    /// By distinct people, of this very commit.
    private func approvals(_ wanted: Int) -> GateCondition {
        func closed(_ found: String, _ openWith: String) -> GateCondition {
            GateCondition(name: "approvals", held: false, found: found, openWith: openWith)
        }
        guard let git else { return closed("not in a git repository", "run it in the repository") }
        guard !git.dirty else {
            return closed("there are uncommitted changes, which nobody has approved", "git commit, or git stash")
        }
        let people = ApprovalNotes(project: project, environment: name).people(approving: git.commit)
        let names = people.joined(separator: ", ")
        let found =
            "\(people.count) of \(Wording.count(wanted, "approval")) of \(git.commit.prefix(12))"
            + (people.isEmpty ? "" : ": \(names)")
        let missing = wanted - people.count
        return GateCondition(
            name: "approvals", held: missing <= 0, found: found,
            openWith: "rehearse approve \(name) --commit \(git.commit.prefix(12)), by "
                + (people.isEmpty ? Wording.count(missing, "person", plural: "people") : "\(missing) more"))
    }

    private func acknowledged() -> GateCondition {
        let openWith = "rehearse ack \(name) --cause WHY"
        do throws(StateFailure) {
            guard let run = try Acknowledgements(project: project).lastRolledBack(on: name) else {
                return GateCondition(
                    name: "acknowledged", held: true, found: "nothing was rolled back since the last success")
            }
            guard let note = Acknowledgements(project: project).note(of: run, on: name) else {
                return GateCondition(
                    name: "acknowledged", held: false, found: "\(run) was rolled back, and nobody has said why",
                    openWith: openWith)
            }
            return GateCondition(
                name: "acknowledged", held: true,
                found: "\(run) was rolled back; \(note.by?.user ?? ""): \(note.reason ?? "")")
        } catch {
            return GateCondition(
                name: "acknowledged", held: false, found: "the history cannot be read: \(error.diagnostic.message)",
                openWith: "rehearse history verify")
        }
    }

    private func status() -> GateCondition {
        guard let seen = liveness() else {
            return GateCondition(
                name: GateCondition.status, held: false, found: "whether \(name) is up cannot be told",
                openWith: "--override-gate WHY, once you have looked")
        }
        return GateCondition(
            name: GateCondition.status, held: seen.isUp, found: seen.found, openWith: "rehearse status \(name)")
    }
}
