import Testing

@testable import Engine

/// Random secrets over few letters, so that they nest and overlap, against the plainest implementation there is.
@Suite struct `Masking random text` {
    @Test(arguments: 0..<60)
    func `agrees with trying every form at every place`(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let alphabet = Array(
            [
                Array("ab".utf8), Array("ab\n".utf8), Array("abc'\"\\/ $%\r\n\u{E4}".utf8),
                // What a regular expression would take for more than itself.
                Array("a.*+?[](){}^$|\\d".utf8),
            ].randomElement(using: &random)!)
        func word(_ length: Int) -> [UInt8] { (0..<length).map { _ in alphabet.randomElement(using: &random)! } }
        let secrets = (0..<Int.random(in: 1...6, using: &random)).map { index in
            (name: "N\(index)", value: Secret(word(Int.random(in: 6...24, using: &random))))
        }
        let mask = SecretMask(secrets)
        let forms = secrets.flatMap { secret in
            SecretForms(secret.value.revealed()).written(in: Encoding.all).map { (form: $0, name: secret.name) }
        }
        for _ in 0..<2 {
            var text: [UInt8] = []
            for _ in 0..<Int.random(in: 0...30, using: &random) {
                switch Int.random(in: 0..<4, using: &random) {
                case 0: text += forms.randomElement(using: &random)?.form ?? []
                case 1: text += forms.randomElement(using: &random).map { Array($0.form.dropLast()) } ?? []
                case 2: text += forms.randomElement(using: &random).map { Array($0.form.dropFirst(2)) } ?? []
                default: text += word(Int.random(in: 0...12, using: &random))
                }
            }
            let expected = PlainestMask(forms: forms).mask(text)
            #expect(mask.mask(text) == expected.masked)

            var stream = StreamingMask(mask)
            var out: [UInt8] = []
            var rest = text[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 0...9, using: &random))
                rest = rest.dropFirst(piece.count)
                out += stream.feed(Array(piece))
            }
            #expect(out + stream.finish() == expected.masked)

            var slow = StreamingMask(mask)
            let bytewise = text.flatMap { slow.feed([$0]) }
            #expect(bytewise + slow.finish() == expected.masked, "byte by byte")
        }
    }

    @Test(arguments: 0..<10)
    func `a long text with few secrets is masked as if every byte were looked at`(seed: Int) {
        var random = SeededGenerator(seed: UInt64(1_000 + seed))
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
        func word(_ length: Int) -> [UInt8] { (0..<length).map { _ in letters.randomElement(using: &random)! } }
        let values = (0..<20).map { _ in word(Int.random(in: 6...40, using: &random)) }
        let mask = SecretMask(values.enumerated().map { ("N\($0.offset)", Secret($0.element)) })
        var text: [UInt8] = []
        var expected: [UInt8] = []
        for _ in 0..<2_000 {
            let filler = word(Int.random(in: 0...60, using: &random)) + [0x0A]
            let index = Int.random(in: 0..<20, using: &random)
            text += filler + values[index]
            expected += filler + Array("[secret N\(index)]".utf8)
        }
        #expect(mask.mask(text) == expected)
    }
}

/// Marks every place of every form, and writes a label for each run of marked bytes that overlaps hold together.
private struct PlainestMask {
    let forms: [(form: [UInt8], name: String)]

    func mask(_ text: [UInt8]) -> (masked: [UInt8], covered: Int) {
        let labels = Set(forms.map(\.name)).map { (form: Array("[secret \($0)]".utf8), name: $0) }
        var found: [(range: Range<Int>, name: String)] = []
        for (form, name) in forms + labels where form.count <= text.count {
            for start in 0...(text.count - form.count) where text[start..<(start + form.count)].elementsEqual(form) {
                found.append((start..<(start + form.count), name))
            }
        }
        var masked: [UInt8] = []
        var position = 0
        while position < text.count {
            var cover = found.filter { $0.range.lowerBound == position }
            guard var end = cover.map(\.range.upperBound).max() else {
                masked.append(text[position])
                position += 1
                continue
            }
            while true {
                let more = found.filter { $0.range.lowerBound >= position && $0.range.lowerBound < end }
                let further = more.map(\.range.upperBound).max() ?? end
                cover = more
                if further == end { break }
                end = further
            }
            let longest = cover.map(\.range.count).max() ?? 0
            let earliest = cover.filter { $0.range.count == longest }.map(\.range.lowerBound).min()
            // Of one stretch that is a form of several secrets, the first secret.
            let name = cover.first { $0.range.count == longest && $0.range.lowerBound == earliest }?.name ?? ""
            masked += Array("[secret \(name)]".utf8)
            position = end
        }
        return (masked, found.count)
    }
}

/// SplitMix64: the same numbers for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
