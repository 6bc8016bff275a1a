import Diagnostics

/// Builds trees from events: resolves kinds, aliases and merge keys, and enforces the limits.
///
/// Semantic problems (duplicate keys, unknown tags) are collected; a syntax error or a limit ends the reading.
struct Composer {
    private(set) var problems: [Diagnostic] = []
    private let events: EventReader
    private let id: FileID
    private let options: LoadOptions
    private var anchors: [String: Anchor] = [:]
    /// Anchored collections that are still being read; an alias to one of them would be a cycle.
    private var openAnchors: Set<String> = []
    private var aliases = 0
    private var repeatedNodes = 0

    private struct Anchor {
        var node: Node
        var size: Int
    }

    /// Reading cannot go on; the reason is in `problems`.
    private struct Stop: Error {}

    init(events: EventReader, id: FileID, options: LoadOptions) {
        self.events = events
        self.id = id
        self.options = options
    }

    mutating func documents() -> [Node] {
        var trees: [Node] = []
        do {
            while true {
                switch try next() {
                case .documentStart(let range):
                    if !trees.isEmpty, !options.allowsSeveralDocuments {
                        problems.append(
                            Diagnostic(
                                "a second document begins here", at: range, expected: "one document in a file",
                                next: "move it to a file of its own, or remove the `---`"))
                        return []
                    }
                    anchors = [:]
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
        switch events.next() {
        case .success(let event): return event
        case .failure(let problem): throw stop(problem.diagnostic)
        }
    }

    private mutating func stop(_ diagnostic: Diagnostic) -> Stop {
        problems.append(diagnostic)
        return Stop()
    }

    // MARK: - Nodes

    /// The node that an event begins, and of how many nodes it consists.
    private mutating func node(_ event: Event, depth: Int) throws(Stop) -> (node: Node, size: Int) {
        switch event {
        case .scalar(let scalar):
            let node = scalarNode(scalar)
            remember(scalar.anchor, node, size: 1)
            return (node, 1)
        case .alias(let name, let range): return try alias(name, range)
        case .sequenceStart(let start):
            let (node, size) = try collection(start, depth: depth, sequence)
            return (node, size)
        case .mappingStart(let start):
            let (node, size) = try collection(start, depth: depth, mapping)
            return (node, size)
        default: preconditionFailure("libyaml puts a node here")
        }
    }

    private mutating func collection(
        _ start: CollectionEvent,
        depth: Int,
        _ read: (inout Composer, CollectionEvent, Int) throws(Stop) -> (node: Node, size: Int)
    ) throws(Stop) -> (node: Node, size: Int) {
        guard depth < options.depth else {
            throw stop(
                Diagnostic(
                    "collections are nested too deeply here", at: start.range,
                    expected: "at most \(options.depth) levels"))
        }
        if let anchor = start.anchor { openAnchors.insert(anchor) }
        var (node, size) = try read(&self, start, depth + 1)
        if let anchor = start.anchor { openAnchors.remove(anchor) }
        node.tag = tag(start.tag, at: start.range, allowing: ["map", "seq"])
        remember(start.anchor, node, size: size)
        return (node, size)
    }

    private func sequence(
        _ composer: inout Composer, _ start: CollectionEvent, _ depth: Int
    ) throws(Stop) -> (node: Node, size: Int) {
        var items: [Node] = []
        var size = 1
        var end = start.range.end
        while true {
            let event = try composer.next()
            if case .sequenceEnd = event { break }
            let (item, itemSize) = try composer.node(event, depth: depth)
            end = max(end, item.range.end)
            size += itemSize
            items.append(item)
        }
        return (Node(.sequence(items), range: SourceRange(file: id, start: start.range.start, end: end)), size)
    }

    private func mapping(
        _ composer: inout Composer, _ start: CollectionEvent, _ depth: Int
    ) throws(Stop) -> (node: Node, size: Int) {
        var builder = MappingBuilder()
        var size = 1
        var end = start.range.end
        while true {
            let event = try composer.next()
            if case .mappingEnd = event { break }
            let (key, isPlain) = try composer.key(event, depth: depth)
            let (value, valueSize) = try composer.node(try composer.next(), depth: depth)
            end = max(end, value.range.end)
            size += 1 + valueSize
            if isPlain, key.text == "<<" {
                builder.merge(value, at: key.range, problems: &composer.problems)
            } else {
                builder.add(key.text, at: key.range, value, problems: &composer.problems)
            }
        }
        let range = SourceRange(file: id, start: start.range.start, end: end)
        return (Node(.mapping(builder.finish()), range: range), size)
    }

    /// A key is a scalar, or an alias to one.
    private mutating func key(
        _ event: Event, depth: Int
    ) throws(Stop) -> (key: (text: String, range: SourceRange), isPlain: Bool) {
        switch event {
        case .scalar(let scalar):
            let node = scalarNode(scalar)
            remember(scalar.anchor, node, size: 1)
            return ((scalar.text, scalar.range), scalar.style == .plain)
        case .alias(let name, let range):
            if let text = try alias(name, range).node.scalar?.text { return ((text, range), false) }
            throw stop(Diagnostic("a key must be a single value", at: range, expected: "a string"))
        case .sequenceStart(let start), .mappingStart(let start):
            throw stop(
                Diagnostic("a key must be a single value", at: start.range, expected: "a string, not a list or a map"))
        default: preconditionFailure("libyaml puts a key here")
        }
    }

    private mutating func scalarNode(_ event: ScalarEvent) -> Node {
        var kind = event.style == .plain ? NumberSyntax.kind(ofPlain: event.text) : .string
        var tag = Node.Tag.none
        if let name = event.tag {
            tag = self.tag(name, at: event.range, allowing: ["str", "int", "float", "bool", "null"])
            if name == "!" || name.hasSuffix(":str") { kind = .string }
            if let wanted = Self.kinds[name], wanted != .string {
                kind = NumberSyntax.kind(ofPlain: event.text)
                if kind == .integer, wanted == .float { kind = .float }
                if kind != wanted {
                    problems.append(
                        Diagnostic(
                            "`\(event.text)` is not \(wanted.name)", at: event.range,
                            expected: "\(wanted.name), as its tag says"))
                }
            }
        }
        return Node(.scalar(Scalar(event.text, kind: kind, style: event.style)), range: event.range, tag: tag)
    }

    // MARK: - Anchors and tags

    private mutating func remember(_ anchor: String?, _ node: Node, size: Int) {
        guard let anchor else { return }
        if let earlier = anchors[anchor] {
            problems.append(
                .warning(
                    "the anchor `&\(anchor)` is defined again", at: node.range,
                    label:
                        "from here on `*\(anchor)` means this one, and no longer line \(earlier.node.range.start.line)")
            )
        }
        anchors[anchor] = Anchor(node: node, size: size)
    }

    private mutating func alias(_ name: String, _ range: SourceRange) throws(Stop) -> (node: Node, size: Int) {
        if openAnchors.contains(name) {
            throw stop(
                Diagnostic(
                    "`*\(name)` is inside the value it stands for", at: range, expected: "an alias without a cycle"))
        }
        guard let anchor = anchors[name] else {
            let label = Wording.didYouMean(name, anchors.keys.sorted())
            throw stop(
                Diagnostic(
                    "no anchor `&\(name)` before this", at: range, label: label, expected: "an anchor defined above"))
        }
        aliases += 1
        repeatedNodes += anchor.size
        guard aliases <= options.aliases, repeatedNodes <= options.repeatedNodes else {
            throw stop(
                Diagnostic(
                    "aliases repeat too much of this file", at: range,
                    expected: "at most \(options.aliases) aliases and \(options.repeatedNodes) repeated values"))
        }
        return (anchor.node, anchor.size)
    }

    private mutating func tag(_ name: String?, at range: SourceRange, allowing core: Set<String>) -> Node.Tag {
        guard let name, name != "!" else { return .none }
        if options.allowsComposeTags {
            if name == "!reset" { return .reset }
            if name == "!override" { return .override }
        }
        if name.hasPrefix(Self.corePrefix), core.contains(String(name.dropFirst(Self.corePrefix.count))) {
            return .none
        }
        let shown = name.hasPrefix(Self.corePrefix) ? "!!" + name.dropFirst(Self.corePrefix.count) : name
        problems.append(
            Diagnostic(
                "the tag `\(shown)` is not allowed here", at: range,
                expected: options.allowsComposeTags ? "no tag, `!reset` or `!override`" : "no tag"))
        return .none
    }

    private static let corePrefix = "tag:yaml.org,2002:"
    private static let kinds: [String: Scalar.Kind] = [
        corePrefix + "int": .integer, corePrefix + "float": .float, corePrefix + "bool": .boolean,
        corePrefix + "null": .null,
    ]
}
