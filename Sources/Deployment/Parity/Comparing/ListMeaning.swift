/// What the items of a list are to each other.
enum ListMeaning: Hashable, Sendable {
    /// Nobody said. Maps are matched by a key that identifies them; everything else in order, where an item that
    /// merely moved is told and is no difference.
    case unknown
    /// The words of a command: order counts.
    case ordered
    /// Members whose order counts, too; one alone may be written as a text: name servers.
    case sequence
    /// Members without order.
    case set
    /// `KEY=VALUE` texts, the other way to write a map.
    case pairs
    /// Maps that the specification identifies by certain keys.
    case identified(ItemIdentity)
}

/// Which keys tell the items of a list apart.
struct ItemIdentity: Hashable, Sendable {
    /// Tried in order: items that agree in all keys of a pass are the same item. A key may reach into the item with
    /// dots: `discrete_resource_spec.kind`.
    var passes: [[String]]
    /// What a path shows: the first of these that the item has and both sides agree about.
    var shown: [[String]]
    /// Values that a key has when it is not written; they are not shown.
    var defaults: [String: String] = [:]
    /// Whether the same items in another order are something else: of two env files the last one wins.
    var isOrdered = false

    init(
        _ passes: [[String]], shown: [[String]]? = nil, defaults: [String: String] = [:], isOrdered: Bool = false
    ) {
        self.passes = passes
        self.shown = shown ?? passes
        self.defaults = defaults
        self.isOrdered = isOrdered
    }
}
