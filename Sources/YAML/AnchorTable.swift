import Diagnostics

/// The anchors of one document as far as it is read, and how much their aliases have repeated.
///
/// An alias means the last anchor of its name that began before it: https://yaml.org/spec/1.2.2/#71-alias-nodes
struct AnchorTable {
    /// One `&name` in the text; later ones may have the same name.
    struct Place {
        fileprivate let name: String
        fileprivate let number: Int
    }

    enum Use {
        case built(Composer.Built)
        /// The alias stands inside the value that its anchor begins.
        case cycle(SourceRange)
        case unknown(similar: String?)
    }

    private struct Anchor {
        var number: Int
        var range: SourceRange
        /// `nil` while it is being read.
        var built: Composer.Built?
    }

    private var anchors: [String: Anchor] = [:]
    private var count = 0
    /// Aliases that were used, in all documents.
    private(set) var uses = 0
    /// Nodes that exist only because an alias repeats them, in all documents.
    private(set) var repeatedNodes = 0

    /// Forgets the anchors of the last document, and not what was used up.
    mutating func removeAll() { anchors = [:] }

    func range(of name: String) -> SourceRange? { anchors[name]?.range }

    mutating func open(_ name: String, at range: SourceRange) -> Place {
        count += 1
        anchors[name] = Anchor(number: count, range: range)
        return Place(name: name, number: count)
    }

    mutating func close(_ place: Place, _ built: Composer.Built) {
        // A newer anchor of the same name inside this one stays the one that aliases mean.
        if anchors[place.name]?.number == place.number { anchors[place.name]?.built = built }
    }

    mutating func use(_ name: String) -> Use {
        guard let anchor = anchors[name] else {
            // Comparing with very many names would take longer than reading the file.
            let isSmall = anchors.count <= 1_000
            return .unknown(similar: isSmall ? Wording.nearest(to: name, in: anchors.keys.sorted()) : nil)
        }
        guard let built = anchor.built else { return .cycle(anchor.range) }
        uses += 1
        repeatedNodes += built.size
        return .built(built)
    }
}
