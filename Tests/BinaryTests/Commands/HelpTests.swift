import CLI
import Host
import TestSupport
import Testing

@Suite struct `Asking the program for help` {
    private let project: CommandProject

    init() throws { project = try CommandProject() }

    private static let commands = CommandTable.rehearse.visibleCommands.map(\.path)

    /// Help is the whole effect: nothing on standard error, nothing written, no state folder made.
    private func expectHelp(_ words: [String], names command: String) throws {
        let before = try project.contents()
        let answer = project.rehearse.run([RehearseBinary.path] + words)
        #expect(answer.status == 0, "\(words)")
        #expect(answer.error == "", "\(words)")
        #expect(answer.output.contains("Usage:\n  rehearse \(command)"), "\(words): \(answer.output)")
        #expect(try project.contents() == before)
    }

    @Test(arguments: commands, ["-h", "--help"])
    func `every command explains itself and does nothing else`(path: [String], flag: String) throws {
        try expectHelp(path + [flag], names: path.joined(separator: " "))
    }

    @Test(arguments: commands)
    func `help with a command's name prints what its own flag prints`(path: [String]) throws {
        let help = project.rehearse.run([RehearseBinary.path, "help"] + path)
        let flag = project.rehearse.run([RehearseBinary.path] + path + ["--help"])
        #expect(help.status == 0)
        #expect(help.error == "")
        #expect(help.output == flag.output)
    }

    @Test(arguments: [
        "rollback -h", "rollback -d prod --help", "rollback -e staging --yes --help", "rollback --reason --help",
        "rollback last --no-such --help", "rollback -yh", "rollback a b c -h",
    ])
    func `rollback with help in it rolls nothing back`(line: String) throws {
        try project.write("not a journal", to: ".rehearse-marker")
        try expectHelp(line.split(separator: " ").map(String.init), names: "rollback")
    }

    @Test func `help does not wait for a lock that another holds`() throws {
        // A state folder that nobody may use: help must not even look.
        try project.write("in the way", to: ".rehearse")
        try expectHelp(["run", "release", "-e", "staging", "--help"], names: "run")
        try expectHelp(["rollback", "last", "-h"], names: "rollback")
    }

    @Test func `help needs no project`() throws {
        let empty = try CommandProject([:])
        let answer = empty.rehearse("check", "--help")
        #expect(answer.status == 0)
        #expect(answer.error == "")
        #expect(answer.output.hasPrefix("rehearse check: "))
        #expect(try empty.contents() == [:])
    }

    @Test(arguments: [["--version"], ["--version", "-q"], ["-C", "/no/such/folder", "--version"]])
    func `the version is one line`(words: [String]) {
        let answer = project.rehearse.run([RehearseBinary.path] + words)
        #expect(answer.status == 0)
        #expect(answer.error == "")
        #expect(answer.output.wholeMatch(of: /rehearse \d+\.\d+\.\d+(-[0-9a-z.]+)?\n/) != nil, "\(answer.output)")
    }

    @Test func `no words at all show the overview on standard error and are bad usage`() {
        let answer = project.rehearse()
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(answer.error == project.rehearse("-h").output)
        #expect(answer.error.contains("\n  rehearse COMMAND [ARGUMENTS] [flags]\n"))
    }

    @Test func `the exit codes are a topic`() {
        let answer = project.rehearse("help", "exit-codes")
        #expect(answer.status == 0)
        #expect(answer.error == "")
        for code in ["0", "1", "2", "3", "4", "5", "6", "129, 130, 143"] {
            #expect(answer.output.contains("\n\(code) "), "exit code \(code) is not explained")
        }
    }
}
