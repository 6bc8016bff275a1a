// The shapes that many fields share.
extension Shape {
    static let text = Shape(.text, .text)
    /// A boolean, or a string that says one.
    static let flag = Shape([.boolean, .text], .flag)
    static let castFlag = Shape([.boolean, .text], .flag, cast: .boolean)
    static let optionalFlag = Shape([.boolean, .text], .optionalFlag)
    static let optionalCastFlag = Shape([.boolean, .text], .optionalFlag, cast: .boolean)
    static let strictFlag = Shape(.boolean, .flag)
    static let castInteger = Shape([.number, .text], .integer, cast: .integer)
    static let wholeInteger = Shape([.integer, .text], .integer, cast: .integer)
    static let optionalInteger = Shape([.integer, .text], .optionalInteger, cast: .integer)
    static let optionalUnsigned = Shape([.integer, .text], .optionalUnsigned, cast: .integer)
    static let number = Shape(.number, .integer)
    static let size = Shape([.number, .text], .bytes)
    static let wholeSize = Shape([.integer, .text], .bytes)
    static let duration = Shape(.text, .duration)
    static let optionalDuration = Shape(.text, .optionalDuration)
    static let command = Shape([.null, .text, .list], .command, items: .text, merge: .replace)
    /// A command in a hook: it is merged like any list.
    static let hookCommand = Shape([.null, .text, .list], .command, items: .text)

    /// A list of distinct strings.
    static let names = Shape(.list, .texts, items: .text, isSet: true)
    static let keyedNames = names.with(identity: .key)
    static let texts = Shape(.list, .texts, items: .text)
    static let textOrTexts = Shape([.text, .list], .texts, items: .text, isSet: true)

    private static let pair = Shape([.text, .number, .boolean, .null], .text)
    /// `KEY=VALUE`s as a list or a map, in three ways of leaving.
    static let variables = Shape([.map, .list], .variables, values: pair, items: .text, isSet: true)
    static let mapping = Shape([.map, .list], .mapping, values: pair, items: .text, isSet: true)
    static let labels = mapping.with(merge: .keyedList, identity: .key)
    /// The same without removing a label that is there twice.
    static let countedLabels = mapping.with(merge: .keyedList)
    static let plainLabels = mapping

    /// A map of strings and numbers.
    static let options = Shape(.map, .options, values: Shape([.text, .number], .text))
    static let textMap = Shape(.map, .textMap, values: Shape([.text, .number], .text))
    static let textOnlyMap = Shape(.map, .options, values: .text)

    static let extraHosts = Shape(
        [.map, .list], .hosts,
        values: Shape([.text, .list], .text, items: .text), items: .text, isSet: true, merge: .extraHosts)

    static let ulimits = ulimits(casts: true)
    /// A build's: Compose converts no strings there.
    static let buildUlimits = ulimits(casts: false)

    private static func ulimits(casts: Bool) -> Shape {
        let number = Shape([.integer, .text], .optionalInteger, cast: casts ? .integer : nil)
        let fields = FieldTable(
            "ulimit", [.init("soft", number, required: true), .init("hard", number, required: true)])
        return Shape(
            .map, .map,
            values: Shape(
                [.integer, .text, .map], .ulimit, fields: fields, cast: casts ? .integer : nil,
                merge: casts ? .ulimit : .standard))
    }

    static func choice(_ names: String...) -> Shape { Shape(.text, .text, limit: .choices(names)) }

    static func record(
        _ subject: String, or types: ValueTypes = [], form: Form = .record, isExtensible: Bool = true,
        merge: MergeRule = .standard, _ fields: [FieldTable.Field]
    ) -> Shape {
        Shape(
            [.map, types], form, fields: FieldTable(subject, isExtensible: isExtensible, fields), merge: merge)
    }

    static func list(of items: Shape, isSet: Bool = false, identity: ItemIdentity? = nil) -> Shape {
        Shape(.list, .list, items: items, isSet: isSet, identity: identity)
    }

    /// - Parameter keys: `.any` where the specification's pattern does not refuse other keys.
    static func map(
        of values: Shape, or types: ValueTypes = [], keys: KeyRule = .name, merge: MergeRule = .standard
    ) -> Shape {
        Shape(
            [.map, types], .map, values: values, keys: keys, items: types.contains(.list) ? text : nil,
            isSet: types.contains(.list), merge: merge)
    }
}
