import Engine
import Host
import TestSupport
import Testing

@Suite struct `The state folder` {
    @Test(arguments: ["000", "077"]) func `is for its owner's eyes whatever the umask`(umask: String) throws {
        let project = try TraceProject(
            [TracedStep("one", "echo A=b >>\"$REHEARSE_OUTPUT\"; echo hi"), TracedStep("two", "exit 1")],
            environment: "compose: {project: p, files: [compose.yaml]}")
        try Files.live.makeDirectory(project.scratch("templates"), 0o755)
        try project.scratch.write("services: {web: {image: web}}\n", to: "templates/compose.yaml")
        #expect(project.rehearse.shell("umask \(umask); \"$REHEARSE\" run work -e test").status == 1)
        let listed = project.rehearse.run(["find", ".rehearse", "-printf", "%y %m %p\\n"]).output
        #expect(listed.contains("compose.yaml"))
        for line in listed.split(separator: "\n") {
            #expect(line.hasPrefix("d 700 ") || line.hasPrefix("f 600 "), "\(line)")
        }
    }

    @Test(arguments: [".rehearse", ".rehearse/runs", ".rehearse/locks"], ["chmod g+w", "chmod o+w"])
    func `is refused while others may write to it`(folder: String, command: String) throws {
        let project = try TraceProject([.traced("one")])
        #expect(project.run().status == 0)
        #expect(project.rehearse.shell("\(command) \(folder)").status == 0)
        for words in [["run", "work", "-e", "test"], ["rollback", "last", "--yes"]] {
            let answer = project.rehearse.run([RehearseBinary.path] + words)
            #expect(answer.status == 5, "\(answer)")
            #expect(answer.error.contains("chmod"))
        }
        #expect(project.trace == ["one"])
    }

    @Test(arguments: [".rehearse", ".rehearse/runs", ".rehearse/locks"])
    func `is refused when it is a link`(folder: String) throws {
        let project = try TraceProject([.traced("one")])
        #expect(project.run().status == 0)
        #expect(project.rehearse.shell("mv \(folder) elsewhere; ln -s \"$PWD/elsewhere\" \(folder)").status == 0)
        for words in [["run", "work", "-e", "test"], ["rollback", "last", "--yes"]] {
            #expect(project.rehearse.run([RehearseBinary.path] + words).status == 5)
        }
        #expect(project.trace == ["one"])
    }

    @Test func `is refused when it is a file`() throws {
        let project = try TraceProject([.traced("one")])
        try project.scratch.write("mine\n", to: ".rehearse")
        #expect(project.run().status == 5)
        #expect(try project.scratch.text(of: ".rehearse") == "mine\n")
        #expect(project.trace.isEmpty)
    }

    @Test func `a lock that is a link is not followed`() throws {
        let project = try TraceProject([.traced("one")])
        #expect(project.run().status == 0)
        try project.scratch.write("precious\n", to: "target")
        #expect(
            project.rehearse.shell("rm .rehearse/locks/test.lock; ln -s \"$PWD/target\" .rehearse/locks/test.lock")
                .status == 0)
        #expect(project.run().status == 5)
        #expect(try project.scratch.text(of: "target") == "precious\n")
        #expect(project.trace == ["one"])
    }

    @Test func `a run whose journal is deleted under it stops and says so`() throws {
        let project = try TraceProject([TracedStep("one", "rm -r .rehearse"), .traced("two")])
        let answer = project.run()
        #expect(answer.status == 5, "\(answer)")
        #expect(project.trace.isEmpty)
    }
}

@Suite struct `Damage to a run's files` {
    private func project() throws -> TraceProject {
        let project = try TraceProject([.traced("one"), .traced("two")])
        #expect(project.run().status == 0)
        try project.forgetTrace()
        return project
    }

