package import Diagnostics
import Host
import YAML

/// Who has an environment to himself, everywhere: a commit that the remote's ref `locks/ENVIRONMENT` is.
///
/// Its name is its id: it holds a random number, so that no two are the same, and it is broken only by that id.
package struct SharedLock: Hashable, Sendable {
    package struct Note: Hashable, Sendable, Codable {
        package var schema: Int
        package var environment: String
        package var run: String
        /// What it is held for: `run`, `resume`, `rollback`, `close`.
        package var purpose: String
        package var user: String
        package var host: String
        package var pid: Int32
        package var startTime: UInt64
        package var bootId: String
        package var startedAt: String
        package var tool: String
        package var nonce: String
    }

    /// The commit.
    package let id: String
    package let note: Note

    /// Bytes of the commit, at most.
    static let largest = 16 << 10

    /// - Returns: `nil` for a commit that is no lock.
    init?(id: String, text: String) {
        guard let line = text.split(separator: "\n").last(where: { $0.hasPrefix("{") }),
            let node = try? JSONReader.read(Array(line.utf8)),
            let note = try? NodeDecoder.decode(Note.self, from: node)
        else { return nil }
        self.init(id: id, note: note)
    }

    package init(id: String, note: Note) {
        self.id = id
        self.note = note
    }

    static func message(_ note: Note) -> String {
        "lock \(note.environment)\n\n\(JSONWriter.line(NodeEncoder.encode(note)))"
    }

    // MARK: - Telling

    /// `held by run …, started by ci on runner-1 (process 12) at …`
    package var words: String {
        "held by run \(shown(note.run)), a \(shown(note.purpose)) started by \(shown(note.user)) on \(shown(note.host)) "
            + "(process \(note.pid)) at \(shown(note.startedAt))"
    }

    package func age(_ now: Timestamp) -> Int? {
        Timestamp(note.startedAt).map { max(0, now.millisecondsSince1970 - $0.millisecondsSince1970) }
    }

    package var breakCommand: String { "rehearse lock break \(id) --reason WHY" }

    /// Exit code 3.
    var refusal: Diagnostic {
        Diagnostic(
            "`\(shown(note.environment))` is locked by another run, on every machine", label: words,
            expected: "one run at a time on an environment", retry: "safe, later: nothing was started",
            next: "wait for it with --lock-timeout 5m\n        or, once you know that it is dead: \(breakCommand)")
    }

    private func shown(_ text: String) -> String { GitWords.shown(text) }
}
