import Diagnostics
import YAML

/// Holds a laid tree against the specification and gives it its long syntax.
struct LayerForm {
    let problems: Problems
    let workers: Workers
    let work: Work

    init(problems: Problems, workers: Workers, switches: RenderSwitches) {
        self.problems = problems
        self.workers = workers
        work = Work(isResolved: switches.interpolates)
    }

    /// `nil` after an error, also when `hasFailed`. What is wrong with types is told alone then: only a sound tree has a
    /// long syntax.
    func canonical(_ tree: Node, hasFailed: Bool) -> Node? {
        guard let mapping = tree.mapping else {
            var check = ShapeCheck(problems: problems, toleratesVariables: !work.isResolved)
            check.check(tree)
            return nil
        }
        let entries = mapping.entries
        var parts: [Work.Part] = []
        var result = mapping
        if let place = mapping.index(of: "services"), let services = entries[place].value.mapping {
            let before = work.fields(entries[..<place])
            let inner = workers.map(services.entries, work.services)
            let after = work.fields(entries[(place + 1)...])
            parts = [before] + inner + [after]
            let written = Node(
                .mapping(services.replacing(inner.flatMap(\.entries))), range: entries[place].value.range,
                tag: entries[place].value.tag)
            var own = entries[place]
            own.value = written
            result = mapping.replacing(before.entries + [own] + after.entries)
        } else {
            parts = [work.fields(entries[...])]
            result = mapping.replacing(parts[0].entries)
        }
        for part in parts { problems.add(part.typeProblems) }
        guard !hasFailed, !parts.contains(where: { $0.typeProblems.hasErrors }) else { return nil }
        for part in parts { problems.add(part.formProblems) }
        guard !parts.contains(where: { $0.formProblems.hasErrors }) else { return nil }
        return Node(.mapping(result), range: tree.range, tag: tree.tag)
    }

    /// What can be done to parts of a project at the same time.
    struct Work: Sendable {
        /// False while variables are not resolved.
        let isResolved: Bool

        struct Part: Sendable {
            /// As many as were given, under the same keys; as given after an error.
            var entries: [Mapping.Entry]
            var typeProblems: [Diagnostic]
            var formProblems: [Diagnostic] = []
        }

        /// Fields of the project itself.
        func fields(_ entries: ArraySlice<Mapping.Entry>) -> Part {
            part(entries, check: { $0.check(fields: $1) }, form: { $0.fields($1) })
        }

        /// Some of the services.
        func services(_ entries: ArraySlice<Mapping.Entry>) -> Part {
            part(entries, check: { $0.check(services: $1) }, form: { $0.services($1) })
        }

        private func part(
            _ entries: ArraySlice<Mapping.Entry>,
            check: (inout ShapeCheck, ArraySlice<Mapping.Entry>) -> Void,
            form: (Canonical, ArraySlice<Mapping.Entry>) -> [Mapping.Entry]
        ) -> Part {
            let typeProblems = Problems()
            var shapes = ShapeCheck(problems: typeProblems, toleratesVariables: !isResolved)
            check(&shapes, entries)
            guard !typeProblems.hasErrors else {
                return Part(entries: Array(entries), typeProblems: typeProblems.all)
            }
            let formProblems = Problems()
            let written = form(Canonical(problems: formProblems, isStrict: isResolved), entries)
            return Part(entries: written, typeProblems: typeProblems.all, formProblems: formProblems.all)
        }
    }
}
