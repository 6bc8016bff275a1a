import CLI
import Diagnostics
import Testing

/// A command line as a test writes it: words between blanks, single quotes around a word with blanks or an empty one.
func words(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    for character in line {
        switch character {
        case "'":
            isQuoted.toggle()
            word = word ?? ""
        case " " where !isQuoted:
            words += word.map { [$0] } ?? []
            word = nil
        default: word = (word ?? "") + String(character)
        }
    }
    return words + (word.map { [$0] } ?? [])
}

func invocation(_ line: String) -> Invocation { ArgumentParser().parse(words(line)) }

/// What a sound line says; anything else fails the test with the problems.
func parsed(_ line: String, _ location: SourceLocation = #_sourceLocation) throws -> ParsedArguments {
    let invocation = invocation(line)
    guard case .command(let arguments) = invocation.request else {
        Issue.record("`\(line)` is \(invocation.request)", sourceLocation: location)
        throw NotACommand()
    }
    return arguments
}

/// The problems of a line, as they are printed without colours; empty when there are none.
func problems(_ line: String) -> String {
    guard case .invalid(let diagnostics) = invocation(line).request else { return "" }
    return DiagnosticRenderer(sources: SourceTable()).render(diagnostics)
}

/// Only what comes first of each problem of a line.
func messages(_ line: String) -> [String] {
    guard case .invalid(let diagnostics) = invocation(line).request else { return [] }
    return diagnostics.map(\.message)
}

private struct NotACommand: Error {}
