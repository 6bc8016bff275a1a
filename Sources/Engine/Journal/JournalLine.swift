import YAML

/// One event as it stands in a file: numbered, timed, chained to the line before it, and checked.
///
/// The line is `{"v":1,"seq":…,"mono":…,"wall":"…","ev":"…", fields…, "prev":"…","crc":"…"}`. `prev` is the SHA-256 of
/// the whole line before it without its line break (64 zeros for the first), `crc` the CRC-32 of the line's bytes up
/// to the comma in front of `"crc"`.
package struct JournalLine: Hashable, Sendable {
    package static let version = 1
    package static let firstChainValue = String(repeating: "0", count: 64)

    package var sequence: Int
    /// Nanoseconds of the writing process's monotonic clock; comparable within one process only.
    package var monotonic: Int
    package var wall: String
    package var event: RunEvent
    package var previous: String

    /// Without a line break.
    package var text: String { String(decoding: bytes(Self.fields(event.payload)), as: UTF8.self) }

    /// What an event says, as it stands in a line.
    static func fields(_ payload: Node) -> [UInt8] {
        var fields: [UInt8] = []
        fields.reserveCapacity(512)
        if let mapping = payload.mapping { JSONWriter.append(mapping, to: &fields) }
        return fields
    }

    /// Its UTF-8, from fields that are encoded already.
    func bytes(_ fields: [UInt8]) -> [UInt8] {
        // Several for each step: the fields are written where they stand, and not put into one map first.
        var line: [UInt8] = []
        line.reserveCapacity(768)
        line += "{\"v\":".utf8
        line += String(Self.version).utf8
        line += ",\"seq\":".utf8
        line += String(sequence).utf8
        line += ",\"mono\":".utf8
        line += String(monotonic).utf8
        line += ",\"wall\":".utf8
        JSONWriter.append(quoted: wall, to: &line)
        line += ",\"ev\":".utf8
        JSONWriter.append(quoted: event.name, to: &line)
        line += fields
        line += ",\"prev\":".utf8
        JSONWriter.append(quoted: previous, to: &line)
        Self.seal(&line)
        return line
    }

    /// A line from all of it but its checksum and closing brace.
    package static func sealed(_ body: [UInt8]) -> [UInt8] {
        var line = body
        seal(&line)
        return line
    }

    private static func seal(_ line: inout [UInt8]) {
        let checksum = CRC32.hexadecimal(of: line)
        line += sealMark
        line += checksum.utf8
        line += "\"}".utf8
    }

    package enum Damage: Error, Hashable, Sendable {
        /// Cut off, or changed afterwards.
        case checksum
        case notJSON(expected: String)
        /// Whole, but written by a version of the program that knows more.
        case newerVersion(Int)
        case unknownEvent(String)
        case misfit(String)
    }

    package init(sequence: Int, monotonic: Int, wall: String, event: RunEvent, previous: String) {
        self.sequence = sequence
        self.monotonic = monotonic
        self.wall = wall
        self.event = event
        self.previous = previous
    }

    /// Reads a line, its checksum first.
    package init(_ bytes: ArraySlice<UInt8>) throws(Damage) {
        guard Self.isSound(bytes) else { throw .checksum }
        let node: Node
        do { node = try JSONReader.read(Array(bytes)) } catch { throw .notJSON(expected: error.expected) }
        guard let version = node["v"]?.integer else { throw .misfit("the key `v`") }
        guard version <= Self.version else { throw .newerVersion(version) }
        guard let sequence = node["seq"]?.integer, let monotonic = node["mono"]?.integer,
            let wall = node["wall"]?.string, let name = node["ev"]?.string, let previous = node["prev"]?.string
        else { throw .misfit("the keys `seq`, `mono`, `wall`, `ev` and `prev`") }
        let event: RunEvent?
        do throws(NodeDecoder.Failure) { event = try RunEvent.decode(name, node) } catch {
            throw .misfit("\(error.path): \(error.expected)")
        }
        guard let event else { throw .unknownEvent(name) }
        self.init(sequence: sequence, monotonic: monotonic, wall: wall, event: event, previous: previous)
    }
}
