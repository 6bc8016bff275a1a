import CLI
import Diagnostics
import Testing

@Suite struct `Refusing a command line` {
    @Test(arguments: [
        ("rn release", "unknown command `rn`", "did you mean `run`?"),
        ("history shwo last", "unknown command `history shwo`", "did you mean `history show`?"),
        (
            "run release -e s --environmnt x", "unknown flag `--environmnt` for `rehearse run`",
            "did you mean `--environment`?"
        ),
        ("run release --env staging", "unknown flag `--env` for `rehearse run`", "did you mean `--environment`?"),
        (
            "run release -environment staging", "unknown flag `-environment` for `rehearse run`",
            "did you mean `--environment`?"
        ),
        ("check -c .", "unknown flag `-c` for `rehearse check`", "did you mean `-C`?"),
        (
            "plan release -e s --reason x", "`rehearse plan` has no flag `--reason`",
            "it belongs to `run`, `diff`, `approve`, `history close`, `rollback`, and `lock break`"
        ),
        (
            "history -e s show last", "`rehearse history show` has no flag `-e`",
            "it belongs to `plan`, `run`, `check http`, `check cache`, `check logged_in`, `check purge`, `check measure`, `check security`, `history`, and `rollback`"
        ),
        ("check --color alwys", "`--color` cannot be `alwys`", "did you mean `always`?"),
        ("run release staging", "unexpected argument `staging`", "did you mean `-e staging`?"),
        (
            "rollback --reason --yes", "`--reason` needs a value",
            "`--yes` after it is a flag; if it is the value, write `--reason=--yes`"
        ),
    ])
    func `what was probably meant is suggested`(line: String, message: String, label: String) {
        guard case .invalid(let diagnostics) = invocation(line).request else {
            Issue.record("`\(line)` was accepted")
            return
        }
        // One mistake is one problem: nothing follows from it.
        #expect(diagnostics.map(\.message) == [message])
        #expect(diagnostics.first?.label == label)
    }

    @Test(arguments: [
        ("-q", ["no command is given"]),
        ("frobnicate --wat 5 x", ["unknown command `frobnicate`"]),
        ("run", ["`rehearse run` needs `RUNBOOK`", "`rehearse run` needs `-e ENV`"]),
        ("diff a", ["`rehearse diff` needs `RIGHT`"]),
        ("diff a b c d", ["unexpected argument `c`", "unexpected argument `d`"]),
        ("history close last", ["`rehearse history close` needs `--reason WHY`"]),
        ("rollback --reason", ["`--reason` needs a value"]),
        ("rollback --reason --", ["`--reason` needs a value"]),
        ("rollback -ye", ["`--environment` needs a value"]),
        ("rollback --yes=no", ["`--yes` takes no value, found `no`"]),
        ("rollback -e a -e b", ["`--environment` is given more than once"]),
        ("-C a check -C b", ["`-C` is given more than once"]),
        ("run r -e s --input A=1 --input A=2", ["`--input` gives `A` more than once"]),
        ("run r -e s --input A", ["`--input` has no name and value in `A`"]),
        ("run r -e s --input =1", ["`--input` has no name and value in `=1`"]),
        ("check -qv", ["`--quiet` and `--verbose` contradict each other"]),
        ("__complete step --of-run a --of-runbook b", ["`--of-run` and `--of-runbook` contradict each other"]),
        ("rollback '' -e ''", ["`RUN` is empty", "`--environment` is empty"].reversed()),
        ("completions tcsh", ["`SHELL` cannot be `tcsh`"]),
        ("history -n -5", ["`--limit` cannot be `-5`"]),
        ("history -n 5x", ["`--limit` cannot be `5x`"]),
        ("history -n 99999999999999999999", ["`--limit` cannot be `99999999999999999999`"]),
        ("history --since yesterday", ["`--since` cannot be `yesterday`"]),
        ("rollback --lock-timeout 30", ["`--lock-timeout` is not valid: `30` has a number without a unit"]),
        ("render --format text staging", ["`--format` cannot be `text`"]),
        ("check --xyz 5", ["unknown flag `--xyz` for `rehearse check`", "unknown command `check 5`"]),
        ("check -x", ["unknown flag `-x` for `rehearse check`"]),
    ])
    func `every kind of mistake is named`(line: String, expected: [String]) {
        #expect(messages(line) == expected)
    }

    @Test func `all problems of a line are reported at once`() {
        #expect(
            problems("run --color purple --on-failure retry --plan --reason") == """
                error: `--reason` needs a value
                  expected: a text
                  retry: safe, nothing was started

                error: `--color` cannot be `purple`
                  expected: one of `auto`, `always`, or `never`
                  retry: safe, nothing was started

                error: `--on-failure` cannot be `retry`
                  expected: one of `rollback`, `stop`, or `ask`
                  retry: safe, nothing was started

                error: `rehearse run` has no flag `--plan`
                  it belongs to `rollback`
                  retry: safe, nothing was started
                  next: `rehearse run --help` shows what it takes

                error: `rehearse run` needs `RUNBOOK`
                  expected: the name of a runbook
                  retry: safe, nothing was started
                  next: `rehearse run --help` shows what it takes

                error: `rehearse run` needs `-e ENV`
                  expected: the environment to run on
                  retry: safe, nothing was started
                  next: `rehearse run --help` shows what it takes

                """)
    }

    @Test func `hidden commands are neither listed nor suggested`() {
        let printed = problems("__complet")
        #expect(printed.contains("unknown command `__complet`"))
        #expect(!printed.contains("__complete"))
    }

    @Test(arguments: ["--format json run", "run --format json", "rnu --format=json", "completions --format json"])
    func `errors are JSON wherever JSON was asked for`(line: String) {
        let invocation = invocation(line)
        guard case .invalid = invocation.request else {
            Issue.record("`\(line)` was accepted")
            return
        }
        #expect(invocation.globals.format == "json")
    }
}
