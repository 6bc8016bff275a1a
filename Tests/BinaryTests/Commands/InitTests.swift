import CLI
import Host
import TestSupport
import Testing
import YAML

@Suite struct `Starting in a repository that has nothing yet` {
    private let project: CommandProject

    init() throws { project = try CommandProject([:]) }

    /// What must be there after `init` in an empty folder.
    private static var written: [String: String] {
        var files = Dictionary(uniqueKeysWithValues: WorkedExample.files.map { ($0.path, $0.text) })
        for folder in ["environments", "templates", "runbooks", "runbooks/checks"] { files[folder] = "<folder>" }
        files[".gitignore"] = ".rehearse/\n"
        return files
    }

    @Test func `an empty folder gets the worked example and nothing else`() throws {
        let answer = project.rehearse("init")
        #expect(answer.status == 0)
        #expect(answer.output == "")
        let told = answer.error.split(separator: "\n").filter { $0.hasPrefix("wrote ") }.map { String($0.dropFirst(6)) }
        #expect(told == WorkedExample.files.map(\.path) + [".gitignore"])
        #expect(answer.error.hasSuffix("  rehearse plan release -e staging --input VERSION=0.1.0\n"))
        #expect(try project.contents() == Self.written)
    }

    @Test func `what it writes is valid, compares and plans`() throws {
        #expect(project.rehearse("init", "-q").error == "")
        let check = project.rehearse("check")
        #expect(check.status == 0)
        #expect(check.output == "ok: \(WorkedExample.files.count) files checked\n")
        #expect(check.error == "")
        #expect(project.rehearse("diff", "staging", "production").status == 0)
        let plan = project.rehearse("plan", "release", "-e", "staging", "--input", "VERSION=0.1.0")
        #expect(plan.status == 0)
        #expect(plan.error == "")
        #expect(try project.contents() == Self.written)
    }

    @Test func `another folder can be named, also one that is not there`() throws {
        let answer = project.rehearse("init", "service", "--format", "json")
        #expect(answer.status == 0)
        #expect(answer.error == "")
        let document = json(answer.output)
        #expect(document["root"]?.string == project.folder("service"))
        #expect(document["files"]?.sequence?.compactMap(\.string) == WorkedExample.files.map(\.path) + [".gitignore"])
        #expect(Set(try project.contents(of: "service").keys) == Set(Self.written.keys.map { "service/\($0)" }))
    }

    @Test(arguments: [
        ("*.pyc\n", "*.pyc\n.rehearse/\n"), ("*.pyc", "*.pyc\n.rehearse/\n"), (".rehearse/\n", ".rehearse/\n"),
        (".rehearse\n*.pyc\n", ".rehearse\n*.pyc\n"), ("", ".rehearse/\n"),
    ])
    func `an ignore file keeps its lines and gets ours once`(before: String, after: String) throws {
        try project.write(before, to: ".gitignore")
        #expect(project.rehearse("init").status == 0)
        #expect(try project.folder.text(of: ".gitignore") == after)
    }

    @Test func `other files of the repository stay as they are`() throws {
        try project.write("a service\n", to: "README.md")
        try project.write("ours\n", to: "runbooks/notes.txt")
        #expect(project.rehearse("init").status == 0)
        #expect(try project.folder.text(of: "README.md") == "a service\n")
        #expect(try project.folder.text(of: "runbooks/notes.txt") == "ours\n")
    }

    @Test(arguments: WorkedExample.files.map(\.path))
    func `nothing is written when one file is there already`(path: String) throws {
        try project.write("mine\n", to: path)
        let before = try project.contents()
        let answer = project.rehearse("init")
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(
            answer.error == """
                error: \(path) is there already
                  expected: a folder without it: init never overwrites
                  retry: safe, nothing was started

                """)
        #expect(try project.contents() == before)
    }

    @Test func `a symbolic link in a file's place is not followed`() throws {
        #expect(project.rehearse.run(["mkdir", "environments"]).status == 0)
        #expect(project.rehearse.run(["ln", "-s", "../elsewhere", "environments/base.yaml"]).status == 0)
        let answer = project.rehearse("init")
        #expect(answer.status == 2)
        #expect(answer.error.hasPrefix("error: environments/base.yaml is there already\n"))
        #expect(Set(try project.contents().keys) == ["environments", "environments/base.yaml"])
    }

    @Test func `a second time it says all that is in the way`() throws {
        #expect(project.rehearse("init").status == 0)
        let before = try project.contents()
        let answer = project.rehearse("init")
        #expect(answer.status == 2)
        #expect(
            answer.error.split(separator: "\n").count { $0.hasSuffix(" is there already") } == WorkedExample.files.count
        )
        #expect(try project.contents() == before)
    }
}
