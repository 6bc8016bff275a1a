import CLI
import Diagnostics
import Testing

private func help(_ line: String, width: Int = 80, palette: Palette = .plain) throws -> String {
    guard case .help(let request) = invocation(line).request else {
        Issue.record("`\(line)` asks for no help")
        return ""
    }
    return HelpText.page(for: request, width: width, palette: palette, version: "1.2.3")
}

private let table = CommandTable.rehearse

@Suite struct `Help` {
    @Test func `the short form lists what a command takes`() throws {
        #expect(
            try help("plan -h") == """
                rehearse plan: show what `run` would do, changing nothing

                Usage:
                  rehearse plan RUNBOOK -e ENV [flags]

                Arguments:
                  RUNBOOK  the runbook, without `.yaml`

                Flags:
                  -e, --environment ENV   the environment to plan for (required)
                      --input NAME=VALUE  an input of the runbook; once for each

                `rehearse plan --help` says more, with examples.

                """)
    }

    @Test func `the long form explains, and ends with examples`() throws {
        #expect(
            try help("history close --help") == """
                rehearse history close: settle a run as it is, without resuming or undoing it

                Usage:
                  rehearse history close RUN --reason WHY [flags]

                Description:
                  The next run on the environment may start then. What the run left undone stays
                  so.

                Arguments:
                  RUN  a run's id, the beginning of one, `last`, or `last:ENV`

                Flags:
                      --reason WHY   why it needs neither resuming nor undoing; recorded
                                     (required)
                      --kill-orphan  first end a process that a crashed run has left behind
                                     Ended are the very processes that the journal names, told
                                     by number, start time and boot, and those that carry the
                                     run's id in `REHEARSE_RUN`. Without this flag a living one
                                     is exit 4.

                Global flags:
                  -C DIR               work as if started in this folder
                      --format FORMAT  how to print the result: `text` or `json`
                      --color WHEN     when to use colour: `auto`, `always`, or `never`
                  -q, --quiet          print results and errors only
                  -v, --verbose        say more about what is done and why
                      --no-input       never ask; fail where an answer would be needed
                  -h, --help           print help and do nothing else
                      --version        print the version and do nothing else

                Examples:
                  settle the last run:
                    rehearse history close last --reason 'undone by hand'

                """)
    }

    @Test func `in a narrow terminal the words go below what they explain`() throws {
        #expect(
            try help("plan -h", width: 40) == """
                rehearse plan: show what `run` would do,
                changing nothing

                Usage:
                  rehearse plan RUNBOOK -e ENV [flags]

                Arguments:
                  RUNBOOK
                      the runbook, without `.yaml`

                Flags:
                  -e, --environment ENV
                      the environment to plan for
                      (required)
                  --input NAME=VALUE
                      an input of the runbook; once for
                      each

                `rehearse plan --help` says more, with
                examples.

                """)
    }

    @Test func `the overview groups the commands by whom they serve`() throws {
        let overview = try help("-h")
        for group in CommandGroup.allCases { #expect(overview.contains("\n\(group.rawValue):\n")) }
        for command in table.children(of: []) { #expect(overview.contains("  \(command.summary)\n")) }
        #expect(!overview.contains("__complete"))
    }

    @Test(arguments: table.commands)
    func `every flag and argument of a command is in both of its forms`(command: CommandSpecification) throws {
        let long = try help("\(command.name) --help")
        let short = try help("\(command.name) -h")
        for flag in command.flags {
            #expect(long.contains(flag.spellings.joined(separator: ", ")))
            #expect(short.contains(flag.spellings.joined(separator: ", ")))
        }
        for flag in table.globalFlags { #expect(long.contains(flag.spellings.joined(separator: ", "))) }
        for child in table.children(of: command.path) { #expect(long.contains(child.summary)) }
        for example in command.examples { #expect(long.contains("    \(example.line)\n")) }
    }

    @Test(arguments: [30, 40, 59, 60, 80, 100, 200])
    func `no running text is wider than the terminal`(width: Int) throws {
        for command in table.commands {
            let text = try help("\(command.name) --help", width: width)
            let examples = Set(command.examples.map { "    " + $0.line } + ["  " + command.usage])
                .union(["  rehearse \(command.name) COMMAND [flags]"])
            for line in text.split(separator: "\n") where line.count > min(width, 100) {
                // A command to be copied is never broken, nor is a single word.
                let isOneWord = !line.drop { $0 == " " }.contains(" ")
                let isTerm = line.drop { $0 == " " }.first == "-" && width < 60
                #expect(isOneWord || isTerm || examples.contains(String(line)), "\(line)")
            }
            #expect(!text.split(separator: "\n").contains { $0.last == " " })
        }
    }

    @Test func `exit codes are a topic`() throws {
        let topic = try help("help exit-codes")
        #expect(HelpTopic.exitTable.map(\.codes) == ["0", "1", "2", "3", "4", "5", "6", "129, 130, 143"])
        #expect(topic.contains("\n3              the environment is locked by another run; nothing was started;\n"))
    }

    @Test func `titles are bold where colour is wanted`() throws {
        #expect(try help("plan -h", palette: .coloured).contains("\u{1B}[1mUsage:\u{1B}[0m\n"))
        #expect(try !help("plan --help").contains("\u{1B}"))
    }
}

@Suite struct `Text layout` {
    @Test(arguments: [
        ("a b c", 3, ["a b", "c"]), ("a b c", 80, ["a b c"]), ("", 10, [""]), ("  a \n b  ", 10, ["a b"]),
        ("unbreakable word", 5, ["unbreakable", "word"]), ("ab cd", 5, ["ab cd"]), ("ab cd", 4, ["ab", "cd"]),
    ])
    func `lines are broken at blanks only`(text: String, width: Int, lines: [String]) {
        #expect(TextLayout.wrap(text, width: width) == lines)
    }
}
