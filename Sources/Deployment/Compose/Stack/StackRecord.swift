/// What `docker stack deploy` makes of the fields of one kind of map.
///
/// Source: docker/cli, `cli/compose/schema/data/config_schema_v3.13.json` for what is refused, `cli/compose/convert` for
/// what is read and then ignored: https://github.com/docker/cli/tree/master/cli/compose
struct StackRecord: Sendable {
    struct Field: Sendable {
        let key: String
        let fate: StackFate

        init(_ key: String, _ fate: StackFate) {
            self.key = key
            self.fate = fate
        }
    }

    /// In the order in which they are written; every field that the normal form can have.
    let fields: [Field]
    /// Whether keys that begin with `x-` may stay.
    let keepsOwn: Bool
    private let positions: [String: Int]

    init(keepsOwn: Bool = false, _ fields: [Field]) {
        self.fields = fields
        self.keepsOwn = keepsOwn
        positions = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1.key, $0) })
    }

    func position(of key: String) -> Int? { positions[key] }
}

/// What becomes of a value.
indirect enum StackFate: Sendable {
    case kept
    /// Kept, as a string whatever it was.
    case text
    /// Kept, as a whole number; a text that stands for one is read as Go reads it, so that `0440` is 288.
    case integer
    case record(StackRecord)
    case list(of: StackRecord)
    case map(of: StackRecord)
    /// Kept, and read only from this format on.
    case since(StackFormat, StackFate)
    /// Left out, with a warning.
    case dropped(_ why: String, next: String? = nil)
}

extension StackFate {
    static let unsupported = dropped("a stack has no such option")
    static let noProcessorOption = dropped(
        "Swarm limits processors only by number", next: "set `deploy.resources.limits.cpus`")
}

/// A version of the Compose file format 3, by its minor number. Each Docker CLI refuses those newer than itself.
struct StackFormat: Hashable, Comparable, Sendable {
    let minor: Int
    /// The first Docker that reads it.
    let docker: String

    /// What Docker 20.10 reads, Debian 12's; everything that most projects use is in it.
    static let oldest = StackFormat(minor: 9, docker: "20.10")
    static let jobs = StackFormat(minor: 10, docker: "23.0")
    static let startInterval = StackFormat(minor: 12, docker: "25.0")
    static let newest = StackFormat(minor: 13, docker: "27.0")

    var text: String { "3.\(minor)" }

    static func < (left: StackFormat, right: StackFormat) -> Bool { left.minor < right.minor }
}
