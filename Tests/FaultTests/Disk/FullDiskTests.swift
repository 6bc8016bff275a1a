import Host
import TestSupport
import Testing
import YAML

/// RELIABILITY section 3, rows B1 to B5, B11, B12 and B16.
@Suite struct `Faults of the disk` {
    private static let run = ["run", "work", "-e", "test", "--on-failure", "stop"]

    /// Three silent steps: the calls of the system are the same every time.
    private func project(ceiling: Duration = .seconds(3)) throws -> FaultProject {
        try FaultProject(["one", "two", "three"].map { FaultStep.traced($0) }, ceiling: ceiling)
    }

    /// How the line of a step's event begins, as `strace` shows it. The end of a step and the start of the next are often
    /// one write.
    private static func line(_ event: String, _ step: String) -> String {
        #"\"ev\":\"\#(event)\",\"step\":\"\#(step)\""#
    }

    /// The first call of a name whose text has all these words, in a run like that of `project`.
    private func call(_ name: String, _ words: String...) throws -> SystemCall {
        let calls = try SystemCall.calls(of: Self.run, in: try TraceProject(calledLike: project()))
        return try #require(calls.first { call in call.name == name && words.allSatisfy(call.text.contains) })
    }

    @Test(.enabled(if: Tool.strace, "strace cannot trace here"))
    func `B1: no space for the line in front of a step`() throws {
        let project = try project()
        let call = try call("write", Self.line("step.start", "two"))
        let answer = project.command(Self.run, through: call.failing("error=ENOSPC"))
        #expect(answer.status == 5, "\(answer)")
        #expect(answer.error.contains("step `two` was not started"), "\(answer)")
        #expect(project.trace == ["one"])
        #expect(try project.standing().steps == ["succeeded", "pending", "pending"])
        #expect(project("resume", "last").status == 0)
        #expect(project.trace == ["one", "two", "three"])
        project.holdInvariants()
    }

    @Test(.enabled(if: Tool.strace, "strace cannot trace here"))
    func `B2: no space for the line after a step, and then the reserve`() throws {
        let project = try project()
        let call = try call("write", Self.line("step.end", "two"))
        let answer = project.command(Self.run, through: call.failing("error=ENOSPC"))
        #expect(answer.status == 5, "\(answer)")
        #expect(project.trace == ["one", "two"], "no further step")
        #expect(try project.standing().steps == ["succeeded", "succeeded", "pending"], "the reserve held it")
        #expect(project("resume", "last").status == 0)
        #expect(project.trace == ["one", "two", "three"])
        project.holdInvariants()
    }

    @Test(.enabled(if: Tool.strace, "strace cannot trace here"))
    func `B2: no space for the line after a step, and no reserve either`() throws {
        let project = try FaultProject([
            FaultStep.traced("one"), FaultStep.make("two", "trace two; rm -f .rehearse/reserve"),
            // What is captured comes first, so that the end of `two` is a write of its own.
            FaultStep.make("three", "trace three", "capture: {WAS: echo x}"),
        ])
        let elsewhere = try ScratchDirectory()
        let call = try call("write", Self.line("step.end", "two"))
        var through = call.failing("error=ENOSPC")
        through = ["env", "TMPDIR=\(elsewhere.path)"] + through
        let answer = project.command(Self.run, through: through)
        #expect(answer.status == 5, "\(answer)")
        #expect(project.trace == ["one", "two"])
        let kept = try #require(try Files.live.list(elsewhere.path).first)
        #expect(answer.error.contains(elsewhere(kept)), "\(answer)")
        let next = try #require(answer.error.split(separator: "  next: ").last).prefix { $0 != ";" }
        #expect(next.hasPrefix("df -h "), "\(answer)")
        #expect(project.shell(String(next)).status == 0, "what it names is there: \(answer)")
        #expect(!answer.error.contains(Files.temporaryNamePrefix), "\(answer)")
        #expect(try Files.live.status(elsewhere(kept))?.mode == 0o600)
        let text = try elsewhere.text(of: kept)
        let steps = try JSONReader.read(Array(text.utf8))["steps"]?.sequence
        #expect(steps?.map { $0["status"]?.string } == ["succeeded", "succeeded", "pending"])
        #expect(!text.contains(FaultProject.canary))
        #expect(try project.standing().steps == ["succeeded", "unknown", "pending"])
        #expect(project("resume", "last").status == 4)
        #expect(project.rollback().status == 0)
        project.holdInvariants()
    }

