import Host
import TestSupport
import Testing
import YAML

/// RELIABILITY section 3, rows B6 to B10 and B13 to B15. Every byte is tried by the suite `A journal, byte by byte`.
@Suite struct `Faults of what is on disk` {
    /// A run of two steps that is done, with nothing traced.
    private func done() throws -> FaultProject {
        let project = try FaultProject([FaultStep.traced("one"), FaultStep.traced("two")])
        #expect(project.run().status == 0)
        try project.project.forgetTrace()
        return project
    }

    private func text(_ project: FaultProject, _ name: String = "journal.jsonl") throws -> String {
        try project.scratch.text(of: project.project.path(name))
    }

    private func write(_ text: String, _ project: FaultProject, _ name: String = "journal.jsonl") throws {
        try project.scratch.write(text, to: project.project.path(name))
    }

    @Test func `B6: the journal is cut`() throws {
        let project = try done()
        let whole = try text(project)
        // What stands after each whole line: the steps, with their tool gone.
        let golden = [
            ["pending", "pending"], ["unknown", "pending"], ["unknown", "pending"], ["succeeded", "pending"],
            ["succeeded", "unknown"], ["succeeded", "unknown"], ["succeeded", "succeeded"], ["succeeded", "succeeded"],
        ]
        var cuts: [(length: Int, lines: Int)] = []
        var length = 0
        for (index, line) in whole.split(separator: "\n").enumerated() {
            // In the middle of a line, in front of its break, and behind it.
            cuts += [(length + line.utf8.count / 2, index), (length + line.utf8.count, index)]
            length += line.utf8.count + 1
            cuts.append((length, index + 1))
        }
        #expect(cuts.count == golden.count * 3)
        for cut in cuts where cut.lines > 0 {
            try write(String(whole.utf8.prefix(cut.length)) ?? "", project)
            try? Files.live.remove(project.scratch(project.project.path("run.json")))
            let standing = try project.standing()
            #expect(standing.steps == golden[cut.lines - 1], "cut at \(cut.length)")
            #expect(standing.run == (cut.lines == golden.count ? "succeeded" : "crashed"))
        }
        // The torn tail is kept beside it when the run goes on.
        try write(String(whole.dropLast(30)), project)
        #expect(project.rollback().status == 0)
        #expect(try text(project, "journal.torn").hasPrefix("{\"v\":1"))
        #expect(project.trace == ["undo-two", "undo-one"])
        #expect(project("history", "verify").status == 0)
        project.holdInvariants()
    }

    @Test func `B7: a byte of the journal is another one`() throws {
        let project = try done()
        let whole = Array(try text(project).utf8)
        let ends = whole.indices.filter { whole[$0] == 0x0A }
        let places = ends.dropLast().flatMap { [$0 - 40, $0] } + [3, 500]
        for place in places {
            var changed = whole
            changed[place] ^= 1
            try Files.live.replace(project.scratch(project.project.path("journal.jsonl")), changed, 0o600)
            for words in [["rollback", "last", "--yes"], ["resume", "last"], ["history", "verify"]] {
                let answer = project.command(words)
                #expect(answer.status == 5, "byte \(place), \(words): \(answer)")
            }
            #expect(try project.bytes(of: "journal.jsonl") == changed, "left as it was found")
        }
        #expect(project.trace.isEmpty)
        project.holdInvariants(isDamaged: true)
    }

    @Test func `B8: run.json is cut, garbage or gone`() throws {
        let project = try done()
        let whole = try text(project, "run.json")
        let cuts = stride(from: 0, to: whole.utf8.count, by: 151).map { String(whole.utf8.prefix($0)) ?? "" }
        for content in cuts + ["garbage", "{}", "[1]", "\0\0\0"] {
            try write(content, project, "run.json")
            #expect(project("history", "show", "last", "--format", "json").output == whole)
            #expect(project("history").output.contains("succeeded"))
        }
        try Files.live.remove(project.scratch(project.project.path("run.json")))
        #expect(project("history", "rebuild").status == 0)
        #expect(try text(project, "run.json") == whole)
        #expect(project.rollback().status == 0)
        project.holdInvariants()
    }

