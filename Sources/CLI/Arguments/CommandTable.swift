/// Every command and flag there is.
///
/// To add a command, declare its `CommandSpecification` under `Commands/` and name it in `rehearse`; parser, help,
/// completions and manual page follow.
package struct CommandTable: Sendable {
    package let commands: [CommandSpecification]
    package let globalFlags: [FlagSpecification]

    package init(commands: [CommandSpecification], globalFlags: [FlagSpecification] = FlagSpecification.globals) {
        self.commands = commands
        self.globalFlags = globalFlags
    }

    package static let rehearse = CommandTable(commands: [
        .initialize, .plan, .run, .notes,
        .check, .checkHTTP, .checkCache, .checkLoggedIn, .checkPurge, .checkMeasure, .checkSecurity,
        .diff,
        .gate, .approve, .acknowledge,
        .render, .schema,
        .history, .historyShow, .historyLog, .historyVerify, .historyRebuild, .historyClose, .historyPrune,
        .historySync,
        .report, .status,
        .resume, .rollback,
        .lock, .lockStatus, .lockBreak,
        .help, .completions, .selfTest, .complete,
    ])
}

extension CommandTable {
    /// Those that help and completions show.
    package var visibleCommands: [CommandSpecification] { commands.filter { !$0.isHidden } }

    package func command(at path: [String]) -> CommandSpecification? { commands.first { $0.path == path } }

    /// The visible commands one word below a path; below `[]`, those that stand right after `rehearse`.
    package func children(of path: [String]) -> [CommandSpecification] {
        visibleCommands.filter { $0.path.count == path.count + 1 && $0.path.starts(with: path) }
    }

    /// All flags that a command understands: its own, then the global ones in their order.
    ///
    /// `--format` has the command's own choices. Without a command, the global flags as they are.
    package func flags(of command: CommandSpecification?) -> [FlagSpecification] {
        guard let command else { return globalFlags }
        let own = Set(command.flags.map(\.name))
        return command.flags + inherited(by: command).filter { !own.contains($0.name) }
    }

    /// The global flags as a command has them: with its formats, and with its words where it has better ones.
    package func inherited(by command: CommandSpecification) -> [FlagSpecification] {
        globalFlags.map { flag in
            if flag.name == FlagSpecification.format.name { return .format(command.formats) }
            return command.flags.first { $0.name == flag.name } ?? flag
        }
    }

    /// The flags that only this command has.
    package func ownFlags(of command: CommandSpecification) -> [FlagSpecification] {
        let global = Set(globalFlags.map(\.name))
        return command.flags.filter { !global.contains($0.name) }
    }

    /// The first flag of any command with this spelling (`--reason`, `-e`).
    package func anyFlag(spelled spelling: String) -> FlagSpecification? {
        globalFlags.first { $0.spellings.contains(spelling) }
            ?? commands.lazy.flatMap(\.flags).first { $0.spellings.contains(spelling) }
    }

    /// The visible commands that have a flag with this spelling.
    package func owners(ofFlagSpelled spelling: String) -> [CommandSpecification] {
        visibleCommands.filter { $0.flags.contains { $0.spellings.contains(spelling) } }
    }
}
