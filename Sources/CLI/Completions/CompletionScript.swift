/// The completions of a shell as text to be sourced.
///
/// Commands, flags and choices are in the script; names of environments, runbooks, runs and steps are asked of
/// `rehearse __complete` when they are needed. Nothing that stands on the line is ever evaluated.
package enum CompletionScript {
    package static func text(for shell: Shell, _ table: CommandTable = .rehearse) -> String {
        switch shell {
        case .bash: BashCompletion(table: table).text
        case .zsh: ZshCompletion(table: table).text
        case .fish: FishCompletion(table: table).text
        }
    }
}

extension CommandTable {
    /// The flags whose value may be the next word, by every spelling; the same on all commands.
    var spellingsWithValue: [String] {
        var seen: Set<String> = []
        return (globalFlags + visibleCommands.flatMap(\.flags)).filter(\.takesValue).flatMap(\.spellings)
            .filter { seen.insert($0).inserted }
    }

    /// Visible commands that have commands below them, and the empty path first.
    var parents: [[String]] { [[]] + visibleCommands.map(\.path).filter { !children(of: $0).isEmpty } }
}
