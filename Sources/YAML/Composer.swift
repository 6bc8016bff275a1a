import Diagnostics

/// Builds trees from events: resolves kinds, aliases and merge keys, and enforces the limits.
///
/// Semantic problems (duplicate keys, unknown aliases, tags) are collected; a syntax error or a limit ends the reading.
struct Composer {
    var problems: [Diagnostic] = []
    private let events: EventReader
    private let source: SourceFile
    private let id: FileID
    let options: LoadOptions
    private var anchors = AnchorTable()

    /// A node with what it costs to repeat it.
    struct Built {
        var node: Node
        /// How many nodes and keys it consists of, aliases expanded.
        var size: Int
        /// How many collections are nested in it, itself included.
        var height: Int
    }

    /// Reading cannot go on; the reason is in `problems`.
    private struct Stop: Error {}

    init(events: EventReader, source: SourceFile, id: FileID, options: LoadOptions) {
        self.events = events
        self.source = source
        self.id = id
        self.options = options
    }

    /// Every document; to be thrown away when `problems` has errors afterwards.
    mutating func documents() -> [Node] {
        var trees: [Node] = []
        do {
            while true {
                switch try next() {
                case .documentStart(let range):
                    if trees.count == 1, !options.allowsSeveralDocuments { refuseSecondDocument(at: range) }
                    anchors.removeAll()
                    trees.append(try node(try next(), depth: 0).node)
                    _ = try next()
                case .streamEnd: return trees
                default: preconditionFailure("libyaml begins every document with its start")
                }
            }
        } catch {
            return []
        }
    }

    private mutating func next() throws(Stop) -> Event {
        if problems.count >= Self.mostProblems, let last = problems.last {
            throw stop(
                Diagnostic(
                    "there are more problems; reading stopped here", at: last.range,
                    expected: "at most \(Self.mostProblems) problems in a file"))
        }
        do {
            return try events.next()
        } catch {
            throw stop(error.diagnostic(in: source))
        }
    }

    private mutating func stop(_ diagnostic: Diagnostic) -> Stop {
        problems.append(diagnostic)
        return Stop()
    }

    /// How many problems of one file are told; a generated file can repeat the same mistake a million times.
    private static let mostProblems = 100

    private mutating func refuseSecondDocument(at range: SourceRange) {
        problems.append(
            Diagnostic(
                "a second document begins here", at: range, expected: "one document in a file",
                next: "move it to a file of its own, or remove the line that separates the two"))
    }

    // MARK: - Nodes

    private mutating func node(_ event: Event, depth: Int) throws(Stop) -> Built {
        switch event {
        case .scalar(let scalar):
            let built = Built(node: scalarNode(scalar), size: 1, height: 0)
            if let anchor = scalar.anchor { define(anchor, built, at: scalar.range) }
            return built
        case .alias(let name, let range):
            // Whatever stands here in place of an unknown alias is never seen, as there is an error now.
            return try alias(name, range, depth: depth)
                ?? Built(node: Node(.mapping(Mapping()), range: range), size: 1, height: 1)
        case .sequenceStart(let start): return try sequence(start, depth: depth + 1)
        case .mappingStart(let start): return try mapping(start, depth: depth + 1)
        default: preconditionFailure("libyaml puts a node here")
        }
    }

    /// - Parameter depth: the collection's own level; the outermost is 1.
    private mutating func sequence(_ start: CollectionEvent, depth: Int) throws(Stop) -> Built {
        let anchor = try open(start, depth: depth)
        var items: [Node] = []
        var size = 1
        var height = 0
        var end = start.range.end
        while true {
            let event = try next()
            if case .sequenceEnd(let range) = event {
                if start.isFlow { end = range.end }
                break
            }
            let item = try node(event, depth: depth)
            end = max(end, item.node.range.end)
            size += item.size
            height = max(height, item.height)
            items.append(item.node)
        }
        let range = SourceRange(file: id, start: start.range.start, end: end)
        let tag = start.tag.map { self.tag($0, at: start.range, core: "seq") } ?? Node.Tag.none
        let built = Built(node: Node(.sequence(items), range: range, tag: tag), size: size, height: height + 1)
        if let anchor { anchors.close(anchor, built) }
        return built
    }

    /// - Parameter depth: the collection's own level; the outermost is 1.
    private mutating func mapping(_ start: CollectionEvent, depth: Int) throws(Stop) -> Built {
        let anchor = try open(start, depth: depth)
        var builder = MappingBuilder()
        var size = 1
        var height = 0
        var end = start.range.end
        while true {
            let event = try next()
            if case .mappingEnd(let range) = event {
                if start.isFlow { end = range.end }
                break
            }
            let key = try key(event, depth: depth)
            let value = try node(try next(), depth: depth)
            end = max(end, value.node.range.end)
            size += 1 + value.size
            // What is merged does not nest: its entries become entries of this map.
            let merged = key?.isMerge == true ? (value.node.sequence == nil ? 1 : 2) : 0
            height = max(height, value.height - merged)
            guard let key else { continue }
            if key.isMerge {
                builder.merge(value.node, at: key.range, problems: &problems)
            } else {
                builder.add(key.text, at: key.range, value.node, problems: &problems)
            }
        }
        let range = SourceRange(file: id, start: start.range.start, end: end)
        let tag = start.tag.map { self.tag($0, at: start.range, core: "map") } ?? Node.Tag.none
        let node = Node(.mapping(builder.finish()), range: range, tag: tag)
        let built = Built(node: node, size: size, height: height + 1)
        if let anchor { anchors.close(anchor, built) }
        return built
    }

