extension HelpDocument {
    package static let promise = "No release reaches production that has not been rehearsed, rollback included."

    /// All commands by whom they serve.
    package static func overview(of table: CommandTable, isLong: Bool) -> HelpDocument {
        let more = """
            `rehearse COMMAND --help` explains a command, `rehearse help exit-codes` what the exit codes mean.
            """
        return HelpDocument(
            name: "rehearse",
            summary: "rehearse, run and undo releases",
            sections: [HelpSection("Usage", [.command("rehearse COMMAND [ARGUMENTS] [flags]")])]
                + (isLong ? [HelpSection("Description", [.paragraph(promise), .paragraph(model)])] : [])
                + groups(of: table)
                + (isLong ? [globalFlags(of: table, isLong: false), topics, exampleSection(of: table)] : [])
                + [HelpSection("", [.paragraph(more)])]
        )
    }

    package static func topic(_ topic: HelpTopic) -> HelpDocument {
        HelpDocument(
            name: "rehearse help \(topic.name)",
            summary: topic.summary,
            sections: [HelpSection("", topic.blocks)]
        )
    }

    static let model = """
        An environment (`environments/NAME.yaml`) says where; a runbook (`runbooks/NAME.yaml`) says what to do, step by \
        step, each with its owner, its expected result and the command that undoes it. A run is recorded under \
        `.rehearse/` as it happens, so that it can be resumed or rolled back whatever becomes of the runbook.
        """

    static func globalFlags(of table: CommandTable, isLong: Bool) -> HelpSection {
        HelpSection("Global flags", [.definitions(table.globalFlags.map { definition(of: $0, isLong: isLong) })])
    }

    private static func groups(of table: CommandTable) -> [HelpSection] {
        CommandGroup.allCases.compactMap { group in
            let members = table.children(of: []).filter { $0.group == group }
            let definitions = members.map { HelpDefinition($0.name, [$0.summary]) }
            return members.isEmpty ? nil : HelpSection(group.rawValue, [.definitions(definitions)])
        }
    }

    private static var topics: HelpSection {
        HelpSection("Topics", [.definitions(HelpTopic.all.map { HelpDefinition("help \($0.name)", [$0.summary]) })])
    }

    /// One example of each group, the first of its first command that has one.
    private static func exampleSection(of table: CommandTable) -> HelpSection {
        let chosen = CommandGroup.allCases.compactMap { group in
            table.children(of: []).filter { $0.group == group }.lazy.compactMap(\.examples.first).first
        }
        return HelpSection("Examples", examples(chosen))
    }
}
