package import Host

/// Reads a journal back, and tells a line that was being written when the machine stopped from one that was changed.
package struct Journal: Sendable {
    package var lines: [JournalLine]
    /// SHA-256 of the last whole line: what the next line will name as `prev`.
    package var head: String
    /// Bytes of whole, sound lines.
    package var soundBytes: Int
    /// Bytes after them that are no whole line: the last write did not finish.
    package var tornBytes: Int

    package var events: [RunEvent] { lines.map(\.event) }

    package enum Damage: Error, Hashable, Sendable {
        case empty
        /// A line that is not the last is not what was written. 1-based.
        case line(Int, JournalLine.Damage)
        /// A whole line does not follow the one before it. 1-based.
        case chain(Int)
        case newerVersion(Int)
    }

    /// - Throws: `Damage` when something but a torn last line is wrong. The file is never changed here.
    package static func read(_ bytes: [UInt8], digest: Digest) throws(Damage) -> Journal {
        var journal = Journal(lines: [], head: JournalLine.firstChainValue, soundBytes: 0, tornBytes: 0)
        var start = 0
        while start < bytes.count {
            guard let end = bytes[start...].firstIndex(of: 0x0A) else {
                journal.tornBytes = bytes.count - start
                break
            }
            let text = bytes[start..<end]
            let number = journal.lines.count + 1
            let line: JournalLine
            do {
                line = try JournalLine(text)
            } catch {
                if case .newerVersion(let version) = error { throw .newerVersion(version) }
                // A last line with its line break may still be torn: the disk writes blocks in any order.
                guard end == bytes.count - 1, error == .checksum, !hasWholeLine(text) else {
                    throw .line(number, error)
                }
                journal.tornBytes = bytes.count - start
                break
            }
            guard line.previous == journal.head, line.sequence == number else { throw .chain(number) }
            journal.lines.append(line)
            journal.head = digest.sha256(Array(text))
            journal.soundBytes = end + 1
            start = end + 1
        }
        let tail = bytes.suffix(journal.tornBytes)
        guard !hasWholeLine(tail) else { throw .line(journal.lines.count + 1, .checksum) }
        guard !journal.lines.isEmpty else { throw .empty }
        return journal
    }

    /// Whether a sound line stands at the beginning and something more than its own line break follows it: then a line
    /// break was changed, and two lines would pass for one that was torn.
    private static func hasWholeLine(_ bytes: ArraySlice<UInt8>) -> Bool {
        let (mark, length) = (JournalLine.sealMark, JournalLine.sealLength)
        var next = bytes.startIndex
        while let comma = bytes[next...].firstIndex(of: mark[0]) {
            next = comma + 1
            guard bytes.count - (comma - bytes.startIndex) > length + 1, bytes[comma...].starts(with: mark) else {
                continue
            }
            // Sound or not, there is only one in a line.
            return (try? JournalLine(bytes[..<(comma + length)])) != nil
        }
        return false
    }
}
