import Deployment
import Engine
import Host
import TestSupport
import Testing
import YAML

@Suite struct `Keeping notes` {
    @Test func `a note comes back as it was written, oldest first`() throws {
        let scratch = try ScratchDirectory()
        try withExtendedLifetime(scratch) {
            let host = Host.live()
            let store = NoteStore(folder: StateFolder(project: scratch.path, host: host), host: host)
            let first = try store.append("approval", [("environment", .string("production"))])
            let second = try store.append("approval", [("environment", .string("staging"))])
            #expect(store.kinds == ["approval"])
            let found = store.all("approval")
            #expect(Set(found.map(\.id)) == [first.id, second.id])
            #expect(found.map(\.id) == found.map(\.id).sorted())
            #expect(found.first { $0.id == first.id }?.document["environment"]?.string == "production")
            #expect(found.allSatisfy { $0.by?.user == host.surroundings.userName && !$0.at.isEmpty })
            #expect(store.all("acknowledgement").isEmpty)
        }
    }

    @Test func `a note is never written over`() throws {
        let scratch = try ScratchDirectory()
        try withExtendedLifetime(scratch) {
            let host = Host.live()
            let store = NoteStore(folder: StateFolder(project: scratch.path, host: host), host: host)
            let note = try store.append("approval", [])
            let before = try store.read(note.id, "approval")
            try store.write(Array("{}".utf8), as: note.id, "approval")
            #expect(try store.read(note.id, "approval") == before)
        }
    }

    @Test(arguments: ["", "x", "20261121T150000Z-0123", "20261121T150000Z-0123456789ABCDEF", "../../../etc/passwd"])
    func `what is no name of a note is none`(_ name: String) { #expect(!Note.isID(name)) }

    @Test(arguments: ["", "-a", "A", "a/b", "..", "a b"])
    func `what is no kind of a note is none`(_ name: String) { #expect(!Note.isKind(name)) }
}
