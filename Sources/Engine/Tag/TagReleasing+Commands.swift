import Deployment
package import Diagnostics
import Host

extension TagReleasing {
    /// The commands and the way back, for a tag whose object is written.
    ///
    /// - Parameter isOurs: Rehearse made the object, in this run or an earlier one: undoing removes it at both ends.
    ///   A tag that a person made is left where it was found.
    func prepared(
        _ tag: GitTag, _ standing: TagStanding, _ survey: TagSurvey, branch: String, isOurs: Bool, _ request: TagRequest
    ) throws(GitFailure) -> PreparedTag {
        let reference = "refs/tags/\(tag.name)"
        let isHere = survey.tags[tag.name] != nil
        let isThere = survey.references?.tags[tag.name] != nil
        var commands: [Script] = []
        var environment = repository.environment
        if let remote = survey.remote {
            environment.merge(try repository.sshVariables(for: remote.pushAddresses[0])) { _, ours in ours }
            if !isThere || survey.references?.branches[branch] != tag.commit {
                commands.append(
                    .arguments([
                        "git", "push", "--atomic",
                        // Whatever `push.followTags` and the like say: one tag and one branch travel.
                        "--no-follow-tags", "--recurse-submodules=no",
                        // Nobody's tag of this name may be there; git alone would accept a moved lightweight one.
                        "--force-with-lease=\(reference):", "--", remote.name, "\(tag.object):\(reference)",
                        "\(tag.commit):refs/heads/\(branch)",
                    ]))
            }
        }
        if !isHere {
            let nothing = String(repeating: "0", count: tag.object.utf8.count)
            commands.append(.arguments(["git", "update-ref", "--no-deref", reference, tag.object, nothing]))
        }
        let undo = TagUndo(
            name: tag.name, object: tag.object, directory: repository.directory,
            remote: isOurs || !isThere ? try survey.remote.map(undoRemote) : nil, removesHere: isOurs || !isHere)
        return PreparedTag(
            name: tag.name, object: tag.object, commit: tag.commit, branch: branch, remote: request.remote,
            directory: repository.directory, environment: environment, commands: commands,
            rollback: .shell(undo.text), notes: halfDone(standing, request).map { [$0] } ?? [])
    }

    /// The remote as a later undo finds it, perhaps from another folder.
    private func undoRemote(_ remote: GitRemote) throws(GitFailure) -> TagUndo.Remote {
        let address = remote.pushAddresses[0]
        if address.holdsCredentials { return TagUndo.Remote(name: remote.name, address: nil) }
        guard address.absolute(from: "/") != address else {
            return TagUndo.Remote(name: remote.name, address: address)
        }
        var top = try repository.ask(["rev-parse", "--show-toplevel"]).standardOutput
        if top.last == UInt8(ascii: "\n") { top.removeLast() }
        return TagUndo.Remote(
            name: remote.name, address: address.absolute(from: String(decoding: top, as: UTF8.self)))
    }
}

extension TagReleasing {
    /// Whether both ends have exactly the prepared tag, after its commands.
    ///
    /// Empty when they do. A remote that does not answer is a problem: what cannot be seen is not confirmed.
    package func confirm(_ prepared: PreparedTag) -> [Diagnostic] {
        do {
            var problems: [Diagnostic] = []
            let here = try repository.tags(matching: ["refs/tags/\(prepared.name)"])[prepared.name]?.object
            if here != prepared.object { problems.append(Self.unconfirmed(prepared, "here", here)) }
            guard let name = prepared.remote else { return problems }
            guard let remote = try repository.remotes().first(where: { $0.name == name }) else {
                return problems + [Self.unconfirmed(prepared, "on `\(name)`, which is gone", nil)]
            }
            let there = try repository.references(of: remote, matching: ["refs/tags/\(prepared.name)"])
                .tags[prepared.name]?.object
            if there != prepared.object { problems.append(Self.unconfirmed(prepared, "on `\(name)`", there)) }
            return problems
        } catch {
            var problem = error.diagnostic
            problem.message = "`\(prepared.name)` cannot be confirmed: \(problem.message)"
            problem.retry = "safe, what is done already is not done again"
            return [problem]
        }
    }

    private static func unconfirmed(_ prepared: PreparedTag, _ place: String, _ found: String?) -> Diagnostic {
        let state = found.map { "is \(TagStanding.short($0))" } ?? "does not exist"
        return Diagnostic(
            "`\(prepared.name)` \(state) \(place) after the step",
            expected: "the tag object \(TagStanding.short(prepared.object))",
            retry: "safe, what is done already is not done again")
    }
}
