import Glibc
import Host
import TestSupport
import Testing
import YAML

/// RELIABILITY section 3, rows R1 to R8.
@Suite struct `Faults of the way back` {
    private func project(_ middle: TracedStep) throws -> FaultProject {
        try FaultProject([FaultStep.leaking("one"), middle, FaultStep.traced("three")])
    }

    @Test(arguments: ["exit 1", "sleep 7600"]) func `R1: an undo fails or takes too long`(how: String) throws {
        let undo = "{run: \"echo undo-two >>trace; test -e mended || \(how)\", timeout: 500ms}"
        let project = try project(FaultStep.make("two", "trace two", undo: undo))
        #expect(project.run().status == 0)
        try project.project.forgetTrace()
        let answer = project.rollback()
        #expect(answer.status == 4, "\(answer)")
        #expect(project.trace == ["undo-three", "undo-two"])
        #expect(try project.standing().rollbacks == ["pending", "failed", "done"])
        #expect(project.run().status == 4)
        try project.scratch.write("", to: "mended")
        #expect(project.rollback().status == 0)
        #expect(project.trace == ["undo-three", "undo-two", "undo-two", "undo-one"])
        project.holdInvariants()
    }

    @Test func `R1: it goes on behind a failed undo only when it is told to`() throws {
        let project = try project(FaultStep.make("two", "trace two", undo: "trace undo-two; exit 1"))
        #expect(project.run().status == 0)
        try project.project.forgetTrace()
        #expect(project.rollback("--keep-going").status == 4)
        #expect(project.trace == ["undo-three", "undo-two", "undo-one"])
        #expect(try project.standing().rollbacks == ["done", "failed", "done"])
        project.holdInvariants()
    }

    @Test func `R2: kill -9 during a rollback`() throws {
        let project = try project(
            FaultStep.make(
                "two", "trace two",
                undo:
                    "trace \"undo-two $REHEARSE_IDEMPOTENCY_KEY $REHEARSE_ATTEMPT\"; echo $$ >ready; test -e go || exec sleep 7601"
            ))
        #expect(project.run().status == 0)
        try project.project.forgetTrace()
        let tool = try project.start(["rollback", "last", "--yes"])
        let undo = try project.awaitStep()
        tool.send(SIGKILL)
        try tool.wait()
        project.end(undo)
        let standing = try project.standing()
        #expect(standing.run == "rollback_incomplete")
        #expect(standing.rollbacks == ["pending", "unknown", "done"])
        #expect(project("resume", "last", "--assume", "rerun").status == 2, "it is going backwards")
        try project.scratch.write("", to: "go")
        #expect(project.rollback().status == 0)
        let key = "\(try #require(project.runs.last)):two:rollback"
        #expect(project.trace == ["undo-three", "undo-two \(key) 1", "undo-two \(key) 2", "undo-one"])
        project.holdInvariants()
    }

    @Test(arguments: ["edited", "deleted"]) func `R3: the runbook is another one since`(change: String) throws {
        let project = try project(FaultStep.traced("two"))
        #expect(project.run().status == 0)
        if change == "edited" {
            try project.project.write([FaultStep.make("two", "true", undo: "trace today")])
        } else {
            try Files.live.remove(project.scratch("runbooks/work.yaml"))
        }
        let answer = project.rollback()
        #expect(answer.status == 0, "\(answer)")
        #expect(project.trace.suffix(3) == ["undo-three", "undo-two", "undo-one"])
        #expect(answer.error.contains(change == "edited" ? "today" : "not there any more"), "\(answer)")
        project.holdInvariants()
    }

    @Test func `R4: the run has passed its point of no return`() throws {
        let project = try FaultProject([
            FaultStep.leaking("one"), FaultStep.make("mail", "trace mail", undo: "{irreversible: mail was sent}"),
            FaultStep.make("three", "trace three", undo: "{none: reads only}", "idempotent: true"),
        ])
        let plan = project("plan", "work", "-e", "test")
        #expect(plan.output.contains("mail was sent"), "said before anything runs: \(plan)")
        #expect(project.run().status == 0)
        let stopped = project.rollback()
        #expect(stopped.status == 4)
        #expect(stopped.error.contains("mail was sent") && stopped.error.contains("--past-irreversible"), "\(stopped)")
        #expect(project.trace == ["one", "mail", "three"])
        #expect(project.rollback("--past-irreversible").status == 0)
        #expect(project.trace.last == "undo-one")
        project.holdInvariants()
    }

