import Host
import TestSupport
import Testing

/// A command line that cannot be right, and all that is printed about it.
struct BadLine: Sendable, CustomTestStringConvertible {
    let line: String
    let error: String

    init(_ line: String, _ error: String) {
        self.line = line
        self.error = error + "\n"
    }

    var testDescription: String { line }
    var words: [String] { line.split(separator: " ").map(String.init) }
}

@Suite struct `Refusing a command line` {
    private static let lines = [
        BadLine(
            "chek",
            """
            error: unknown command `chek`
              did you mean `check`?
              expected: one of `init`, `plan`, `run`, `notes`, `check`, `diff`, `gate`, `approve`, \
            `ack`, `render`, `schema`, `history`, `report`, `status`, `resume`, `rollback`, `lock`, `help`, \
            `completions`, or `selftest`
              retry: safe, nothing was started
              next: `rehearse help` tells what each is for
            """),
        BadLine(
            "history shwo last",
            """
            error: unknown command `history shwo`
              did you mean `history show`?
              expected: one of `history show`, `history log`, `history verify`, `history rebuild`, `history close`, `history prune`, or `history sync`
              retry: safe, nothing was started
              next: `rehearse help history` tells what each is for
            """),
        BadLine(
            "check --formt json",
            """
            error: unknown flag `--formt` for `rehearse check`
              did you mean `--format`?
              retry: safe, nothing was started
              next: `rehearse check --help` shows what it takes
            """),
        BadLine(
            "check --reason why",
            """
            error: `rehearse check` has no flag `--reason`
              it belongs to `run`, `diff`, `approve`, `history close`, `rollback`, and `lock break`
              retry: safe, nothing was started
              next: `rehearse check --help` shows what it takes
            """),
        BadLine(
            "plan release",
            """
            error: `rehearse plan` needs `-e ENV`
              expected: the environment to plan for
              retry: safe, nothing was started
              next: `rehearse plan --help` shows what it takes
            """),
        BadLine(
            "plan release staging",
            """
            error: unexpected argument `staging`
              did you mean `-e staging`?
              expected: `rehearse plan RUNBOOK -e ENV [flags]`
              retry: safe, nothing was started
              next: `rehearse plan --help` shows what it takes
            """),
        BadLine(
            "plan relaese -e staging",
            """
            error: there is no runbook `relaese`
              did you mean `release`?
              expected: one of `release`
              retry: safe, nothing was started
            """),
        BadLine(
            "run release -e stagin",
            """
            error: there is no environment `stagin`
              did you mean `staging`?
              expected: one of `production` or `staging`
              retry: safe, nothing was started
            """),
        BadLine(
            "plan relaese -e stagin",
            """
            error: there is no runbook `relaese`
              did you mean `release`?
              expected: one of `release`
              retry: safe, nothing was started

            error: there is no environment `stagin`
              did you mean `staging`?
              expected: one of `production` or `staging`
              retry: safe, nothing was started
            """),
        BadLine(
            "diff stagin production",
            """
            error: `stagin` is neither an environment nor a file
              did you mean `staging`?
              expected: one of `production` or `staging`, or a path to a file
              retry: safe, nothing was started
            """),
        BadLine(
            "diff staging",
            """
            error: `rehearse diff` needs `RIGHT`
              expected: an environment, `ENVIRONMENT@WHAT`, or a file
              retry: safe, nothing was started
              next: `rehearse diff --help` shows what it takes
            """),
        BadLine(
            "render stagin",
            """
            error: there is no environment `stagin`
              did you mean `staging`?
              expected: one of `production` or `staging`
              retry: safe, nothing was started
            """),
        BadLine(
            "history show nosuch",
            """
            error: no run is called `nosuch`
              expected: an identifier or the beginning of one
              retry: safe, nothing was started
              next: rehearse history
            """),
        BadLine(
            "rollback nosuch --yes",
            """
            error: no run is called `nosuch`
              expected: an identifier or the beginning of one
              retry: safe, nothing was started
              next: rehearse history
            """),
        BadLine(
            "resume last",
            """
            error: there are no runs yet
              expected: at least one run
              retry: safe, nothing was started
              next: rehearse history
            """),
        BadLine(
            "check --color sometimes",
            """
            error: `--color` cannot be `sometimes`
              expected: one of `auto`, `always`, or `never`
              retry: safe, nothing was started
            """),
        BadLine(
            "run release -e staging --version",
            """
            error: `--version` prints the version of rehearse and goes with nothing else
              expected: `rehearse --version`; an input of a runbook is given by `--input NAME=VALUE`
              retry: safe, nothing was started
            """),
        BadLine(
            "completions bsh",
            """
            error: `SHELL` cannot be `bsh`
              did you mean `bash`?
              expected: one of `bash`, `zsh`, or `fish`
              retry: safe, nothing was started
            """),
        BadLine(
            "plan release -e staging --input VERSION",
            """
            error: `--input` has no name and value in `VERSION`
              expected: `NAME=VALUE`
              retry: safe, nothing was started
            """),
        BadLine(
            "plan ../release -e ../staging",
            """
            error: there is no runbook `../release`
              did you mean `release`?
              expected: one of `release`
              retry: safe, nothing was started

            error: there is no environment `../staging`
              did you mean `staging`?
              expected: one of `production` or `staging`
              retry: safe, nothing was started
            """),
    ]

    @Test(arguments: lines)
    func `says what was found and what was expected, and starts nothing`(bad: BadLine) throws {
        let project = try CommandProject()
        let before = try project.contents()
        let answer = project.rehearse.run([RehearseBinary.path] + bad.words)
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(answer.error == bad.error)
        #expect(try project.contents() == before)
    }

    @Test func `outside of a project the way into one is named`() throws {
        let project = try CommandProject([:])
        let answer = project.rehearse("check")
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(
            answer.error == """
                error: no project here: no `environments/` or `runbooks/` in \(project.folder.path) or above it
                  expected: a folder with `environments/` or `runbooks/`
                  retry: safe, nothing was started
                  next: rehearse init, or -C DIR

                """)
        #expect(try project.contents() == [:])
    }

    @Test func `a folder below a project and one named by -C are the project`() throws {
        let project = try CommandProject()
        try project.write("", to: "src/deep/x")
        let inside = RehearseBinary(in: project.folder("src/deep"))
        #expect(inside("check").output == project.rehearse("check").output)
        let outside = RehearseBinary(in: "/")
        #expect(outside("-C", project.folder.path, "check").output == "ok: 3 files checked\n")
    }
}
