import Deployment
import Engine
import Host
import TestSupport
import Testing
import YAML

@Suite struct `Rehearsing` {
    /// A step that changes the file `world` and brings the old one back.
    static let deploy = TracedStep(
        "deploy", "trace deploy; echo deploying; echo new >world", undo: #"trace undo-deploy; echo "$BEFORE" >world"#,
        "capture: {BEFORE: cat world}")
    static let fingerprint = "fingerprint: {world: cat world}"

    @Test func `goes forward, all the way back, and forward again, in one run`() throws {
        let project = try TraceProject([.traced("one"), Self.deploy, .traced("three")], head: Self.fingerprint)
        try project.scratch.write("old\n", to: "world")
        let answer = project.run("--rehearsal")
        #expect(answer.status == 0, "\(answer)")
        #expect(
            project.trace == [
                "one", "deploy", "three", "undo-three", "undo-deploy", "undo-one", "one", "deploy", "three",
            ])
        #expect(try project.scratch.text(of: "world") == "new\n")
        #expect(project.runs.count == 1)
        let record = try project.record()
        #expect(record.rehearsal)
        #expect(record.status == .succeeded)
        #expect(record.settled)
        let rehearsed = try #require(record.rehearsed)
        #expect(rehearsed.held)
        #expect(rehearsed.problem == nil)
        #expect(rehearsed.phase == .again)
        #expect(rehearsed.fingerprint?.before == ["world": "old"])
        #expect(rehearsed.fingerprint?.after == ["world": "old"])
        for step in rehearsed.steps {
            #expect(step.forward?.status == .succeeded)
            #expect(step.forward?.durationMs != nil)
            #expect(step.back?.status == .done)
            #expect(step.back?.durationMs != nil)
            #expect(step.back?.times == 1)
            #expect(step.again?.status == .succeeded)
        }
        #expect(rehearsed.step("deploy")?.back?.captures == ["BEFORE": "old"])
        for line in ["back ", "again "] { #expect(answer.error.contains("\n\(line)"), "\(answer.error)") }

        let folder = try project.path("steps")
        let logs = try Files.live.list(project.scratch(folder))
        #expect(logs.contains("02-deploy.log"))
        #expect(logs.contains("02-deploy.rollback.log"))
        #expect(logs.contains("02-deploy.again.log"))
    }

    @Test func `what it left behind is undone like any other run, and the card knows how long that takes`() throws {
        let project = try TraceProject([Self.deploy], head: Self.fingerprint)
        try project.scratch.write("old\n", to: "world")
        #expect(project.run("--rehearsal").status == 0)
        #expect(project.run().status == 0)
        let undone = project("rollback", "last", "--yes")
        #expect(undone.status == 0, "\(undone)")
        #expect(undone.error.contains("when it was rehearsed"), "\(undone.error)")
        #expect(try project.scratch.text(of: "world") == "new\n")
        try project.forgetTrace()
        let first = project("rollback", try #require(project.runs.first), "--yes")
        #expect(first.status == 0, "\(first)")
        #expect(project.trace == ["undo-deploy"])
        #expect(try project.scratch.text(of: "world") == "old\n")
        #expect(try project.record(#require(project.runs.first)).rehearsed?.problem == "it was rolled back since")
    }

    @Test func `with --twice every undo runs two times`() throws {
        let project = try TraceProject([.traced("one"), Self.deploy], head: Self.fingerprint)
        try project.scratch.write("old\n", to: "world")
        #expect(project.run("--rehearsal", "--twice").status == 0)
        #expect(
            project.trace == [
                "one", "deploy", "undo-deploy", "undo-deploy", "undo-one", "undo-one", "one", "deploy",
            ])
        let rehearsed = try project.record().rehearsed
        #expect(rehearsed?.twice == true)
        #expect(rehearsed?.steps.map { $0.back?.times } == [2, 2])
    }