    @Test func `R4: a step says nothing of its way back`() throws {
        let project = try project(FaultStep.traced("two"))
        let text = try project.scratch.text(of: "runbooks/work.yaml")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        try project.scratch.write(
            lines.filter { !($0.contains("rollback:") && $0.contains("undo-two")) }.joined(separator: "\n"),
            to: "runbooks/work.yaml")
        let answer = project.run()
        #expect(answer.status == 2, "\(answer)")
        #expect(answer.error.contains("rollback"))
        #expect(project.trace.isEmpty)
        project.holdInvariants()
    }

    @Test func `R5: a rollback a second time`() throws {
        let project = try project(FaultStep.traced("two"))
        #expect(project.run().status == 0)
        #expect(project.rollback().status == 0)
        let before = project.trace
        let second = project.rollback()
        #expect(second.status == 0)
        #expect(second.error.contains("nothing to undo"), "\(second)")
        #expect(project.trace == before)
        project.holdInvariants()
    }

    @Test func `R5: two people roll back at once`() throws {
        let project = try project(FaultStep.make("two", "trace two", undo: "trace undo-two; sleep 0.1"))
        for _ in 0..<20 {
            #expect(project.run().status == 0)
            try project.project.forgetTrace()
            let words = ["rollback", "last", "--yes"]
            let both = try [project.start(words), project.start(words)]
            let statuses = try both.map { try $0.wait().status }.sorted()
            // The later one finds the lock taken, or everything done.
            #expect(statuses == [0, 3] || statuses == [0, 0])
            #expect(project.trace == ["undo-three", "undo-two", "undo-one"])
        }
        project.holdInvariants()
    }

    @Test func `R6: a run that is not there, and none at all`() throws {
        let project = try project(FaultStep.traced("two"))
        #expect(project.rollback().status == 2)
        #expect(project.run().status == 0)
        #expect(project("rollback", "20200101T000000Z-work-test-0000", "--yes").status == 2)
        #expect(project.trace == ["one", "two", "three"])
        project.holdInvariants()
    }

    @Test func `R7: an older run while a newer one has its effect`() throws {
        let project = try project(FaultStep.traced("two"))
        #expect(project.run().status == 0)
        #expect(project.run().status == 0)
        let runs = project.runs.sorted { $0.suffix(4) < $1.suffix(4) && $0.prefix(16) <= $1.prefix(16) }
        let newest = try #require(try project.shown()["id"]?.string)
        let oldest = try #require(runs.first { $0 != newest })
        try project.project.forgetTrace()
        let answer = project("rollback", oldest, "--yes")
        #expect(answer.status == 4)
        #expect(answer.error.contains(newest) && answer.error.contains("--out-of-order"), "\(answer)")
        #expect(project.trace.isEmpty)
        #expect(project("rollback", oldest, "--yes", "--out-of-order").status == 0)
        project.holdInvariants()
    }

    @Test func `R8: a recorded command was changed`() throws {
        let project = try project(FaultStep.traced("two"))
        #expect(project.run().status == 0)
        let path = try project.project.path("journal.jsonl")
        let text = try project.scratch.text(of: path)
        try project.scratch.write(text.replacing("trace undo-two", with: "trace undo-bad"), to: path)
        let answer = project.rollback()
        #expect(answer.status == 5, "\(answer)")
        #expect(project.trace == ["one", "two", "three"])
        project.holdInvariants(isDamaged: true)
    }

    @Test func `R8: a secret of an undo is missing now`() throws {
        let project = try project(FaultStep.traced("two"))
        #expect(project.run().status == 0)
        let answer = project.rollback(through: ["env", "-u", "CANARY_SOURCE"])
        #expect(answer.status == 2, "\(answer)")
        #expect(answer.error.contains("CANARY"))
        #expect(project.trace == ["one", "two", "three"])
        project.holdInvariants()
    }
}
