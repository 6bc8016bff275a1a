import CLI
import Testing

private let table = CommandTable.rehearse

/// `COMPREPLY` for a line whose cursor is at its end, split as readline does; `compopt` prints itself in tests.
private func offered(_ line: String, in scratch: CompletionScratch? = nil) throws -> [String] {
    let scratch = try scratch ?? CompletionScratch()
    try scratch.write("script.bash", CompletionScript.text(for: .bash))
    var words: [String] = []
    for part in line.split(separator: " ", omittingEmptySubsequences: false) {
        words.append("")
        for character in part {
            let isBreak = "=:@".contains(character)
            let isLastBreak = words[words.count - 1].last.map { "=:@".contains($0) }
            if let isLastBreak, isBreak != isLastBreak { words.append("") }
            words[words.count - 1].append(character)
        }
    }
    let typed = words.map { "'\($0)'" }.joined(separator: " ")
    try scratch.write(
        "drive.bash",
        """
        set -u
        source ./script.bash
        compopt() { echo "compopt $*"; }
        COMP_WORDS=(\(typed)) COMP_CWORD=\(words.count - 1)
        _rehearse rehearse
        for reply in ${COMPREPLY[@]+"${COMPREPLY[@]}"}; do echo "$reply"; done
        """
    )
    return scratch.lines("bash", ["--norc", "./drive.bash"])
}

@Suite(.enabled(if: Installed.has("bash"), "bash is not installed"))
struct `Completions for bash` {
    @Test(arguments: dynamicCompletions)
    func `the last word is completed`(line: String, offered expected: [String]) throws {
        // File names are readline's own work: it is told so.
        let files = ["rehearse render -o comp": "compopt -o default", "rehearse init b": "compopt -o dirnames"]
        #expect(try offered(line) == (files[line].map { [$0] } ?? expected))
    }

    @Test(arguments: table.visibleCommands)
    func `all flags of a command are offered`(command: CommandSpecification) throws {
        #expect(try offered("rehearse \(command.name) -") == table.flags(of: command).map(\.spelling))
    }

    @Test func `commands are offered first, flags when no word can follow`() throws {
        #expect(try offered("rehearse ") == table.children(of: []).map(\.name))
        #expect(try offered("rehearse check ") == table.children(of: ["check"]).compactMap(\.path.last))
        #expect(try offered("rehearse history prune ") == table.flags(of: .historyPrune).map(\.spelling))
        #expect(try offered("rehearse he") == ["help"])
        #expect(try offered("rehearse help ") == table.children(of: []).map(\.name) + ["exit-codes"])
    }

    /// readline replaces only what stands behind the last of its break characters.
    @Test(arguments: [
        ("rehearse run release --on-failure=", ["rollback", "stop", "ask"]),
        ("rehearse run release --on-failure=st", ["stop"]),
        ("rehearse rollback last:", ["staging"]),
        ("rehearse rollback last:st", ["staging"]),
        ("rehearse history --environment=prod", ["production"]),
    ])
    func `a word that readline breaks is completed in its last part`(line: String, expected: [String]) throws {
        #expect(try offered(line) == expected)
    }

    @Test func `an operand is an environment, else a file`() throws {
        #expect(try offered("rehearse diff staging prod") == ["production", "compopt -o default"].reversed())
    }

    @Test func `after two dashes no flags are offered`() throws {
        #expect(try offered("rehearse rollback -- -") == [])
    }

    @Test func `what stands on the line is never evaluated`() throws {
        let scratch = try CompletionScratch()
        #expect(try offered("rehearse -C $(touch${IFS}owned) render `touch${IFS}owned`", in: scratch) == [])
        #expect(!scratch.has("owned"))
    }
}
