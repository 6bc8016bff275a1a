package import Deployment
import Diagnostics
package import Engine

extension RollbackCard {
    /// The same undo as a text for a POSIX shell: what a person runs where `rehearse` itself cannot be run.
    ///
    /// One subshell with `set -eu`, each step a subshell within it that can also be pasted alone, with its recorded
    /// variables; not an `&&` list, in which a shell ignores `set -e`. Secrets are asked for by name. Stops in front of a
    /// step that cannot be undone.
    ///
    /// - Parameters:
    ///   - plan: the frozen plan, for the variables of the run and the names of the secrets.
    ///   - root: the project's folder, absolute.
    package static func commands(
        _ record: RunRecord, plan: Plan, remaining: [StepRecord], root: String, goesPastIrreversible: Bool = false
    ) -> String {
        let writer = RollbackScript(record: record, plan: plan, root: root)
        var lines = writer.opening() + ["(", "set -eu"]
        var pivot: StepRecord?
        for step in remaining {
            if step.rollback.kind != .irreversible {
                lines += [""] + writer.block(step)
            } else if goesPastIrreversible {
                lines += ["", writer.irreversible(step)]
            } else {
                pivot = step
                break
            }
        }
        if let pivot { lines += [""] + writer.end(before: pivot) }
        lines.append(")")
        if pivot == nil {
            lines += [
                "", "# when all of it is done:", "# rehearse history close \(record.id) --reason 'undone by hand'",
            ]
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