    @Test func `B9: the journal is gone and the record is there`() throws {
        let project = try done()
        try Files.live.remove(project.scratch(project.project.path("journal.jsonl")))
        for words in [
            ["rollback", "last", "--yes"], ["resume", "last"], ["history", "close", "last", "--reason", "x"],
        ] {
            #expect(project.command(words).status == 5, "\(words)")
        }
        #expect(project.trace.isEmpty)
        #expect(project("history").output.contains("work"), "it can still be read")
        let shown = project("history", "show", "last")
        #expect(shown.status == 0 && shown.output.contains("work on test"), "\(shown)")
        #expect(shown.error.contains("it can only be looked at"), "\(shown)")
        let record = try text(project, "run.json")
        #expect(project("history", "show", "last", "--format", "json").output == record)
        #expect(project("notes", "last").status == 0)
        project.holdInvariants(isDamaged: true)
    }

    @Test func `B9: the record alone leads back, its commands shown first`() throws {
        let project = try FaultProject([
            FaultStep.traced("one"), FaultStep.make("two", "trace two", undo: "trace undo-two; test -e mended"),
            FaultStep.make("three", "echo ID=7 >>\"$REHEARSE_OUTPUT\"; exit 3", undo: "trace \"undo-three-$ID\""),
        ])
        #expect(project.run().status == 4)
        #expect(project.trace.suffix(2) == ["undo-three-7", "undo-two"])
        try project.project.forgetTrace()
        let path = try project.scratch(project.project.path("journal.jsonl"))
        let before = try project.shown()
        #expect(project.rollback("--from-record").status == 2, "the journal is there")
        try Files.live.remove(path)

        let plan = project("rollback", "last", "--from-record", "--plan")
        #expect(plan.status == 0 && plan.output.contains("undo-two"), "\(plan)")
        #expect(project("rollback", "last", "--from-record").status == 2, "nobody can be asked")
        #expect(try Files.live.status(path) == nil, "nothing was written")
        #expect(project.trace.isEmpty)

        try project.scratch.write("", to: "mended")
        let answer = project.rollback("--from-record")
        #expect(answer.status == 0, "\(answer)")
        let shown = try #require(answer.error.firstRange(of: "trace undo-two")).lowerBound
        let begun = try #require(answer.error.firstRange(of: "\nrollback  ")).lowerBound
        #expect(shown < begun, "the commands come first: \(answer)")
        #expect(project.trace == ["undo-two", "undo-one"], "what was undone stays so")
        let after = try project.shown()
        for key in ["id", "started_at", "inputs", "runbook", "environment", "actor"] {
            #expect(after[key].map(JSONWriter.line) == before[key].map(JSONWriter.line), "\(key)")
        }
        func steps(_ record: Node) -> [String] {
            (record["steps"]?.sequence ?? []).map { step in
                JSONWriter.line(.sequence(["id", "status", "attempts", "outputs", "action"].compactMap { step[$0] }))
            }
        }
        #expect(steps(after) == steps(before))
        #expect(after["status"]?.string == "rolled_back")
        #expect(project("history", "verify").status == 0)
        project.holdInvariants()
    }

