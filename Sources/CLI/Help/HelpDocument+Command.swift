import Diagnostics

extension HelpDocument {
    /// - Parameter isLong: with details, global flags and examples.
    package init(_ command: CommandSpecification, in table: CommandTable, isLong: Bool) {
        self.init(
            name: "rehearse \(command.name)",
            summary: command.summary,
            sections: [HelpSection("Usage", Self.usage(of: command, in: table).map(HelpBlock.command))]
                + (isLong ? Self.descriptions(of: command) : [])
                + Self.commandsBelow(command, in: table)
                + Self.values(of: command, in: table, isLong: isLong)
                + (isLong ? Self.ending(of: command, in: table) : Self.pointer(to: command))
        )
    }

    static func usage(of command: CommandSpecification, in table: CommandTable) -> [String] {
        let below = table.children(of: command.path)
        return [command.usage] + (below.isEmpty ? [] : ["rehearse \(command.name) COMMAND [flags]"])
    }

    static func paragraphs(_ text: String) -> [HelpBlock] {
        text.split(separator: "\n\n").map { .paragraph(String($0)) }
    }

    static func examples(_ examples: [CommandSpecification.Example]) -> [HelpBlock] {
        examples.flatMap { [.paragraph($0.purpose + ":"), .command($0.line)] }
    }

    /// Arguments and the command's own flags, as `man` and the terminal list them.
    static func values(of command: CommandSpecification, in table: CommandTable, isLong: Bool) -> [HelpSection] {
        let arguments = command.arguments.map(definition)
        // Global flags with words of this command's own belong to what one must read.
        let own = command.flags.map { definition(of: $0, isLong: isLong) }
        return (arguments.isEmpty ? [] : [HelpSection("Arguments", [.definitions(arguments)])])
            + (own.isEmpty ? [] : [HelpSection("Flags", [.definitions(own)])])
    }

    static func definition(of argument: ArgumentSpecification) -> HelpDefinition {
        HelpDefinition(argument.usage, [argument.summary + choices(of: argument.kind)])
    }

    static func definition(of flag: FlagSpecification, isLong: Bool) -> HelpDefinition {
        // A long name stands below the others' also where there is no short one.
        let indented = flag.short == nil ? "    " : ""
        let term = indented + flag.spellings.joined(separator: ", ") + (flag.placeholder.map { " \($0)" } ?? "")
        let summary = flag.summary + (flag.kind.map(choices) ?? "") + (flag.isRequired ? " (required)" : "")
        return HelpDefinition(term, [summary] + (isLong && !flag.details.isEmpty ? [flag.details] : []))
    }

    private static func choices(of kind: ValueKind) -> String {
        guard case .choice(let choices) = kind else { return "" }
        return ": " + Wording.list(choices)
    }

    private static func descriptions(of command: CommandSpecification) -> [HelpSection] {
        command.details.isEmpty ? [] : [HelpSection("Description", paragraphs(command.details))]
    }

    private static func commandsBelow(_ command: CommandSpecification, in table: CommandTable) -> [HelpSection] {
        let below = table.children(of: command.path)
        let definitions = below.map { HelpDefinition($0.name, [$0.summary]) }
        return below.isEmpty ? [] : [HelpSection("Commands", [.definitions(definitions)])]
    }

    private static func ending(of command: CommandSpecification, in table: CommandTable) -> [HelpSection] {
        let own = Set(command.flags.map(\.name))
        let inherited = table.inherited(by: command).filter { !own.contains($0.name) }
        let flags = inherited.map { definition(of: $0, isLong: false) }
        return [HelpSection("Global flags", [.definitions(flags)])]
            + (command.examples.isEmpty ? [] : [HelpSection("Examples", examples(command.examples))])
    }

    private static func pointer(to command: CommandSpecification) -> [HelpSection] {
        [HelpSection("", [.paragraph("`rehearse \(command.name) --help` says more, with examples.")])]
    }
}
