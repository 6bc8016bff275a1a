import Diagnostics
import Host

/// The `tag` action: an annotated tag here and, with the branch in one push, on a remote.
///
/// Two moments matter. `preflight` runs before the first step, so that a release that cannot be tagged is not begun;
/// `prepare` runs right before the step, against the world as it is by then. What a release that stopped half way has
/// left is finished, not refused. The working tree, the index, branches here and the stash are never touched.
package struct TagReleasing: Sendable {
    package let repository: GitRepository

    package init(_ repository: GitRepository) { self.repository = repository }
}

extension TagReleasing {
    /// All that stands against the release now, at once. Changes nothing.
    package func preflight(_ request: TagRequest) -> TagPreflight {
        do {
            let (name, invalid) = try checkedName(request)
            let survey = try survey(request, name: name)
            var problems = try treeProblems(survey, request) + invalid + survey.problems
            problems += try upstreamProblems(survey)
            if try identity() == nil { problems.append(Self.missingIdentity) }
            guard let name else { return TagPreflight(problems: problems, sighting: nil) }
            problems += versionProblems(survey, name, request)
            problems += try standingProblems(survey, name, request)
            let isKnown = request.remote == nil || survey.references != nil
            return TagPreflight(problems: problems, sighting: isKnown ? survey.sighting(of: name) : nil)
        } catch {
            return TagPreflight(problems: [error.diagnostic], sighting: nil)
        }
    }

    /// The name when git accepts it, and what is wrong with it otherwise.
    func checkedName(_ request: TagRequest) throws(GitFailure) -> (name: String?, problems: [Diagnostic]) {
        guard let name = request.name else { return (nil, []) }
        var isValid = !name.hasPrefix("-") && !name.utf8.contains(0) && name != "HEAD"
        if isValid {
            let output = repository.attempt(["check-ref-format", "refs/tags/\(name)"])
            isValid = output.succeeded
            guard isValid || output.outcome.ending == .exited(1) else {
                throw repository.failure(of: output, timeout: GitRepository.localTimeout)
            }
        }
        if isValid { return (name, []) }
        let shown = Wording.visible(name, keepingColumns: true)
        let problem = Diagnostic(
            "`\(shown)` is not a valid tag name", at: request.range,
            expected: "a name such as `v1.2.3`: no blank, no `..`, none of `~^:?*[\\`, no dash in front")
        return (nil, [problem])
    }

    static let missingIdentity = Diagnostic(
        "git does not know who makes the tag", expected: "a name and an address in git's configuration",
        next: "git config user.name NAME && git config user.email ADDRESS")
}

extension TagSurvey {
    func sighting(of name: String) -> TagSighting {
        TagSighting(here: tags[name]?.object, there: references?.tags[name]?.object)
    }
}