    @Test(.enabled(if: Tool.mount, "a file system cannot be mounted here"))
    func `B2: the disk that holds the state is full after a step`() throws {
        let project = try FaultProject([
            FaultStep.traced("one"),
            // Its end makes a line that is longer than what the file of its outputs gives back when it is removed.
            FaultStep.make(
                "two",
                """
                trace two; echo "LONG=$(head -c 9000 /dev/zero | tr '\\0' '"')" >"$REHEARSE_OUTPUT"
                head -c 1000000 /dev/zero >.rehearse/filler || true
                """),
            FaultStep.traced("three"),
        ])
        let answer = project.shell(
            """
            mkdir .rehearse; mkdir kept
            exec unshare -rm sh -c 'mount -t tmpfs -o size=512k,mode=700 none .rehearse; set +e
            "$REHEARSE" run work -e test --on-failure stop >&2; echo "status $?"
            "$REHEARSE" history show last --format json | grep -m 4 "\\"status\\""
            rm .rehearse/filler; "$REHEARSE" resume last >&2; echo "status $?"; cp -r .rehearse/. kept'
            """)
        #expect(answer.output.hasPrefix("status 5\n"), "\(answer)")
        #expect(answer.output.hasSuffix("status 0\n"), "\(answer)")
        #expect(project.trace == ["one", "two", "three"])
        project.holdInvariants()
    }

    @Test(.enabled(if: Tool.strace, "strace cannot trace here"))
    func `B3: no space for a step's log`() throws {
        let steps = [
            FaultStep.traced("one"), FaultStep.make("two", "trace two; echo hello"), FaultStep.traced("three"),
        ]
        let calls = try SystemCall.calls(of: Self.run, in: try TraceProject(calledLike: FaultProject(held: steps)))
        let call = try #require(calls.first { $0.name == "write" && $0.text.contains("02-two.log>") })
        let project = try FaultProject(steps)
        let answer = project.command(Self.run, through: call.failing("error=ENOSPC"))
        #expect(answer.status == 0, "judged by its exit: \(answer)")
        #expect(project.trace == ["one", "two", "three"])
        #expect(try project.step("two")["log"]?["truncated"]?.boolean == true)
        #expect(try project.shown()["warnings"]?.sequence?.isEmpty == false)
        #expect(answer.error.contains("02-two.log"), "\(answer)")
        project.holdInvariants()
    }

