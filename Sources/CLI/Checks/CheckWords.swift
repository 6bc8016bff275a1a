import Diagnostics
import YAML

/// The words of a command line as the settings that a step would have.
struct CheckWords {
    let arguments: ParsedArguments

    func http() -> Node {
        var expect: [(key: String, value: Node)] = []
        let statuses = arguments.texts(of: .expectStatus).map { text in
            Int(text).map { Node.integer($0) } ?? .string(text)
        }
        if !statuses.isEmpty { expect.append(("status", .sequence(statuses))) }
        let headers = arguments.texts(of: .expectHeader).map { line -> (key: String, value: Node) in
            let (name, value) = Self.parted(line)
            return (name, value.isEmpty ? .mapping([("matches", .string("."))]) : .string(value))
        }
        if !headers.isEmpty { expect.append(("headers", .mapping(Self.distinct(headers)))) }
        let parts = arguments.texts(of: .contains)
        if !parts.isEmpty { expect.append(("body", .mapping([("has", .strings(parts))]))) }
        let json = arguments.assignments(of: .expectJSON).map { ($0.name, Self.scalar($0.value)) }
        if !json.isEmpty { expect.append(("json", .mapping(json))) }
        add(.within, as: "within", to: &expect)

        var entries: [(key: String, value: Node)] = [("url", .string(arguments.requiredWord(for: .checkedURL)))]
        add(.method, as: "method", to: &entries)
        addHeaders(to: &entries)
        add(.body, as: "body", to: &entries)
        add(.retryFor, as: "retry_for", to: &entries)
        add(.redirects, as: "redirects", to: &entries)
        if !expect.isEmpty { entries.append(("expect", .mapping(expect))) }
        return .mapping(entries + connection)
    }

    func loggedIn() -> Node {
        var credential: [(key: String, value: Node)] = []
        for (flag, key) in [(FlagSpecification.cookie, "cookie"), (.authHeader, "header")] {
            if let given = arguments.assignments(of: flag).first {
                credential = [(key, .string(given.name)), ("secret", .string(given.value))]
            }
        }
        return .mapping(
            [
                ("urls", .strings(arguments.words(for: .checkedURLs))), ("credential", .mapping(credential)),
                ("marker", .string(arguments.text(of: .pageMarker) ?? "")),
            ] + connection)
    }

    func purge() -> Node {
        var entries: [(key: String, value: Node)] = [
            ("provider", .string(arguments.text(of: .provider) ?? "")),
            ("routes", .strings(arguments.words(for: .purgedRoutes))),
        ]
        let untouched = arguments.texts(of: .untouched)
        if !untouched.isEmpty { entries.append(("untouched", .strings(untouched))) }
        var origin: [(key: String, value: Node)] = []
        add(.originURL, as: "url", to: &origin)
        add(.originMarker, as: "marker", to: &origin)
        if !origin.isEmpty { entries.append(("origin", .mapping(origin))) }
        for (flag, key) in [
            (FlagSpecification.endpoint, "endpoint"), (.method, "method"), (.token, "token"), (.zone, "zone"),
            (.batch, "batch"), (.wait, "wait"), (.settle, "settle"),
        ] {
            add(flag, as: key, to: &entries)
        }
        addHeaders(to: &entries)
        return .mapping(entries + connection)
    }

    func measure() -> Node {
        var entries: [(key: String, value: Node)] = [("urls", .strings(arguments.words(for: .measuredURLs)))]
        addHeaders(to: &entries)
        for (flag, key) in [
            (FlagSpecification.requests, "requests"), (.concurrency, "concurrency"), (.rate, "rate"),
            (.warmup, "warmup"),
        ] {
            add(flag, as: key, to: &entries)
        }
        if let baseline = arguments.text(of: .baseline) {
            entries.append(
                ("baseline", baseline == "last" ? .string(baseline) : .mapping([("url", .string(baseline))])))
        }
        let limits = arguments.assignments(of: .measureLimit).map { (key: $0.name, value: Node.string($0.value)) }
        if !limits.isEmpty { entries.append(("limits", .mapping(limits))) }
        return .mapping(entries + connection)
    }

