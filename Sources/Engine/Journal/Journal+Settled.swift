extension Journal {
    /// What a run that simply succeeded has in its journal. None of these leaves anything behind once the end is there.
    private static let plainKinds: Set<String> = [
        "run.open", "fingerprint", "step.pass", "step.start", "step.spawned", "step.end", "run.end",
    ]

    /// The environment of a run that succeeded and left nothing, found without decoding every line of it; `nil` when that
    /// takes a closer look: all lines have to be there in their order, sound, and of a kind that leaves nothing behind.
    ///
    /// What every next run has to know of the last one; reading a long journal whole takes ten times as long. Whether each
    /// line is the one that was written is asked by the chain, of all that goes on with a run or shows it.
    static func environmentOfPlainSuccess(_ bytes: [UInt8]) -> String? {
        let lines = bytes[...].parts(at: 0x0A)
        // Behind the last line break there is nothing.
        guard lines.count > 1, let rest = lines.last, rest.isEmpty, let first = lines.first else { return nil }
        for (index, line) in lines.dropLast().enumerated() where !isPlain(line, index + 1) { return nil }
        guard case .ended(let ended)? = (try? JournalLine(lines[lines.count - 2]))?.event, ended.status == .succeeded
        else { return nil }
        return JournalLine.environment(openedBy: first)
    }

    /// Whether a line is sound, stands at its place, and is of a kind that leaves nothing behind.
    private static func isPlain(_ line: ArraySlice<UInt8>, _ sequence: Int) -> Bool {
        line.starts(with: JournalLine.opening(sequence)) && JournalLine.isSound(line)
            && JournalLine.kind(of: line).map(plainKinds.contains) ?? false
    }
}

extension JournalLine {
    /// `,"crc":"xxxxxxxx"}`; inside a text its quotes would be escaped.
    static let sealLength = 18
    /// What a seal begins with.
    static let sealMark = Array(",\"crc\":\"".utf8)

    /// Whether its checksum is that of its bytes.
    static func isSound(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count > sealLength && bytes.suffix(sealLength).starts(with: sealMark)
            && CRC32.hexadecimal(of: bytes.dropLast(sealLength)).utf8.elementsEqual(bytes.suffix(10).prefix(8))
            && bytes.suffix(2).elementsEqual("\"}".utf8)
    }

    /// What the line with this number begins with.
    static func opening(_ sequence: Int) -> [UInt8] { Array("{\"v\":\(version),\"seq\":\(sequence),".utf8) }

    /// The environment that the plan of a run's first line is for. The plan comes first there, and what stands inside a
    /// text would have its quotes escaped.
    static func environment(openedBy line: ArraySlice<UInt8>) -> String? {
        let mark = Array("\"environment\":{\"name\":\"".utf8)
        guard let found = line.firstRange(of: mark) else { return nil }
        return String(decoding: line[found.upperBound...].prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    }

    /// The word of its `ev`, which only numbers and a time stand in front of.
    static func kind(of bytes: ArraySlice<UInt8>) -> String? {
        let mark = Array("\"ev\":\"".utf8)
        var place = bytes.startIndex
        while let quote = bytes[place...].firstIndex(of: mark[0]) {
            place = quote + 1
            guard bytes[quote...].starts(with: mark) else { continue }
            let word = bytes[(quote + mark.count)...].prefix { $0 != mark[0] }
            return String(decoding: word, as: UTF8.self)
        }
        return nil
    }
}
