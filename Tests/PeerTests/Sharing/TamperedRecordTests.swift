import Glibc
import Host
import TestSupport
import Testing
import YAML

/// What somebody who may push to the history has changed in it.
@Suite(.serialized) struct `A record that was tampered with` {
    /// Of the fields each so-many-th; all with `REHEARSE_EVERY_FIELD=1`. What reads them is asked of each in EngineTests.
    private static let every =
        Host.live().surroundings.variables["REHEARSE_EVERY_FIELD"].flatMap { Int($0) } ?? 11

    /// Puts other files into a run's folder in the shared history, by the front door.
    private func change(
        _ server: HistoryServer, _ run: String, _ edits: [String: String?], message: String = "tampered",
        mode: String = "100644"
    ) throws {
        let clone = server.scratch("clone-\(UInt32.random(in: 0 ... .max))")
        let repository = server.repository
        let base = "runs/\(run.prefix(8))/\(run)"
        _ = try HistoryServer.git(["read-tree", "--index-output=\(clone)", "refs/rehearse/history"], in: repository)
        func index(_ arguments: [String], input: String? = nil) throws -> String {
            let script = "GIT_INDEX_FILE=\(clone) exec git \"$@\""
            let output = Processes.live.capture(
                Command(
                    ["/bin/sh", "-c", script, "git"] + arguments,
                    environment: [
                        "PATH": Host.live().surroundings.variables["PATH"] ?? "/usr/bin:/bin",
                        "GIT_AUTHOR_NAME": "Mallory", "GIT_AUTHOR_EMAIL": "m@example.com",
                        "GIT_COMMITTER_NAME": "Mallory", "GIT_COMMITTER_EMAIL": "m@example.com",
                    ], directory: repository, input: (input ?? "").isEmpty ? nil : Array((input ?? "").utf8)),
                ProcessLimits(timeout: .seconds(20)), keeping: 8 << 20)
            guard output.succeeded else { throw HistoryServer.Unusable(description: output.trimmedErrorText) }
            return output.trimmedText
        }
        for (name, text) in edits {
            if let text {
                let object = try HistoryServer.git(["hash-object", "-w", "--stdin"], in: repository, input: text)
                    .filter { $0 != "\n" }
                _ = try index(["update-index", "--add", "--cacheinfo", "\(mode),\(object),\(base)/\(name)"])
            } else {
                let none = String(repeating: "0", count: 40)
                _ = try index(["update-index", "--index-info"], input: "0 \(none)\t\(base)/\(name)\n")
            }
        }
        let tree = try index(["write-tree"])
        let commit = try index(["commit-tree", "-p", "refs/rehearse/history", "-m", message, tree])
        try server.git("update-ref", "refs/rehearse/history", commit)
    }

    /// Every scalar of a document in turn, changed; with where it stands.
    private static func variants(of node: Node, at path: String = "") -> [(path: String, Node)] {
        if let mapping = node.mapping {
            return mapping.entries.enumerated().flatMap { index, entry in
                variants(of: entry.value, at: "\(path)/\(entry.key)").map { path, changed in
                    var entries = mapping.entries.map { (key: $0.key, value: $0.value) }
                    entries[index].value = changed
                    return (path, Node.mapping(entries))
                }
            }
        }
        if let items = node.sequence {
            return items.enumerated().flatMap { index, item in
                variants(of: item, at: "\(path)/\(index)").map { path, changed in
                    var items = items
                    items[index] = changed
                    return (path, Node.sequence(items))
                }
            }
        }
        if let number = node.integer { return [(path, .integer(number + 1))] }
        if let truth = node.boolean { return [(path, .boolean(!truth))] }
        if node.isNull { return [(path, .string("x"))] }
        return [(path, .string((node.string ?? "") + "x"))]
    }

    /// The line with its checksum made to fit: what somebody does who knows how the file is made.
    private static func resealed(_ node: Node) -> String {
        let entries = (node.mapping?.entries ?? []).filter { $0.key != "crc" }.map { (key: $0.key, value: $0.value) }
        let body = String(JSONWriter.line(.mapping(entries)).dropLast())
        return "\(body),\"crc\":\"\(Checksum.hexadecimal(of: Array(body.utf8)))\"}"
    }

