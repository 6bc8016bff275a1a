import Host
import TestSupport
import Testing

/// Where results go, and what happens when they cannot get there.
@Suite struct `Writing a result` {
    private static let escape: Character = "\u{1B}"

    @Test(arguments: [[:], ["NO_COLOR": "1"], ["TERM": "xterm-256color"], ["TERM": "dumb", "NO_COLOR": ""]])
    func `there is no colour where nobody looks`(variables: [String: String]) throws {
        let project = try CommandProject(CommandProject.small, variables)
        for words in [
            ["check"], ["diff", "staging", "production"], ["--help"], ["plan", "release", "-e", "staging"], ["chek"],
        ] {
            let answer = project.rehearse.run([RehearseBinary.path] + words)
            #expect(!answer.output.contains(Self.escape), "\(words)")
            #expect(!answer.error.contains(Self.escape), "\(words)")
        }
    }

    @Test func `colour can be asked for, and changes nothing else`() throws {
        let project = try CommandProject(CommandProject.small, ["NO_COLOR": "1"])
        for words in [["check"], ["diff", "staging", "production"], ["chek"]] {
            let plain = project.rehearse.run([RehearseBinary.path] + words)
            let coloured = project.rehearse.run([RehearseBinary.path] + words + ["--color", "always"])
            #expect((coloured.output + coloured.error).contains(Self.escape), "\(words)")
            #expect(coloured.output.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain.output)
            #expect(coloured.error.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain.error)
            #expect(coloured.status == plain.status)
        }
    }

    @Test func `CLICOLOR_FORCE asks for colour, NO_COLOR and --color never have the last word`() throws {
        let forced = try CommandProject(CommandProject.small, ["CLICOLOR_FORCE": "1"])
        #expect(forced.rehearse("check").output.contains(Self.escape))
        #expect(forced.rehearse("check", "--color", "never").output == "ok: 3 files checked\n")
        let both = try CommandProject(CommandProject.small, ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"])
        #expect(both.rehearse("check").output == "ok: 3 files checked\n")
    }

    @Test(arguments: [
        "check", "--version", "--help", "help exit-codes", "diff staging production", "plan release -e staging",
        "plan release -e staging --format json", "schema record", "completions bash",
    ])
    func `a result that cannot be written is an error, whatever the answer was`(line: String) throws {
        let project = try CommandProject()
        let answer = project.rehearse.shell("exec \"$REHEARSE\" \(line) >/dev/full")
        #expect(answer.status == 5)
        #expect(answer.output == "")
        #expect(answer.error == "error: standard output cannot be written, and part of the result is lost\n")
    }

    @Test(arguments: ["help", "schema record", "completions zsh", "plan release -e staging --format json"])
    func `a reader that goes away is no failure`(line: String) throws {
        let project = try CommandProject()
        // The program's own status, written where the pipe does not hide it.
        let answer = project.rehearse.shell("{ \"$REHEARSE\" \(line); echo $? >status; } | head -n 1")
        #expect(answer.error == "")
        #expect(answer.output.split(separator: "\n").count == 1)
        #expect(try project.folder.text(of: "status") == "0\n")
    }

    @Test func `a reader that goes away does not turn a no into a yes`() throws {
        let project = try CommandProject()
        let answer = project.rehearse.shell(
            "{ set +e; \"$REHEARSE\" diff staging production; echo $? >status; } | true")
        #expect(answer.error == "")
        #expect(try project.folder.text(of: "status") == "1\n")
    }

    @Test func `errors that nobody can see still have their exit code`() throws {
        let project = try CommandProject()
        #expect(project.rehearse.shell("exec \"$REHEARSE\" chek 2>/dev/full").status == 2)
        #expect(project.rehearse.shell("exec \"$REHEARSE\" chek 2>&-").status == 2)
    }
}
