import Glibc
import Host
import TestSupport
import Testing
import YAML

/// RELIABILITY section 3, row A3: a fault at every call of the system that concerns the state folder.
@Suite struct `Crash points` {
    enum Subject: String, CaseIterable, CustomTestStringConvertible {
        case run, rollback, resume

        var testDescription: String { rawValue }

        var words: [String] {
            switch self {
            case .run: ["run", "work", "-e", "test", "--on-failure", "stop"]
            case .rollback: ["rollback", "last", "--yes"]
            case .resume: ["resume", "last", "--on-failure", "stop"]
            }
        }
    }

    /// A project in which the command is about to be typed.
    private func template(_ subject: Subject) throws -> TraceProject {
        let two = FaultStep.make("two", "trace two; test -e mended", "idempotent: true")
        let project = try FaultProject([FaultStep.traced("one"), two])
        if subject != .resume { try project.scratch.write("", to: "mended") }
        if subject != .run { #expect(project.run("--on-failure", "stop").status == (subject == .resume ? 1 : 0)) }
        try project.scratch.write("", to: "mended")
        try project.project.forgetTrace()
        project.holdInvariants()
        return project.project
    }

    @Test(
        .enabled(if: Tool.strace, "strace cannot trace here"), arguments: Subject.allCases,
        ["signal=SIGKILL", "error=ENOSPC", "error=EIO"])
    func `A3: a fault at every call on the state folder`(subject: Subject, fault: String) throws {
        let template = try template(subject)
        let baseline = try SweepProject(copying: template)
        let calls = try SystemCall.calls(of: subject.words, in: baseline.traced)
        let points = calls.filter(\.isOnState)
        #expect(points.count > 20)
        for point in points {
            let project = try SweepProject(copying: template)
            // The folder of a new run has another name every time.
            let through =
                subject == .run
                ? point.failing(fault)
                : point.failing(fault, among: calls, from: baseline.scratch.path, to: project.scratch.path)
            try project.suffer(fault, at: point, through, subject)
            try project.goOn(after: subject, "\(fault) at \(point)")
        }
        print("sweep: \(subject.rawValue) \(fault): \(points.count) points")
    }
}

/// A copy of a prepared project, to be broken once.
private struct SweepProject {
    let scratch: ScratchDirectory
    let rehearse: RehearseBinary

    init(copying template: TraceProject) throws {
        scratch = try ScratchDirectory()
        rehearse = RehearseBinary(in: scratch.path, ["CANARY_SOURCE": FaultProject.canary, "TMPDIR": scratch.path])
        let copied = rehearse.run(["cp", "-a", "\(template.scratch.path)/.", "."])
        try #require(copied.status == 0, "\(copied)")
    }

    var traced: TraceProject { TraceProject(scratch: scratch, rehearse: rehearse) }

    private func answer(_ words: [String]) -> RehearseBinary.Answer { rehearse.run([RehearseBinary.path] + words) }

    private var trace: [String] { ((try? scratch.text(of: "trace")) ?? "").split(separator: "\n").map(String.init) }

    func suffer(_ fault: String, at point: SystemCall, _ through: [String], _ subject: `Crash points`.Subject) throws {
        let answer = rehearse.run(through + [RehearseBinary.path] + subject.words)
        let told = "\(fault) at \(point): \(answer)"
        if fault.hasPrefix("signal") {
            // A call that waits for another process is made a different number of times; then the fault never came.
            #expect([0, 137].contains(answer.status), "\(told)")
        } else {
            #expect([0, 1, 4, 5].contains(answer.status), "\(told)")
        }
        let journals = Invariants.journals(in: scratch)
        for line in (answer.output + answer.error).split(separator: "\n") {
            let parts = line.split(separator: " ").filter { $0 != "already" }
            guard parts.count > 1, let event = ["ok": "step.end", "undone": "rb.end"][String(parts[0])] else {
                continue
            }
            #expect(journals.contains { !$0.events(event, of: String(parts[1])).isEmpty }, "I1: \(told)")
        }
        if answer.status == 0 { Invariants.expectDone(subject.words, answer, journals, #_sourceLocation) }
        hold(told)
    }

    /// I2 to I5.
    private func hold(_ told: String) {
        #expect((try? scratch.text(of: "violations")) == nil, "I2: \(told)")
        #expect(Invariants.journals(in: scratch).allSatisfy { $0.damage == nil }, "I3: \(told)")
        Invariants.expectWholeRecords(in: scratch, #_sourceLocation)
        let runs = (try? Files.live.list(scratch(".rehearse/runs"))) ?? []
        // A step whose tool was killed ends by itself: it is a short one.
        let deadline = ContinuousClock.now + .seconds(5)
        while !Invariants.processes(of: runs, in: scratch).isEmpty, ContinuousClock.now < deadline { usleep(2_000) }
        Invariants.expectNoProcess(of: runs, in: scratch, #_sourceLocation)
    }

    /// The next command always works, and nothing that was done is done again without need.
    func goOn(after subject: `Crash points`.Subject, _ told: String) throws {
        switch subject {
        case .run:
            let last = answer(["rollback", "last", "--yes"])
            let isNone = last.status == 2 && last.error.contains("no runs yet")
            #expect(last.status == 0 || isNone, "\(told): \(last)")
            let done = trace
            let undone = done.filter { $0.hasPrefix("undo-") }
            // One that is on record as begun is undone, whether its process came to anything or not.
            let began = done.count - undone.count
            #expect(
                undone == ["undo-two", "undo-one"].suffix(began)
                    || undone == ["undo-two", "undo-one"].suffix(began + 1), "\(told): \(done)")
            let next = answer(["run", "work", "-e", "test"])
            #expect(next.status == 0, "\(told): \(next)")
        case .rollback:
            let next = answer(subject.words)
            #expect(next.status == 0, "\(told): \(next)")
            // At least once, in its order, and only the one that was under way a second time.
            #expect([trace.filter { $0 == "undo-two" }.count, trace.filter { $0 == "undo-one" }.count].max() ?? 0 <= 2)
            #expect(trace == trace.sorted(by: >) && Set(trace).count == 2 && trace.count <= 3, "\(told): \(trace)")
            #expect(try status() == "rolled_back", "\(told)")
        case .resume:
            let next = answer(subject.words)
            let isDone = next.status == 2 && next.error.contains("succeeded")
            #expect(next.status == 0 || isDone, "\(told): \(next)")
            #expect(Set(trace) == ["two"] && trace.count <= 2, "\(told): \(trace)")
            #expect(try status() == "succeeded", "\(told)")
        }
        let rebuilt = answer(["history", "rebuild"])
        #expect(rebuilt.status == 0, "\(told): \(rebuilt)")
        let verified = answer(["history", "verify"])
        #expect(verified.status == 0, "\(told): \(verified)")
        hold(told)
    }

    private func status() throws -> String? {
        try JSONReader.read(Array(answer(["history", "show", "last", "--format", "json"]).output.utf8))["status"]?
            .string
    }

}
