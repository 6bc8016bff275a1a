import Engine
import Host
import TestSupport
import Testing

/// A project under git in a folder of its own, with a bare `origin` that it has pushed its first commit to.
///
/// Nothing of the machine's git configuration reaches it.
final class GitProject: Sendable {
    let scratch: ScratchDirectory
    let host = Host.live()
    let variables: [String: String]
    /// The working tree.
    let path: String
    let origin: String

    init(originName: String = "origin.git", objectFormat: String = "sha1") throws {
        scratch = try ScratchDirectory()
        path = scratch("work")
        origin = scratch(originName)
        variables = [
            "PATH": host.surroundings.variables["PATH"] ?? "/usr/bin:/bin",
            "HOME": scratch.path, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CEILING_DIRECTORIES": scratch.path, "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org",
            "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org", "TMPDIR": scratch.path,
        ]
        try host.files.makeDirectory(scratch("run"), 0o700)
        git("init", "--quiet", "--bare", "--object-format=\(objectFormat)", "-b", "main", origin, in: scratch.path)
        git("init", "--quiet", "--object-format=\(objectFormat)", "-b", "main", path, in: scratch.path)
        try write("a service\n", to: "README.md")
        commit("First commit")
        git("remote", "add", "origin", origin)
        git("push", "--quiet", "origin", "main")
    }

    /// The run's own folder, outside the working tree.
    var runFolder: String { scratch("run") }

    var repository: GitRepository { GitRepository(directory: path, host: host, environment: variables) }
    var releasing: TagReleasing { TagReleasing(repository) }

    func repository(adding more: [String: String], below folder: String = "") -> GitRepository {
        GitRepository(
            directory: folder.isEmpty ? path : "\(path)/\(folder)", host: host,
            environment: variables.merging(more) { _, added in added })
    }

    /// Runs git, which must succeed, and returns what it printed.
    @discardableResult
    func git(_ arguments: String..., in folder: String? = nil) -> String {
        let output = run(["git"] + arguments, in: folder)
        #expect(output.succeeded, "git \(arguments): \(output.trimmedErrorText)")
        return output.trimmedText
    }

    /// Runs any program to its end, whatever comes of it.
    func run(_ arguments: [String], in folder: String? = nil, environment: [String: String]? = nil) -> CapturedOutput {
        host.processes.capture(
            Command(arguments, environment: environment ?? variables, directory: folder ?? path),
            ProcessLimits(timeout: .seconds(60)))
    }

    func write(_ text: String, to name: String) throws {
        try host.files.replace("\(path)/\(name)", Array(text.utf8), 0o644)
    }

    func commit(_ subject: String) {
        git("add", "--all")
        git("commit", "--quiet", "--allow-empty", "-m", subject)
    }

    var head: String { git("rev-parse", "HEAD") }

    /// The object a tag ref holds here; `nil` without one.
    func tag(_ name: String, in folder: String? = nil) -> String? {
        let output = run(["git", "rev-parse", "--verify", "--quiet", "refs/tags/\(name)"], in: folder)
        return output.succeeded ? output.trimmedText : nil
    }

    func tagOnOrigin(_ name: String) -> String? { tag(name, in: origin) }

    /// Another person's clone, made anew.
    func clone(_ name: String = "clone") -> String {
        git("clone", "--quiet", origin, scratch(name), in: scratch.path)
        return scratch(name)
    }

    /// Has the other person commit and push to the branch.
    func pushMeanwhile(from clone: String, _ subject: String = "Meanwhile") {
        git("commit", "--quiet", "--allow-empty", "-m", subject, in: clone)
        git("push", "--quiet", "origin", "HEAD", in: clone)
    }

    /// Installs a hook into `origin`.
    func hook(_ name: String, _ script: String) throws {
        try host.files.replace("\(origin)/hooks/\(name)", Array("#!/bin/sh\n\(script)\n".utf8), 0o755)
    }
}
