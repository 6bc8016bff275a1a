import CLI
import Testing

private let table = CommandTable.rehearse
private let allFlags = table.globalFlags + table.commands.flatMap(\.flags)

@Suite struct `The table of commands` {
    @Test func `no two commands have one path`() {
        #expect(Set(table.commands.map(\.path)).count == table.commands.count)
    }

    @Test(arguments: table.commands)
    func `no two flags of a command share a spelling`(command: CommandSpecification) {
        let spellings = table.flags(of: command).flatMap(\.spellings)
        #expect(Set(spellings).count == spellings.count, "\(spellings)")
    }

    /// The scanner and the shells rely on it: which words are values is known before the command is.
    @Test func `a flag has the same short form and arity on every command`() {
        for (name, flags) in Dictionary(grouping: allFlags, by: \.name) {
            #expect(Set(flags.map(\.short)).count == 1, "\(name)")
            #expect(Set(flags.map(\.takesValue)).count == 1, "\(name)")
        }
        for (short, flags) in Dictionary(grouping: allFlags.filter { $0.short != nil }, by: \.short) {
            #expect(Set(flags.map(\.name)).count == 1, "\(String(describing: short))")
        }
    }

    @Test(arguments: allFlags)
    func `a flag is spelled as people type flags`(flag: FlagSpecification) {
        #expect(flag.short?.isASCII != false && flag.short?.isLetter != false)
        #expect(flag.long.wholeMatch(of: /([a-z]+(-[a-z]+)*)?/) != nil)
        #expect(!flag.name.isEmpty)
        #expect(flag.placeholder?.wholeMatch(of: /[A-Z]+(=[A-Z]+)?/) != nil || !flag.takesValue)
    }

    @Test(arguments: table.commands)
    func `what a flag excludes is there to be excluded`(command: CommandSpecification) {
        let names = Set(table.flags(of: command).map(\.name))
        for flag in table.flags(of: command) { #expect(names.isSuperset(of: flag.excludes)) }
    }

    @Test(
        arguments: table.commands.map(\.summary) + allFlags.map(\.summary)
            + table.commands.flatMap(\.arguments).map(\.summary) + HelpTopic.all.map(\.summary)
            + table.commands.flatMap(\.examples).map(\.purpose))
    func `a summary is one short line, lower case, without a full stop`(summary: String) {
        #expect((1...72).contains(summary.count))
        #expect(summary.first?.isUppercase == false)
        #expect(summary.last != "." && !summary.contains("\n"))
        #expect(summary.count { $0 == "`" }.isMultiple(of: 2))
    }

    @Test(arguments: table.commands.map(\.details) + allFlags.map(\.details))
    func `details are whole sentences`(details: String) {
        for paragraph in details.split(separator: "\n\n") {
            #expect(paragraph.hasSuffix("."))
            #expect(!paragraph.contains("\n"))
            #expect(paragraph.count { $0 == "`" }.isMultiple(of: 2))
        }
    }

    @Test(arguments: table.commands)
    func `arguments can be told apart by their places`(command: CommandSpecification) {
        let occurrences = command.arguments.map(\.occurrence)
        #expect(Set(command.arguments.map(\.name)).count == command.arguments.count)
        #expect(!occurrences.dropLast().contains(.anyNumber))
        #expect(!occurrences.drop { $0 == .once }.contains(.once))
        #expect(table.children(of: command.path).isEmpty || command.arguments.isEmpty)
        #expect(command.path.count == 1 || table.command(at: command.path.dropLast()) != nil)
    }

    @Test(arguments: table.commands)
    func `every command has formats, and a flag of its own for none of them`(command: CommandSpecification) {
        #expect(!command.formats.isEmpty && Set(command.formats).count == command.formats.count)
        #expect(!command.flags.contains { $0.name == FlagSpecification.format.name })
    }

    @Test(arguments: table.commands)
    func `every command has an example, and every example is understood`(command: CommandSpecification) throws {
        #expect(!command.examples.isEmpty)
        for example in command.examples {
            let typed = words(example.line).prefix { $0 != ">" }
            #expect(typed.first == "rehearse")
            switch ArgumentParser().parse(Array(typed.dropFirst())).request {
            case .command(let arguments): #expect(arguments.command == command)
            case .help: #expect(command == .help)
            case let request: Issue.record("`\(example.line)` is \(request)")
            }
        }
    }

    @Test func `no topic has the name of a command`() {
        #expect(HelpTopic.all.allSatisfy { table.command(at: [$0.name]) == nil })
    }

    @Test(arguments: table.globalFlags)
    func `a command changes nothing but the words of a global flag`(flag: FlagSpecification) {
        for own in table.commands.flatMap(\.flags) where own.name == flag.name {
            #expect(own.saying(flag.summary, details: flag.details) == flag)
        }
    }

    @Test(arguments: table.commands.flatMap(\.arguments).map(\.kind) + allFlags.compactMap(\.kind))
    func `a choice is of words that no shell could take for something else`(kind: ValueKind) {
        guard case .choice(let choices) = kind else { return }
        #expect(!choices.isEmpty && Set(choices).count == choices.count)
        #expect(choices.allSatisfy { $0.wholeMatch(of: /[a-z][a-z_-]*/) != nil })
    }
}
