import Diagnostics
package import YAML

/// The variables that a project's files use, as `docker compose config --variables` tells them.
///
/// Made from a rendering without interpolation. One entry a name: where a name is used in several ways in one list the
/// last counts, as in Compose; anywhere else, where Compose takes one at random, the one that says most.
package struct TemplateVariables: Sendable {
    package struct Entry: Hashable, Sendable {
        package let name: String
        /// Whether `?` makes it an error that the variable is not there.
        package var isRequired = false
        /// What stands for it when it is not there, as written.
        package var defaultValue = ""
        /// What stands for it when it is there (`+`), as written.
        package var alternateValue = ""

        fileprivate var weight: Int {
            (isRequired ? 4 : 0) + (defaultValue.isEmpty ? 0 : 2) + (alternateValue.isEmpty ? 0 : 1)
        }
    }

    /// Sorted by name, each name once.
    package let entries: [Entry]

    /// - Parameter problems: takes texts that are no templates; nothing of such a text is an entry.
    package init(of document: Node, problems: Problems) {
        var reader = Reader(problems: problems)
        entries = reader.entries(in: document).values.sorted { $0.name < $1.name }
    }

    private struct Reader {
        let problems: Problems

        mutating func entries(in node: Node) -> [String: Entry] {
            switch node.value {
            case .scalar(let scalar):
                return scalar.kind == .string ? entries(in: scalar.text, at: node.range) : [:]
            case .sequence(let items):
                return items.reduce(into: [:]) { $0.merge(entries(in: $1)) { _, last in last } }
            case .mapping(let mapping):
                return mapping.entries.reduce(into: [:]) {
                    $0.merge(entries(in: $1.value)) { $1.weight > $0.weight ? $1 : $0 }
                }
            }
        }

        private func entries(in text: String, at range: SourceRange) -> [String: Entry] {
            switch Interpolation.parse(text) {
            case .failure(let found):
                for problem in found.all {
                    problems.error(
                        problem.message, at: problem.range(in: text, of: range), expected: problem.expected,
                        next: "write `$$` if a dollar sign is meant")
                }
                return [:]
            case .success(let parsed):
                let scalars = Array(text.unicodeScalars)
                var result: [String: Entry] = [:]
                for reference in inOrder(parsed, scalars, end: scalars.count) {
                    result[reference.name] = entry(for: reference, scalars)
                }
                return result
            }
        }

        /// In Compose's order: one with an operator takes in the rest of its line up to the last brace, and comes after
        /// all that is in there. What a message says counts for nothing.
        private func inOrder(_ text: InterpolatedText, _ scalars: [Unicode.Scalar], end: Int) -> [VariableReference] {
            let references = text.pieces.compactMap { piece -> VariableReference? in
                if case .reference(let reference) = piece { reference } else { nil }
            }
            return inOrder(references[...], scalars, end: end)
        }

        private func inOrder(
            _ references: ArraySlice<VariableReference>, _ scalars: [Unicode.Scalar], end: Int
        ) -> [VariableReference] {
            guard let first = references.first else { return [] }
            let rest = references.dropFirst()
            guard let operation = first.operation else { return [first] + inOrder(rest, scalars, end: end) }
            let line = scalars[first.offset..<end].prefix { $0 != "\n" }
            let brace = line.lastIndex(of: "}") ?? first.offset
            let inside = rest.prefix { $0.offset < brace }
            var nested: [VariableReference] = []
            if operation != .requiredWhenUnset, operation != .requiredWhenEmpty, let argument = first.argument {
                nested = inOrder(argument, scalars, end: first.offset + first.length - 1)
            }
            return inOrder(inside, scalars, end: brace + 1) + [first] + nested
                + inOrder(rest.dropFirst(inside.count), scalars, end: end)
        }

        private func entry(for reference: VariableReference, _ scalars: [Unicode.Scalar]) -> Entry {
            var entry = Entry(name: reference.name)
            guard let operation = reference.operation else { return entry }
            // Between `${NAME` with the operator and the closing brace.
            let start = reference.offset + 2 + reference.name.count + operation.rawValue.count
            let end = reference.offset + reference.length - 1
            var written = String.UnicodeScalarView()
            written.append(contentsOf: scalars[start..<max(start, end)])
            switch operation {
            case .defaultWhenUnset, .defaultWhenEmpty: entry.defaultValue = String(written)
            case .replacedWhenSet, .replacedWhenFilled: entry.alternateValue = String(written)
            case .requiredWhenUnset, .requiredWhenEmpty: entry.isRequired = true
            }
            return entry
        }
    }
}
