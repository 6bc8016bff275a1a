import Diagnostics
import Host
import Testing

@testable import Engine

@Suite struct `What to type after a failure of the state` {
    private func next(_ cause: FileFailure.Cause, _ path: String) -> String? {
        StateFailure.file(FileFailure(cause, path: path, operation: "open")).diagnostic.next
    }

    @Test func `names a folder that is there, quoted, whatever became of the file`() {
        let draft = "/my project/.rehearse/runs/.rehearse-tmp-1-x/journal.jsonl"
        #expect(
            next(.noSpace, draft)
                == "df -h '/my project/.rehearse'; df -i '/my project/.rehearse'; then free some space")
        #expect(next(.notPermitted, draft) == "make it yours: sudo chown -R \"$(id -un)\" '/my project/.rehearse'")
        #expect(next(.notFound, draft) == "ls -la '/my project/.rehearse'")
        #expect(next(.readOnly, "/.rehearse/x")?.hasPrefix("findmnt -T /.rehearse,") == true)
    }

    /// It said to take over all of the project.
    @Test(arguments: [("/p/.rehearse", "/p"), ("/.rehearse", "/")])
    func `changes the owner of no more than a state folder`(path: String, parent: String) {
        #expect(next(.notPermitted, path) == "ls -ld \(parent); then make it one that you can write to")
    }
}
