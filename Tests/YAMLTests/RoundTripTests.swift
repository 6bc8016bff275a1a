import Diagnostics
import TestSupport
import Testing
import YAML

@Suite struct `Writing and reading again` {
    @Test(arguments: 0..<20 as Range<UInt64>)
    func `YAML gives the same tree back`(seed: UInt64) throws {
        var trees = RandomTree(seed: seed)
        for _ in 0..<100 {
            let tree = trees.next()
            let written = YAMLWriter.text(of: tree)
            let again = try load(written)
            // JSON has one spelling for each number, and keeps kinds and the order of keys.
            #expect(JSONWriter.line(again) == JSONWriter.line(tree), "\(written)")
            #expect(YAMLWriter.text(of: again) == written)
        }
    }

    @Test(arguments: RandomTree.awkward)
    func `every awkward text survives as a value, an item, a key and a document`(text: String) throws {
        let tree = Node.mapping([
            ("value", .string(text)), ("items", .sequence([.string(text), .mapping([(text, .string(text))])])),
            (text + "!", .mapping([(text, .null)])),
        ])
        #expect(try load(YAMLWriter.text(of: tree)).hasSameContent(as: tree))
        #expect(try load(YAMLWriter.text(of: .string(text))).string == text)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `JSON gives the same tree back`(seed: UInt64) throws {
        var trees = RandomTree(seed: seed)
        for _ in 0..<100 {
            let tree = trees.next()
            let line = JSONWriter.line(tree)
            #expect(!line.utf8.contains(0x0A))
            #expect(JSONWriter.line(try JSONReader.read(Array(line.utf8))) == line)
            let document = JSONWriter.document(tree)
            #expect(JSONWriter.line(try JSONReader.read(Array(document.utf8))) == line)
        }
    }

    @Test(arguments: 0..<5 as Range<UInt64>)
    func `JSON is YAML`(seed: UInt64) throws {
        var trees = RandomTree(seed: seed)
        for _ in 0..<50 {
            let document = JSONWriter.document(trees.next())
            // A key of more than 1,024 characters is not allowed between YAML's braces.
            guard !document.contains(String(repeating: "é", count: 1_020)),
                !document.contains(String(repeating: "x y ", count: 250)),
                !document.contains(String(repeating: "k", count: 1_020))
            else { continue }
            #expect(try load(document).hasSameContent(as: try JSONReader.read(Array(document.utf8))))
        }
    }
}
