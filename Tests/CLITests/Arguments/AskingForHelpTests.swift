import CLI
import Testing

@Suite struct `Asking for help` {
    /// Kamal took `rollback -d prod --help` for a version, took the lock and connected to production (kamal#1658).
    @Test(arguments: [
        ("rollback -d prod --help", HelpRequest.Form.long), ("rollback -h", .short), ("rollback --help", .long),
        ("rollback --reason --help", .long), ("rollback -e -h --yes", .short), ("rollback -yh", .short),
        ("rollback last --yes --no-such --help", .long), ("--help rollback last", .long), ("rollback -h --help", .long),
        ("rollback a b c -h", .short), ("rollback --help --version", .long), ("rollback --lock-timeout x -h", .short),
    ])
    func `help wins over every error and every value`(line: String, form: HelpRequest.Form) {
        #expect(invocation(line).request == .help(HelpRequest(.command(.rollback), form)))
    }

    @Test(arguments: ["--help", "help", "nonsense --help", "-q --help"])
    func `without a command the overview is shown`(line: String) {
        #expect(invocation(line).request == .help(HelpRequest(.overview, .long)))
    }

    @Test(arguments: ["rollback --reason=--help", "rollback -e=-h", "rollback -- --help"])
    func `what is glued to a flag or stands after two dashes is a value`(line: String) throws {
        #expect(try parsed(line).command == .rollback)
    }

    @Test func `the words after help name a command or a topic`() {
        #expect(invocation("help history show").request == .help(HelpRequest(.command(.historyShow), .long)))
        #expect(invocation("help exit-codes").request == .help(HelpRequest(.topic(.exitCodes), .long)))
        #expect(invocation("help --man run").request == .help(HelpRequest(.command(.run), .manual)))
        #expect(invocation("help --man").request == .help(HelpRequest(.overview, .manual)))
        #expect(invocation("help help").request == .help(HelpRequest(.command(.help), .long)))
    }

    @Test func `help on what is not there suggests what is`() {
        #expect(
            problems("help history shw") == """
                error: there is no help on `history shw`
                  did you mean `history show`?
                  expected: a command, or the topic `exit-codes`
                  retry: safe, nothing was started
                  next: `rehearse help` lists the commands

                """)
    }

    @Test func `no words at all are a request of their own`() {
        #expect(ArgumentParser().parse([]).request == .nothing)
    }

    @Test(arguments: ["--version", "--version -q", "run --version", "--no-input --version"])
    func `the version is asked for alone`(line: String) {
        #expect(invocation(line).request == .version)
    }

    /// A job that meant the input VERSION must not end green with nothing done.
    @Test(arguments: ["run release --version 1.4.2", "run release -e staging --version", "run -e staging --version"])
    func `the version together with work to do is an error`(line: String) {
        #expect(
            problems(line) == """
                error: `--version` prints the version of rehearse and goes with nothing else
                  expected: `rehearse --version`; an input of a runbook is given by `--input NAME=VALUE`
                  retry: safe, nothing was started

                """)
    }

    @Test func `how to print is known although help was asked for`() {
        #expect(invocation("run --help --color always").globals.color == .always)
    }
}
