package import Diagnostics
package import YAML

extension Biography {
    /// Tells the biography of a value.
    ///
    /// - Parameters:
    ///   - text: a path as `diff` prints it: `services.web.environment.DB_URL`, `services.web.ports[target=80]`.
    ///   - recorder: was there when the rendering was made.
    ///   - manifests: the environment's own files, the one that extends the others last; empty in plain mode.
    ///   - command: what to type before a path, for what to do next.
    /// - Returns: `nil` when there is no such value, which is in `problems`.
    package static func of(
        _ text: String, in rendering: Rendering, _ recorder: RenderRecorder, sources: SourceTable,
        manifests: [Node] = [], command: String, problems: Problems
    ) -> Biography? {
        let pattern: PathPattern
        do throws(PathPattern.SyntaxError) { pattern = try PathPattern(text) } catch {
            problems.error(
                "the path `\(text)` \(error.message)", at: .none,
                expected: "a path as `rehearse diff` prints it", next: "\(command) services")
            return nil
        }
        let finder = ExplainedPath(document: rendering.marked)
        let places = finder.places(pattern)
        guard places.count < 2 else {
            problems.error(
                "the path `\(text)` names \(places.count) values", at: .none,
                expected: "one of \(Wording.list(places.prefix(5).map(\.path.description)))",
                next: "\(command) \(ShellQuoting.quoted(places[0].path.description))")
            return nil
        }
        guard let path = places.first?.path ?? ExplainedPath.spelled(pattern) else {
            report(text, pattern, finder, command, problems)
            return nil
        }
        var masking = BiographyMask.none
        if case .process(let variables)? = recorder.start?.scope.source {
            masking = BiographyMask(plain: variables, path)
        }
        let lookup = LayerLookup(path: path, finished: places.first?.nodes ?? [])
        var teller = BiographyTeller(
            recorder: recorder, rendering: rendering, sources: sources, lookup: lookup,
            variables: VariableStories(manifests: manifests, masking: masking),
            masking: masking)
        teller.tell()
        if places.isEmpty, teller.steps.isEmpty {
            report(text, pattern, finder, command, problems)
            return nil
        }
        let dollars = rendering.writing.dollars(escapes: false)
        return Biography(
            path: path,
            value: places.first.map { masking.masked(dollars.written($0.node)) },
            steps: teller.steps,
            children: (places.first.map(ExplainedPath.children) ?? []).map { child in
                Child(path: child.path, value: masking.masked(dollars.written(child.node)), range: range(of: child))
            })
    }

    /// Where a value stands, or the first thing in it that stands anywhere.
    private static func range(of place: ExplainedPath.Place) -> SourceRange {
        let range = place.node.range
        guard range.isNone else { return range }
        guard case .key(let key)? = place.path.segments.last, place.nodes.count > 1 else { return .none }
        return place.nodes[place.nodes.count - 2].mapping?.entry(key)?.keyRange ?? .none
    }

    private static func report(
        _ text: String, _ pattern: PathPattern, _ finder: ExplainedPath, _ command: String, _ problems: Problems
    ) {
        let (place, missing) = finder.nearest(pattern)
        let children = ExplainedPath.children(of: place)
        let names = children.map { $0.path.description }
        var nearest: String?
        if case .key(let glob)? = missing, let wanted = glob.literal {
            let key = Wording.nearest(to: wanted, in: place.node.mapping?.keys ?? [])
            nearest = key.map { place.path.appending(.key($0)).description }
        }
        let shown = place.path.isEmpty ? "the rendering" : "`\(place.path)`"
        problems.error(
            "there is no `\(text)` in the rendering", at: .none,
            label: nearest.map { "did you mean `\($0)`?" },
            expected: children.isEmpty
                ? "\(shown), which holds nothing"
                : "\(shown) and one of \(Wording.list(Array(names.prefix(12))))"
                    + (names.count > 12 ? ", and \(names.count - 12) more" : ""),
            next:
                "\(command) \(ShellQuoting.quoted(nearest ?? (place.path.isEmpty ? "services" : place.path.description)))"
        )
    }
}
