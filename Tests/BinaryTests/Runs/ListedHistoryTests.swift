import Engine
import Host
import TestSupport
import Testing

/// The list that spares `history` from opening every record.
@Suite struct `The list of a history` {
    private func listed(_ project: TraceProject, _ format: String = "json") -> String {
        project("history", "--format", format).output
    }

    @Test func `says the same as the records, with and without it`() throws {
        let project = try TraceProject([TracedStep("one", "test ! -e bad")])
        #expect(project.run("--reason", "tab\tand back\\slash").status == 0)
        try project.scratch.write("", to: "bad")
        #expect(project.run().status == 1)
        #expect(project("rollback", project.runs[0], "--yes").status == 0)
        for format in ["json", "text"] {
            let with = listed(project, format)
            #expect(with.contains("rolled"))
            try Files.live.replace(
                project.scratch("kept"), Array(try project.scratch.text(of: ".rehearse/history").utf8), 0o600)
            try Files.live.remove(project.scratch(".rehearse/history"))
            #expect(listed(project, format) == with)
            try project.scratch.write(try project.scratch.text(of: "kept"), to: ".rehearse/history")
        }
    }

    @Test(arguments: ["1\tx", "\u{0}", "99\ta\tb\tc\tsucceeded\t1\td\t\t0\t", "torn"])
    func `is passed over where it cannot be right`(line: String) throws {
        let project = try TraceProject([.traced("one")])
        #expect(project.run().status == 0)
        let before = listed(project)
        let path = ".rehearse/history"
        try project.scratch.write(
            project.scratch.text(of: path).replacing("succeeded", with: "no such") + line, to: path)
        #expect(listed(project) == before)
        #expect(project.run().status == 0)
        #expect(try project.scratch.text(of: path).contains("\tsucceeded\t"), "a line of its own behind a torn one")
    }

    @Test func `is not trusted about a run that is being rolled back`() throws {
        let project = try TraceProject([.traced("one")])
        #expect(project.run().status == 0)
        try Files.live.remove(project.scratch(project.path("run.json")))
        let lines = try project.scratch.text(of: project.path("journal.jsonl")).split(separator: "\n").dropLast()
        try project.scratch.write(lines.map { "\($0)\n" }.joined(), to: project.path("journal.jsonl"))
        #expect(listed(project).contains("\"crashed\""))
    }
}

@Suite struct `The self-test of redaction` {
    @Test func `finds no secret in anything that is written`() throws {
        let scratch = try ScratchDirectory()
        let rehearse = RehearseBinary(in: scratch.path, ["TMPDIR": scratch.path])
        let answer = rehearse("selftest", "redaction", within: .seconds(120))
        #expect(answer.status == 0, "\(answer)")
        #expect(answer.output.contains("logs of steps") && answer.output.contains("journals and records"))
        #expect(answer.output.contains("rehearse rollback last --yes"))
        #expect(try Files.live.list(scratch.path).isEmpty, "it cleans up behind itself")
        #expect(rehearse("selftest", "everything").status == 2)
    }
}
