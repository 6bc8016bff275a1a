import Host
import TestSupport
import Testing

/// What a template names stays in the project: nothing else is read, shown or opened.
@Suite struct `Templates that point outside the project` {
    private static let canary = "canary-outside"

    /// A project in `project/`, and beside it a file that is none of its business.
    private func project(_ template: String, _ more: [String: String] = [:]) throws -> CommandProject {
        var files = [
            "outside.yaml": "services: {web: {image: \(Self.canary)}}\n", "outside.env": "A=\(Self.canary)\n",
            "project/environments/staging.yaml":
                "environment: staging\nowner: o\ncompose: {project: app, files: [compose.yaml]}\n",
            "project/templates/compose.yaml": template,
        ]
        files.merge(more) { $1 }
        return try CommandProject(files)
    }

    /// Every way to name a file, given a path to `outside.yaml` or `outside.env`.
    private static let ways: [(name: String, template: @Sendable (String) -> String, ending: String)] = [
        ("include", { "include: ['\($0)']\n" }, "yaml"),
        ("include with a path", { "include: [{path: ['\($0)']}]\n" }, "yaml"),
        ("extends", { "services: {web: {extends: {file: '\($0)', service: web}}}\n" }, "yaml"),
        ("env_file", { "services: {web: {image: i, env_file: '\($0)'}}\n" }, "env"),
        ("label_file", { "services: {web: {image: i, label_file: '\($0)'}}\n" }, "env"),
        ("env_file of an include", { "include: [{path: in.yaml, env_file: '\($0)'}]\n" }, "env"),
    ]

    @Test(arguments: ways.indices)
    func `are refused where they name the file`(way: Int) throws {
        let (name, template, ending) = Self.ways[way]
        let more = ["project/templates/in.yaml": "services: {web: {image: \"i:${A}\"}}\n"]
        let probe = try project("", more)
        let outside = probe.folder("outside.\(ending)")
        try probe.rehearse.run(["ln", "-s", "../../outside.\(ending)", probe.folder("project/templates/link")])
            .expectDone()
        try probe.rehearse.run(["ln", "-s", "../..", probe.folder("project/templates/folder")]).expectDone()
        for path in ["../../outside.\(ending)", outside, "link", "folder/outside.\(ending)"] {
            try probe.write(template(path), to: "project/templates/compose.yaml")
            for command in [["render", "staging"], ["check"]] {
                let answer = probe.rehearse.run([RehearseBinary.path, "-C", probe.folder("project")] + command)
                #expect(answer.status == 2, "\(name) \(path): \(answer)")
                #expect(answer.error.contains("is outside the project"), "\(name) \(path): \(answer.error)")
                #expect(answer.error.contains("templates/compose.yaml:1:"))
                #expect(!answer.output.contains(Self.canary) && !answer.error.contains(Self.canary))
            }
            let plain = probe.rehearse.run([
                RehearseBinary.path, "-C", probe.folder("project"), "render", "-f", "templates/compose.yaml",
            ])
            #expect(plain.status == 2, "\(name) \(path): \(plain)")
            #expect(!plain.output.contains(Self.canary) && !plain.error.contains(Self.canary))
        }
    }

    @Test(arguments: [0, 2])
    func `are read when that is allowed`(way: Int) throws {
        let (name, template, ending) = Self.ways[way]
        let probe = try project(template("../../outside.\(ending)"))
        let inside = ["-C", probe.folder("project"), "render"]
        for words in [["staging"], ["-f", "templates/compose.yaml"]] {
            let answer = probe.rehearse.run([RehearseBinary.path] + inside + words + ["--allow-outside"])
            #expect(answer.status == 0, "\(name): \(answer)")
            #expect(answer.output.contains(Self.canary))
        }
    }

    @Test func `are none where a person named the file, or where there is no project`() throws {
        let probe = try project(
            "", ["other/compose.yaml": "include: [in.yaml]\n", "other/in.yaml": "services: {a: {image: b}}\n"])
        let words = ["render", "-f", "../other/compose.yaml"]
        let inProject = probe.rehearse.run([RehearseBinary.path, "-C", probe.folder("project")] + words)
        #expect(inProject.status == 0, "\(inProject)")
        try probe.write("include: [../outside.yaml]\n", to: "other/compose.yaml")
        let without = probe.rehearse.run([
            RehearseBinary.path, "-C", probe.folder("other"), "render", "-f", "compose.yaml",
        ])
        #expect(without.status == 0, "\(without)")
        #expect(without.output.contains(Self.canary))
    }

    @Test(arguments: [
        "https://example.com/compose.yaml", "git@example.com:a/b.git", "oci://example.com/a:1",
        "github.com/docker/compose.git", "ssh://example.com/a.git",
    ])
    func `are never fetched`(address: String) throws {
        let probe = try project("include: ['\(address)']\n")
        for flag in [[], ["--allow-outside"]] {
            let answer = probe.rehearse.run(
                [RehearseBinary.path, "-C", probe.folder("project"), "render", "staging"] + flag)
            #expect(answer.status == 2)
            #expect(answer.error.contains("is somewhere else"))
            #expect(answer.error.contains("nothing is fetched while rendering"))
        }
    }

    @Test(.enabled(if: FileTrace.isThere, "strace is not installed"))
    func `are not even opened`() throws {
        for (name, template, ending) in Self.ways {
            let probe = try project("", ["project/templates/in.yaml": "services: {web: {image: i}}\n"])
            try probe.rehearse.run(["ln", "-s", "../..", probe.folder("project/templates/folder")]).expectDone()
            for path in ["../../outside.\(ending)", probe.folder("outside.\(ending)"), "folder/outside.\(ending)"] {
                try probe.write(template(path), to: "project/templates/compose.yaml")
                let opened = try FileTrace.opened(
                    by: [RehearseBinary.path, "-C", probe.folder("project"), "render", "staging"], in: probe)
                #expect(opened.contains { $0.hasSuffix("templates/compose.yaml") }, "\(name) \(path): \(opened)")
                #expect(!opened.contains { $0.contains("outside.") }, "\(name) \(path): \(opened)")
            }
        }
    }
}

/// The files that a program opens, by strace.
private enum FileTrace {
    static var isThere: Bool { (try? Files.live.resolve("/usr/bin/strace")) != nil }

    static func opened(by command: [String], in project: CommandProject) throws -> [String] {
        let log = project.folder("trace")
        _ = project.rehearse.run(
            ["/usr/bin/strace", "-f", "-qq", "-e", "trace=open,openat,openat2", "-o", log] + command)
        return try project.folder.text(of: "trace").split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
            return parts.count == 3 ? String(parts[1]) : nil
        }
    }
}

extension RehearseBinary.Answer {
    fileprivate func expectDone(_ location: SourceLocation = #_sourceLocation) throws {
        try #require(status == 0, "\(self)", sourceLocation: location)
    }
}
