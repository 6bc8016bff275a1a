package import Diagnostics

/// What a `tag` step asks for, its `${NAME}`s filled in.
package struct TagRequest: Hashable, Sendable {
    /// `nil` before the run when it depends on what earlier steps will put out; then the name is not checked yet.
    package var name: String?
    /// Where the name stands in the runbook.
    package var range: SourceRange
    /// The remote to push to; `nil`: the tag stays here.
    package var remote: String?
    /// The only branch to release from; `nil`: any.
    package var requiredBranch: String?
    package var isSigned: Bool
    /// The run's id. The tag's message ends in it, which is how a resumed run knows its own tag.
    package var run: String

    package init(
        name: String?, range: SourceRange = .none, remote: String?, requiredBranch: String?, isSigned: Bool = false,
        run: String
    ) {
        self.name = name
        self.range = range
        self.remote = remote
        self.requiredBranch = requiredBranch
        self.isSigned = isSigned
        self.run = run
    }
}

/// The tag's object here and on the remote, as seen at one moment; `nil` where there is none.
package struct TagSighting: Hashable, Sendable {
    package var here: String?
    package var there: String?

    package init(here: String?, there: String?) {
        self.here = here
        self.there = there
    }
}

/// What was found before the first step of a run.
package struct TagPreflight: Hashable, Sendable {
    /// Errors that must stop the run before it starts, and warnings: what an earlier run left half done.
    package var problems: [Diagnostic]
    /// To be handed to `prepare`; `nil` when the name is not known yet or the tags could not be read.
    package var sighting: TagSighting?

    package init(problems: [Diagnostic], sighting: TagSighting?) {
        self.problems = problems
        self.sighting = sighting
    }
}

/// What `prepare` came to.
package enum TagPreparation: Hashable, Sendable {
    case ready(PreparedTag)
    /// The world does not allow it; no ref was touched.
    case refused(TagRefusal)
}

/// Why a step cannot go on.
package struct TagRefusal: Hashable, Sendable {
    /// Never empty; all at once.
    package var problems: [Diagnostic]
    /// What git itself said, for the step's log; may be empty.
    package var output: String

    package init(problems: [Diagnostic], output: String = "") {
        self.problems = problems
        self.output = output
    }
}
