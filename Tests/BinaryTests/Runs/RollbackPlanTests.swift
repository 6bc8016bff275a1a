import Engine
import Glibc
import Host
import TestSupport
import Testing

/// What is printed before a rollback, to be read or pasted.
@Suite struct `The plan of a rollback` {
    @Test func `has what a step had put out when its run was killed`() throws {
        let project = try TraceProject([
            TracedStep(
                "make", "echo ID=vm-17 >>\"$REHEARSE_OUTPUT\"; echo $$ >ready; exec sleep 7350",
                undo: "trace \"delete $ID\"")
        ])
        let program = try project.start()
        let pid = try #require(Int32(try project.scratch.awaitFile("ready")))
        program.send(SIGKILL)
        _ = try program.wait()
        kill(pid, SIGKILL)
        #expect(isGone(pid))
        let plan = project("rollback", "last", "--plan")
        #expect(plan.status == 0)
        let pasted = project.rehearse.shell(plan.output)
        #expect(pasted.status == 0, "\(plan) \(pasted)")
        #expect(project.trace == ["delete vm-17"])
        #expect(project("rollback", "last", "--yes").status == 0)
        let left = project.rehearse.shell("find .rehearse -name '*.output'")
        #expect(left.output.isEmpty, "it may hold a secret, and is used up")
    }

    @Test func `goes past a point of no return only when told so, in both forms`() throws {
        let project = try TraceProject([
            .traced("one"), TracedStep("two", "true", undo: "{irreversible: mails are out}"),
            .traced("three", "idempotent: true"),
        ])
        #expect(project.run().status == 0)
        let stops = project("rollback", "last", "--plan")
        #expect(!stops.output.contains("undo-one"))
        let passes = project("rollback", "last", "--plan", "--past-irreversible")
        #expect(passes.output.contains("undo-one"), "\(passes)")
        let answer = project("rollback", "last", "--yes", "--past-irreversible")
        #expect(answer.status == 0, "\(answer)")
        #expect(!answer.error.contains("the rollback stops there"))
        #expect(project.trace == ["one", "three", "undo-three", "undo-one"])
    }

    @Test func `a folder that is not there is named`() throws {
        let project = try TraceProject([.traced("one")])
        let answer = project.rehearse("-C", "/no/such", "history")
        #expect(answer.status == 2)
        #expect(answer.error.contains("/no/such"), "\(answer)")
        #expect(!answer.error.contains("no project here"))
    }
}
