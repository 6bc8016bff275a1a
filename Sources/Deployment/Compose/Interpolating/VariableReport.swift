import Diagnostics

/// What was found about variables in all files of a project, told once per name with every place.
final class VariableReport {
    private(set) var used: Set<String> = []
    /// References to secrets by the number of their mark.
    private(set) var secrets: [String] = []
    private var numbers: [String: Int] = [:]
    private var unknown = Places()
    private var unsetNames = Places()
    private var hazards = Places()
    private var outsideHazards = Places()
    /// Where the values of `hazards` are set.
    private var hazardDefinitions: [String: SourceRange] = [:]
    private var defaults = Places()
    private var single: [Diagnostic] = []

    /// Names in the order in which they were met, each with its places.
    private struct Places {
        var names: [String] = []
        var ranges: [String: [SourceRange]] = [:]

        mutating func add(_ name: String, _ range: SourceRange) {
            if ranges[name] == nil { names.append(name) }
            if ranges[name]?.contains(range) != true { ranges[name, default: []].append(range) }
        }
    }

    /// Whether `$` in a value may have been meant for Compose: `$$`, `$NAME`, `${`.
    static func isHazard(_ value: String) -> Bool {
        let bytes = value.utf8.span
        guard bytes.count > 1 else { return false }
        for index in 0..<(bytes.count - 1) where bytes[index] == UInt8(ascii: "$") {
            let next = bytes[index + 1]
            if next == UInt8(ascii: "$") || next == UInt8(ascii: "{") || next == UInt8(ascii: "_")
                || (next | 0x20 >= 0x61 && next | 0x20 <= 0x7A)
            {
                return true
            }
        }
        return false
    }

    func use(_ name: String) { used.insert(name) }

    func mark(_ reference: String) -> String {
        let number = numbers[reference] ?? secrets.count
        if number == secrets.count {
            secrets.append(reference)
            numbers[reference] = number
        }
        return DollarWriting.mark(number)
    }

    func malformed(_ problem: InterpolationProblem, in text: String, at range: SourceRange) {
        single.append(
            Diagnostic(
                problem.message, at: problem.range(in: text, of: range), expected: problem.expected,
                next: "write `$$` if a dollar sign is meant"))
    }

    func missing(_ problem: InterpolationProblem, in text: String, at range: SourceRange) {
        let place = problem.range(in: text, of: range)
        if case .unknown(let name) = problem.cause {
            unknown.add(name, place)
        } else {
            single.append(Diagnostic(problem.message, at: place))
        }
    }

    func unset(_ reference: VariableReference, in text: String, at range: SourceRange) {
        unsetNames.add(reference.name, place(of: reference, text, range))
    }

    /// - Parameter place: where the value is set.
    func hazard(
        _ reference: VariableReference, in text: String, at range: SourceRange, definedAt place: SourceRange
    ) {
        hazard(reference.name, at: self.place(of: reference, text, range), definedAt: place)
    }

    /// The same for a name that is passed on without being written as a variable.
    func hazard(_ name: String, at range: SourceRange, definedAt place: SourceRange) {
        hazards.add(name, range)
        hazardDefinitions[name] = place
    }

    /// The value comes from the process environment.
    func outsideHazard(_ reference: VariableReference, in text: String, at range: SourceRange) {
        outsideHazard(reference.name, at: place(of: reference, text, range))
    }

    func outsideHazard(_ name: String, at range: SourceRange) { outsideHazards.add(name, range) }

    /// What stands for a secret until the text is written.
    func secret(_ reference: VariableReference, in text: String, at range: SourceRange) -> String {
        let plain = "${\(reference.name)}"
        switch reference.operation {
        case nil, .replacedWhenSet, .replacedWhenFilled: return mark(plain)
        case .defaultWhenUnset, .defaultWhenEmpty:
            defaults.add(reference.name, place(of: reference, text, range))
            return mark(plain)
        case .requiredWhenUnset, .requiredWhenEmpty:
            let reason = reference.argument?.literal
            guard let reason, let operation = reference.operation, !reason.contains(where: { "{}$\n".contains($0) })
            else { return mark(plain) }
            return mark("${\(reference.name)\(operation.rawValue)\(reason)}")
        }
    }

    private func place(of reference: VariableReference, _ text: String, _ range: SourceRange) -> SourceRange {
        VariablePlace.range(offset: reference.offset, length: reference.length, in: text, of: range)
    }

    /// Everything found, as diagnostics; empties the report.
    func diagnostics() -> [Diagnostic] {
        var all = single
        single = []
        all += told(&unknown) { name in
            Diagnostic(
                "no value for `\(name)`",
                expected: "`\(name)` under `values` or `secrets` of the environment, or a default: `${\(name):-…}`")
        }
        all += told(&hazards, definitions: hazardDefinitions) { name in
            Diagnostic(
                "the value of `\(name)` has a `$` that Compose would read as a variable",
                expected: "a value without `$$`, `${` and `$NAME`",
                next: "make `\(name)` a secret, or write the `$` in the template as `$$`")
        }
        all += told(&outsideHazards) { name in
            .warning(
                "the value of `\(name)` has a `$` that Compose reads as a variable wherever the value is written",
                next: "in an env file put the value in single quotes, in a Compose file write `$$`")
        }
        all += told(&defaults) { name in
            .warning("`\(name)` is a secret, so its default here is dropped", next: "write `${\(name)}`")
        }
        all += told(&unsetNames) { name in
            .warning("`\(name)` is not set, and an empty string stands for it", next: "set it, or write `${\(name):-}`")
        }
        return all
    }

    /// - Parameter definitions: where values are set that must not be shown; their line is withheld.
    private func told(
        _ places: inout Places, definitions: [String: SourceRange] = [:], _ diagnostic: (String) -> Diagnostic
    ) -> [Diagnostic] {
        defer { places = Places() }
        return places.names.map { name in
            var result = diagnostic(name)
            let ranges = places.ranges[name] ?? []
            if let definition = definitions[name], !definition.isNone {
                result.range = definition
                result.label = "the value is not shown"
                result.isWithheld = true
                result.related = ranges.map { Diagnostic.Related(range: $0, label: "used here") }
            } else {
                result.range = ranges.first ?? .none
                result.related = ranges.dropFirst().map { Diagnostic.Related(range: $0, label: "used here too") }
            }
            return result
        }
    }
}
