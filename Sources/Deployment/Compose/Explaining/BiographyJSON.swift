package import Diagnostics
package import YAML

/// A biography as a document for programs, to be written by `JSONWriter`.
///
/// Schema 1. `value` is null also when `present` is false. In `steps` the last one made the result; `effect` is `set`,
/// `replaced`, `added`, `kept` or `removed`; `file`, `line` and `column` are null for what no file says; `written` is
/// null where the file has the value itself.
package enum BiographyJSON {
    package static func document(_ biography: Biography, sources: SourceTable) -> Node {
        .mapping([
            ("schema", .integer(1)),
            ("path", .string(biography.path.description)),
            ("present", .boolean(biography.value != nil)),
            ("value", biography.value ?? .null),
            (
                "steps",
                .sequence(
                    biography.steps.map { step in
                        .mapping(
                            [
                                ("effect", .string(step.effect.rawValue)), ("value", step.value ?? .null),
                                ("written", .string(orNull: step.written)),
                            ] + place(step.range, sources) + [
                                ("notes", .sequence(step.notes.map { note($0, sources) }))
                            ])
                    })
            ),
            (
                "children",
                .sequence(
                    biography.children.map { child in
                        .mapping([("path", .string(child.path.description))] + place(child.range, sources))
                    })
            ),
        ])
    }

    private static func note(_ note: Biography.Note, _ sources: SourceTable) -> Node {
        func mapping(_ kind: String, _ range: SourceRange, _ more: [(key: String, value: Node)] = []) -> Node {
            .mapping([("kind", .string(kind))] + more + place(range, sources))
        }
        switch note {
        case .extends(let service, let base, let range):
            return mapping("extends", range, [("service", .string(service)), ("base", .string(base))])
        case .include(let range): return mapping("include", range)
        case .alias(let range): return mapping("alias", range)
        case .tag(let tag, let range): return mapping(tag == .reset ? "reset" : "override", range)
        case .shortSyntax: return .mapping([("kind", .string("short_syntax"))])
        case .rule(let rule): return .mapping([("kind", .string("rule")), ("rule", .string(rule))])
        case .variable(let use):
            return mapping(
                "variable", use.range,
                [
                    ("name", .string(use.name)), ("source", .string(use.source.rawValue)),
                    ("value", .string(orNull: use.value)), ("default", .string(orNull: use.usedDefault)),
                    (
                        "overridden", .sequence(use.overridden.map { .mapping(place($0, sources)) })
                    ),
                ])
        }
    }

    private static func place(_ range: SourceRange, _ sources: SourceTable) -> [(key: String, value: Node)] {
        let file = sources[range.file]
        return [
            ("file", .string(orNull: file?.path)),
            ("line", .integer(orNull: file == nil ? nil : range.start.line)),
            ("column", .integer(orNull: file == nil ? nil : range.start.column)),
        ]
    }
}
