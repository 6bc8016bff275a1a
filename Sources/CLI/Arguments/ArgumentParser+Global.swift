extension ArgumentParser {
    /// The global flags of a line, as far as they are sound, and what is wrong with the others.
    func readGlobals(_ scan: CommandLineScanner) -> (GlobalOptions, [ArgumentProblem]) {
        var globals = GlobalOptions(format: scan.command?.formats.first ?? "text")
        var problems: [ArgumentProblem] = []
        let flags = scan.command.map(table.inherited(by:)) ?? table.globalFlags
        for flag in flags {
            let given = scan.flags.filter { $0.flag.name == flag.name }
            if flag.takesValue, given.count > 1 { problems.append(.repeatedFlag(flag)) }
            if let word = given.first?.value, let kind = flag.kind {
                do {
                    globals.set(flag, to: try FlagValue(word, as: kind))
                } catch {
                    // Which formats there are is not known without the command.
                    let isJudged = flag.name != FlagSpecification.format.name || scan.command != nil
                    if isJudged { problems.append(.invalidValue(of: flag.spelling, error)) }
                    // Who asks for JSON wants the error as JSON, also where the command itself cannot print it.
                    if flag.name == FlagSpecification.format.name, word == "json" { globals.format = word }
                }
            } else if !given.isEmpty {
                globals.set(flag)
            }
        }
        return (globals, problems + contradictions(among: flags, given: scan.givenNames))
    }
}

extension GlobalOptions {
    fileprivate mutating func set(_ flag: FlagSpecification, to value: FlagValue? = nil) {
        switch (flag.name, value) {
        case (FlagSpecification.directory.name, .text(let path)?): directory = path
        case (FlagSpecification.format.name, .text(let word)?):
            format = word
            isFormatGiven = true
        case (FlagSpecification.color.name, .text(let word)?): color = Color(rawValue: word) ?? .auto
        case (FlagSpecification.quiet.name, _): isQuiet = true
        case (FlagSpecification.verbose.name, _): isVerbose = true
        case (FlagSpecification.noInput.name, _): asksNothing = true
        default: break
        }
    }
}
