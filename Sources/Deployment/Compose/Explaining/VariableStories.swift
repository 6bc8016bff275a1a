import Diagnostics
import YAML

/// Tells where the variables of a text got their values.
struct VariableStories {
    /// The environment's manifest after those that it extends; empty in plain mode.
    let manifests: [Node]
    let masking: BiographyMask

    /// Every name that had a say in a text, in the order of the text: a default's own names only where it is used.
    func uses(in text: String, _ scope: VariableScope) -> [Biography.VariableUse] {
        guard Interpolation.hasDollar(text), case .success(let parsed) = Interpolation.parse(text) else { return [] }
        var uses: [Biography.VariableUse] = []
        collect(parsed, scope, &uses)
        var seen: Set<String> = []
        return uses.filter { seen.insert($0.name).inserted }
    }

    private func collect(_ text: InterpolatedText, _ scope: VariableScope, _ uses: inout [Biography.VariableUse]) {
        for case .reference(let reference) in text.pieces {
            let value = scope.value(reference.name)
            let isSecret = scope.isSecret(reference.name)
            let counts: Bool
            switch reference.operation {
            case .defaultWhenUnset: counts = value == nil && !isSecret
            case .defaultWhenEmpty: counts = value?.isEmpty != false && !isSecret
            case .replacedWhenSet: counts = value != nil
            case .replacedWhenFilled: counts = value?.isEmpty == false
            case .requiredWhenUnset, .requiredWhenEmpty, nil: counts = false
            }
            uses.append(use(of: reference.name, scope, default: counts ? reference.argument : nil))
            if counts, let argument = reference.argument { collect(argument, scope, &uses) }
        }
    }

    /// - Parameter given: the plain rendering whose process environment has the name before anything else; a scope has
    ///   the project's final name under `COMPOSE_PROJECT_NAME`.
    func use(
        of name: String, _ scope: VariableScope, default argument: InterpolatedText? = nil,
        given: PlainRendering? = nil
    ) -> Biography.VariableUse {
        let usedDefault = argument.map { masking.text(scope.quietly($0) ?? "") }
        let places = scope.origins
        func use(
            _ source: Biography.VariableUse.Source, _ range: SourceRange, _ value: String?,
            _ overridden: [SourceRange] = []
        ) -> Biography.VariableUse {
            Biography.VariableUse(
                name: name, source: source, range: range, value: masking.hides(name) ? nil : value,
                overridden: overridden.filter { $0 != range && !$0.isNone }, usedDefault: usedDefault)
        }
        switch scope.source {
        case .manifest(let variables, _):
            switch variables[name] {
            case .value(let text, let range):
                if let place = places.places[name] { return use(.envFile, place, text) }
                if range.isNone, name == "COMPOSE_PROJECT_NAME" { return use(.project, .none, text) }
                let others = manifests.compactMap { $0["values"]?[name]?.range }
                return use(.values, range, text, others + (places.hidden[name] ?? []))
            case .secret(let range): return use(.secret, range, nil, places.hidden[name] ?? [])
            case nil: return use(.unset, .none, nil)
            }
        case .process(let environment):
            let hidden = places.hidden[name] ?? []
            guard let text = environment[name] else { return use(.unset, .none, nil) }
            if let place = places.places[name] { return use(.envFile, place, text, hidden) }
            if name == "COMPOSE_PROJECT_NAME", given == nil { return use(.project, .none, text) }
            return use(.process, .none, text, hidden)
        }
    }
}

extension VariableScope {
    func isSecret(_ name: String) -> Bool {
        if case .manifest(let variables, _) = source, case .secret = variables[name] { return true }
        return false
    }

    /// The text with its variables, for a story; `nil` when one is missing. Nothing is reported.
    func quietly(_ text: String) -> String? {
        guard case .success(let parsed) = Interpolation.parse(text) else { return nil }
        return quietly(parsed)
    }

    func quietly(_ parsed: InterpolatedText) -> String? {
        let result = parsed.resolved(
            unset: { _ in "" },
            lookup: { reference in
                self.isSecret(reference.name) ? "${\(reference.name)}" : self.value(reference.name)
            })
        return try? result.get()
    }
}