    private struct Key {
        var text: String
        var range: SourceRange
        var isMerge = false
    }

    /// A key is a scalar, or an alias to one; `nil` for anything else, which is then among the problems.
    private mutating func key(_ event: Event, depth: Int) throws(Stop) -> Key? {
        switch event {
        case .scalar(let scalar):
            if scalar.anchor != nil || scalar.tag != nil { _ = try node(event, depth: depth) }
            let isPlain = scalar.style == .plain && scalar.tag == nil
            if isPlain, scalar.text.isEmpty {
                problems.append(
                    Diagnostic("the key before this `:` is missing", at: scalar.range, expected: "a key, or `\"\"`"))
                return nil
            }
            if isPlain, !options.isStringKey(scalar.text) {
                problems.append(
                    Diagnostic(
                        "the key `\(scalar.text)` is no string", at: scalar.range, expected: "a string",
                        next: "quote it: `\"\(scalar.text)\"`"))
            }
            return Key(text: scalar.text, range: scalar.range, isMerge: isPlain && scalar.text == "<<")
        case .alias(let name, let range):
            guard let node = try alias(name, range, depth: depth)?.node else { return nil }
            if let text = node.scalar?.text { return Key(text: text, range: range) }
            refuseKey(node, at: range)
            return nil
        default:
            let node = try node(event, depth: depth).node
            refuseKey(node, at: node.range)
            return nil
        }
    }

    private mutating func refuseKey(_ node: Node, at range: SourceRange) {
        problems.append(
            Diagnostic("a key must be a single value, and this is \(node.kindName)", at: range, expected: "a string"))
    }

    private mutating func scalarNode(_ event: ScalarEvent) -> Node {
        var kind = event.style == .plain ? NumberSyntax.kind(ofPlain: event.text) : .string
        var tag = Node.Tag.none
        if let name = event.tag { (kind, tag) = tagged(name, event) }
        if kind == .integer || kind == .float, event.text.utf8.count > Self.longestNumber {
            problems.append(
                Diagnostic(
                    "a number of \(event.text.utf8.count) characters", at: event.range,
                    expected: "at most \(Self.longestNumber) characters", next: "quote it if it is a text"))
        }
        return Node(.scalar(Scalar(event.text, kind: kind, style: event.style)), range: event.range, tag: tag)
    }

    /// Spelling out a number in another base takes time that grows with the square of its length.
    private static let longestNumber = 1_000

    // MARK: - Anchors and aliases

    private mutating func open(_ start: CollectionEvent, depth: Int) throws(Stop) -> AnchorTable.Place? {
        guard depth <= options.depth else {
            throw stop(
                Diagnostic(
                    "collections are nested too deeply here", at: start.range,
                    expected: "at most \(options.depth) levels"))
        }
        return start.anchor.map { name in
            warnOfRedefinition(name, at: start.range)
            return anchors.open(name, at: start.range)
        }
    }

    private mutating func define(_ name: String, _ built: Built, at range: SourceRange) {
        warnOfRedefinition(name, at: range)
        let place = anchors.open(name, at: range)
        anchors.close(place, built)
    }

    private mutating func warnOfRedefinition(_ name: String, at range: SourceRange) {
        // Warnings alone never stop the reading.
        guard let earlier = anchors.range(of: name), problems.count < Self.mostProblems / 2 else { return }
        problems.append(
            .warning(
                "the anchor `&\(name)` is defined again", at: range,
                label: "from here on `*\(name)` means this one, and no longer line \(earlier.start.line)"))
    }

    /// `nil` for an alias without an anchor, or inside its own; it is then among the problems.
    private mutating func alias(_ name: String, _ range: SourceRange, depth: Int) throws(Stop) -> Built? {
        switch anchors.use(name) {
        case .unknown(let similar):
            problems.append(
                Diagnostic(
                    "no anchor `&\(name)` before this", at: range, label: similar.map { "did you mean `*\($0)`?" },
                    expected: "an anchor defined above"))
            return nil
        case .cycle(let anchorRange):
            problems.append(
                Diagnostic(
                    "`*\(name)` is inside the value it stands for", at: range,
                    related: [Diagnostic.Related(range: anchorRange, label: "which begins here")],
                    expected: "an alias without a cycle"))
            return nil
        case .built(let built):
            guard anchors.uses <= options.aliases, anchors.repeatedNodes <= options.repeatedNodes else {
                throw stop(
                    Diagnostic(
                        "aliases repeat too much of this file", at: range,
                        expected: "at most \(options.aliases) aliases and \(options.repeatedNodes) repeated values"))
            }
            guard depth + built.height <= options.depth else {
                throw stop(
                    Diagnostic(
                        "collections are nested too deeply in what `*\(name)` stands for", at: range,
                        expected: "at most \(options.depth) levels"))
            }
            return built
        }
    }
}