    @Test func `B10: temporary files of old crashes`() throws {
        let project = try done()
        let run = try project.project.path("")
        // No process has a number that large.
        let dead = [
            ".rehearse/.rehearse-tmp-99999999-1", ".rehearse/.probe-99999999", "\(run).rehearse-tmp-99999999-2",
            ".rehearse/runs/.rehearse-tmp-99999999-20260101T000000Z-work-test-0000",
        ]
        let living = ".rehearse/.rehearse-tmp-\(getpid)-3"
        for path in dead + [living] { try project.scratch.write("{\"half\": ", to: path) }
        #expect(project("history").status == 0)
        #expect(project("history", "verify").status == 0)
        #expect(project.rollback().status == 0)
        #expect(project.run().status == 0)
        for path in dead { #expect(try Files.live.status(project.scratch(path)) == nil, "\(path)") }
        #expect(try Files.live.status(project.scratch(living)) != nil, "its writer lives")
        project.holdInvariants()
    }

    private var getpid: Int32 { Host.live().surroundings.identity.pid }

    @Test func `B13: a journal of a newer version`() throws {
        let project = try done()
        try write(
            JournalOnDisk.resealed(text(project)) { line, _ in line.replacing("{\"v\":1,", with: "{\"v\":2,") }, project
        )
        let before = try text(project)
        for words in [
            ["rollback", "last", "--yes"], ["resume", "last"], ["history", "close", "last", "--reason", "x"],
        ] {
            let answer = project.command(words)
            #expect(answer.status == 5)
            #expect(answer.error.contains("newer"), "\(answer)")
        }
        #expect(try text(project) == before)
        #expect(project("history").output.contains("succeeded"), "its record can be read")
        let later = try text(project, "run.json").replacing("\"schema\": 1,", with: "\"schema\": 2,\n  \"later\": [7],")
        try write(later, project, "run.json")
        for words in [["history", "show", "last"], ["history", "log", "last"], ["notes", "last"]] {
            let answer = project.command(words)
            #expect(answer.status == 0 && answer.error.contains("newer"), "\(words): \(answer)")
        }
        #expect(project("history", "show", "last", "--format", "json").output == later, "what it does not know is kept")
        #expect(project.rollback("--from-record").status == 2)
        try Files.live.remove(project.scratch(project.project.path("journal.jsonl")))
        #expect(project.rollback("--from-record").status == 5, "a record of a newer version is not acted upon")
        #expect(project.trace.isEmpty)
        project.holdInvariants(isDamaged: true)
    }

    /// What was to be typed next led back to the same words.
    @Test func `B13: a journal of a newer version that died without a record`() throws {
        let project = try done()
        try write(
            JournalOnDisk.resealed(text(project)) { line, _ in line.replacing("{\"v\":1,", with: "{\"v\":2,") }, project
        )
        let verified = project("history", "verify")
        #expect(verified.status == 5)
        #expect(verified.output.hasPrefix("NEWER "), "\(verified)")
        #expect(project.rollback().error.contains("next: rehearse history show "))
        try Files.live.remove(project.scratch(project.project.path("run.json")))
        for words in [["rollback", "last", "--yes"], ["history", "show", "last"], ["run", "work", "-e", "test"]] {
            let answer = project.command(words)
            #expect(answer.status == 5, "\(answer)")
            let next = try #require(answer.error.split(separator: "next: ").last)
            #expect(next.hasPrefix("cat .rehearse/runs/"), "\(answer)")
            #expect(project.shell(String(next)).output.hasPrefix("{\"v\":2,"), "\(answer)")
        }
        project.holdInvariants(isDamaged: true)
    }

    /// Runs as version 0.1.0 wrote them: done, undone, failed, half undone, and of a program that was killed. What a later
    /// version cannot read any more, an on-call engineer cannot roll back any more.
    private func oldHistory() throws -> (project: FaultProject, runs: [String]) {
        let project = try FaultProject([FaultStep.traced("one")])
        let fixtures = "\(try #require(RehearseBinary.repository))/Tests/Fixtures/Histories/schema-1"
        try Files.live.makeDirectory(project.scratch(".rehearse"), 0o700)
        let copied = project.project.rehearse.run(
            ["/bin/sh", "-euc", "cp -r \"$0\" .rehearse/runs; chmod -R go-rwx .rehearse", fixtures])
        try #require(copied.status == 0, "\(copied)")
        return (project, project.runs)
    }

    @Test func `B13: runs of every earlier version, shown and undone`() throws {
        let (project, runs) = try oldHistory()
        #expect(runs.count == 5)
        let listed = project("history")
        #expect(listed.status == 0)
        for (run, status) in zip(runs, ["succeeded", "rolled_back", "failed", "rollback_incomplete", "crashed"]) {
            #expect(try project.standing(run).run == status)
            for words in [
                ["history", "show", run], ["history", "log", run], ["notes", run], ["history", "verify", run],
                ["rollback", run, "--plan"],
            ] {
                let answer = project.command(words)
                #expect(answer.status == 0, "\(words): \(answer)")
            }
        }
        #expect(project.trace.isEmpty)
        try project.scratch.write("", to: "mended")
        for run in runs.reversed() {
            let answer = project.command(["rollback", run, "--yes"])
            #expect(answer.status == 0, "\(run): \(answer)")
        }
        let one = "undo-one-before-7-1.0-hello"
        #expect(project.trace == ["undo-two", one, one, "undo-two", one, one])
        #expect(project("history", "rebuild").status == 0)
        #expect(project("history", "verify").status == 0)
        #expect(project.run().status == 0)
        #expect(project("history", "prune", "--keep", "1").status == 0)
        project.holdInvariants()
    }

    @Test func `B13: runs of every earlier version, carried on and closed`() throws {
        let (project, runs) = try oldHistory()
        let crashed = try #require(runs.last)
        #expect(project("resume", crashed).status == 4, "nobody knows how its step ended")
        let answer = project("resume", crashed, "--assume", "done")
        #expect(answer.status == 0, "\(answer)")
        #expect(project.command(["history", "close", runs[3], "--reason", "seen"]).status == 0)
        let failed = project.command(["resume", runs[2], "--assume", "not-done", "--on-failure", "stop"])
        #expect(failed.status == 1, "\(failed)")
        #expect(project("history", "verify").status == 0)
        project.holdInvariants()
    }

    @Test(arguments: ["repeated", "huge", "deep", "unknown"])
    func `B14: strange JSON in a sound journal`(kind: String) throws {
        let project = try done()
        let deep = String(repeating: "[", count: 600) + String(repeating: "]", count: 600)
        let more = [
            "repeated": ",\"step\":\"two\",\"step\":\"one\"", "huge": ",\"attempt\":99999999999999999999999999",
            "deep": ",\"deep\":\(deep)", "unknown": ",\"later\":{\"a\":[1,null]}",
        ]
        try write(
            JournalOnDisk.resealed(text(project)) { line, number in
                number == 2
                    ? (kind == "huge" ? line.replacing(",\"attempt\":1", with: "") : line) + (more[kind] ?? "") : line
            }, project)
        let answer = project.rollback()
        #expect(answer.status == (kind == "unknown" ? 0 : 5), "\(answer)")
        #expect(project.trace == (kind == "unknown" ? ["undo-two", "undo-one"] : []))
        if kind == "unknown" { #expect(try text(project).contains("\"later\":{\"a\":[1,null]}"), "it survives") }
        project.holdInvariants(isDamaged: true)
    }

    /// 10,000 copies of one run, each under a name and a time of its own, as `history` finds them: record and list.
    private static let copies = """
        import datetime, os, sys
        run = sys.argv[1]
        os.chdir(".rehearse")
        record = open(f"runs/{run}/run.json").read()
        line = next(line for line in open("history") if line.strip())
        start = datetime.datetime(2020, 1, 1)
        with open("history", "a") as listed:
            for number in range(10_000):
                copy = (start + datetime.timedelta(minutes=number)).strftime("%Y%m%dT%H%M%SZ") + run[16:]
                os.mkdir(f"runs/{copy}", 0o700)
                with open(f"runs/{copy}/run.json", "w") as file: file.write(record.replace(run, copy))
                listed.write(line.replace(run, copy))
        with open(f"runs/20200101T000700Z{run[16:]}/run.json", "w") as file: file.write("bad")
        """

    @Test func `B15: a long history with one bad record in it`() throws {
        let project = try FaultProject([FaultStep.traced("one"), FaultStep.traced("two")], ceiling: .seconds(30))
        #expect(project.run().status == 0)
        try project.project.forgetTrace()
        let name = try #require(project.runs.last)
        try project.scratch.write(Self.copies, to: "copies.py")
        let made = project.shell("python3 copies.py \(name)")
        #expect(made.status == 0, "\(made)")
        // Built without optimisation; `make bench` measures the release.
        let answer = project.shell(
            """
            set +e; python3 - "$REHEARSE" history -n 20000 >listed 2>errors <<'END'
            import resource, subprocess, sys
            code = subprocess.run(sys.argv[1:]).returncode
            open("memory", "w").write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
            sys.exit(code)
            END
            echo $?; grep -c -- -work-test- listed; cat errors memory
            """)
        #expect(answer.output.hasPrefix("5\n10000\n"), "one is damaged, 10,000 are listed: \(answer)")
        #expect(answer.output.contains("20200101T000700Z"), "\(answer)")
        let kilobytes = try #require(
            answer.output.split(separator: "}").last.flatMap { text in
                Int(String(text.reversed().prefix { $0.isNumber }.reversed()))
            })
        #expect(kilobytes < 200_000)
        #expect(project.run().status == 0, "one more")
        project.holdInvariants(isDamaged: true)
    }
}
