package import Deployment
import YAML

/// What a rehearsal is bound to: digests of all that must be the same for it to say anything about today.
package struct Bindings: Hashable, Sendable, Codable {
    /// Git's name for the content of the commit; `nil` outside of a repository.
    package var tree: String?
    /// Of the text of the runbook and of those that it calls.
    package var runbook: String
    /// Of the planned steps without their way back; `nil` where nobody made a plan.
    package var steps: String?
    /// Of the way back of each step; `nil` where nobody made a plan.
    package var rollbacks: String?
    /// Of every file that a rendering is made of; `nil` when no environment has Compose files.
    package var templates: String?
    /// By environment: of what is compared of it.
    package var compared: [String: String]

    package init(
        tree: String?, runbook: String, steps: String? = nil, rollbacks: String? = nil, templates: String?,
        compared: [String: String]
    ) {
        self.tree = tree
        self.runbook = runbook
        self.steps = steps
        self.rollbacks = rollbacks
        self.templates = templates
        self.compared = compared
    }

    /// The same with the digests of a plan's steps.
    package func planned(_ plan: Plan, digest: (_ bytes: [UInt8]) -> String) -> Bindings {
        var copy = self
        copy.steps = digest(Self.text(plan.steps) { $0.rollback = PlannedRollback(kind: .none) })
        copy.rollbacks = digest(
            plan.steps.flatMap { step in
                Array("\(step.id) \(JSONWriter.line(step.rollback.node))\n".utf8)
            })
        return copy
    }

    /// Why a step is skipped depends on where and how the plan is made, and is no part of the step.
    private static func text(_ steps: [PlannedStep], without edit: (inout PlannedStep) -> Void) -> [UInt8] {
        steps.flatMap { step in
            var step = step
            step.skipped = nil
            edit(&step)
            return Array((JSONWriter.line(step.node) + "\n").utf8)
        }
    }
}

/// Something that a rehearsal is bound to and that is another one today.
package struct BindingChange: Hashable, Sendable, Codable {
    /// `commit`, `runbook`, `templates`, `configuration of staging`, ….
    package var what: String
    /// Then; `nil` where there was none.
    package var from: String?
    /// Now; `nil` where there is none.
    package var to: String?

    package init(what: String, from: String?, to: String?) {
        self.what = what
        self.from = from
        self.to = to
    }

    /// `the runbook changed (1a2b3c4d5e6f → 6f5e4d3c2b1a)`.
    package var words: String {
        "the \(what) changed (\(Self.short(from)) → \(Self.short(to)))"
    }

    private static func short(_ digest: String?) -> String { digest.map { String($0.prefix(12)) } ?? "none" }
}

extension Bindings {
    /// What is another one now, the commit aside; by environment only for those that are asked for.
    ///
    /// What one side does not know is not compared.
    package func changes(to now: Bindings, environments: [String]) -> [BindingChange] {
        var changes: [BindingChange] = []
        func compare(_ what: String, _ from: String?, _ to: String?) {
            if from != to { changes.append(BindingChange(what: what, from: from, to: to)) }
        }
        compare("runbook", runbook, now.runbook)
        if let steps, let other = now.steps { compare("steps", steps, other) }
        if let rollbacks, let other = now.rollbacks { compare("rollback commands", rollbacks, other) }
        compare("templates", templates, now.templates)
        for name in environments { compare("configuration of \(name)", compared[name], now.compared[name]) }
        return changes
    }
}
