import YAML

/// The kinds of value that may stand at a place of a Compose file.
struct ValueTypes: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    static let text = ValueTypes(rawValue: 1)
    static let integer = ValueTypes(rawValue: 2)
    /// Any number; integers are numbers too.
    static let number = ValueTypes(rawValue: 4 | 2)
    static let boolean = ValueTypes(rawValue: 8)
    static let null = ValueTypes(rawValue: 16)
    static let list = ValueTypes(rawValue: 32)
    static let map = ValueTypes(rawValue: 64)

    /// `a string`, `a number, or a map`, as messages say what was expected.
    var wording: String {
        var names: [String] = []
        if contains(.text) { names.append("a string") }
        if contains(.number) { names.append("a number") } else if contains(.integer) { names.append("a whole number") }
        if contains(.boolean) { names.append("`true` or `false`") }
        if contains(.list) { names.append("a list") }
        if contains(.map) { names.append("a map") }
        if contains(.null) { names.append("nothing") }
        switch names.count {
        case 0: return "nothing"
        case 1: return names[0]
        case 2: return "\(names[0]) or \(names[1])"
        default: return names.dropLast().joined(separator: ", ") + ", or \(names[names.count - 1])"
        }
    }
}
