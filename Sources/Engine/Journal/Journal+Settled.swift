import Host
import YAML

extension Journal {
    /// What a run that simply succeeded has in its journal. None of these leaves anything behind once the end is there.
    private static let plainKinds: Set<String> = [
        "run.open", "fingerprint", "step.pass", "step.start", "step.spawned", "step.end", "run.end",
    ]

    /// The environment of a run that succeeded and left nothing, found without decoding every line of it; `nil` when that
    /// takes a closer look. All lines are held against the chain as `read` does.
    ///
    /// What every next run has to know; reading a long journal whole takes three times as long.
    static func environmentOfPlainSuccess(_ bytes: [UInt8], digest: Digest) -> String? {
        var head = JournalLine.firstChainValue
        var first: ArraySlice<UInt8>?
        var last: ArraySlice<UInt8>?
        var start = 0
        while start < bytes.count {
            guard let end = bytes[start...].firstIndex(of: 0x0A) else { return nil }
            let line = bytes[start..<end]
            guard JournalLine.isSound(line), JournalLine.previous(in: line).elementsEqual(head.utf8),
                let kind = JournalLine.kind(of: line), plainKinds.contains(kind)
            else { return nil }
            if first == nil { first = line }
            last = line
            head = digest.sha256(Array(line))
            start = end + 1
        }
        guard let first, let last, case .ended(let ended)? = (try? JournalLine(last))?.event, ended.status == .succeeded
        else { return nil }
        return (try? JSONReader.read(Array(first)))?["plan"]?["environment"]?["name"]?.string
    }
}

extension JournalLine {
    /// `,"crc":"xxxxxxxx"}`
    static let sealLength = 18

    /// Whether its checksum is that of its bytes.
    static func isSound(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count > sealLength && bytes.suffix(sealLength).starts(with: ",\"crc\":\"".utf8)
            && CRC32.hexadecimal(of: bytes.dropLast(sealLength)).utf8.elementsEqual(bytes.suffix(10).prefix(8))
            && bytes.suffix(2).elementsEqual("\"}".utf8)
    }

    /// The 64 digits of `prev` in a sound line: they stand right in front of its seal.
    static func previous(in bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        bytes.dropLast(sealLength + 1).suffix(firstChainValue.utf8.count)
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
