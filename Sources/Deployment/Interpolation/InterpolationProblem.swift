package import Diagnostics

/// What is wrong with the text around a `$`, or with a variable it names.
package struct InterpolationProblem: Error, Hashable, Sendable {
    package enum Cause: Hashable, Sendable {
        /// `${`, `${1}`, `${A!}`, `${A` without its end.
        case malformed
        /// A default inside a default inside …
        case tooDeep
        /// `$NAME` or `${NAME}` without a default, and nothing gives it a value.
        case unknown(String)
        /// `${NAME:?reason}`; the reason is empty when none was written.
        case required(String, reason: String)
    }

    package let cause: Cause
    /// In code points from the start of the text.
    package let offset: Int
    package let length: Int

    package init(_ cause: Cause, offset: Int, length: Int) {
        self.cause = cause
        self.offset = offset
        self.length = length
    }

    package var message: String {
        switch cause {
        case .malformed: "this `$` begins no variable"
        case .tooDeep: "variables are nested too deeply here"
        case .unknown(let name): "no value for `\(name)`"
        case .required(let name, ""): "`\(name)` must have a value"
        case .required(let name, let reason): "`\(name)` must have a value: \(reason)"
        }
    }

    package var expected: String? {
        switch cause {
        case .malformed: "`$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME:?message}`, or `$$` for a dollar sign"
        case .tooDeep: "at most \(InterpolationParser.deepest) levels"
        case .unknown, .required: nil
        }
    }

    /// The place in the file, as exactly as `VariablePlace` can tell.
    package func range(in text: String, of scalar: SourceRange) -> SourceRange {
        VariablePlace.range(offset: offset, length: length, in: text, of: scalar)
    }
}
