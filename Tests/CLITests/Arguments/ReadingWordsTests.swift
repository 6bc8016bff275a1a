import CLI
import Diagnostics
import Testing

@Suite struct `Reading a command line` {
    @Test func `every value arrives in its own type`() throws {
        let arguments = try parsed(
            "run release -e staging --input A=1 --input B= --input C=x=y --reason 'fix it' --on-failure stop"
                + " --approve tag --approve sign --lock-timeout 1h30m -y")
        #expect(arguments.command == .run)
        #expect(arguments.requiredWord(for: .runbook) == "release")
        #expect(arguments.text(of: .environment) == "staging")
        #expect(arguments.assignments(of: .input).map(\.name) == ["A", "B", "C"])
        #expect(arguments.assignments(of: .input).map(\.value) == ["1", "", "x=y"])
        #expect(arguments.text(of: .reason) == "fix it")
        #expect(arguments.choice(of: .onFailure, as: OnFailureChoice.self) == .stop)
        #expect(arguments.texts(of: .approve) == ["tag", "sign"])
        #expect(arguments.duration(of: .lockTimeout) == .seconds(5_400))
        #expect(arguments.has(.yes))
    }

    @Test func `what was not given is not there`() throws {
        let arguments = try parsed("rollback")
        #expect(arguments.word(for: .rolledBackRun) == nil)
        #expect(arguments.text(of: .environment) == nil)
        #expect(arguments.duration(of: .lockTimeout) == nil)
        #expect(!arguments.has(.yes))
        #expect(arguments.globals == GlobalOptions())
    }

    @Test(arguments: [
        "history -n 5", "history -n5", "history -n=5", "history --limit 5", "history --limit=5", "history -qn5",
        "history -qn 5", "-n 5 history", "history --limit 5 --",
    ])
    func `a number may be given in every way GNU programs take one`(line: String) throws {
        #expect(try parsed(line).number(of: .limit) == 5)
    }

    @Test(arguments: [
        "-e staging run release", "run -e staging release", "run release -estaging", "run release -e=staging",
        "run --environment=staging -- release", "--color never run release --environment staging",
    ])
    func `flags may stand anywhere`(line: String) throws {
        let arguments = try parsed(line)
        #expect(arguments.text(of: .environment) == "staging")
        #expect(arguments.requiredWord(for: .runbook) == "release")
    }

    @Test(arguments: [
        ("history", ["history"]), ("history show last", ["history", "show"]),
        ("history -q show last", ["history", "show"]),
    ])
    func `the longest command that the words name is meant`(line: String, path: [String]) throws {
        #expect(try parsed(line).command.path == path)
    }

    @Test func `a runbook may have the name of a command`() throws {
        #expect(try parsed("plan plan -e staging").requiredWord(for: .runbook) == "plan")
        #expect(try parsed("history show show").requiredWord(for: .run) == "show")
    }

    @Test(arguments: [("-- --plan", "--plan"), ("-5", "-5"), ("-", "-"), ("-.5", "-.5")])
    func `words that only look like flags are words`(line: String, run: String) throws {
        #expect(try parsed("rollback \(line)").word(for: .rolledBackRun) == run)
    }

    @Test(arguments: [
        "--reason=--yes", "--reason '--yes, but'", "--reason -5", "--reason='- a list'", "--reason '- a'",
    ])
    func `a value may begin with a dash when it is no flag`(flag: String) throws {
        #expect(try parsed("rollback last \(flag)").text(of: .reason)?.hasPrefix("-") == true)
    }

    @Test func `global flags stand before or after the command`() throws {
        let before = try parsed("-C else --format json --color always -q --no-input check")
        let after = try parsed("check -Celse --format=json --color=always --quiet --no-input")
        #expect(
            before.globals
                == GlobalOptions(
                    directory: "else", format: "json", isFormatGiven: true, color: .always, isQuiet: true,
                    asksNothing: true))
        #expect(after == before)
    }

    @Test func `the first format of a command is its default`() throws {
        #expect(try parsed("render staging").globals.format == "yaml")
        #expect(try parsed("check").globals.format == "text")
    }

    @Test func `a switch given twice says nothing new`() throws {
        #expect(try parsed("rollback -y --yes -qq").globals.isQuiet)
    }

    @Test func `a moment is a duration back or a date`() throws {
        let now = try #require(Timestamp("2026-11-20T12:00:00Z"))
        let back = try #require(try parsed("history --since 1d").moment(of: .since))
        let date = try #require(try parsed("history --since 2026-11-01").moment(of: .since))
        #expect(back.timestamp(now: now) == Timestamp("2026-11-19T12:00:00Z"))
        #expect(date.timestamp(now: now) == Timestamp("2026-11-01"))
    }
}
