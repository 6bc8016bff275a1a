/// One use of a variable: https://github.com/compose-spec/compose-spec/blob/main/12-interpolation.md
package struct VariableReference: Hashable, Sendable {
    package enum Operation: String, Hashable, Sendable {
        /// The argument when the variable is not there.
        case defaultWhenUnset = "-"
        /// The argument when the variable is not there or empty.
        case defaultWhenEmpty = ":-"
        /// An error with the argument as its reason when the variable is not there.
        case requiredWhenUnset = "?"
        /// The same when it is not there or empty.
        case requiredWhenEmpty = ":?"
        /// The argument when the variable is there, nothing otherwise.
        case replacedWhenSet = "+"
        /// The argument when the variable is there and not empty, its value otherwise.
        case replacedWhenFilled = ":+"
    }

    package let name: String
    /// `nil` for `$NAME` and `${NAME}`.
    package let operation: Operation?
    /// What follows the operator; `nil` exactly when there is no operator.
    package let argument: InterpolatedText?
    /// Where the `$` stands, in code points from the start of the text.
    package let offset: Int
    /// From the `$` to the end of the name or the closing brace, in code points.
    package let length: Int

    package init(name: String, operation: Operation?, argument: InterpolatedText?, offset: Int, length: Int) {
        self.name = name
        self.operation = operation
        self.argument = argument
        self.offset = offset
        self.length = length
    }

    /// Whether the reference has a value when the variable has none.
    package var hasDefault: Bool {
        switch operation {
        case .defaultWhenUnset, .defaultWhenEmpty, .replacedWhenSet, .replacedWhenFilled: true
        case .requiredWhenUnset, .requiredWhenEmpty, nil: false
        }
    }
}
