import Diagnostics
import Host

/// Where a tag stands before the step, conflicts aside.
enum TagStanding: Hashable, Sendable {
    case absent
    /// Here at HEAD, not on the remote.
    case onlyHere(GitTag)
    /// On the remote at HEAD, not here.
    case onlyThere(GitTag)
    /// At HEAD, wherever it is asked for.
    case complete(GitTag)
    /// In the way; nothing may be done.
    case conflict(Diagnostic)

    init(_ name: String, _ survey: TagSurvey, _ request: TagRequest) {
        let here = survey.tags[name]
        let there = survey.references?.tags[name]
        let head = survey.status.commit
        func conflict(_ message: String, _ next: String?) -> TagStanding {
            .conflict(
                Diagnostic(message, at: request.range, expected: "no tag `\(name)`, or one at HEAD", next: next))
        }
        let remote = request.remote ?? ""
        if let other = survey.allTags.keys.sorted().first(where: { Self.exclude($0, name) }) {
            let place = survey.tags[other] != nil ? "here" : "on `\(remote)`"
            self = conflict("`\(other)` exists \(place), and git cannot hold `\(name)` beside it", nil)
        } else if here ?? there != nil, [here, there].compactMap(\.self).contains(where: { $0.commit != head }) {
            let places = [
                here.map { "at \(Self.short($0.commit)) here" },
                there.map { "at \(Self.short($0.commit)) on `\(remote)`" },
            ]
            let found = places.compactMap(\.self).joined(separator: " and ")
            self = conflict(
                "`\(name)` exists \(found), and HEAD is \(head.map(Self.short) ?? "no commit yet")",
                "choose another version; a tag that others may have fetched is not to be moved")
        } else if let light = [here, there].compactMap(\.self).first(where: { !$0.isAnnotated }) {
            let place = light == here ? "here" : "on `\(remote)`"
            self = conflict(
                "`\(name)` exists \(place) as a lightweight tag, without author, date and message",
                light == here ? "git tag -d \(name)" : nil)
        } else if let here, let there, here.object != there.object {
            self = conflict(
                "`\(name)` is \(Self.short(here.object)) here and \(Self.short(there.object)) on `\(remote)`, both at HEAD",
                "git tag -d \(name)")
        } else if let here {
            self = request.remote == nil || there != nil ? .complete(here) : .onlyHere(here)
        } else {
            self = there.map(TagStanding.onlyThere) ?? .absent
        }
    }

    /// Whether one name would have to be the other's folder.
    private static func exclude(_ one: String, _ other: String) -> Bool {
        one.hasPrefix("\(other)/") || other.hasPrefix("\(one)/")
    }

    /// An object's id as people read it.
    static func short(_ id: String) -> String { String(id.prefix(12)) }
}

extension TagReleasing {
    /// What the tag itself means for a run that is about to start: an error, a warning of what is half done, or nothing.
    func standingProblems(
        _ survey: TagSurvey, _ name: String, _ request: TagRequest
    ) throws(GitFailure) -> [Diagnostic] {
        // Without the remote's answer only what is here can be judged.
        var request = request
        if survey.references == nil { request.remote = nil }
        switch TagStanding(name, survey, request) {
        case .conflict(let problem): return [problem]
        case .complete(let tag):
            guard survey.references != nil || survey.remote == nil && survey.problems.isEmpty else { return [] }
            return try run(thatMade: tag) == request.run ? [] : [Self.alreadyReleased(tag, request)]
        case .onlyHere, .onlyThere:
            let note = halfDone(TagStanding(name, survey, request), request).map {
                Diagnostic.warning($0, at: request.range)
            }
            return note.map { [$0] } ?? []
        case .absent: return []
        }
    }

    static func alreadyReleased(_ tag: GitTag, _ request: TagRequest) -> Diagnostic {
        let places = request.remote.map { "here and on `\($0)`" } ?? "here"
        return Diagnostic(
            "`\(tag.name)` is already released: the tag is \(places) at \(TagStanding.short(tag.commit))",
            at: request.range, expected: "a version that is not used yet", retry: "not needed, nothing is left to do")
    }

    /// What an earlier release left, and what becomes of it.
    func halfDone(_ standing: TagStanding, _ request: TagRequest) -> String? {
        let remote = request.remote ?? ""
        switch standing {
        case .onlyHere(let tag):
            return "`\(tag.name)` is here and not on `\(remote)`: the step pushes it as it is"
        case .onlyThere(let tag):
            return "`\(tag.name)` is on `\(remote)` and not here: the step brings it"
        case .absent, .complete, .conflict: return nil
        }
    }

    /// The run whose tag it is; `nil` when rehearse did not make it, or its object is not here.
    func run(thatMade tag: GitTag) throws(GitFailure) -> String? {
        try content(of: tag).flatMap(TagObject.run(inContent:))
    }

    /// The tag object's text; `nil` when it is not here.
    func content(of tag: GitTag) throws(GitFailure) -> String? {
        let output = repository.attempt(["cat-file", "tag", tag.object], keeping: 8 << 20)
        if output.succeeded { return String(decoding: output.standardOutput, as: UTF8.self) }
        if output.outcome.ending == .exited(128) { return nil }
        throw repository.failure(of: output, timeout: GitRepository.localTimeout)
    }
}
