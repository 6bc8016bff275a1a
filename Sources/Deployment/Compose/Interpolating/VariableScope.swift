import Diagnostics
import YAML

/// What names stand for while one set of files is read, and what became of them.
///
/// A class, because every file and every include of a project reports into it; it never leaves the thread that reads.
final class VariableScope {
    enum Source {
        case manifest([String: TemplateVariable], EnvironmentRendering.DollarPolicy)
        case process([String: String])
    }

    let source: Source
    let origins: VariableOrigins
    let report: VariableReport

    init(_ source: Source, origins: VariableOrigins = VariableOrigins(), report: VariableReport) {
        self.source = source
        self.origins = origins
        self.report = report
    }

    /// The plain value of a name; `nil` when it has none or is a secret.
    func value(_ name: String) -> String? {
        switch source {
        case .manifest(let variables, _):
            if case .value(let text, _) = variables[name] { return text }
            return nil
        case .process(let environment): return environment[name]
        }
    }

    /// Every name with what stands for it; a secret is `${NAME}`.
    var texts: [String: String] {
        switch source {
        case .process(let environment): return environment
        case .manifest(let variables, _):
            return Dictionary(
                uniqueKeysWithValues: variables.map { name, variable in
                    if case .value(let text, _) = variable { return (name, text) }
                    return (name, "${\(name)}")
                })
        }
    }

    /// The text for a name that is passed on to a service: its value, or the mark of a secret.
    func passedOn(_ name: String, at range: SourceRange) -> String? {
        switch source {
        case .manifest(let variables, let policy):
            switch variables[name] {
            case .value(let text, let place):
                report.use(name)
                if policy == .refused, isHazard(name, text) { report.hazard(name, at: range, definedAt: place) }
                return text
            case .secret:
                report.use(name)
                return report.mark("${\(name)}")
            case nil: return nil
            }
        case .process(let environment):
            guard let text = environment[name] else { return nil }
            if isHazard(name, text) { report.outsideHazard(name, at: range) }
            return text
        }
    }

    /// Whether the `$` of a value may have been meant for Compose. What an env file says was judged where it is written.
    private func isHazard(_ name: String, _ value: String) -> Bool {
        VariableReport.isHazard(value) && origins.places[name] == nil
    }

    /// The same scope with more names, which do not replace those that are there.
    ///
    /// - Parameter places: where each of them is set.
    func adding(_ more: [String: String], at places: [String: SourceRange]) -> VariableScope {
        var origins = origins
        switch source {
        case .manifest(var variables, let policy):
            origins.add(places) { variables[$0] != nil }
            for (name, text) in more where variables[name] == nil {
                variables[name] = .value(text, places[name] ?? .none)
            }
            return VariableScope(.manifest(variables, policy), origins: origins, report: report)
        case .process(let environment):
            origins.add(places) { environment[$0] != nil }
            return VariableScope(
                .process(environment.merging(more) { known, _ in known }), origins: origins, report: report)
        }
    }

    /// The text with its variables resolved; `nil` when a problem was reported.
    func resolve(_ text: String, at range: SourceRange) -> String? {
        switch Interpolation.parse(text) {
        case .failure(let problems):
            for problem in problems.all { report.malformed(problem, in: text, at: range) }
            return nil
        case .success(let parsed):
            switch source {
            case .manifest(let variables, let policy): return resolve(parsed, text, range, variables, policy)
            case .process(let environment): return resolve(parsed, text, range, environment)
            }
        }
    }

    private func resolve(
        _ parsed: InterpolatedText, _ text: String, _ range: SourceRange, _ variables: [String: TemplateVariable],
        _ policy: EnvironmentRendering.DollarPolicy
    ) -> String? {
        let report = report
        var isSound = true
        let result = parsed.resolved { reference in
            report.use(reference.name)
            switch variables[reference.name] {
            case .value(let value, let place):
                if policy == .refused, isHazard(reference.name, value) {
                    report.hazard(reference, in: text, at: range, definedAt: place)
                    isSound = false
                }
                return value
            case .secret: return report.secret(reference, in: text, at: range)
            case nil: return nil
            }
        }
        switch result {
        case .success(let resolved): return isSound ? resolved : nil
        case .failure(let problems):
            for problem in problems.all { report.missing(problem, in: text, at: range) }
            return nil
        }
    }

    private func resolve(
        _ parsed: InterpolatedText, _ text: String, _ range: SourceRange, _ environment: [String: String]
    ) -> String? {
        let report = report
        let result = parsed.resolved(
            unused: .resolved,
            unset: { reference in
                report.unset(reference, in: text, at: range)
                return ""
            },
            lookup: { reference in
                report.use(reference.name)
                guard let value = environment[reference.name] else { return nil }
                if isHazard(reference.name, value) { report.outsideHazard(reference, in: text, at: range) }
                return value
            })
        switch result {
        case .success(let resolved): return resolved
        case .failure(let problems):
            for problem in problems.all { report.missing(problem, in: text, at: range) }
            return nil
        }
    }
}
