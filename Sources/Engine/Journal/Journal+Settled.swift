import Host
import Synchronization
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
    static func environmentOfPlainSuccess(_ bytes: [UInt8], digest: Digest, cores: Cores = .one) -> String? {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        // Behind the last line break there is nothing.
        guard lines.count > 1, let rest = lines.last, rest.isEmpty, let first = lines.first else { return nil }
        let whole = lines.dropLast()
        let areAllPlain = Mutex(true)
        let parts = whole.count >= fewestLines ? cores.count : 1
        cores.perform(parts) { part in
            for place in (whole.count * part / parts)..<(whole.count * (part + 1) / parts)
            where !isPlain(whole[place], after: place > 0 ? whole[place - 1] : nil, digest) {
                areAllPlain.withLock { $0 = false }
                return
            }
        }
        guard areAllPlain.withLock({ $0 }), let last = whole.last,
            case .ended(let ended)? = (try? JournalLine(last))?.event, ended.status == .succeeded
        else { return nil }
        return (try? JSONReader.read(Array(first)))?["plan"]?["environment"]?["name"]?.string
    }

    /// Handing out fewer costs more than looking at them.
    private static let fewestLines = 64

    /// Whether a line is sound, follows the one before it, and is of a kind that leaves nothing behind.
    private static func isPlain(_ line: ArraySlice<UInt8>, after former: ArraySlice<UInt8>?, _ digest: Digest) -> Bool {
        let head = former.map { digest.sha256(Array($0)) } ?? JournalLine.firstChainValue
        return JournalLine.isSound(line) && JournalLine.previous(in: line).elementsEqual(head.utf8)
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
