import Diagnostics

/// Sorts words into command, flags and arguments by the conventions of GNU's `getopt_long`.
///
/// `--name value`, `--name=value`, `-n 5`, `-n5`, switches in one word (`-qv`), flags before and after arguments, `--`
/// ends them. Since a flag has the same arity on every command, the scan needs no command to know which words are
/// values; whether the command has the flag is asked afterwards.
struct CommandLineScanner {
    struct ScannedFlag {
        let flag: FlagSpecification
        /// As typed: `-e` or `--environment`.
        let spelling: String
        /// `nil` for a switch, and for a value that is missing and was reported.
        let value: String?
    }

    let table: CommandTable
    private(set) var command: CommandSpecification?
    private(set) var flags: [ScannedFlag] = []
    private(set) var words: [String] = []
    private(set) var problems: [ArgumentProblem] = []
    /// Names of flags that were probably meant; reporting them as missing too would say one thing twice.
    private(set) var presumed: Set<String> = []
    /// A word stood where a command is expected and is none; the words after it were not looked at.
    private(set) var hasUnknownCommand = false
    /// A flag was not known and resembles none, so that the word after it may be its value or not.
    private(set) var hasUnknownArity = false

    private var rest: ArraySlice<String>

    init(_ words: [String], table: CommandTable) {
        self.table = table
        rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" { break }
            if word.hasPrefix("--") {
                takeLong(word)
            } else if Self.looksLikeShortFlag(word) {
                takeShort(word)
            } else {
                take(word)
            }
        }
        while let word = rest.popFirst() { take(word) }
    }

    /// Words may be missing or left over only because something before them was not understood.
    var isAdrift: Bool { hasUnknownCommand || hasUnknownArity }

    /// Names of all flags that were given or meant.
    var givenNames: Set<String> { Set(flags.map(\.flag.name)).union(presumed) }

    var helpForm: HelpRequest.Form? {
        let asked = flags.filter { $0.flag.name == FlagSpecification.help.name }
        guard !asked.isEmpty else { return nil }
        return asked.contains { $0.spelling == FlagSpecification.help.spelling } ? .long : .short
    }

    // MARK: - One word

    private mutating func take(_ word: String) {
        guard !hasUnknownCommand else { return }
        let parent = command?.path ?? []
        // Words are arguments from the first one on; a command with commands below it has none.
        guard words.isEmpty, command == nil || !table.children(of: parent).isEmpty else {
            words.append(word)
            return
        }
        if let found = table.command(at: parent + [word]) {
            command = found
        } else {
            problems.append(.unknownCommand(word, parent: parent))
            hasUnknownCommand = true
        }
    }

    private mutating func takeLong(_ word: String) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let spelling = String(parts[0])
        let attached = parts.count > 1 ? String(parts[1]) : nil
        guard let flag = table.anyFlag(spelled: spelling) else {
            takeUnknown(spelling, hasValue: attached != nil)
            return
        }
        switch (flag.takesValue, attached) {
        case (true, nil): takeNextAsValue(of: flag, spelling)
        case (true, let value): flags.append(ScannedFlag(flag: flag, spelling: spelling, value: value))
        case (false, let value?): problems.append(.unwantedValue(flag, value: value))
        case (false, nil): flags.append(ScannedFlag(flag: flag, spelling: spelling, value: nil))
        }
    }

    private mutating func takeShort(_ word: String) {
        // `-environment staging` would be `-e nvironment`: nobody means that.
        if word.count > 2, table.anyFlag(spelled: Self.name(ofLong: "-" + word)) != nil {
            takeUnknown(Self.name(ofLong: word), hasValue: word.contains("="))
            return
        }
        var letters = word.dropFirst()
        while let letter = letters.popFirst() {
            let spelling = "-\(letter)"
            guard let flag = table.anyFlag(spelled: spelling) else {
                takeUnknown(spelling, hasValue: !letters.isEmpty)
                return
            }
            guard flag.takesValue else {
                flags.append(ScannedFlag(flag: flag, spelling: spelling, value: nil))
                continue
            }
            if letters.isEmpty {
                takeNextAsValue(of: flag, spelling)
            } else {
                // getopt would read `-e=staging` as the value `=staging`, which no one means either.
                let value = letters.first == "=" ? letters.dropFirst() : letters
                flags.append(ScannedFlag(flag: flag, spelling: spelling, value: String(value)))
            }
            return
        }
    }

    /// A word that is a flag in its own right is never taken as a value, where getopt would: `rollback --reason --help`
    /// must print help, and `--reason --yes` must not swallow the consent.
    private mutating func takeNextAsValue(of flag: FlagSpecification, _ spelling: String) {
        if let next = rest.first, next != "--", !isFlag(next) {
            rest.removeFirst()
            flags.append(ScannedFlag(flag: flag, spelling: spelling, value: next))
        } else {
            problems.append(.missingValue(flag, next: rest.first))
            flags.append(ScannedFlag(flag: flag, spelling: spelling, value: nil))
        }
    }

    // MARK: - Flags that are not there

    private mutating func takeUnknown(_ spelling: String, hasValue: Bool) {
        // It may well be a flag of the command that was meant.
        guard !hasUnknownCommand else { return }
        let known = table.flags(of: command) + table.children(of: command?.path ?? []).flatMap(\.flags)
        let suggestion = Self.suggestion(for: spelling, among: known)
        problems.append(.unknownFlag(spelling, suggestion: suggestion))
        guard let flag = suggestion.flatMap(table.anyFlag(spelled:)) else {
            hasUnknownArity = true
            return
        }
        presumed.insert(flag.name)
        if flag.takesValue, !hasValue, let next = rest.first, next != "--", !isFlag(next) { rest.removeFirst() }
    }

    private static func suggestion(for spelling: String, among flags: [FlagSpecification]) -> String? {
        let candidates = flags.filter { !$0.long.isEmpty }.map(\.spelling)
        let doubled = "-" + spelling
        if candidates.contains(doubled) { return doubled }
        if spelling.count == 2 {
            return flags.compactMap { $0.short.map { "-\($0)" } }.first { $0.lowercased() == spelling.lowercased() }
        }
        // `--env` is far from `--environment` by letters, and yet it is clear what is meant.
        let longer = candidates.filter { $0.hasPrefix(spelling) }
        return longer.count == 1 ? longer[0] : Wording.nearest(to: spelling, in: candidates)
    }

    // MARK: - What a word looks like

    /// `-5` and `-.5` are words, and so is `-`: no flag is a digit.
    private static func looksLikeShortFlag(_ word: String) -> Bool {
        guard word.hasPrefix("-"), let second = word.dropFirst().first else { return false }
        return !(second.isNumber || second == ".")
    }

    private func isFlag(_ word: String) -> Bool {
        if word.hasPrefix("--") { return table.anyFlag(spelled: Self.name(ofLong: word)) != nil }
        guard Self.looksLikeShortFlag(word) else { return false }
        if word.count == 2 { return table.anyFlag(spelled: word) != nil }
        return word.dropFirst().allSatisfy { table.anyFlag(spelled: "-\($0)")?.takesValue == false }
    }

    private static func name(ofLong word: String) -> String { String(word.prefix { $0 != "=" }) }
}
