import Diagnostics
import Host

extension TagReleasing {
    enum Writing: Hashable, Sendable {
        /// The new object's id.
        case written(String)
        case refused(TagRefusal)
    }

    /// Writes a tag object and no ref.
    ///
    /// `git tag` would make the ref in the same breath, before a journal could hold the object's id. An unsigned object
    /// is therefore written as content. Only git knows how to sign, so that a signed one is made by `git tag -s` in an
    /// empty repository of our own, which borrows the project's objects and settings: the ref appears there.
    func write(_ draft: TagObject, isSigned: Bool, scratch: String) throws(GitFailure) -> Writing {
        let path = "\(scratch)/tag-\(draft.commit.prefix(12))"
        do {
            try repository.host.files.replace(path, Array((isSigned ? draft.message : draft.text).utf8), 0o600)
        } catch {
            return .refused(
                TagRefusal(problems: [
                    Diagnostic("`\(path)` cannot be written", expected: "a folder to write the tag's text into")
                ]))
        }
        // What cannot be removed lies in the run's own folder and hurts nobody.
        defer { try? repository.host.files.remove(path) }
        if isSigned { return try sign(draft, messagePath: path, scratch: scratch) }
        let output = try repository.ask(["hash-object", "-t", "tag", "-w", "--no-filters", "--", path])
        return .written(output.trimmedText)
    }

    private func sign(_ draft: TagObject, messagePath: String, scratch: String) throws(GitFailure) -> Writing {
        let signing = "\(scratch)/tag-signing.git"
        let format = draft.commit.utf8.count == 64 ? "sha256" : "sha1"
        _ = try repository.ask([
            "init", "--quiet", "--bare", "--template=", "--object-format=\(format)", "--", signing,
        ])
        defer { try? repository.host.files.removeTree(signing) }
        let paths = try repository.ask([
            "rev-parse", "--path-format=absolute", "--git-path", "objects", "--git-path", "config",
        ]).lines
        guard paths.count == 2 else { throw .refused(words: "the repository's path has a line break") }
        var variables = ["GIT_DIR": signing, "GIT_OBJECT_DIRECTORY": paths[0]]
        variables.merge(draft.taggerVariables) { _, ours in ours }
        let output = repository.attempt(
            [
                "-c", "include.path=\(paths[1])", "-c", "core.bare=true", "tag", "--sign", "--cleanup=verbatim",
                "--file=\(messagePath)", "--", draft.name, draft.commit,
            ], timeout: .seconds(120), adding: variables)
        guard output.succeeded else {
            let failure = repository.failure(of: output, timeout: .seconds(120))
            guard case .refused(let words) = failure else { throw failure }
            let problem = Diagnostic(
                "the tag cannot be signed: \(words)",
                expected: "a key that git can sign with, without asking for a passphrase",
                next: "git config user.signingKey KEY")
            return .refused(TagRefusal(problems: [problem], output: GitWords.all(output)))
        }
        let made = try repository.ask(
            ["rev-parse", "--verify", "refs/tags/\(draft.name)"], adding: ["GIT_DIR": signing])
        return .written(made.trimmedText)
    }
}

extension TagObject {
    /// The tagger as `git tag` takes it; empty for a line that git would not have written.
    var taggerVariables: [String: String] {
        guard let open = tagger.lastIndex(of: "<"), let close = tagger.lastIndex(of: ">"), open < close else {
            return [:]
        }
        return [
            "GIT_COMMITTER_NAME": String(tagger[..<open].dropLast()),
            "GIT_COMMITTER_EMAIL": String(tagger[tagger.index(after: open)..<close]),
            "GIT_COMMITTER_DATE": "@" + tagger[close...].dropFirst(2),
        ]
    }
}
