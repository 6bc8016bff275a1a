import Deployment
import Diagnostics
import Host
import Testing
import YAML

@testable import Engine

@Suite struct `A record from the shared history` {
    private static let host = Host.live()
    private static let tree = String(repeating: "a", count: 40)

    private static func sample() -> SampleRun {
        var run = SampleRun(tool: Version.current)
        run.start("one")
        run.end("one", .succeeded)
        run.start("two", rollback: .init(kind: .none, reason: "reads"))
        run.end("two", .failed, failure: .init(reason: .exit, what: "exit 1", expected: "it works", retry: "safe"))
        run.tell(.ended(RunEvent.Ended(status: .failed)))
        return run
    }

    /// As its writer leaves it.
    private static func files(_ run: SampleRun) throws -> [String: [UInt8]] {
        let record = try run.record()
        let head = try run.journal.head
        let seal = """
            tree \(tree)
            author a <a@b> 1 +0000
            committer a <a@b> 1 +0000

            run \(SampleRun.id)

            journal-head: \(head)
            journal-events: \(run.lines.count)

            """
        return [
            "journal.jsonl": run.bytes, "run.json": Array(JSONWriter.document(record.node).utf8),
            "seal": Array(seal.utf8),
        ]
    }

    private func refusal(_ files: [String: [UInt8]], tree: String = tree) -> String? {
        do throws(VerifiedRun.Refusal) {
            _ = try VerifiedRun(SampleRun.id, files, tree: tree, host: Self.host)
            return nil
        } catch {
            return error.why
        }
    }

    @Test func `as its writer left it, it is taken`() throws {
        #expect(refusal(try Self.files(Self.sample())) == nil)
    }

    @Test func `with one more or one less line, or another folder, it is not`() throws {
        let run = Self.sample()
        let files = try Self.files(run)
        var longer = run
        longer.openRollback()
        #expect(refusal(files.merging(["journal.jsonl": longer.bytes]) { $1 }) != nil)
        let shorter: [UInt8] = run.lines.dropLast().flatMap { (line: JournalLine) -> [UInt8] in
            Array(line.text.utf8) + [0x0A]
        }
        #expect(refusal(files.merging(["journal.jsonl": Array(shorter)]) { $1 }) != nil)
        #expect(refusal(files.merging(["journal.jsonl": Array(run.bytes.dropLast())]) { $1 }) != nil)
        #expect(refusal(files, tree: String(repeating: "b", count: 40)) != nil)
        for name in ["journal.jsonl", "seal"] { #expect(refusal(files.filter { $0.key != name }) != nil) }
    }

    @Test(arguments: Array(sample().lines.indices))
    func `each field of each line in turn is found`(_ index: Int) throws {
        let run = Self.sample()
        let files = try Self.files(run)
        let node = try JSONReader.read(Array(run.lines[index].text.utf8))
        var count = 0
        for changed in ChangedDocuments.of(node) where changed.path != "/crc" {
            var lines = run.lines.map(\.text)
            // The checksum is made to fit: the chain and the seal have to find it.
            let entries = (changed.node.mapping?.entries ?? []).filter { $0.key != "crc" }
                .map { (key: $0.key, value: $0.value) }
            lines[index] = String(
                decoding: JournalLine.sealed(JSONWriter.bytes(of: .mapping(entries)).dropLast()), as: UTF8.self)
            let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
            #expect(refusal(files.merging(["journal.jsonl": bytes]) { $1 }) != nil, "\(changed.path)")
            count += 1
        }
        #expect(count >= 7)
    }

    @Test func `each field of run_json in turn is found`() throws {
        let files = try Self.files(Self.sample())
        let record = try JSONReader.read(files["run.json"] ?? [])
        let changes = ChangedDocuments.of(record)
        for changed in changes {
            let bytes = Array(JSONWriter.document(changed.node).utf8)
            #expect(refusal(files.merging(["run.json": bytes]) { $1 }) != nil, "\(changed.path)")
        }
        #expect(changes.count > 60)
    }

    @Test func `each byte of the seal that says something is found`() throws {
        let files = try Self.files(Self.sample())
        let seal = String(decoding: files["seal"] ?? [], as: UTF8.self)
        for (old, new) in [
            ("tree a", "tree b"), ("run 2026", "run 2027"), ("journal-events: ", "journal-events: 1"),
            ("journal-head: ", "journal-head: 0"), ("author", "parent \(Self.tree)\nauthor"),
        ] {
            let changed = seal.replacing(old, with: new)
            #expect(changed != seal)
            #expect(refusal(files.merging(["seal": Array(changed.utf8)]) { $1 }) != nil, "\(old)")
        }
    }
}

/// A document with one of its values changed.
struct ChangedDocuments {
    let path: String
    let node: Node

    /// Every scalar in turn.
    static func of(_ node: Node, at path: String = "") -> [ChangedDocuments] {
        if let mapping = node.mapping {
            return mapping.entries.enumerated().flatMap { index, entry in
                of(entry.value, at: "\(path)/\(entry.key)").map { changed in
                    var entries = mapping.entries.map { (key: $0.key, value: $0.value) }
                    entries[index].value = changed.node
                    return ChangedDocuments(path: changed.path, node: .mapping(entries))
                }
            }
        }
        if let items = node.sequence {
            return items.enumerated().flatMap { index, item in
                of(item, at: "\(path)/\(index)").map { changed in
                    var items = items
                    items[index] = changed.node
                    return ChangedDocuments(path: changed.path, node: .sequence(items))
                }
            }
        }
        if let number = node.integer { return [ChangedDocuments(path: path, node: .integer(number + 1))] }
        if let truth = node.boolean { return [ChangedDocuments(path: path, node: .boolean(!truth))] }
        return [ChangedDocuments(path: path, node: .string((node.string ?? "") + "x"))]
    }
}
