import Glibc
import Host
import TestSupport
import Testing
import YAML

/// Random schedules of {ok, fail, hang, kill -9, signal, disk error} × {run, resume, rollback, close} against the program.
///
/// A seed that fails is named and is tried alone with `REHEARSE_SEED=N`; `REHEARSE_SCHEDULES=N` tries so many.
@Suite struct `A model of the state machine` {
    private static let variables = Host.live().surroundings.variables
    private static let shards: [ClosedRange<UInt64>] = {
        if let seed = variables["REHEARSE_SEED"].flatMap({ UInt64($0) }) { return [seed...seed] }
        let count = variables["REHEARSE_SCHEDULES"].flatMap { UInt64($0) } ?? 1_000
        return stride(from: 1, through: count, by: 50).map { $0...min(count, $0 + 49) }
    }()

    @Test(.enabled(if: Tool.prlimit, "prlimit is not here"), arguments: shards)
    func `Model: every schedule ends as the model says`(seeds: ClosedRange<UInt64>) throws {
        for seed in seeds {
            let schedule = Schedule(seed: seed)
            let problems = try ScheduledProject(schedule).differences()
            #expect(problems.isEmpty, "REHEARSE_SEED=\(seed)\n\(schedule)\n\(problems.joined(separator: "\n"))")
        }
        print("model: \(seeds.count) schedules")
    }
}

/// A project whose actions do what a schedule says.
private struct ScheduledProject {
    private static let action = """
        #!/bin/sh
        echo "$1" >>trace
        echo $$ >acting
        case $(cat "deeds/$1" 2>/dev/null) in
        fail) exit 1 ;;
        hang) exec sleep 7500 ;;
        kill) kill -9 $PPID ;;
        signal)
            kill -INT $PPID
            case $1 in forward-*) exec sleep 7501 ;; esac
            ;;
        disk) prlimit --pid $PPID --fsize=$(stat -c %s ".rehearse/runs/$REHEARSE_RUN/journal.jsonl") ;;
        esac

        """

    private let schedule: Schedule
    private let scratch: ScratchDirectory
    private let rehearse: RehearseBinary

    init(_ schedule: Schedule) throws {
        self.schedule = schedule
        scratch = try ScratchDirectory()
        rehearse = RehearseBinary(in: scratch.path, ["TMPDIR": scratch.path])
        for folder in ["environments", "runbooks", "deeds"] { try Files.live.makeDirectory(scratch(folder), 0o755) }
        try scratch.write("environment: test\nowner: tester\n", to: "environments/test.yaml")
        try Files.live.replace(scratch("act"), Array(Self.action.utf8), 0o755)
        let hangs = Set(schedule.moves.flatMap { $0.deeds.filter { $0.value == .hang }.keys })
        let steps = schedule.steps.map { step in
            func timeout(_ name: String) -> String { hangs.contains(name) ? "700ms" : "1m" }
            let rollback =
                switch step.undo {
                case .command:
                    "{run: [./act, undo-\(step.id)], timeout: \(timeout("undo-\(step.id)"))}"
                case .none: "{none: reads only}"
                case .irreversible: "{irreversible: it is out}"
                }
            return """
                  - {id: \(step.id), name: Step \(step.id), owner: t, expect: works, run: [./act, forward-\(step.id)], \
                timeout: \(timeout("forward-\(step.id)")), idempotent: \(step.isIdempotent), rollback: \(rollback)}

                """
        }
        try scratch.write("runbook: work\nowner: tester\nsteps:\n\(steps.joined())", to: "runbooks/work.yaml")
    }

    /// What differs after the first move that does not come out as the model says; empty when all do.
    func differences() throws -> [String] {
        var model = RunModel(schedule)
        for (move, deeds) in schedule.moves {
            // A run that a person has closed is left alone.
            if model.status == "closed", move == .rollback { continue }
            for step in schedule.steps {
                for name in ["forward-\(step.id)", "undo-\(step.id)"] {
                    try scratch.write(deeds[name]?.rawValue ?? "ok", to: "deeds/\(name)")
                }
            }
            let expected = model.make(move, deeds)
            let answer = rehearse.run([RehearseBinary.path] + move.words)
            // An action whose tool was killed is on its way out.
            if answer.status == 137, let text = try? scratch.text(of: "acting"), let pid = Int32(text.dropLast()) {
                guard isGone(pid) else { return ["the action \(pid) did not end"] }
            }
            let found = try difference(model, expected, answer)
            if !found.isEmpty { return ["after `\(move)`:"] + found + ["\(answer)"] }
        }
        return []
    }

    private func difference(_ model: RunModel, _ exit: Int32, _ answer: RehearseBinary.Answer) throws -> [String] {
        var found: [String] = []
        func compare<Value: Equatable>(_ what: String, _ expected: Value, _ is: Value) {
            if expected != `is` { found.append("\(what): expected \(expected), found \(`is`)") }
        }
        compare("exit", exit, answer.status)
        let trace = ((try? scratch.text(of: "trace")) ?? "").split(separator: "\n").map(String.init)
        compare("what was done", model.trace, trace)
        guard let status = model.status else { return found }
        let shown = rehearse("history", "show", "last", "--format", "json")
        guard shown.status == 0 else { return found + ["history show: \(shown)"] }
        let standing = FaultProject.Standing(try JSONReader.read(Array(shown.output.utf8)))
        compare("run", status, standing.run)
        compare("steps", model.steps.map(\.status), standing.steps)
        compare("rollbacks", model.steps.map(\.rollback), standing.rollbacks)
        compare("settled", model.isSettled, standing.settled)
        let journals = Invariants.journals(in: scratch)
        if journals.contains(where: { $0.damage != nil }) { found.append("I3: a journal is damaged") }
        return found
    }
}
