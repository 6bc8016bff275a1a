import CLI
import Testing

private let table = CommandTable.rehearse

/// Candidates without their descriptions, sorted.
private func offered(_ line: String, in scratch: CompletionScratch? = nil) throws -> [String] {
    let scratch = try scratch ?? CompletionScratch()
    try scratch.write("script.fish", CompletionScript.text(for: .fish))
    try scratch.write("drive.fish", "source ./script.fish\ncomplete -C '\(line)'\n")
    return scratch.lines("fish", ["--no-config", "./drive.fish"])
        .map { String($0.prefix { $0 != "\t" }) }.sorted()
}

@Suite(.enabled(if: Installed.has("fish"), "fish is not installed"))
struct `Completions for fish` {
    @Test(arguments: dynamicCompletions)
    func `the last word is completed`(line: String, offered expected: [String]) throws {
        #expect(try offered(line) == expected.sorted())
    }

    @Test(arguments: table.visibleCommands)
    func `all flags of a command are offered`(command: CommandSpecification) throws {
        let long = table.flags(of: command).filter { !$0.long.isEmpty }.map(\.spelling)
        #expect(try offered("rehearse \(command.name) --") == long.sorted())
    }

    @Test func `commands are offered first`() throws {
        #expect(try offered("rehearse ") == table.children(of: []).map(\.name).sorted())
        #expect(try offered("rehearse check ") == table.children(of: ["check"]).compactMap(\.path.last).sorted())
        #expect(try offered("rehearse history prune ") == [])
    }

    @Test func `an operand is an environment or a file`() throws {
        #expect(try offered("rehearse diff staging prod") == ["production"])
        #expect(try offered("rehearse diff comp") == ["compose.yaml"])
    }

    @Test func `what stands on the line is never evaluated`() throws {
        let scratch = try CompletionScratch()
        #expect(try offered("rehearse -C $(touch owned) -C (touch owned) render ", in: scratch) == [])
        #expect(try offered("rehearse run $(touch owned) --approve ", in: scratch) == [])
        #expect(!scratch.has("owned"))
    }
}
