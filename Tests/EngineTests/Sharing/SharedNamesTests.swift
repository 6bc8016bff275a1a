import Host
import Testing

@testable import Engine

@Suite struct `Names in the shared history` {
    private static let run = SampleRun.id

    @Test(arguments: [
        "journal.jsonl", "run.json", "compose.yaml", "compared.yaml", "seal", "steps/01-one.rollback.log",
        "steps/01-one.before.shared",
    ])
    func `what rehearse writes is known`(_ file: String) {
        #expect(SharedPath("runs/20261121/\(Self.run)/\(file)") == .run(Self.run, file: file))
    }

    @Test(arguments: [
        "runs/20261121/20261121T101310Z-release-staging-2b94/origin.json",
        "runs/20261121/20261121T101310Z-release-staging-2b94/steps/01-one.before",
        "runs/20261121/20261121T101310Z-release-staging-2b94/steps/.log",
        "runs/20261121/20261121T101310Z-release-staging-2b94/steps/.before.shared",
        "runs/20261121/20261121T101310Z-release-staging-2b94/steps/a/b.log",
        "runs/20261122/20261121T101310Z-release-staging-2b94/journal.jsonl",
        "runs/20261121/../journal.jsonl", "runs/20261121/x/journal.jsonl", "notes/approval/x.json",
        "notes/Approval/20261121T150000Z-0123456789abcdef.json", "x", "", "runs",
    ])
    func `anything else is not`(_ path: String) { #expect(SharedPath(path) == nil) }

    @Test func `a note is known`() {
        #expect(
            SharedPath("notes/approval/20261121T150000Z-0123456789abcdef.json")
                == .note(kind: "approval", id: "20261121T150000Z-0123456789abcdef"))
    }

    @Test(arguments: ["http://127.0.0.1:80/x", "http://localhost/x", "http://[::1]:8080/x"])
    func `HTTP is spoken to this machine`(_ address: String) { #expect(RemoteAddress(address).isLoopbackHTTP) }

    @Test(arguments: [
        "http://127.0.0.1.example.com/x", "http://example.com/127.0.0.1", "http://user@127.0.0.1/x",
        "https://localhost/x",
    ])
    func `and to no other`(_ address: String) { #expect(!RemoteAddress(address).isLoopbackHTTP) }

    // MARK: - What a push was told

    private static let lock = PushedReference(
        name: "refs/rehearse/locks/p", object: String(repeating: "1", count: 40), condition: .isAbsent)

    @Test func `a lock is ours only where it is new`() {
        let line = { (flag: String) in ["To x", "\(flag)\t\(Self.lock.object ?? ""):\(Self.lock.name)\t[new]", "Done"] }
        #expect(PushReport(line("*")).took(Self.lock))
        for flag in ["=", "!", " ", "+", "-"] { #expect(!PushReport(line(flag)).took(Self.lock), "`\(flag)`") }
        #expect(!PushReport([]).took(Self.lock))
    }

    @Test func `a lost race is no refusal of the remote`() {
        let raced = PushReport([
            "!\ta:refs/rehearse/history\t[remote rejected] (cannot lock ref 'refs/rehearse/history': is at …)"
        ])
        #expect(raced.wasRefused && !raced.wasRefusedByRemote)
        let behind = PushReport(["!\ta:refs/rehearse/history\t[rejected] (fetch first)"])
        #expect(behind.wasRefused && !behind.wasRefusedByRemote)
        let refused = PushReport(["!\ta:refs/rehearse/history\t[remote rejected] (pre-receive hook declined)"])
        #expect(refused.remoteWords == "[remote rejected] (pre-receive hook declined)")
    }

    // MARK: - Logs

    @Test(arguments: [0, 1, 999, 1_000])
    func `a short log is shared whole`(_ count: Int) {
        let bytes = [UInt8](repeating: 0x61, count: count)
        #expect(SharedRun.cut(bytes, to: 1_000) == bytes)
    }

    @Test func `a long one keeps its ends, and says what is missing`() {
        let bytes = Array(repeating: UInt8(0x61), count: 5_000) + Array(repeating: UInt8(0x62), count: 5_000)
        let cut = SharedRun.cut(bytes, to: 1_000)
        #expect(cut.count <= 1_000)
        #expect(cut.first == 0x61 && cut.last == 0x62)
        let kept = cut.count { $0 == 0x61 } + cut.count { $0 == 0x62 }
        #expect(String(decoding: cut, as: UTF8.self).contains("[9128 bytes are not shared"), "\(kept)")
    }
}
