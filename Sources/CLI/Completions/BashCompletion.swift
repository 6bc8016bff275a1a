/// Completions for bash 3.2 and later.
struct BashCompletion {
    let table: CommandTable

    var text: String {
        """
        # bash completions of rehearse, written by `rehearse completions bash`.

        # Takes what begins like the word at the cursor. readline replaces only what stands behind the last = : or @.
        _rehearse_offer() {
            local candidate
            for candidate in "$@"; do
                if [[ $candidate == "$value"* ]]; then
                    candidate=$lead$candidate
                    COMPREPLY+=("${candidate#"$broken"}")
                fi
            done
        }

        _rehearse_ask() {
            local line
            local -a answers=()
            while IFS= read -r line; do
                answers+=("${line%%$'\\t'*}")
            done < <("$program" ${directory[@]+"${directory[@]}"} __complete "$@" 2>/dev/null)
            _rehearse_offer ${answers[@]+"${answers[@]}"}
        }

        # Lets readline complete file names itself: it knows about quotes and ~.
        _rehearse_files() {
            compopt -o "$1" 2>/dev/null
        }

        _rehearse_commands() {
            case "$1" in
        \(commandCases)
            esac
        }

        _rehearse_flags() {
            case "$command" in
        \(flagCases)
            esac
        }

        _rehearse_value() {
            case "$command:$1" in
        \(valueCases)
            esac
        }

        _rehearse_argument() {
            case "$command:$1" in
        \(argumentCases)
                *) _rehearse_flags ;;
            esac
        }

        _rehearse() {
            local IFS=$' \\t\\n'
            local program=$1 command= awaited= ended= lead= value= broken= word index
            local -a words=() arguments=() directory=()
            COMPREPLY=()
            program=${program/#\\~\\//$HOME/}
            [[ -n $(type -P -- "$program") ]] || program=rehearse

            # readline breaks words at = : and @ too; here they are put together again.
            local glued=
            for ((index = 0; index <= COMP_CWORD; index++)); do
                word=${COMP_WORDS[index]}
                if [[ -n $word && -z ${word//[=:@]/} ]] && ((index > 1)); then
                    words[${#words[@]} - 1]+=$word
                    glued=yes
                    broken=${words[${#words[@]} - 1]}
                elif [[ -n $glued ]]; then
                    broken=${words[${#words[@]} - 1]}
                    words[${#words[@]} - 1]+=$word
                    glued=
                else
                    words+=("$word")
                    broken=
                fi
            done

            for ((index = 1; index < ${#words[@]} - 1; index++)); do
                word=${words[index]}
                if [[ -n $awaited ]]; then
                    [[ $awaited != -C ]] || directory=(-C "${word/#\\~\\//$HOME/}")
                    awaited=
                elif [[ -z $ended && $word == -- ]]; then
                    ended=yes
                elif [[ -z $ended && $word == -?* ]]; then
                    case "$word" in
                        \(table.spellingsWithValue.joined(separator: " | "))) awaited=$word ;;
                        -C*) directory=(-C "${word#-C}") ;;
                    esac
                else
                    case "${command:+$command }$word" in
                        \(commandNames)) command="${command:+$command }$word" ;;
                        *) arguments+=("$word") ;;
                    esac
                fi
            done

            value=${words[${#words[@]} - 1]}
            if [[ -n $awaited ]]; then
                _rehearse_value "$awaited"
            elif [[ -z $ended && $value == --*=* ]]; then
                lead=${value%%=*}=
                value=${value#*=}
                _rehearse_value "${lead%=}"
            elif [[ -z $ended && $value == -* ]]; then
                _rehearse_flags
            else
                _rehearse_argument "${#arguments[@]}"
            fi
        }

        # Runs come newest first and stay so where bash can (4.4).
        complete -o nosort -F _rehearse rehearse 2>/dev/null || complete -F _rehearse rehearse

        """
    }

    // MARK: - Cases from the table

    private var commandNames: String {
        table.visibleCommands.map { Self.quoted($0.name) }.joined(separator: " | ")
    }

    private var commandCases: String {
        table.parents.map { path in
            let names = table.children(of: path).map { $0.path[path.count] }.joined(separator: " ")
            return "        \(Self.quoted(path.joined(separator: " ")))) _rehearse_offer \(names) ;;"
        }.joined(separator: "\n")
    }

    private var flagCases: String {
        let commands = table.visibleCommands.map { command in
            "        \(Self.quoted(command.name))) _rehearse_offer \(Self.spellings(table.flags(of: command))) ;;"
        }
        return (commands + ["        *) _rehearse_offer \(Self.spellings(table.globalFlags)) ;;"])
            .joined(separator: "\n")
    }

    private static func spellings(_ flags: [FlagSpecification]) -> String {
        flags.map(\.spelling).joined(separator: " ")
    }

    private var valueCases: String {
        let own = table.visibleCommands.flatMap { command in
            (table.ownFlags(of: command) + [.format(command.formats)]).map { line($0, of: command) }
        }
        return (own + table.globalFlags.map { line($0, of: nil) }).compactMap { $0 }.joined(separator: "\n")
    }

    private func line(_ flag: FlagSpecification, of command: CommandSpecification?) -> String? {
        guard let kind = flag.kind else { return nil }
        let owner = command.map { Self.quoted($0.name) } ?? "*"
        let patterns = flag.spellings.map { "\(owner):\($0)" }.joined(separator: " | ")
        return "        \(patterns)) \(Self.line(CompletionAction(kind, of: command))) ;;"
    }

    private var argumentCases: String {
        let parents = table.parents.map { path in
            "        \(Self.quoted(path.joined(separator: " "))):0) \(Self.parentLine(path)) ;;"
        }
        let arguments = table.visibleCommands.flatMap { command in
            command.arguments.enumerated().map { index, argument in
                let place = argument.occurrence == .anyNumber ? "*" : String(index)
                let action = Self.line(CompletionAction(argument.kind, of: command))
                return "        \(Self.quoted(command.name)):\(place)) \(action) ;;"
            }
        }
        return (parents + arguments).joined(separator: "\n")
    }

    private static func parentLine(_ path: [String]) -> String {
        "_rehearse_commands \(quoted(path.joined(separator: " ")))"
    }

    private static func line(_ action: CompletionAction) -> String {
        switch action {
        case .nothing: ":"
        case .words(let words): "_rehearse_offer \(words.joined(separator: " "))"
        case .dynamic(let kind): "_rehearse_ask \(kind)"
        case .steps(let flag): "[[ -z ${arguments[0]-} ]] || _rehearse_ask step \(flag)=\"${arguments[0]}\""
        case .files: "_rehearse_files default"
        case .directories: "_rehearse_files dirnames"
        case .operands: "_rehearse_ask environment; _rehearse_files default"
        case .helpSubjects:
            """
            _rehearse_commands "${arguments[*]-}"; \
            [[ -n ${arguments[0]-} ]] || _rehearse_offer \(HelpTopic.all.map(\.name).joined(separator: " "))
            """
        }
    }

    private static func quoted(_ name: String) -> String { "'\(name)'" }
}