    @Test func `each field of the journal in turn is found, also with its checksum made to fit`() throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server)
        #expect(ci.run().status == 0)
        let run = try ci.lastRun
        let lines = try server.text(run, "journal.jsonl").split(separator: "\n").map(String.init)
        let honest = try server.git("rev-parse", "refs/rehearse/history").filter { $0 != "\n" }
        var found = 0
        var asked: Set<String> = []
        for (index, line) in lines.enumerated() {
            let node = try JSONReader.read(Array(line.utf8))
            for (path, changed) in Self.variants(of: node) where path != "/crc" {
                // Of the many steps of the plan, each field once.
                let field = "\(node["ev"]?.string ?? "")\(path.filter { !$0.isNumber })"
                guard asked.insert(field).inserted, asked.count.isMultiple(of: Self.every) else { continue }
                var copy = lines
                copy[index] = Self.resealed(changed)
                try change(server, run, ["journal.jsonl": copy.joined(separator: "\n") + "\n"])
                let laptop = try Checkout(of: server)
                let sync = laptop.sync()
                #expect(sync.status == 5, "line \(index + 1) \(path): \(sync)")
                let back = laptop.rehearse("rollback", run, "--yes")
                #expect(back.status == 5, "line \(index + 1) \(path): \(back)")
                #expect(laptop.trace.isEmpty)
                try server.git("update-ref", "refs/rehearse/history", honest)
                found += 1
            }
        }
        #expect(found * Self.every > 80)
    }

    @Test func `each field of the record in turn is found`() throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server)
        #expect(ci.run().status == 0)
        let run = try ci.lastRun
        let record = try JSONReader.read(Array(try server.text(run, "run.json").utf8))
        let honest = try server.git("rev-parse", "refs/rehearse/history").filter { $0 != "\n" }
        var asked: Set<String> = []
        for (path, changed) in Self.variants(of: record) {
            guard asked.insert(path.filter { !$0.isNumber }).inserted, asked.count.isMultiple(of: Self.every) else {
                continue
            }
            try change(server, run, ["run.json": JSONWriter.document(changed)])
            let laptop = try Checkout(of: server)
            _ = laptop.sync()
            let back = laptop.rehearse("rollback", run, "--yes")
            #expect(back.status == 5, "\(path): \(back)")
            #expect(laptop.trace.isEmpty)
            try server.git("update-ref", "refs/rehearse/history", honest)
        }
        #expect(asked.count > 40)
    }

    @Test(
        arguments: [
            ["seal": nil], ["compared.yaml": "schema: 1\n"], ["steps/02-two.log": "other\n"],
            ["evil.sh": "x"], ["journal.jsonl": nil], ["journal.jsonl": ""],
        ] as [[String: String?]])
    func `files that are gone, others, or more are found`(_ edits: [String: String?]) throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server)
        #expect(ci.run().status == 0)
        let run = try ci.lastRun
        try change(server, run, edits)
        let laptop = try Checkout(of: server)
        let sync = laptop.sync()
        #expect(sync.status == 5, "\(sync)")
        #expect(laptop.rehearse("rollback", run, "--yes").status == 5)
        #expect(laptop.trace.isEmpty)
        // Nobody starts on an environment of which a record is not what it was.
        #expect(laptop.run().status == 5)
    }

    @Test(arguments: ["journal.jsonl", "compose.yaml", "steps/02-two.log"])
    func `a link in place of a file is not followed`(_ file: String) throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server)
        #expect(ci.run().status == 0)
        let run = try ci.lastRun
        try change(server, run, [file: "/etc/passwd"], mode: "120000")
        let laptop = try Checkout(of: server)
        let sync = laptop.sync()
        #expect(sync.status == 5 && sync.error.contains("is not a plain file"), "\(sync)")
        #expect(laptop.rehearse("rollback", run, "--yes").status == 5)
        #expect(try Files.live.status(laptop.scratch(laptop.path(of: run))) == nil)
    }

    @Test func `a file that is too large is not read`() throws {
        let server = try HistoryServer(.file)
        let ci = try Checkout(of: server)
        #expect(ci.run().status == 0)
        let run = try ci.lastRun
        try change(server, run, ["steps/02-two.log": String(repeating: "x", count: 2 << 20)])
        let laptop = try Checkout(of: server)
        let sync = laptop.sync()
        #expect(sync.status == 5 && sync.error.contains("is larger than"), "\(sync)")
    }

    @Test func `who signs nothing is not believed where signatures are asked for`() throws {
        guard Transport.ssh.missing.isEmpty else { return }
        let server = try HistoryServer(.file)
        let keys = try ScratchDirectory()
        for name in ["ours", "other"] {
            let made = RehearseBinary(in: keys.path).run([
                "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", keys(name),
            ])
            #expect(made.status == 0, "\(made)")
        }
        let signers = "* \(try keys.text(of: "ours.pub"))"
        func checkout(key: String?) throws -> Checkout {
            let checkout = try Checkout(of: server, history: ", require_signed: true, allowed_signers: signers")
            try checkout.scratch.write(signers, to: "signers")
            _ = try HistoryServer.git(["config", "gpg.format", "ssh"], in: checkout.scratch.path)
            if let key {
                _ = try HistoryServer.git(["config", "user.signingkey", keys(key)], in: checkout.scratch.path)
            }
            return checkout
        }
        let ours = try checkout(key: "ours")
        let ran = ours.run()
        #expect(ran.status == 0, "\(ran)")
        let laptop = try checkout(key: "ours")
        let sync = laptop.sync()
        #expect(sync.status == 0, "\(sync)")
        let run = try laptop.lastRun
        let back = laptop.rehearse("rollback", run, "--yes")
        #expect(back.status == 0 && back.error.contains("signed by an allowed signer"), "\(back)")

        // Without a key nothing begins.
        let keyless = try checkout(key: nil)
        let refused = keyless.run()
        #expect(refused.status == 2 && refused.error.contains("cannot be signed"), "\(refused)")
        #expect(keyless.trace.isEmpty)

        // A key that is not on the list signs, and nobody believes it.
        let other = try checkout(key: "other")
        #expect(other.run().status == 0)
        let doubt = try checkout(key: "ours")
        let found = doubt.sync()
        #expect(found.status == 5 && found.error.contains("no allowed signer"), "\(found)")
        let last = try other.lastRun
        #expect(doubt.rehearse("rollback", last, "--yes").status == 5)
        #expect(doubt.trace.isEmpty)
    }
}

/// CRC-32 as a journal's lines have it (IEEE 802.3, reflected).
enum Checksum {
    static func hexadecimal(of bytes: [UInt8]) -> String {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        let text = String(crc ^ 0xFFFF_FFFF, radix: 16)
        return String(repeating: "0", count: 8 - text.count) + text
    }
}
