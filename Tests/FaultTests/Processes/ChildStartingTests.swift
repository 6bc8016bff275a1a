import Host
import TestSupport
import Testing
import YAML

/// RELIABILITY section 3, rows A16 to A18.
@Suite struct `Faults of starting a step` {
    /// Nothing ran, it is told from an exit of 127, and there is nothing of this step to undo.
    private func expectNotStarted(_ project: FaultProject, _ answer: RehearseBinary.Answer) throws {
        #expect(answer.status == 1, "\(answer)")
        #expect(try project.step("two")["failure"]?["reason"]?.string == "spawn")
        #expect(try project.journal().events("step.spawned", of: "two").isEmpty)
        #expect(project.trace == ["one"])
        #expect(project.rollback().status == 0)
        #expect(project.trace == ["one", "undo-one"])
        project.holdInvariants()
    }

    private func project(_ second: TracedStep, ceiling: Duration = .seconds(3)) throws -> FaultProject {
        try FaultProject([FaultStep.leaking("one"), second, FaultStep.traced("three")], ceiling: ceiling)
    }

    @Test(arguments: ["the program", "the folder", "an interpreter", "a format", "permission"])
    func `A16: what a step is to be started with is missing`(what: String) throws {
        let project = try project(
            what == "the folder"
                ? FaultStep.make("two", "trace two", "dir: nowhere") : FaultStep.make("two", #"["./program"]"#))
        switch what {
        case "an interpreter": try Files.live.replace(project.scratch("program"), Array("#!/no/such\n".utf8), 0o755)
        case "a format": try Files.live.replace(project.scratch("program"), Array("no program\n".utf8), 0o755)
        case "permission": try Files.live.replace(project.scratch("program"), Array("#!/bin/sh\n".utf8), 0o644)
        default: break
        }
        try expectNotStarted(project, project.run("--on-failure", "stop"))
    }

    @Test func `A16: a step's arguments are too long`() throws {
        let long = String(repeating: "x", count: 3 << 20)
        let project = try project(FaultStep.make("two", "[\"echo\", \"\(long)\"]"), ceiling: .seconds(10))
        try expectNotStarted(project, project.run("--on-failure", "stop"))
    }

    @Test(.enabled(if: Tool.strace, "strace cannot trace here"))
    func `A16: the system has no process left for a step`() throws {
        let project = try project(FaultStep.traced("two"))
        let names = ["clone", "clone3", "vfork", "fork"]
        // The last two starts are those of the second and the third step.
        let calls = try SystemCall.calls(of: ["run", "work", "-e", "test"], in: project.project, watching: names)
        try project.project.forgetTrace()
        try #require(calls.count >= 3)
        let answer = project.run(
            "--on-failure", "stop", through: calls[calls.count - 2].failing("error=EAGAIN"))
        try expectNotStarted(project, answer)
    }

    @Test(.enabled(if: Tool.python, "python3 is not here"))
    func `A17: a step reads its input and the terminal`() throws {
        let project = try FaultProject([
            FaultStep.make("one", "if read line; then trace line; else trace end; fi"),
            FaultStep.make(
                "two", "if { read line </dev/tty; } 2>/dev/null; then trace line; else trace none; fi", "timeout: 10s"),
        ])
        let answer = project.shell(
            Terminal.showing("\"$REHEARSE\" run work -e test --on-failure stop", typed: "typed\\n"))
        #expect(answer.error == "status 0\n", "\(answer)")
        #expect(project.trace == ["end", "none"])
        project.holdInvariants()
    }

    @Test func `A18: a step inherits nothing but what is its own`() throws {
        let project = try FaultProject([
            FaultStep.make(
                "one",
                """
                grep -E '^Sig(Ign|Blk)' /proc/self/status; umask; \
                for number in 0 1 2 3 4 5 6 7 8 9; do test ! -e /proc/$$/fd/$number || echo "fd $number"; done; \
                echo group $(($(cut -d ' ' -f 5 /proc/$$/stat) - $$))
                """)
        ])
        let answer = project.shell("umask 027; exec 7</dev/null; exec \"$REHEARSE\" run work -e test")
        #expect(answer.status == 0, "\(answer)")
        let log = try String(decoding: project.bytes(of: "steps/01-one.log"), as: UTF8.self)
        #expect(
            log == """
                SigBlk:\t0000000000000000
                SigIgn:\t0000000000000000
                0027
                fd 0
                fd 1
                fd 2
                group 0

                """)
        project.holdInvariants()
    }
}