    @Test(arguments: ["", "garbage", "{\"schema\": 1}", nil])
    func `run.json is made again from the journal, byte for byte`(content: String?) throws {
        let project = try project()
        let path = try project.path("run.json")
        let before = try project.scratch.text(of: path)
        if let content {
            try project.scratch.write(content, to: path)
        } else {
            try Files.live.remove(project.scratch(path))
        }
        #expect(project("history").status == 0)
        #expect(project("history", "show", "last", "--format", "json").output == before)
        #expect(project("history", "verify").status == 5)
        #expect(project("history", "rebuild").status == 0)
        #expect(try project.scratch.text(of: path) == before)
        #expect(project("history", "verify").status == 0)
    }

    @Test func `a last line that was being written is put aside`() throws {
        let project = try project()
        let path = try project.path("journal.jsonl")
        let text = try project.scratch.text(of: path)
        try project.scratch.write(String(text.dropLast(20)), to: path)
        #expect(project("history", "verify").status == 5)
        // What is lost is that the run ended: its steps are done, its process is gone.
        #expect(try project.record().status == .crashed)
        #expect(project("rollback", "last", "--yes").status == 0)
        #expect(project.trace == ["undo-two", "undo-one"])
        #expect(try project.scratch.text(of: project.path("journal.torn")).hasPrefix("{"))
        #expect(project("history", "verify").status == 0)
    }

    @Test(arguments: ["changed", "removed", "swapped", "repeated"])
    func `a journal that was changed is not acted upon`(change: String) throws {
        let project = try project()
        let path = try project.path("journal.jsonl")
        var lines = try project.scratch.text(of: path).split(separator: "\n").map(String.init)
        switch change {
        case "changed": lines[1] = lines[1].replacing("undo-one", with: "undo-two")
        case "removed": lines.remove(at: 2)
        case "swapped": lines.swapAt(2, 3)
        default: lines.insert(lines[2], at: 2)
        }
        let damaged = lines.joined(separator: "\n") + "\n"
        try project.scratch.write(damaged, to: path)
        for words in [
            ["rollback", "last", "--yes"], ["resume", "last"], ["history", "verify"], ["history", "rebuild"],
            ["run", "work", "-e", "test"], ["history", "close", "last", "--reason", "why"],
            ["history", "show", "last"],
        ] {
            let answer = project.rehearse.run([RehearseBinary.path] + words)
            #expect(answer.status == 5, "\(words): \(answer)")
        }
        #expect(project.trace.isEmpty)
        #expect(try project.scratch.text(of: path) == damaged, "left as it was found")
    }

    @Test func `a damaged run does not hide the others`() throws {
        let project = try project()
        try project.scratch.write("environment: other\nowner: tester\n", to: "environments/other.yaml")
        #expect(project("run", "work", "-e", "other").status == 0)
        let damaged = try #require(project.runs.first { $0.contains("-test-") })
        try Files.live.remove(project.scratch(".rehearse/runs/\(damaged)/run.json"))
        try project.scratch.write("x\ny\n", to: ".rehearse/runs/\(damaged)/journal.jsonl")
        let answer = project("history")
        #expect(answer.status == 5)
        #expect(answer.output.contains("other"))
        #expect(answer.error.contains(damaged))
        #expect(project("rollback", "-e", "other", "--yes").status == 0)
    }

    @Test func `what a dead writer left behind is passed over and removed, what a living one writes is not`() throws {
        let project = try TraceProject([.traced("one")])
        #expect(project.run().status == 0)
        let gone = 2_147_483_000
        let dead = [
            ".rehearse/.rehearse-tmp-\(gone)-1f", ".rehearse/runs/.rehearse-tmp-\(gone)-2", ".rehearse/.probe-\(gone)",
        ]
        let alive = ".rehearse/.rehearse-tmp-1-3a"
        for name in dead + [alive] { try project.scratch.write("half", to: name) }
        let inRun = try project.path(".rehearse-tmp-\(gone)-4")
        try project.scratch.write("half", to: inRun)
        #expect(project("history").status == 0)
        #expect(project("history", "verify").status == 0)
        #expect(project("rollback", "last", "--yes").status == 0)
        for name in dead + [inRun] { #expect(try Files.live.status(project.scratch(name)) == nil, "\(name)") }
        #expect(try Files.live.status(project.scratch(alive)) != nil)
    }
}
