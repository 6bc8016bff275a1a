/// A value of a Compose file before it is written down.
indirect enum Draft: Sendable {
    /// What is written as it stands: `0777`, `true`, `*anchor`.
    case plain(String)
    /// A string, in any style of YAML.
    case text(String)
    case list([Draft])
    /// Keys are unique, but `<<` may stand among them.
    case map([Entry])
    /// `!reset`, `!override` or `&anchor` before a value.
    case marked(String, Draft)

    static let null = Draft.plain("null")

    struct Entry: Sendable {
        var key: String
        var value: Draft

        init(_ key: String, _ value: Draft) {
            self.key = key
            self.value = value
        }
    }

    var entries: [Entry] {
        get {
            switch self {
            case .map(let entries): entries
            case .marked(_, let value): value.entries
            case .plain, .text, .list: []
            }
        }
        set { self = .map(newValue) }
    }

    subscript(key: String) -> Draft? {
        get { entries.first { $0.key == key }?.value }
        set {
            var entries = entries
            let index = entries.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): entries[index].value = value
            case (let index?, nil): entries.remove(at: index)
            case (nil, let value?): entries.append(Entry(key, value))
            case (nil, nil): return
            }
            self.entries = entries
        }
    }

    /// A map with the keys of both; the ones of `over` win.
    func with(_ over: Draft) -> Draft {
        var result = self
        for entry in over.entries { result[entry.key] = entry.value }
        return result
    }
}

extension Draft: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int) { self = .plain(String(value)) }
    init(floatLiteral value: Double) { self = .plain("\(value)") }
    init(booleanLiteral value: Bool) { self = .plain(value ? "true" : "false") }
    init(arrayLiteral elements: Draft...) { self = .list(elements) }
    init(dictionaryLiteral elements: (String, Draft)...) { self = .map(elements.map { Entry($0.0, $0.1) }) }
}
