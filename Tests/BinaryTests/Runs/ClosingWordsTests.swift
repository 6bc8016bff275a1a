import Engine
import Host
import TestSupport
import Testing

@Suite struct `What a person reads at the end` {
    /// `a` is stopped because `c` fails; it comes first in the list, and was named as the step that failed.
    private func group(_ more: String...) throws -> RehearseBinary.Answer {
        let project = try TraceProject([
            .parallel(
                "group",
                [
                    TracedStep("a", "touch met-a; exec sleep 7370"),
                    TracedStep("c", "until [ -e met-a ]; do sleep 0.01; done; echo no room; exit 5"),
                ])
        ])
        return project.rehearse.run([RehearseBinary.path, "run", "work", "-e", "test", "--on-failure", "stop"] + more)
    }

    @Test func `names the step that failed, not one that was stopped because of it`() throws {
        let answer = try group()
        #expect(answer.status == 1, "\(answer)")
        #expect(answer.error.contains("\n✗ step 2 of 2, group.c: FAILED\n"), "\(answer)")
        #expect(answer.error.contains("to carry on from `group.c`, once its cause is repaired:\n"), "\(answer)")
        #expect(!answer.error.contains("group.a: stopped"), "\(answer)")
    }

    /// The card said "stopped: stopped, because …".
    @Test func `tells once that a step was stopped`() throws {
        let project = try TraceProject([
            .parallel(
                "group",
                [
                    TracedStep("a", "touch met-a; exec sleep 7371"),
                    TracedStep("c", "until [ -e met-a ]; do sleep 0.01; done; exit 5"),
                ])
        ])
        #expect(project.run("--on-failure", "stop").status == 1)
        let card = project("rollback", "last", "--yes")
        #expect(card.status == 0, "\(card)")
        #expect(card.error.contains("ended   stopped, because a step beside it did not succeed after "), "\(card)")
    }

    /// `-q` is for logs of CI jobs: a run that failed there has to tell how to go on.
    @Test func `is told quietly as well, when a run fails`() throws {
        let answer = try group("-q")
        #expect(answer.status == 1, "\(answer)")
        for word in ["rehearse resume ", "rehearse rollback ", "rehearse history close "] {
            #expect(answer.error.contains("\n  \(word)"), "\(answer)")
        }
    }

    /// It said "three ways on" and listed two: what goes backwards cannot be resumed.
    @Test func `counts the ways on from a rollback that is not complete`() throws {
        let project = try TraceProject([TracedStep("one", "true", undo: "exit 1"), TracedStep("two", "exit 1")])
        #expect(project.run().status == 4)
        let answer = project.run()
        #expect(answer.status == 4)
        #expect(answer.error.contains("retry: after one of the two ways on\n"), "\(answer)")
        #expect(answer.error.contains("next: rehearse rollback "), "\(answer)")
        #expect(answer.error.contains("or: rehearse history close "), "\(answer)")
    }

    // MARK: - A word on a step

    /// A step that changes nothing may run again without asking, and a person's word on it was lost.
    @Test(arguments: [("{none: reads only}", "idempotent: false"), ("\"true\"", "idempotent: true")])
    func `a step that is said to be done is not run again although it might be`(undo: String, more: String) throws {
        let project = try TraceProject([
            TracedStep("one", "trace one; exit 1", undo: undo, more), .traced("two"),
        ])
        #expect(project.run("--on-failure", "stop").status == 1)
        let answer = project("resume", "last", "--assume", "done")
        #expect(answer.status == 0, "\(answer)")
        #expect(project.trace == ["one", "two"])
        #expect(try project.record().resumed.map(\.reason) == ["done"])
    }

    @Test func `a word that is about no step is refused`() throws {
        let project = try TraceProject([.traced("one"), TracedStep("two", "[./missing/program]")])
        #expect(project.run("--on-failure", "stop").status == 1)
        let answer = project("resume", "last", "--assume", "done")
        #expect(answer.status == 2, "it never ran: \(answer)")
        #expect(answer.error.contains("error: `--assume done` is about no step: none is in doubt\n"), "\(answer)")
        #expect(try project.record().status == .failed)
    }

    // MARK: - Folders

    @Test(arguments: [["run", "work", "-e", "test"], ["history"], ["rollback", "last", "--yes"], ["check"]])
    func `a folder of -C that is not there is what is missing`(words: [String]) throws {
        let answer = RehearseBinary(in: "/").run([RehearseBinary.path, "-C", "/no/such/folder"] + words)
        #expect(answer.status == 2)
        #expect(answer.error.hasPrefix("error: the folder /no/such/folder of `-C` is not there"), "\(answer)")
    }

    /// Every failure to list the runbooks was taken for an empty folder.
    @Test(arguments: ["run work -e test", "plan work -e test", "check"])
    func `a folder that cannot be listed is not empty`(words: String) throws {
        let project = try TraceProject([.traced("one")])
        let answer = project.rehearse.shell(
            "rm -r runbooks; echo no folder >runbooks; exec \"$REHEARSE\" \(words)")
        #expect(answer.status == 2, "\(answer)")
        #expect(answer.error.contains("error: the folder runbooks cannot be listed: "), "\(answer)")
        #expect(!answer.error.contains("there is no runbook"), "\(answer)")
    }

    @Test func `too few descriptors are what is missing`() throws {
        let project = try TraceProject([.traced("one")])
        let answer = project.rehearse.shell("ulimit -n 5; exec \"$REHEARSE\" run work -e test")
        #expect([2, 5].contains(answer.status), "\(answer)")
        #expect(!answer.error.contains("there is no "), "\(answer)")
        #expect(answer.error.contains("the system said: Too many open files (error 24)"), "\(answer)")
        if answer.status == 5 { #expect(answer.error.contains("next: ulimit -n 1024"), "\(answer)") }
    }
}
