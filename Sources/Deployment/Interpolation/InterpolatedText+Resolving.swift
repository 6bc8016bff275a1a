extension InterpolatedText {
    /// What becomes of defaults and messages that are not needed.
    package enum Unused: Sendable {
        /// They are not looked at: `${A:-${B:?}}` asks for nothing when there is an `A`.
        case skipped
        /// They are resolved too, and fail too, as Compose does it.
        case resolved
    }

    /// Puts the values in.
    ///
    /// - Parameters:
    ///   - lookup: the value of a name, or `nil` when it has none. A value is never interpolated itself.
    ///   - unset: what a name without value and default becomes; `nil` makes it a problem.
    /// - Returns: the text, or every problem at once.
    package func resolved(
        unused: Unused = .skipped,
        unset: ((VariableReference) -> String?)? = nil,
        lookup: (VariableReference) -> String?
    ) -> Result<String, InterpolationProblems> {
        var problems: [InterpolationProblem] = []
        let text = resolve(unused, unset, lookup, &problems)
        return problems.isEmpty ? .success(text) : .failure(InterpolationProblems(problems))
    }

    private func resolve(
        _ unused: Unused,
        _ unset: ((VariableReference) -> String?)?,
        _ lookup: (VariableReference) -> String?,
        _ problems: inout [InterpolationProblem]
    ) -> String {
        var result = ""
        for piece in pieces {
            switch piece {
            case .text(let text): result += text
            case .reference(let reference):
                result += Self.value(of: reference, unused, unset, lookup, &problems)
            }
        }
        return result
    }

    private static func value(
        of reference: VariableReference,
        _ unused: Unused,
        _ unset: ((VariableReference) -> String?)?,
        _ lookup: (VariableReference) -> String?,
        _ problems: inout [InterpolationProblem]
    ) -> String {
        let value = lookup(reference)
        guard let operation = reference.operation else {
            if let value { return value }
            if let unset, let text = unset(reference) { return text }
            problems.append(
                InterpolationProblem(.unknown(reference.name), offset: reference.offset, length: reference.length))
            return ""
        }
        let isFilled = value.map { !$0.isEmpty } ?? false
        let takesArgument =
            switch operation {
            case .defaultWhenUnset, .requiredWhenUnset: value == nil
            case .defaultWhenEmpty, .requiredWhenEmpty: !isFilled
            case .replacedWhenSet: value != nil
            case .replacedWhenFilled: isFilled
            }
        guard takesArgument || unused == .resolved else { return value ?? "" }
        let before = problems.count
        let argument = reference.argument?.resolve(unused, unset, lookup, &problems) ?? ""
        guard takesArgument else { return value ?? "" }
        switch operation {
        case .requiredWhenUnset, .requiredWhenEmpty:
            if problems.count == before {
                problems.append(
                    InterpolationProblem(
                        .required(reference.name, reason: argument), offset: reference.offset,
                        length: reference.length))
            }
            return ""
        default: return argument
        }
    }
}
