import Diagnostics
package import Host
package import YAML

/// Small documents beside the runs, in `.rehearse/notes/KIND/ID.json`: what people said (an approval, an acknowledgement,
/// a lock that was broken).
///
/// A note is written once and never changed, and no two have one name, so that those of several machines are brought
/// together by adding files. `history sync` carries them along with the runs.
package struct NoteStore: Sendable {
    package let folder: StateFolder
    private let host: Host

    /// Bytes of one note, at most.
    package static let largest = 64 << 10

    package init(folder: StateFolder, host: Host) {
        self.folder = folder
        self.host = host
    }

    package var path: String { "\(folder.path)/notes" }

    /// Writes a note; on disk when this returns.
    ///
    /// - Parameters:
    ///   - kind: lower-case letters, digits and dashes: `approval`, `acknowledgement`.
    ///   - fields: what it says. `schema`, `id`, `kind`, `at` and `by` are put in front.
    /// - Returns: the note as it was written.
    @discardableResult
    package func append(_ kind: String, _ fields: [(key: String, value: Node)]) throws(StateFailure) -> Note {
        precondition(Note.isKind(kind), "the kinds of notes are words of our own")
        let now = host.clock.now()
        let chance = host.randomBytes(8).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
        let id = "\(now.compact)-\(chance)"
        let head: [(key: String, value: Node)] = [
            ("schema", .integer(1)), ("id", .string(id)), ("kind", .string(kind)), ("at", .string(now.description)),
            ("by", Actor(host.surroundings).node),
        ]
        let document = Node.mapping(head + fields)
        try folder.prepare()
        try write(JSONWriter.bytes(ofDocument: document), as: id, kind)
        return Note(id: id, kind: kind, document: document)
    }

    /// Every readable note of a kind, oldest first. One that cannot be read is in `history verify`, and counts for nothing.
    package func all(_ kind: String) -> [Note] {
        names(kind).compactMap { name in
            guard let bytes = try? host.files.read("\(path)/\(kind)/\(name).json", Self.largest) else { return nil }
            return Note(bytes, id: name, kind: kind)
        }
    }

    /// Takes back what was written of something that then did not happen.
    func withdraw(_ note: Note) {
        // One that cannot be removed says a little too much, and nothing depends on it.
        try? host.files.remove("\(path)/\(note.kind)/\(note.id).json")
    }

    // MARK: - For the shared history

    /// The kinds of which there are notes here.
    package var kinds: [String] {
        // No folder, no notes.
        ((try? host.files.list(path)) ?? []).filter(Note.isKind)
    }

    /// Identifiers of a kind, sorted: oldest first.
    package func names(_ kind: String) -> [String] {
        ((try? host.files.list("\(path)/\(kind)")) ?? []).filter { $0.hasSuffix(".json") }
            .map { String($0.dropLast(5)) }.filter(Note.isID)
    }

    package func read(_ id: String, _ kind: String) throws(StateFailure) -> [UInt8] {
        do { return try host.files.read("\(path)/\(kind)/\(id).json", Self.largest) } catch { throw .file(error) }
    }

    /// Takes a note over as it is. One of that name stays what it is.
    package func write(_ bytes: [UInt8], as id: String, _ kind: String) throws(StateFailure) {
        do throws(FileFailure) {
            for folder in [path, "\(path)/\(kind)"] where try host.files.status(folder) == nil {
                do throws(FileFailure) {
                    try host.files.makeDirectory(folder, StateFolder.directoryMode)
                } catch {
                    guard error.cause == .exists else { throw error }
                }
            }
            let file = "\(path)/\(kind)/\(id).json"
            guard try host.files.status(file) == nil else { return }
            try host.files.replace(file, bytes, StateFolder.fileMode)
        } catch {
            throw .file(error)
        }
    }
}

/// One of them.
package struct Note: Sendable {
    /// `20261121T150000Z-` and sixteen hexadecimal digits: sorts by time.
    package let id: String
    package let kind: String
    package let document: Node

    init(id: String, kind: String, document: Node) {
        self.id = id
        self.kind = kind
        self.document = document
    }

    /// - Returns: `nil` for what is no note of that name.
    package init?(_ bytes: [UInt8], id: String, kind: String) {
        guard Self.isID(id), Self.isKind(kind), let node = try? JSONReader.read(bytes), node["schema"]?.integer == 1,
            node["id"]?.string == id, node["kind"]?.string == kind, node["at"]?.string != nil,
            (try? NodeDecoder.decode(Actor.self, from: node["by"] ?? .null)) != nil
        else { return nil }
        self.init(id: id, kind: kind, document: node)
    }

    /// When it was written; RFC 3339.
    package var at: String { document["at"]?.string ?? "" }
    /// Who wrote it, by their own account.
    package var by: Actor? { try? NodeDecoder.decode(Actor.self, from: document["by"] ?? .null) }

    package static func isKind(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 40 && text.utf8.allSatisfy { Self.isPlain($0) || $0 == 0x2D }
            && text.utf8.first != 0x2D
    }

    package static func isID(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: 0x2D)
        guard parts.count == 2, parts[0].count == 16, parts[1].count == 16, parts[0].last == 0x5A else { return false }
        return parts[0].dropLast().allSatisfy { (0x30...0x39).contains($0) || $0 == 0x54 }
            && parts[1].allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
    }
}

extension Project {
    package var notes: NoteStore { NoteStore(folder: state, host: host) }
}
