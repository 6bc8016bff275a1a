import Diagnostics
import Testing
import YAML

@Suite struct `Surviving damaged files` {
    @Test(arguments: 0..<30 as Range<UInt64>)
    func `a hundred damaged manifests end in a tree or in errors with a place`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let bytes = Self.mutated(using: &generator)
            let source = SourceFile(path: "test.yaml", bytes: bytes)
            var problems: [Diagnostic] = []
            var trees: [Node] = []
            let time = ContinuousClock().measure {
                trees = Loading.documents(
                    source, id: FileID(index: 0), options: seed % 2 == 0 ? .manifest : .template, problems: &problems)
            }
            #expect(time < .seconds(2))
            for problem in problems {
                #expect((1...source.lineCount).contains(problem.range.start.line))
                #expect(problem.range.start.column >= 1)
                #expect(problem.range.start <= problem.range.end)
                // A message of libyaml without a place would mean that it met bytes that it cannot read.
                #expect(!problem.message.contains("control characters") && !problem.message.contains("UTF-8 octet"))
            }
            for tree in trees {
                let again = try load(YAMLWriter.text(of: tree))
                #expect(JSONWriter.line(again) == JSONWriter.line(tree))
            }
        }
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `damaged JSON ends in a tree or in a failure inside the text`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var trees = RandomTree(seed: seed)
        for _ in 0..<100 {
            var bytes = Array(JSONWriter.line(trees.next()).utf8)
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[place] = Bool.random(using: &generator) ? .random(in: 0...255, using: &generator) : 0x22
            }
            do {
                let line = JSONWriter.line(try JSONReader.read(bytes))
                #expect(JSONWriter.line(try JSONReader.read(Array(line.utf8))) == line)
            } catch {
                #expect((0...bytes.count).contains(error.offset))
            }
        }
    }

    private static func mutated(using generator: inout SeededGenerator) -> [UInt8] {
        var bytes = Array(manifest.utf8)
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes[place] = .random(in: 0...255, using: &generator)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: Array((tokens.randomElement(using: &generator) ?? "").utf8), at: place)
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + .random(in: 1...40, using: &generator)))
            case 4:
                let part = bytes[place..<min(bytes.count, place + .random(in: 1...200, using: &generator))]
                bytes.insert(contentsOf: part, at: .random(in: 0...bytes.count, using: &generator))
            default:
                bytes.replaceSubrange(
                    place..<(place + 1), with: Array((tokens.randomElement(using: &generator) ?? "").utf8))
            }
            if bytes.isEmpty { bytes = [0x61] }
        }
        return bytes
    }

    private static let tokens = [
        ":", ": ", "- ", "\n", "\n\n", "  ", "\t", "[", "]", "{", "}", "&a ", "*a", "*base", "<<: ", "!x ", "!!int ",
        "|\n", ">-\n", "\"", "'", "#",
        "%YAML 1.2\n", "---\n", "...\n", "? ", ",", "\\", "\r\n", "\u{FEFF}", "é", "\u{2028}", "😀", "0x", "~", "@",
    ]

    private static let manifest = """
        environment: production   # comment
        owner: "platform \\u00e9 team"
        x-common: &base
          restart: unless-stopped
          labels: {app: web, "tier": 'front''end', n: 1.50}
        services:
          web:
            <<: *base
            image: nginx:1.27
            command: |
              set -e
                exec nginx
            ports: ["80:80", 443:443, {target: 80, published: "8080"}]
            environment:
              - A=b
              - C=${D:-e}
            folded: >-
              some words
              and more

              last
          db: &db
            <<: [*base, {init: true}]
            mem: 0x1F
            ? complex key
            : !!str 12
            empty:
            list:
            - a
            - - b
              - c
        """
}