    func security() -> Node {
        var entries: [(key: String, value: Node)] = []
        let pages = arguments.words(for: .securedURLs)
        if !pages.isEmpty { entries.append(("urls", .strings(pages))) }
        let sent = arguments.texts(of: .header).map { line -> (key: String, value: Node) in
            let (name, value) = Self.parted(line)
            return (name, .string(value))
        }
        if !sent.isEmpty { entries.append(("send", .mapping(Self.distinct(sent)))) }
        let expected = arguments.texts(of: .expectHeader).map { line -> (key: String, value: Node) in
            let (name, value) = Self.parted(line)
            return (name, value.isEmpty ? .mapping([("matches", .string("."))]) : .string(value))
        }
        if !expected.isEmpty { entries.append(("headers", .mapping(Self.distinct(expected)))) }
        for (flag, key) in [
            (FlagSpecification.absentHeader, "absent"), (.plainURL, "redirect"), (.privateFile, "files"),
            (.searchedLog, "logs"), (.hiddenSecret, "secrets"),
        ] {
            let texts = arguments.texts(of: flag)
            if !texts.isEmpty { entries.append((key, .strings(texts))) }
        }
        for (flag, key) in [
            (FlagSpecification.cookies, "cookies"), (.encryption, "tls"), (.searchedProject, "project"),
        ]
        where arguments.has(flag) {
            entries.append((key, .boolean(true)))
        }
        var upload: [(key: String, value: Node)] = []
        for (flag, key) in [
            (FlagSpecification.uploadURL, "url"), (.uploadField, "field"), (.maximumBytes, "max_bytes"),
            (.acceptedType, "accept"), (.forbiddenType, "forbid"),
        ] {
            add(flag, as: key, to: &upload)
        }
        if !upload.isEmpty { entries.append(("upload", .mapping(upload))) }
        return .mapping(entries + connection)
    }

    /// Only how to connect: the rules are in a file.
    var connection: [(key: String, value: Node)] {
        var entries: [(key: String, value: Node)] = []
        add(.requestTimeout, as: "timeout", to: &entries)
        add(.authorities, as: "ca", to: &entries)
        if arguments.has(.insecure) { entries.append(("insecure", .boolean(true))) }
        return entries
    }

    // MARK: - Pieces

    private func add(_ flag: FlagSpecification, as key: String, to entries: inout [(key: String, value: Node)]) {
        guard arguments.has(flag) else { return }
        switch flag.kind {
        case .duration:
            guard let duration = arguments.duration(of: flag) else { return }
            entries.append((key, .string(DurationSyntax.format(duration))))
        case .number: entries.append((key, .integer(orNull: arguments.number(of: flag))))
        default: entries.append((key, .string(arguments.text(of: flag) ?? "")))
        }
    }

    private func addHeaders(to entries: inout [(key: String, value: Node)]) {
        let headers = arguments.texts(of: .header).map { line -> (key: String, value: Node) in
            let (name, value) = Self.parted(line)
            return (name, .string(value))
        }
        if !headers.isEmpty { entries.append(("headers", .mapping(Self.distinct(headers)))) }
    }

    private static func parted(_ line: String) -> (name: String, value: String) {
        guard let colon = line.firstIndex(of: ":") else { return (line, "") }
        return (String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " }))
    }

    /// Of a name that is given twice the last counts.
    private static func distinct(_ entries: [(key: String, value: Node)]) -> [(key: String, value: Node)] {
        var seen: Set<String> = []
        return entries.reversed().filter { seen.insert($0.key).inserted }.reversed()
    }

    /// `true`, `7` and `null` as JSON has them; anything else is a text.
    private static func scalar(_ text: String) -> Node {
        guard let node = try? JSONReader.read(Array(text.utf8)), node.scalar != nil else { return .string(text) }
        return node
    }
}
