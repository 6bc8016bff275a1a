import Deployment
import Diagnostics

/// Whether what is to go through a gate was rehearsed: which rehearsal counts, or why none does.
struct RehearsedCondition {
    let wanted: Gate.Rehearsed
    /// The environment with the gate.
    let target: String
    let subject: GateEvaluation.Subject
    let search: RehearsalSearch
    let now: Timestamp

    func evaluate() -> GateCondition {
        let found: [RunRecord]
        do throws(StateFailure) {
            found = try search.rehearsals(on: wanted.environment, of: subject.runbook)
        } catch {
            return closed("the history cannot be read: \(error.diagnostic.message)", "rehearse history verify")
        }
        guard let git = subject.git else {
            return closed("not in a git repository, so that no commit can be compared", "run it in the repository")
        }
        let what = subject.runbook.map { "`\($0)`" } ?? "any runbook"
        guard !found.isEmpty else {
            return closed("no rehearsal of \(what) on `\(wanted.environment)` is recorded", rehearse(nil, git))
        }
        var today: [String: Bindings?] = [:]
        var best: (record: RunRecord, reasons: [String])?
        for (index, record) in found.enumerated() {
            let runbook = record.runbook.name
            let bindings = today[runbook] ?? subject.bindings(runbook)
            today[runbook] = .some(bindings)
            let reasons = reasons(against: record, git, bindings)
            if reasons.isEmpty { return held(record, later: found.prefix(index)) }
            // The newest that held says most about what has changed; without one, the newest.
            let isBetter = best.map { $0.record.rehearsed?.held != true && record.rehearsed?.held == true } ?? true
            if isBetter { best = (record, reasons) }
        }
        guard let best else { preconditionFailure("there is at least one rehearsal") }
        return closed(
            "the rehearsal \(best.record.id) does not count: \(best.reasons.joined(separator: "; "))",
            rehearse(best.record, git))
    }

    // MARK: - What speaks against one

    private func reasons(against record: RunRecord, _ git: GitState, _ bindings: Bindings?) -> [String] {
        var reasons: [String] = []
        if let problem = record.rehearsed?.problem { reasons.append("it did not hold: \(problem)") }
        switch record.git {
        case nil: reasons.append("it was not made from a commit")
        case let then? where then.dirty: reasons.append("it was made with uncommitted changes")
        default: break
        }
        switch wanted.binding {
        case .commit:
            if let commit = record.git?.commit, commit != git.commit {
                reasons.append(BindingChange(what: "commit", from: commit, to: git.commit).words)
            }
        case .tree:
            if let tree = record.bindings?.tree, tree != subject.tree {
                reasons.append(BindingChange(what: "git tree", from: tree, to: subject.tree).words)
            }
        }
        if git.dirty { reasons.append("there are uncommitted changes now, which nobody has rehearsed") }
        if let then = record.bindings, let bindings {
            let names = wanted.environment == target ? [target] : [wanted.environment, target]
            reasons += then.changes(to: bindings, environments: names).map(\.words)
        } else {
            reasons.append("what it is bound to cannot be compared: `\(record.runbook.name)` is not valid")
        }
        if let age = age(of: record), let within = wanted.withinMilliseconds, age > within {
            reasons.append(
                "it is \(Self.span(age)) old, and may be \(Self.span(within))")
        }
        return reasons
    }

    /// Milliseconds since its end.
    private func age(of record: RunRecord) -> Int? {
        record.endedAt.flatMap { Timestamp($0) }.map {
            max(0, now.millisecondsSince1970 - $0.millisecondsSince1970)
        }
    }

    // MARK: - What is told

    private func held(_ record: RunRecord, later: some Sequence<RunRecord>) -> GateCondition {
        let ago = age(of: record).map { " \(Self.span($0)) ago" } ?? ""
        var words = [
            "`\(record.runbook.name)` was rehearsed on `\(wanted.environment)`\(ago) by \(record.actor.user): \(record.id)"
        ]
        let left = notRehearsed(record)
        if !left.isEmpty {
            words.append("not rehearsed: " + left.map { "`\($0.id)` (\($0.why))" }.joined(separator: ", "))
        }
        if let unproven = record.rehearsed?.unproven, !unproven.isEmpty {
            words.append("nothing proves the undo of \(Wording.list(unproven.map { "`\($0)`" }, "and"))")
        }
        if let plan = subject.plan, plan.inputs != record.inputs {
            words.append("with other inputs: \(Self.words(record.inputs)) then, \(Self.words(plan.inputs)) now")
        }
        if let failed = later.first(where: { $0.rehearsed?.held != true }) {
            words.append("a later rehearsal did not hold: \(failed.id)")
        }
        return GateCondition(name: "rehearsed", held: true, found: words.joined(separator: "; "))
    }

    /// Those that would run here, where that is known.
    private func notRehearsed(_ record: RunRecord) -> [(id: String, why: String)] {
        (record.rehearsed?.notRehearsed ?? []).filter { step in
            guard let planned = subject.plan?.step(step.id) else { return true }
            return planned.skipped == nil
        }
    }

    /// `7 days`, `3 h 20 min`.
    private static func span(_ milliseconds: Int) -> String {
        let days = milliseconds / 86_400_000
        return days >= 2 ? "\(days) days" : Wording.duration(milliseconds: milliseconds)
    }

    private static func words(_ inputs: [String: String]) -> String {
        inputs.isEmpty
            ? "none" : inputs.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }

    private func closed(_ found: String, _ openWith: String) -> GateCondition {
        GateCondition(name: "rehearsed", held: false, found: found, openWith: openWith)
    }

    /// The line that makes one that counts.
    private func rehearse(_ record: RunRecord?, _ git: GitState) -> String {
        let runbook = subject.runbook ?? record?.runbook.name ?? "RUNBOOK"
        let inputs = (subject.plan?.inputs ?? record?.inputs ?? [:]).sorted { $0.key < $1.key }
            .map { " --input \(ShellQuoting.quoted("\($0.key)=\($0.value)"))" }.joined()
        let line = "rehearse run \(runbook) -e \(wanted.environment) --rehearsal\(inputs)"
        return git.dirty ? "git commit, then: \(line)" : line
    }
}
