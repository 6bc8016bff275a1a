import Diagnostics

/// Words to an `Invocation`, without doing anything: no file is opened, no variable is read.
package struct ArgumentParser: Sendable {
    package let table: CommandTable

    package init(_ table: CommandTable = .rehearse) { self.table = table }

    /// - Parameter words: without the program's own name.
    package func parse(_ words: [String]) -> Invocation {
        guard !words.isEmpty else { return Invocation(.nothing, globals: GlobalOptions()) }
        let scan = CommandLineScanner(words, table: table)
        let (globals, globalProblems) = readGlobals(scan)
        // Help first: whatever else is wrong, who asks for help gets it and starts nothing.
        if let form = scan.helpForm {
            let subject = scan.command.map(HelpRequest.Subject.command) ?? .overview
            return Invocation(.help(HelpRequest(subject, form)), globals: globals)
        }
        var problems = scan.problems + globalProblems
        if scan.flags.contains(where: { $0.flag.name == FlagSpecification.version.name }) {
            // `run release --version 1.4.2` must not end as a green job that has done nothing.
            let isAlone = problems.isEmpty && scan.words.isEmpty && scan.flags.allSatisfy { isGlobal($0.flag) }
            guard !isAlone else { return Invocation(.version, globals: globals) }
            problems.append(.versionNotAlone)
        } else if let command = scan.command {
            let (request, found) = read(scan, command, globals)
            problems += found
            if problems.isEmpty, let request { return Invocation(request, globals: globals) }
        } else if problems.isEmpty {
            problems.append(.noCommand)
        }
        // A flag that is refused can be wrong in two ways; its refusal is said once.
        var diagnostics: [Diagnostic] = []
        for diagnostic in problems.map({ $0.diagnostic(in: table, scan.command) })
        where !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
        return Invocation(.invalid(diagnostics), globals: globals)
    }

    private func isGlobal(_ flag: FlagSpecification) -> Bool { table.globalFlags.contains { $0.name == flag.name } }

    // MARK: - The command's own

    private func read(
        _ scan: CommandLineScanner, _ command: CommandSpecification, _ globals: GlobalOptions
    ) -> (Invocation.Request?, [ArgumentProblem]) {
        var flags: [ParsedArguments.GivenFlag] = []
        var problems: [ArgumentProblem] = []
        for scanned in scan.flags where !isGlobal(scanned.flag) {
            guard let flag = command.flags.first(where: { $0.name == scanned.flag.name }) else {
                if !scan.hasUnknownCommand { problems.append(.foreignFlag(scanned.spelling)) }
                continue
            }
            switch (flag.kind, scanned.value) {
            case (let kind?, let word?):
                do {
                    flags.append(.init(name: flag.name, value: try FlagValue(word, as: kind)))
                } catch {
                    problems.append(.invalidValue(of: flag.spelling, error))
                }
            case (nil, _): flags.append(.init(name: flag.name, value: nil))
            case (_?, nil): break
            }
        }
        let (words, wordProblems) = place(scan, command)
        problems += wordProblems + clashes(in: scan, command, flags)
        if command == .help, problems.isEmpty {
            let form: HelpRequest.Form = flags.contains { $0.name == FlagSpecification.man.name } ? .manual : .long
            guard let subject = HelpRequest.Subject(words[ArgumentSpecification.subject.name] ?? [], in: table) else {
                return (nil, [.unknownHelpSubject(scan.words)])
            }
            return (.help(HelpRequest(subject, form)), [])
        }
        return (.command(ParsedArguments(command: command, globals: globals, flags: flags, words: words)), problems)
    }

    /// Flags given too often, together with their opposite, or not at all.
    private func clashes(
        in scan: CommandLineScanner, _ command: CommandSpecification, _ given: [ParsedArguments.GivenFlag]
    ) -> [ArgumentProblem] {
        var problems: [ArgumentProblem] = []
        let names = scan.givenNames
        for flag in command.flags where !isGlobal(flag) {
            // A switch given twice says nothing new, as in an alias that has it already.
            let count = scan.flags.count { $0.flag.name == flag.name }
            if flag.takesValue, !flag.isRepeatable, count > 1 { problems.append(.repeatedFlag(flag)) }
            var assigned: Set<String> = []
            for case .assignment(let name, _)? in given.filter({ $0.name == flag.name }).map(\.value)
            where !assigned.insert(name).inserted {
                problems.append(.repeatedAssignment(flag, name: name))
            }
            if flag.isRequired, !names.contains(flag.name), !scan.isAdrift, misplacedEnvironment(scan, command) != flag
            {
                problems.append(.missingFlag(flag))
            }
        }
        return problems + contradictions(among: command.flags.filter { !isGlobal($0) }, given: names)
    }

    /// Each pair of flags that contradict each other once, whichever of the two says so.
    func contradictions(among flags: [FlagSpecification], given: Set<String>) -> [ArgumentProblem] {
        let present = flags.filter { given.contains($0.name) }
        return present.flatMap { flag in
            present.filter { other in
                flag.excludes.contains(other.name) && (flag.name < other.name || !other.excludes.contains(flag.name))
            }.map { .contradiction(flag, $0) }
        }
    }

    // MARK: - Words by place

    private func place(
        _ scan: CommandLineScanner, _ command: CommandSpecification
    ) -> ([String: [String]], [ArgumentProblem]) {
        var rest = scan.words[...]
        var words: [String: [String]] = [:]
        var problems: [ArgumentProblem] = []
        for argument in command.arguments {
            let taken = argument.occurrence == .anyNumber ? rest : rest.prefix(1)
            rest = rest.dropFirst(taken.count)
            words[argument.name] = Array(taken)
            for word in taken {
                do {
                    _ = try FlagValue(word, as: argument.kind)
                } catch {
                    problems.append(.invalidValue(of: argument.name, error))
                }
            }
            if taken.isEmpty, argument.occurrence == .once, !scan.isAdrift {
                problems.append(.missingArgument(argument))
            }
        }
        if !scan.isAdrift {
            let suggestion = misplacedEnvironment(scan, command)
            problems += rest.map { word in
                .unexpectedArgument(word, suggestion: suggestion.map { "\($0.spellings[0]) \(word)" })
            }
        }
        return (words, problems)
    }

    /// The command's flag for an environment, when one word too many most likely is that environment:
    /// `run release staging`.
    private func misplacedEnvironment(
        _ scan: CommandLineScanner, _ command: CommandSpecification
    ) -> FlagSpecification? {
        guard scan.words.count == command.arguments.count + 1 else { return nil }
        return command.flags.first { flag in
            flag.kind == .environment && !scan.flags.contains { $0.flag.name == flag.name }
        }
    }
}

extension HelpRequest.Subject {
    /// `nil` when the words name neither a command nor a topic.
    init?(_ words: [String], in table: CommandTable) {
        if words.isEmpty {
            self = .overview
        } else if let command = table.command(at: words) {
            self = .command(command)
        } else if words.count == 1, let topic = HelpTopic.all.first(where: { $0.name == words[0] }) {
            self = .topic(topic)
        } else {
            return nil
        }
    }
}
