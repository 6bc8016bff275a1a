/// Where something stands in the tree of the shared history.
///
/// `runs/20261121/ID/journal.jsonl`, `runs/20261121/ID/steps/01-lint.log`, `notes/KIND/ID.json`. A folder for each day
/// keeps every tree small: one more run costs the same as the first.
enum SharedPath: Hashable, Sendable {
    case run(String, file: String)
    case note(kind: String, id: String)

    static func folder(of run: String) -> [String] { ["runs", String(run.prefix(8)), run] }

    /// - Returns: `nil` for a name that rehearse does not write. What others keep beside it is none of our business.
    init?(_ path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch (parts.first, parts.count) {
        case ("runs", 4...5):
            guard RunID.isValid(parts[2]), parts[1] == parts[2].prefix(8) else { return nil }
            let file = parts.dropFirst(3).joined(separator: "/")
            guard Self.files.contains(file) || Self.isLog(file) || Self.isKept(file) else { return nil }
            self = .run(parts[2], file: file)
        case ("notes", 3):
            guard Note.isKind(parts[1]), parts[2].hasSuffix(".json"), Note.isID(String(parts[2].dropLast(5))) else {
                return nil
            }
            self = .note(kind: parts[1], id: String(parts[2].dropLast(5)))
        default: return nil
        }
    }

    static let journal = "journal.jsonl"
    static let record = "run.json"
    static let seal = "seal"
    /// What of a run's folder travels besides its logs and what its steps keep for others to undo them with. What a step
    /// puts out (`.output`) may hold a secret, and so may what it keeps as `.before`: they stay.
    static let shared = [journal, record, "compose.yaml", ComparedSnapshot.fileName]
    private static let files = Set(shared + [seal])

    /// How a file ends that a step keeps for its undo, wherever that runs: an earlier rendering without a secret in it.
    static let kept = ".before.shared"

    /// `steps/01-lint.log`
    static func isLog(_ file: String) -> Bool { isOfStep(file, ending: ".log") }

    /// `steps/01-render.before.shared`
    static func isKept(_ file: String) -> Bool { isOfStep(file, ending: kept) }

    private static func isOfStep(_ file: String, ending: String) -> Bool {
        guard let name = file.value(after: "steps/"), name.hasSuffix(ending), name.utf8.count <= 200,
            name.utf8.first != 0x2E
        else { return false }
        return name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (byte >= 0x41 && (0x61...0x7A).contains(byte | 0x20))
                || byte == 0x2D || byte == 0x5F || byte == 0x2E
        }
    }

    /// Bytes that a file of a run may have to be read from the remote.
    static func largest(_ file: String) -> Int {
        switch file {
        case journal: 64 << 20
        case record, "compose.yaml", ComparedSnapshot.fileName: 16 << 20
        case seal: 64 << 10
        default: 1 << 20
        }
    }

    /// Files of one run that are read from the remote, at most.
    static let mostFiles = 2_000
    /// Bytes of one run that are read from the remote, at most.
    static let largestRun = 128 << 20
}
