/// Completions for zsh 5, to be sourced or to lie as `_rehearse` in `fpath`.
struct ZshCompletion {
    let table: CommandTable

    var text: String {
        """
        #compdef rehearse
        # zsh completions of rehearse, written by `rehearse completions zsh`.

        # Offers what `rehearse __complete` answers, in its order: a value, then perhaps a tab and a description.
        _rehearse_ask() {
            local kind=$1 text
            local -a items
            for text in ${(f)"$(command $rehearse_program $rehearse_directory __complete "$@" 2>/dev/null)"}; do
                if [[ $text == *$'\\t'* ]]; then
                    items+=("${${text%%$'\\t'*}//:/\\\\:}:${text#*$'\\t'}")
                else
                    items+=("${text//:/\\\\:}")
                fi
            done
            (( $#items )) && _describe -V -t $kind $kind items
        }

        _rehearse_steps() {
            [[ -n $2 ]] && _rehearse_ask step $1=${(Q)2}
        }

        _rehearse_operands() {
            local ret=1
            _rehearse_ask environment && ret=0
            _files && ret=0
            return ret
        }

        _rehearse_commands() {
            local -a items
            case "$*" in
        \(commandCases)
            esac
            (( $#items )) && _describe -t commands command items
        }

        _rehearse_subjects() {
            local ret=1
            _rehearse_commands "$@" && ret=0
            if (( ! $# )); then
                local -a items=(\(Self.item(topics: HelpTopic.all)))
                _describe -t topics topic items && ret=0
            fi
            return ret
        }

        # -C as it was given before or after the command, unquoted but never evaluated.
        _rehearse_remember_directory() {
            [[ -n $opt_args[-C] ]] || return
            local directory=${(Q)opt_args[-C]}
            rehearse_directory=(-C ${directory/#\\~\\//$HOME/})
        }

        \(commandFunctions)

        _rehearse() {
            local curcontext=$curcontext state state_descr line ret=1 rehearse_program=${(Q)words[1]}
            local -A opt_args
            local -a rehearse_directory
            rehearse_program=${rehearse_program/#\\~\\//$HOME/}
            (( $+commands[$rehearse_program] )) || [[ -x $rehearse_program ]] || rehearse_program=rehearse
            _arguments -C -s -S -A '-*' \\
        \(Self.continued(table.globalFlags.flatMap { specifications(of: $0, in: nil) }))
                '1: :{_rehearse_commands}' \\
                '*:: :->command' && ret=0
            _rehearse_remember_directory
            if [[ $state == command ]]; then
                case $words[1] in
        \(dispatch(below: []))
                esac
            fi
            return ret
        }

        if [[ $funcstack[1] == _rehearse ]]; then
            _rehearse "$@"
        else
            compdef _rehearse rehearse
        fi

        """
    }

    // MARK: - A function for each command

    private var commandFunctions: String {
        table.visibleCommands.map { command in
            table.children(of: command.path).isEmpty ? leaf(command) : branch(command)
        }.joined(separator: "\n\n")
    }

    private func leaf(_ command: CommandSpecification) -> String {
        let flags = table.flags(of: command).flatMap { specifications(of: $0, in: command) }
        let arguments = command.arguments.enumerated().map { index, argument in
            specification(of: argument, at: index, in: command)
        }
        return """
            \(Self.function(command)) {
                _arguments -s -S \\
            \(Self.continued(flags + arguments, isLast: true))
            }
            """
    }

    private func branch(_ command: CommandSpecification) -> String {
        let flags = table.flags(of: command).flatMap { specifications(of: $0, in: command) }
        return """
            \(Self.function(command)) {
                local curcontext=$curcontext state state_descr line ret=1
                local -A opt_args
                _arguments -C -s -S -A '-*' \\
            \(Self.continued(flags))
                    '1: :{_rehearse_commands \(command.name)}' \\
                    '*:: :->command' && ret=0
                _rehearse_remember_directory
                if [[ $state == command ]]; then
                    case $words[1] in
            \(dispatch(below: command.path))
                    esac
                fi
                return ret
            }
            """
    }

    private func dispatch(below path: [String]) -> String {
        table.children(of: path).map { child in
            "            \(child.path[path.count])) \(Self.functionName(child)) && ret=0 ;;"
        }.joined(separator: "\n")
    }

    private static func functionName(_ command: CommandSpecification) -> String {
        "_rehearse_command_" + command.path.joined(separator: "_")
    }

    private static func function(_ command: CommandSpecification) -> String { functionName(command) + "()" }

    private var commandCases: String {
        table.parents.map { path in
            let items = table.children(of: path).map { Self.quoted("\($0.path[path.count]):\($0.summary)") }
            return """
                        \(Self.quoted(path.joined(separator: " "))))
                            items=(
                                \(items.joined(separator: "\n                "))
                            )
                            ;;
                """
        }.joined(separator: "\n")
    }

    private static func item(topics: [HelpTopic]) -> String {
        topics.map { quoted("\($0.name):\($0.summary)") }.joined(separator: " ")
    }

    // MARK: - Specifications of _arguments, zshcompsys(1)

    private func specifications(of flag: FlagSpecification, in command: CommandSpecification?) -> [String] {
        let excluded = flag.spellings + flag.excludes.map { "--\($0)" }
        let prefix = flag.isRepeatable ? "*" : "(\(excluded.joined(separator: " ")))"
        return flag.spellings.map { spelling in
            let joint = flag.takesValue ? (spelling.hasPrefix("--") ? "=" : "+") : ""
            let value = flag.kind.map { kind in
                let message = Self.message(flag.placeholder ?? "")
                return ":\(message):\(Self.action(CompletionAction(kind, of: command)))"
            }
            return Self.quoted("\(prefix)\(spelling)\(joint)[\(Self.message(flag.summary))]\(value ?? "")")
        }
    }

    private func specification(
        of argument: ArgumentSpecification, at index: Int, in command: CommandSpecification
    ) -> String {
        let action = Self.action(CompletionAction(argument.kind, of: command))
        return switch argument.occurrence {
        case .once: Self.quoted("\(index + 1):\(argument.name):\(action)")
        case .optional: Self.quoted("\(index + 1)::\(argument.name):\(action)")
        case .anyNumber: Self.quoted("*:\(argument.name):\(action)")
        }
    }

    private static func action(_ action: CompletionAction) -> String {
        switch action {
        case .nothing: " "
        case .words(let words): "(\(words.joined(separator: " ")))"
        case .dynamic(let kind): "{_rehearse_remember_directory; _rehearse_ask \(kind)}"
        case .steps(let flag): "{_rehearse_remember_directory; _rehearse_steps \(flag) \"$line[1]\"}"
        case .files: "_files"
        case .directories: "_files -/"
        case .operands: "{_rehearse_remember_directory; _rehearse_operands}"
        case .helpSubjects: "{_rehearse_subjects $line}"
        }
    }

    private static func message(_ text: String) -> String {
        var escaped = ""
        for character in text {
            if "[]:\\".contains(character) { escaped += "\\" }
            escaped.append(character)
        }
        return escaped
    }

    private static func continued(_ specifications: [String], isLast: Bool = false) -> String {
        let lines = specifications.map { "        " + $0 }.joined(separator: " \\\n")
        return isLast ? lines : lines + " \\"
    }

    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
