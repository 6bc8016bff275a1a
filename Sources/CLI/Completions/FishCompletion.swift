/// Completions for fish 3.
struct FishCompletion {
    let table: CommandTable

    var text: String {
        """
        # fish completions of rehearse, written by `rehearse completions fish`.

        # What stands before the cursor: the command, then its arguments, a line each; with `-C DIR` the folder first.
        function __rehearse_line --argument-names what
            set -l tokens (commandline -opc)
            set -e tokens[1]
            set -l command
            set -l arguments
            set -l directory
            set -l awaited
            set -l ended no
            for token in $tokens
                if test -n "$awaited"
                    test "$awaited" = -C; and set directory $token
                    set awaited
                else if test $ended = no -a "x$token" = x--
                    set ended yes
                else if test $ended = no; and string match -qr -- '^-.' $token
                    if contains -- $token \(table.spellingsWithValue.joined(separator: " "))
                        set awaited $token
                    else if string match -q -- '-C*' $token
                        set directory (string sub -s 3 -- $token)
                    end
                else if test (count $arguments) -eq 0; and contains -- (string join ' ' -- $command $token) \(commandNames)
                    set -a command $token
                else
                    set -a arguments $token
                end
            end
            switch $what
                case command
                    string join ' ' -- $command
                case arguments
                    printf '%s\\n' $arguments
                case directory
                    printf '%s\\n' $directory
            end
        end

        # Whether this is the command, and, if asked, whether so many of its arguments stand there already.
        function __rehearse_at --argument-names command count
            set -l actual (__rehearse_line command)
            test "$command" = "$actual"
            and begin
                test -z "$count"
                or test "$count" = (count (__rehearse_line arguments | string match -v ''))
            end
        end

        function __rehearse_ask
            set -l directory (__rehearse_line directory)
            if test -n "$directory"
                set directory -C (string replace -r '^~/' "$HOME/" -- $directory)
            else
                set -e directory[1]
            end
            set -l program (commandline -opc)[1]
            set program (string replace -r '^~/' "$HOME/" -- $program)
            type -q -- $program; or set program rehearse
            command $program $directory __complete $argv 2>/dev/null
        end

        function __rehearse_steps --argument-names flag
            set -l arguments (__rehearse_line arguments)
            test -n "$arguments[1]"; and __rehearse_ask step $flag=$arguments[1]
        end

        function __rehearse_commands
            switch (string join ' ' -- $argv)
        \(commandCases)
            end
        end

        function __rehearse_subjects
            set -l arguments (__rehearse_line arguments)
            __rehearse_commands $arguments
            if test -z "$arguments[1]"
                \(topics)
            end
        end

        complete -c rehearse -f
        \(parentLines)
        \(globalLines)
        \(commandLines)

        """
    }

    // MARK: - Lines from the table

    private var commandNames: String { table.visibleCommands.map { Self.quoted($0.name) }.joined(separator: " ") }

    private var topics: String {
        HelpTopic.all.map { "printf '%s\\t%s\\n' \($0.name) \(Self.quoted($0.summary))" }
            .joined(separator: "\n        ")
    }

    private var commandCases: String {
        table.parents.map { path in
            let lines = table.children(of: path).map { child in
                "            printf '%s\\t%s\\n' \(child.path[path.count]) \(Self.quoted(child.summary))"
            }
            return (["        case \(Self.quoted(path.joined(separator: " ")))"] + lines).joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private var parentLines: String {
        table.parents.map { path in
            let name = path.joined(separator: " ")
            let answer = Self.quoted("(__rehearse_commands \(path.joined(separator: " ")))")
            return "complete -c rehearse -n \(Self.at(name, count: 0)) -a \(answer)"
        }.joined(separator: "\n")
    }

    private var globalLines: String {
        table.globalFlags.map { flag in
            // A command that has better words for the flag, or other choices, offers it itself.
            let others = table.visibleCommands.filter { command in
                table.inherited(by: command).first { $0.name == flag.name } != flag
            }
            let conditions = others.map { "not __rehearse_at \(Self.quoted($0.name))" }
            let condition = conditions.isEmpty ? "" : " -n \(Self.quoted(conditions.joined(separator: "; and ")))"
            return "complete -c rehearse\(condition) \(options(of: flag, in: nil))"
        }.joined(separator: "\n")
    }

    private var commandLines: String {
        table.visibleCommands.map { command in
            let changed = table.inherited(by: command).filter { !table.globalFlags.contains($0) }
            let flags = (table.ownFlags(of: command) + changed).map { flag in
                "complete -c rehearse -n \(Self.at(command.name)) \(options(of: flag, in: command))"
            }
            let arguments = command.arguments.enumerated().map { index, argument in
                let place = argument.occurrence == .anyNumber ? nil : index
                let action = Self.options(of: CompletionAction(argument.kind, of: command))
                return "complete -c rehearse -n \(Self.at(command.name, count: place)) \(action)"
            }
            return (flags + arguments).joined(separator: "\n")
        }.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func options(of flag: FlagSpecification, in command: CommandSpecification?) -> String {
        let short = flag.short.map { "-s \($0) " } ?? ""
        let long = flag.long.isEmpty ? "" : "-l \(flag.long) "
        let value = flag.kind.map { "-r \(Self.options(of: CompletionAction($0, of: command))) " } ?? ""
        return "\(short)\(long)\(value)-d \(Self.quoted(flag.summary))"
    }

    private static func options(of action: CompletionAction) -> String {
        switch action {
        case .nothing: "-f"
        case .words(let words): "-f -a \(quoted(words.joined(separator: " ")))"
        case .dynamic("run"): "-f -k -a '(__rehearse_ask run)'"
        case .dynamic(let kind): "-f -a '(__rehearse_ask \(kind))'"
        case .steps(let flag): "-f -k -a '(__rehearse_steps \(flag))'"
        case .files: "-F"
        case .directories: "-f -a '(__fish_complete_directories)'"
        case .operands: "-F -a '(__rehearse_ask environment)'"
        case .helpSubjects: "-f -a '(__rehearse_subjects)'"
        }
    }

    private static func at(_ command: String, count: Int? = nil) -> String {
        quoted("__rehearse_at \(quoted(command))" + (count.map { " \($0)" } ?? ""))
    }

    static func quoted(_ text: String) -> String {
        "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }
}
