import Diagnostics
package import Host
import YAML

/// The notes of a project: `.rehearse/notes/KIND/ENVIRONMENT/ID.json`.
///
/// Only ever added to, each file written at once and never changed, so that two copies of the folder are merged by
/// taking the files of both.
package struct NoteStore: Sendable {
    package let folder: StateFolder
    let host: Host

    /// Bytes of a note, at most.
    package static let largest = 64 << 10

    package init(folder: StateFolder, host: Host) {
        self.folder = folder
        self.host = host
    }

    package func path(of kind: Note.Kind, on environment: String) -> String {
        "\(folder.notes)/\(kind.folder)/\(environment)"
    }

    package func path(of note: Note) -> String { "\(path(of: note.kind, on: note.environment))/\(note.id).json" }

    // MARK: - Reading

    /// The notes of one kind on an environment, oldest first.
    ///
    /// A file that is no note of this kind and environment, or of a newer schema, counts for nothing.
    package func notes(of kind: Note.Kind, on environment: String) throws(StateFailure) -> [Note] {
        let folder = path(of: kind, on: environment)
        let names: [String]
        do {
            names = try host.files.list(folder)
        } catch {
            if error.cause == .notFound { return [] }
            throw .file(error)
        }
        return names.compactMap { name in
            guard name.hasSuffix(".json"), NoteID.isValid(String(name.dropLast(5))),
                let bytes = try? host.files.read("\(folder)/\(name)", Self.largest), let note = Self.note(bytes),
                note.id == name.dropLast(5), note.kind == kind, note.environment == environment
            else { return nil }
            return note
        }
    }

    /// - Returns: `nil` for bytes that are no note, or one of a newer schema.
    package static func note(_ bytes: [UInt8]) -> Note? {
        guard let node = try? JSONReader.read(bytes), let note = try? NodeDecoder.decode(Note.self, from: node),
            note.schema == Note.currentSchema
        else { return nil }
        return note
    }

    // MARK: - Writing

    /// The file's content: one JSON document, its keys sorted.
    package static func text(_ note: Note) -> String { JSONWriter.document(sorted(NodeEncoder.encode(note))) }

    /// Adds a note; it is on disk when this returns.
    package func add(_ note: Note) throws(StateFailure) {
        precondition(NoteID.isValid(note.id), "a note's identifier is made by `NoteID`")
        try folder.prepare()
        var parent = folder.notes
        try folder.make(parent)
        try folder.check(parent)
        for part in [note.kind.folder, note.environment] {
            parent += "/\(part)"
            try folder.make(parent)
            try folder.check(parent)
        }
        do {
            try host.files.replace(path(of: note), Array(Self.text(note).utf8), StateFolder.fileMode)
        } catch {
            throw .file(error)
        }
    }

    private static func sorted(_ node: Node) -> Node {
        guard let mapping = node.mapping else { return node }
        let entries = mapping.entries.sorted { $0.key < $1.key }
        return Node(
            .mapping(Mapping(entries.map { Mapping.Entry(key: $0.key, value: sorted($0.value)) })))
    }
}
