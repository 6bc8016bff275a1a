import CLI
import Testing

private let table = CommandTable.rehearse

/// What zsh adds as matches, each once and sorted: an interactive zsh in a pseudo-terminal lists the choices of a line and ends.
private func offered(_ line: String, in scratch: CompletionScratch? = nil) throws -> [String] {
    let scratch = try scratch ?? CompletionScratch()
    try scratch.write("_rehearse", CompletionScript.text(for: .zsh))
    try scratch.write("matches", "")
    try scratch.write(
        ".zshrc",
        #"""
        autoload -Uz compinit
        compinit -u -D
        source ./_rehearse
        compadd() {
            if [[ " ${@[1,(i)(-|--)]}" != *' -'(O|A|D)' '* ]]; then
                local -a found
                builtin compadd -O found "$@"
                print -rl -- $found >> matches
            fi
            builtin compadd "$@"
        }
        zle-line-init() {
            BUFFER=$TYPED CURSOR=$#TYPED
            zle list-choices
            exit
        }
        zle -N zle-line-init
        """#
    )
    try scratch.write(
        "drive.zsh",
        """
        zmodload zsh/zpty
        export ZDOTDIR=$PWD TYPED=$1
        zpty driven 'zsh -d -i'
        while zpty -r driven chunk; do :; done
        grep -v '^$' matches
        """
    )
    return Set(scratch.lines("timeout", ["60", "zsh", "-f", "./drive.zsh", line])).sorted()
}

@Suite(.enabled(if: Installed.has("zsh"), "zsh is not installed"))
struct `Completions for zsh` {
    @Test(arguments: dynamicCompletions)
    func `the last word is completed`(line: String, offered expected: [String]) throws {
        // zsh adds the slash after a folder when it is inserted.
        #expect(try offered(line) == expected.map { $0 == "bin/" ? "bin" : $0 }.sorted())
    }

    @Test(arguments: table.visibleCommands)
    func `all flags of a command are offered`(command: CommandSpecification) throws {
        let long = table.flags(of: command).filter { !$0.long.isEmpty }.map(\.spelling)
        #expect(try offered("rehearse \(command.name) --") == long.sorted())
    }

    @Test func `commands are offered first`() throws {
        #expect(try offered("rehearse ") == table.children(of: []).map(\.name).sorted())
    }

    @Test func `an operand is an environment or a file`() throws {
        #expect(try offered("rehearse diff staging prod") == ["production"])
        #expect(try offered("rehearse diff comp") == ["compose.yaml"])
    }

    @Test func `the script can lie in fpath`() throws {
        let scratch = try CompletionScratch()
        try scratch.write("_rehearse", CompletionScript.text(for: .zsh))
        let check = "fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D; print $_comps[rehearse]"
        try scratch.write("check.zsh", check)
        #expect(scratch.lines("zsh", ["-f", "./check.zsh"]) == ["_rehearse"])
    }

    @Test func `what stands on the line is never evaluated`() throws {
        let scratch = try CompletionScratch()
        #expect(try offered("rehearse -C $(touch owned) -C (touch owned) render ", in: scratch) == [])
        #expect(try offered("rehearse run $(touch owned) --approve ", in: scratch) == [])
        #expect(!scratch.has("owned"))
    }
}