    @Test func `what cannot be rehearsed is left out and listed with the reason`() throws {
        let project = try TraceProject([
            .traced("one"), .traced("elsewhere", "when: {environment: [production]}"),
            TracedStep("mail", "trace mail", undo: "{irreversible: mail was sent}"),
            TracedStep("done", "trace done", undo: "true", "skip_if: 'true'", "idempotent: true"),
        ])
        let answer = project.run("--rehearsal")
        #expect(answer.status == 0, "\(answer)")
        #expect(project.trace == ["one", "undo-one", "one"])
        let rehearsed = try #require(try project.record().rehearsed)
        #expect(rehearsed.held)
        let left = rehearsed.notRehearsed
        #expect(left.map(\.id) == ["elsewhere", "mail", "done"])
        #expect(left.map(\.why).first == "only on `production`")
        #expect(left[1].why == "it cannot be undone, so that it is not rehearsed: mail was sent")
        #expect(left[2].why.hasPrefix("it was done already"))
        for step in left { #expect(answer.error.contains(step.id)) }
    }

    @Test func `a point of no return is crossed when told so, in the last forward only`() throws {
        let project = try TraceProject([
            .traced("one"), TracedStep("mail", "trace mail", undo: "{irreversible: mail was sent}"),
            .traced("three", "idempotent: true"),
        ])
        #expect(project.run("--rehearsal", "--past-irreversible").status == 0)
        #expect(project.trace == ["one", "three", "undo-three", "undo-one", "one", "mail", "three"])
        #expect(try project.record().rehearsed?.notRehearsed.map(\.id) == ["mail"])
    }

    @Test func `a rehearsal of nothing but what is done already proves nothing`() throws {
        let project = try TraceProject([
            TracedStep("done", "trace done", undo: "true", "skip_if: 'true'"),
            TracedStep("look", "trace look", undo: "{none: looks}"),
        ])
        #expect(project.run("--rehearsal").status == 0)
        let rehearsed = try #require(try project.record().rehearsed)
        #expect(!rehearsed.held)
        #expect(rehearsed.problem?.contains("no undo was rehearsed") == true)
    }

    @Test func `an undo of which nothing tells that it undid is named`() throws {
        let project = try TraceProject([
            .traced("one"), TracedStep("two", "trace two", undo: "{run: 'true', verify: 'true'}"),
        ])
        let answer = project.run("--rehearsal")
        #expect(answer.status == 0)
        #expect(try project.record().rehearsed?.unproven == ["one"])
        #expect(answer.error.contains("nothing proves the undo of one"), "\(answer.error)")
    }

    @Test func `steps side by side, and those of a called runbook, are rehearsed in place`() throws {
        let project = try TraceProject([
            .parallel("both", [.traced("left", "capture: {SEEN: cat world}"), .traced("right")])
        ])
        try project.scratch.write("old\n", to: "world")
        try project.scratch.write(
            """
            runbook: outer
            owner: tester
            steps:
              - {id: call, name: Call, owner: tester, expect: it works, runbook: work}

            """, to: "runbooks/outer.yaml")
        let answer = project("run", "outer", "-e", "test", "--rehearsal")
        #expect(answer.status == 0, "\(answer)")
        let trace = project.trace
        #expect(trace.count == 6)
        #expect(trace[2...3] == ["undo-right", "undo-left"])
        let rehearsed = try #require(try project.record().rehearsed)
        #expect(rehearsed.held)
        #expect(rehearsed.steps.map(\.id) == ["call.both.left", "call.both.right"])
        #expect(rehearsed.step("call.both.left")?.back?.captures == ["SEEN": "old"])
    }

    @Test func `an approval holds for both ways forward`() throws {
        let project = try TraceProject([.traced("one")])
        let runbook = try project.scratch.text(of: "runbooks/work.yaml")
        try project.scratch.write(
            runbook + """
                  - id: sure
                    name: Ask
                    owner: tester
                    approve: Sure?
                    expect: somebody is

                """, to: "runbooks/work.yaml")
        #expect(project.run("--rehearsal").status == 2)
        let answer = project.run("--rehearsal", "--approve", "sure")
        #expect(answer.status == 0, "\(answer)")
        #expect(try project.record().step("sure")?.metrics["approved_by"] != nil)
    }

    @Test(arguments: ["--twice", "--past-irreversible"])
    func `its words mean nothing to an ordinary run`(flag: String) throws {
        let project = try TraceProject([.traced("one")])
        let answer = project.run(flag)
        #expect(answer.status == 2)
        #expect(answer.error.contains("`\(flag)` without `--rehearsal`"))
        #expect(project.trace == [])
    }

    // MARK: - Failing

    @Test func `failing on the first way forward leaves the environment rolled back`() throws {
        let project = try TraceProject(
            [Self.deploy, TracedStep("two", "exit 3", undo: "true")], head: Self.fingerprint)
        try project.scratch.write("old\n", to: "world")
        let answer = project.run("--rehearsal")
        #expect(answer.status == 1, "\(answer)")
        let record = try project.record()
        #expect(record.status == .rolledBack)
        #expect(record.settled)
        #expect(try project.scratch.text(of: "world") == "old\n")
        #expect(record.rehearsed?.held == false)
        #expect(record.rehearsed?.problem == "`two` failed going forward: exit 3")
    }

    @Test func `failing the second time, it is rolled back a second time`() throws {
        let project = try TraceProject(
            [Self.deploy, TracedStep("two", "trace two; test ! -e once; touch once", undo: "true")],
            head: Self.fingerprint)
        try project.scratch.write("old\n", to: "world")
        let answer = project.run("--rehearsal")
        #expect(answer.status == 1, "\(answer)")
        #expect(project.trace == ["deploy", "two", "undo-deploy", "deploy", "two", "undo-deploy"])
        let record = try project.record()
        #expect(record.status == .rolledBack)
        #expect(try project.scratch.text(of: "world") == "old\n")
        #expect(record.rehearsed?.problem == "`two` failed going forward the second time: exit 1")
    }

    @Test func `a signal on the way back lets the undo finish, and says what is left`() throws {
        let project = try TraceProject([
            .traced("one"), TracedStep("two", "trace two", undo: "trace undo-two; echo yes >ready; sleep 1"),
        ])
        let started = try project.start("--rehearsal")
        _ = try project.scratch.awaitFile("ready")
        started.send(15)
        #expect(try started.wait().status == 4)
        #expect(project.trace == ["one", "two", "undo-two"])
        let record = try project.record()
        #expect(record.status == .rollbackIncomplete)
        #expect(record.steps.map(\.rollback.status) == [.pending, .done])
        #expect(project("rollback", "last", "--yes").status == 0)
        #expect(project.trace == ["one", "two", "undo-two", "undo-one"])
    }
}
