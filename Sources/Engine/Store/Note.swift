package import Diagnostics

/// What a person has said about an environment, for good: one small file each, never changed and never removed.
package struct Note: Hashable, Sendable, Codable {
    package static let currentSchema = 1

    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// A commit may go to the environment.
        case approval
        /// The cause of a rollback is known, so that the gate may open again.
        case acknowledgement

        /// The folder of its notes.
        package var folder: String {
            switch self {
            case .approval: "approvals"
            case .acknowledgement: "acknowledgements"
            }
        }
    }

    package var schema: Int
    /// The name of its file without `.json`; sorts by time.
    package var id: String
    package var kind: Kind
    package var environment: String
    /// RFC 3339, UTC, milliseconds.
    package var at: String
    package var by: Actor
    /// Of an approval: the commit's full name.
    package var commit: String?
    /// Of an acknowledgement: the run that was rolled back.
    package var run: String?
    /// Why: the cause of an acknowledged rollback, the reason of an approval.
    package var reason: String?

    package init(
        id: String, kind: Kind, environment: String, at: Timestamp, by: Actor, commit: String? = nil,
        run: String? = nil, reason: String? = nil
    ) {
        schema = Self.currentSchema
        self.id = id
        self.kind = kind
        self.environment = environment
        self.at = at.description
        self.by = by
        self.commit = commit
        self.run = run
        self.reason = reason
    }
}

/// `20261121T204512Z-9f3c01b27d5e8a46`: two machines never meet, and the name is safe for a file and for git.
package enum NoteID {
    /// - Parameter chance: eight random bytes.
    package static func make(at time: Timestamp, chance: [UInt8]) -> String {
        let digits = chance.map { byte in
            let text = String(byte, radix: 16)
            return text.utf8.count == 1 ? "0\(text)" : text
        }
        return "\(time.compact)-\(digits.joined())"
    }

    package static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 33, bytes[8] == 0x54, bytes[15] == 0x5A, bytes[16] == 0x2D else { return false }
        let isStamp = bytes[..<15].enumerated().allSatisfy { $0 == 8 || (0x30...0x39).contains($1) }
        return isStamp && bytes[17...].allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
