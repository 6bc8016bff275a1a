import Diagnostics
import Engine
import Host
import TestSupport
import Testing

@Suite struct `Facts about the commit` {
    @Test func `a clean branch`() throws {
        let project = try GitProject()
        let facts = try project.repository.facts()
        #expect(facts == GitFacts(commit: project.head, branch: "main", isDirty: false, tag: nil))
    }

    @Test func `of several tags at HEAD the highest version counts`() throws {
        let project = try GitProject()
        for name in ["v1.9.0", "v1.10.0", "nightly"] { project.git("tag", name) }
        #expect(try project.repository.facts().tag == "v1.10.0")
    }

    @Test func `a detached HEAD has no branch`() throws {
        let project = try GitProject()
        project.git("checkout", "--quiet", "--detach")
        #expect(try project.repository.facts().branch == nil)
    }

    @Test func `before the first commit there is a branch and no commit`() throws {
        let project = try GitProject()
        project.git("init", "--quiet", "-b", "trunk", project.scratch("new"), in: project.scratch.path)
        let repository = GitRepository(
            directory: project.scratch("new"), host: project.host, environment: project.variables)
        #expect(try repository.facts() == GitFacts(commit: nil, branch: "trunk", isDirty: false, tag: nil))
    }

    @Test func `rehearse's own state is no change, another file is`() throws {
        let project = try GitProject()
        try project.host.files.makeDirectory("\(project.path)/.rehearse", 0o700)
        try project.write("{}", to: ".rehearse/run.json")
        #expect(try !project.repository.facts().isDirty)
        try project.write("x", to: "notes.txt")
        #expect(try project.repository.facts().isDirty)
    }

    @Test func `a project below the top sees the whole repository, its own state aside`() throws {
        let project = try GitProject()
        for folder in ["service", "service/.rehearse", "service/runbooks"] {
            try project.host.files.makeDirectory("\(project.path)/\(folder)", 0o700)
        }
        try project.write("steps", to: "service/runbooks/release.yaml")
        project.commit("A project below")
        try project.write("{}", to: "service/.rehearse/run.json")
        let repository = project.repository(adding: [:], below: "service")
        #expect(try repository.status().changes == [])
        try project.write("x", to: "outside.txt")
        #expect(try repository.status().changes == ["outside.txt"])
    }

    @Test func `odd names are read byte for byte`() throws {
        let project = try GitProject()
        let names = ["-dash", "new\nline", "quote\"s", "two  blanks", "ünïcode"]
        for name in names { try project.write("x", to: name) }
        #expect(try project.repository.status().changes == names)
        project.git("add", "--all")
        #expect(try project.repository.status().changes == names)
    }

    @Test func `a branch whose name begins with a dash`() throws {
        let project = try GitProject()
        project.git("update-ref", "refs/heads/-f", "HEAD")
        project.git("symbolic-ref", "HEAD", "refs/heads/-f")
        #expect(try project.repository.facts().branch == "-f")
    }

    @Test func `variables of a hook lead to no other repository`() throws {
        let project = try GitProject()
        let repository = project.repository(adding: ["GIT_DIR": project.origin, "GIT_LITERAL_PATHSPECS": "1"])
        #expect(try repository.facts().branch == "main")
    }

    @Test func `reading leaves the index as it is`() throws {
        let project = try GitProject()
        // The same content with another time: git would refresh the index if it were let.
        try project.write("a service\n", to: "README.md")
        let before = try project.host.files.read("\(project.path)/.git/index", 1 << 20)
        #expect(try !project.repository.facts().isDirty)
        #expect(try project.host.files.read("\(project.path)/.git/index", 1 << 20) == before)
    }

    @Test func `a file system monitor of the configuration is not started`() throws {
        let project = try GitProject()
        project.git("config", "core.fsmonitor", "touch \(project.scratch("started"))")
        _ = try project.repository.facts()
        #expect(try project.host.files.status(project.scratch("started")) == nil)
    }
}

@Suite struct `A project without git` {
    @Test func `a machine without the program`() throws {
        let project = try GitProject()
        #expect(throws: GitFailure.notInstalled) {
            try project.repository(adding: ["PATH": project.runFolder]).facts()
        }
    }

    @Test(arguments: ["run", "absent"])
    func `a folder that is in no repository, or is not there`(_ name: String) throws {
        let project = try GitProject()
        let folder = project.scratch(name)
        #expect(throws: GitFailure.notARepository(directory: folder)) {
            try GitRepository(directory: folder, host: project.host, environment: project.variables).facts()
        }
    }

    @Test func `a damaged repository is one all the same, and git's words are given`() throws {
        let project = try GitProject()
        try project.write("[", to: ".git/config")
        let failure = #expect(throws: GitFailure.self) { try project.repository.facts() }
        guard case .refused(let words) = failure else {
            Issue.record("unexpected \(String(describing: failure))")
            return
        }
        #expect(words.hasPrefix("fatal: bad config line "))
    }

    @Test func `every failure says what is expected`() {
        let failures: [GitFailure] = [
            .notInstalled, .notARepository(directory: "/srv"), .timedOut(.seconds(30)), .interrupted(signal: 2),
            .refused(words: "fatal: no"),
        ]
        #expect(
            failures.map(\.diagnostic.message) == [
                "`git` is not installed", "`/srv` is not in a git repository", "git gave no answer within 30s",
                "git was stopped by signal 2", "git refused: fatal: no",
            ])
        #expect(failures.allSatisfy { $0.diagnostic.expected != nil })
    }
}