    @Test(.enabled(if: Tool.strace, "strace cannot trace here"), arguments: ["step.start", "step.end"])
    func `B4: the disk reports an error for a line`(event: String) throws {
        let calls = try SystemCall.calls(of: Self.run, in: try TraceProject(calledLike: project()))
        let write = try #require(
            calls.firstIndex { $0.name == "write" && $0.text.contains(Self.line(event, "two")) })
        let call = try #require(calls[write...].first { $0.name == "fsync" })
        let project = try project()
        let log = try ScratchDirectory()
        var through = call.failing("error=EIO")
        through[2] = log("calls")
        through[4] = "trace=fsync,write"
        let answer = project.command(Self.run, through: through)
        #expect(answer.status == 5, "\(answer)")
        #expect(project.trace == (event == "step.start" ? ["one"] : ["one", "two"]))
        let after = try log.text(of: "calls").split(separator: "\n").drop { !$0.contains("EIO") }.dropFirst()
        #expect(!after.contains { $0.hasPrefix("fsync") && $0.contains("= 0") && $0.contains("journal") })
        #expect(!after.contains { $0.contains("\\\"seq\\\"") }, "no line behind the one that may be lost")
        #expect(project.rollback().status == 0)
        project.holdInvariants()
    }

    @Test(.enabled(if: Tool.strace, "strace cannot trace here"))
    func `B5: every call on the state is interrupted once`() throws {
        let names = ["openat", "write", "fsync", "flock", "ftruncate", "fchmod"]
        let calls = try SystemCall.calls(of: Self.run, in: try TraceProject(calledLike: project()), watching: names)
        let onState = calls.filter(\.isOnState)
        #expect(onState.count > 30)
        // One name after the other, all its calls but each second one: a call is repeated until it succeeds.
        for name in names {
            let first = try #require(onState.first { $0.name == name })
            let project = try project()
            let answer = project.command(
                Self.run,
                through: [
                    "strace", "-o", "/dev/null", "-e", "trace=\(name)", "-e",
                    "inject=\(name):error=EINTR:when=\(first.number)+2",
                ])
            #expect(answer.status == 0, "\(name): \(answer)")
            let journal = try project.journal()
            #expect(journal.events.filter { $0 == "step.end" }.count == 3)
            #expect(journal.tornBytes == 0)
            project.holdInvariants()
        }
    }

    @Test(.enabled(if: Tool.compiler, "cc is not here"))
    func `B5: every write is a short one`() throws {
        let project = try project()
        let shim = try Shim(
            """
            #include <sys/syscall.h>
            #include <unistd.h>
            ssize_t write(int fd, const void *bytes, size_t count) {
                return syscall(SYS_write, fd, bytes, count > 5 ? count / 2 : count);
            }
            """)
        #expect(project.command(Self.run, through: shim.launcher).status == 0)
        let journal = try project.journal()
        #expect(journal.damage == nil && journal.tornBytes == 0)
        #expect(journal.events.filter { $0 == "step.end" }.count == 3)
        #expect(project.trace == ["one", "two", "three"])
        project.holdInvariants()
    }

    @Test(
        .enabled(if: Tool.mount, "a file system cannot be mounted here"), arguments: ["ro", "size=4k", "nr_inodes=2"])
    func `B11: the state folder is read-only or full from the start`(option: String) throws {
        let project = try project()
        let answer = project.shell(
            """
            mkdir .rehearse
            exec unshare -rm sh -c 'mount -t tmpfs -o \(option),mode=700 none .rehearse; set +e
            "$REHEARSE" run work -e test; echo "status $?"'
            """)
        #expect(answer.output == "status 5\n", "\(answer)")
        #expect(project.trace.isEmpty)
        project.holdInvariants()
    }

    @Test(arguments: ["file", "link", "fifo"])
    func `B11: the state folder is none`(kind: String) throws {
        let project = try project()
        let made = ["file": "echo mine >.rehearse", "link": "ln -s nowhere .rehearse", "fifo": "mkfifo .rehearse"]
        #expect(project.shell(made[kind] ?? "").status == 0)
        #expect(project.run().status == 5)
        #expect(project.trace.isEmpty)
        project.holdInvariants()
    }

    @Test(.enabled(if: Tool.strace, "strace cannot trace here"))
    func `B12: all is on disk before a step starts`() throws {
        let project = try project()
        let names = SystemCall.watched + ["clone3", "clone", "vfork"]
        let calls = try SystemCall.calls(of: Self.run, in: project.project, watching: names)
        for step in ["one", "two", "three"] {
            let write = try #require(
                calls.firstIndex { $0.name == "write" && $0.text.contains(Self.line("step.start", step)) })
            let spawn = try #require(calls[write...].firstIndex { ["clone3", "clone", "vfork"].contains($0.name) })
            let journal = try #require(calls[write].text.split(separator: "<").dropFirst().first?.prefix { $0 != ">" })
            #expect(calls[write..<spawn].contains { $0.name == "fsync" && $0.text.contains("\(journal)>") })
            let end = try #require(
                calls[spawn...].firstIndex { $0.name == "write" && $0.text.contains(Self.line("step.end", step)) })
            let told = try #require(
                calls[end...].firstIndex { $0.name == "write" && $0.text.contains("ok        \(step)") })
            #expect(calls[end..<told].contains { $0.name == "fsync" && $0.text.contains("\(journal)>") })
        }
        // The record: written, synchronised, put in place, its folder synchronised.
        let rename = try #require(calls.firstIndex { $0.name.hasPrefix("rename") && $0.text.contains("\"run.json\"") })
        let before = calls[..<rename].suffix(2).map(\.name)
        #expect(before == ["write", "fsync"])
        #expect(calls[(rename + 1)...].first?.name == "fsync")
        // The folder of the run is durable before the first step.
        let opening = try #require(calls.firstIndex { $0.name == "write" && $0.text.contains("run.open") })
        let first = try #require(
            calls.firstIndex { $0.name == "write" && $0.text.contains(Self.line("step.start", "one")) })
        // First its line and what is in it, then its name, then that name: never a run that is there without its plan.
        let kept = calls[opening..<first]
        let naming = try #require(kept.firstIndex { $0.name.hasPrefix("rename") && $0.text.contains("-work-test-") })
        #expect(kept[..<naming].contains { $0.name == "fsync" && $0.text.contains("/journal.jsonl>") })
        #expect(
            kept[..<naming].contains { $0.name == "fsync" && !$0.text.contains("journal") }, "the folder's own entries")
        #expect(calls[naming + 1].name == "fsync" && calls[naming + 1].text.hasSuffix("/.rehearse/runs>) = 0"))
        project.holdInvariants()
    }

    @Test func `B16: the state folder is deleted while a run is going on`() throws {
        let project = try FaultProject([
            FaultStep.traced("one"), FaultStep.make("two", "trace two; rm -rf .rehearse"), FaultStep.traced("three"),
        ])
        let elsewhere = try ScratchDirectory()
        let answer = project.shell(
            "set +e; TMPDIR=\(elsewhere.path) \"$REHEARSE\" run work -e test --on-failure stop; echo \"status $?\"")
        #expect(answer.output == "status 5\n", "\(answer)")
        #expect(project.trace == ["one", "two"])
        let kept = try #require(try Files.live.list(elsewhere.path).first)
        #expect(answer.error.contains(elsewhere(kept)), "\(answer)")
        #expect(try JSONReader.read(Array(elsewhere.text(of: kept).utf8))["steps"]?.sequence?.count == 3)
        project.holdInvariants()
    }
}

extension TraceProject {
    /// The project of a row that is only there to be imitated.
    fileprivate init(calledLike row: FaultProject) {
        self = row.project
        row.holdInvariants()
    }
}

extension FaultProject {
    fileprivate convenience init(held steps: [TracedStep]) throws { try self.init(steps) }
}
