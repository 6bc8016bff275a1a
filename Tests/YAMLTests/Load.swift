import Diagnostics
import TestSupport
import Testing
import YAML

/// What is wrong with a text, in the short form of `MarkedText`.
func problems(_ input: MarkedText, options: LoadOptions = .manifest) -> [String] {
    input.summary(of: diagnostics(Array(input.text.utf8), options: options))
}

func problems(_ marked: String, options: LoadOptions = .manifest) -> [String] {
    problems(MarkedText(marked), options: options)
}

func diagnostics(_ bytes: [UInt8], options: LoadOptions = .manifest) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let source = SourceFile(path: "test.yaml", bytes: bytes)
    let trees = Loading.documents(source, id: FileID(index: 0), options: options, problems: &problems)
    if problems.hasErrors, !trees.isEmpty { Issue.record("there are errors, and still a document") }
    return problems
}

/// The document of a text that has no problems, not even warnings.
func load(_ text: String, options: LoadOptions = .manifest) throws -> Node {
    var problems: [Diagnostic] = []
    let source = SourceFile(path: "test.yaml", text: text)
    let node = Loading.document(source, id: FileID(index: 0), options: options, problems: &problems)
    #expect(problems == [])
    return try #require(node)
}

/// The document of a text as one line of JSON.
func json(_ text: String, options: LoadOptions = .manifest) throws -> String {
    JSONWriter.line(try load(text, options: options))
}
