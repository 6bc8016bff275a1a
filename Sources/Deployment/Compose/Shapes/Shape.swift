import YAML

/// What may stand at one place of a Compose file, and how it merges and leaves.
///
/// The whole specification is a tree of these, made once; reading, merging, checking and writing all walk a file along
/// it, so that no path is ever compared as text. https://github.com/compose-spec/compose-spec/blob/main/spec.md
final class Shape: Sendable {
    let types: ValueTypes
    let form: Form
    /// The fixed keys of a map.
    let fields: FieldTable?
    /// What stands under the free keys of a map.
    let values: Shape?
    let keys: KeyRule
    /// What stands in a list.
    let items: Shape?
    /// Whether a list may not hold the same item twice.
    let isSet: Bool
    let limit: Limit?
    /// What a string becomes right after interpolation.
    let cast: Cast?
    let merge: MergeRule
    /// By what the items of a list are told apart when a later one replaces an earlier one.
    let identity: ItemIdentity?

    init(
        _ types: ValueTypes,
        _ form: Form,
        fields: FieldTable? = nil,
        values: Shape? = nil,
        keys: KeyRule = .any,
        items: Shape? = nil,
        isSet: Bool = false,
        limit: Limit? = nil,
        cast: Cast? = nil,
        merge: MergeRule = .standard,
        identity: ItemIdentity? = nil
    ) {
        self.types = types
        self.form = form
        self.fields = fields
        self.values = values
        self.keys = keys
        self.items = items
        self.isSet = isSet
        self.limit = limit
        self.cast = cast
        self.merge = merge
        self.identity = identity
    }

    /// The same shape with another rule for merging or telling items apart.
    func with(merge: MergeRule? = nil, identity: ItemIdentity? = nil, isSet: Bool? = nil) -> Shape {
        Shape(
            types, form, fields: fields, values: values, keys: keys, items: items, isSet: isSet ?? self.isSet,
            limit: limit, cast: cast, merge: merge ?? self.merge, identity: identity ?? self.identity)
    }

    /// What stands under a key of this map; `anything` under `x-` keys, `nil` under unknown ones.
    func child(_ key: String) -> Shape? {
        if let fields {
            if let field = fields[key] { return field.shape }
            if fields.isExtensible, Shape.isExtension(key) { return .anything }
        }
        return values
    }

    static func isExtension(_ key: String) -> Bool {
        let bytes = key.utf8.span
        return bytes.count >= 2 && bytes[0] == UInt8(ascii: "x") && bytes[1] == UInt8(ascii: "-")
    }

    /// A team's own field: whatever it holds passes unchanged.
    static let anything = Shape([.text, .number, .boolean, .null, .list, .map], .anything)
}

extension Shape {
    /// How a value leaves in the normal form.
    enum Form: Sendable {
        case anything
        /// Read and checked, and ignored by Compose, which a warning says.
        case ignored
        /// Left out when empty.
        case text
        /// Left out when false.
        case flag
        /// Kept when false.
        case optionalFlag
        /// Left out when 0.
        case integer
        case optionalInteger
        case unsigned
        case optionalUnsigned
        /// 32 bits; left out when 0.
        case number
        /// A size in bytes, written as a string of digits; left out when 0.
        case bytes
        /// Left out when 0.
        case duration
        case optionalDuration
        /// A command line, split into words; kept when empty.
        case command
        case healthTest
        /// Strings; a single one becomes a list. Left out when empty.
        case texts
        /// Strings or numbers, all written as strings.
        case spellings
        /// `host=address`, sorted.
        case hosts
        /// `KEY` and `KEY=VALUE`, or a map, to a map in which a value may be null.
        case variables
        /// The same, null and nothing as the empty string.
        case mapping
        /// A map of strings, numbers and booleans to a map of strings.
        case options
        /// A map whose values are strings already.
        case textMap
        /// A map of lists of strings.
        case multiOptions
        /// Fixed fields; left out when it is not there, kept when empty.
        case record
        /// Fixed fields; left out when none of them remains.
        case inlineRecord
        /// A list of what `items` says; left out when empty.
        case list
        /// A map of what `values` says; left out when empty.
        case map
        /// `"0440"`.
        case fileMode
        case ulimit
        case deviceCount
        case cpus
        case ssh
        /// The published port or range, always as a string.
        case external
    }

    enum KeyRule: Sendable {
        case any
        /// `[a-zA-Z0-9._-]+`.
        case name
    }

    enum Limit: Sendable {
        case choices([String])
        case range(ClosedRange<Int>)
        case least(Int)
        /// Holds a letter or digit followed by one more allowed character, anywhere: Compose's pattern has no anchors.
        case containerName
        case pullPolicy
    }

    enum Cast: Sendable {
        case integer
        case number
        case boolean
    }

    /// https://github.com/compose-spec/compose-spec/blob/main/13-merge.md
    enum MergeRule: Sendable {
        /// Maps merge deeply, lists append, scalars replace.
        case standard
        case replace
        /// Both sides become lists of `KEY=VALUE`, and append.
        case keyedList
        case build
        case dependencies
        /// A list of names is a map of nothing.
        case namedMap
        case extraHosts
        /// Options merge when the driver is the same.
        case logging
        case ulimit
        case addressPools
    }

    enum ItemIdentity: Sendable {
        /// What stands before `=`.
        case key
        case volumeTarget
        case deviceTarget
        case port
        case spelling
        /// The mount target, which for a name alone is this folder and the name.
        case mount(folder: String)
        case envFile
    }
}
