import Deployment
import Diagnostics
import Host

extension TagReleasing {
    /// Looks again at everything, writes the tag object, and says what to perform and how to undo it.
    ///
    /// To be called before each attempt: what an earlier attempt of the run has done is then no longer among the commands.
    /// Touches no ref; an object that is never used is collected by git one day.
    ///
    /// - Parameters:
    ///   - message: The tag's text; a last line that names the run is added.
    ///   - scratch: A folder of our own, which must exist; what is made in it is removed again.
    ///   - sighting: From the preflight of this very start or resume; `nil`: the tag must be the run's own, or absent.
    package func prepare(
        _ request: TagRequest, message: String, scratch: String, since sighting: TagSighting?
    ) -> TagPreparation {
        guard request.name != nil else { preconditionFailure("a step's name is filled in before the step starts") }
        do {
            return try preparation(request, message: message, scratch: scratch, since: sighting)
        } catch {
            return .refused(TagRefusal(problems: [Self.later(error.diagnostic)]))
        }
    }

    private func preparation(
        _ request: TagRequest, message: String, scratch: String, since sighting: TagSighting?
    ) throws(GitFailure) -> TagPreparation {
        let (checked, invalid) = try checkedName(request)
        guard let name = checked else { return refused(invalid) }
        let survey = try survey(request, name: name)
        var problems = try treeProblems(survey, request) + survey.problems
        problems += try upstreamProblems(survey)
        problems += versionProblems(survey, name, request)
        let standing = TagStanding(name, survey, request)
        let isKnown = request.remote == nil || survey.references != nil
        if isKnown { problems += try surprises(standing, survey, request, sighting) }
        guard problems.isEmpty, let commit = survey.status.commit, let branch = survey.status.branch else {
            return refused(problems)
        }
        let tag: GitTag
        let isOurs: Bool
        switch standing {
        case .onlyHere(let found), .onlyThere(let found), .complete(let found):
            let content = try content(of: found) ?? ""
            if request.isSigned, !TagObject.isSigned(content: content) {
                return refused([
                    Diagnostic(
                        "`\(name)` exists without a signature, and the step asks for one", at: request.range,
                        expected: "a signed tag, or none")
                ])
            }
            tag = found
            isOurs = TagObject.run(inContent: content) != nil
        case .absent, .conflict:
            guard let tagger = try identity() else { return refused([Self.missingIdentity]) }
            let draft = TagObject(
                commit: commit, name: name, tagger: tagger,
                message: TagObject.message(message, name: name, run: request.run))
            switch try write(draft, isSigned: request.isSigned, scratch: scratch) {
            case .written(let id): tag = GitTag(name: name, object: id, commit: commit, isAnnotated: true)
            case .refused(let refusal): return refused(refusal.problems, output: refusal.output)
            }
            isOurs = true
        }
        return .ready(try prepared(tag, standing, survey, branch: branch, isOurs: isOurs, request))
    }

    /// What somebody did to the tag since the preflight.
    private func surprises(
        _ standing: TagStanding, _ survey: TagSurvey, _ request: TagRequest, _ sighting: TagSighting?
    ) throws(GitFailure) -> [Diagnostic] {
        switch standing {
        case .conflict(let problem): return [problem]
        case .absent, .onlyHere: return []
        case .complete(let tag):
            return try run(thatMade: tag) == request.run ? [] : [Self.alreadyReleased(tag, request)]
        case .onlyThere(let tag):
            if sighting?.there == tag.object { return try bring(tag, survey) }
            let problems = try bring(tag, survey)
            if !problems.isEmpty { return problems }
            if try run(thatMade: tag) == request.run { return [] }
            return [
                Diagnostic(
                    "somebody pushed `\(tag.name)` to `\(request.remote ?? "")` meanwhile, at \(TagStanding.short(tag.commit))",
                    at: request.range, expected: "no tag `\(tag.name)` there, as before the first step",
                    next: "git ls-remote \(request.remote ?? "") refs/tags/\(tag.name)")
            ]
        }
    }

    /// Makes sure that the object of a tag on the remote is here.
    private func bring(_ tag: GitTag, _ survey: TagSurvey) throws(GitFailure) -> [Diagnostic] {
        guard let remote = survey.remote, try content(of: tag) == nil else { return [] }
        try repository.fetchObjects(of: "refs/tags/\(tag.name)", from: remote)
        if try content(of: tag) != nil { return [] }
        return [Diagnostic("`\(tag.name)` changed on `\(remote.name)` while it was read", expected: "one tag")]
    }

    private func refused(_ problems: [Diagnostic], output: String = "") -> TagPreparation {
        .refused(TagRefusal(problems: problems.map(Self.later), output: output))
    }

    /// The same problem when steps have run already.
    private static func later(_ problem: Diagnostic) -> Diagnostic {
        var problem = problem
        if problem.retry == Diagnostic.nothingStarted { problem.retry = "safe, this step changed nothing" }
        return problem
    }
}
