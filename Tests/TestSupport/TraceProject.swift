package import Engine
import Glibc
import Host
import YAML

#if canImport(Testing)
    import Testing

    /// A project with one environment, `test`, and one runbook, `work`, whose steps write down that they ran.
    ///
    /// A step's command gets a function `trace WORD`, which appends a line to the file `trace` of the project.
    package struct TraceProject: Sendable {
        package let scratch: ScratchDirectory
        package var rehearse: RehearseBinary

        /// - Parameters:
        ///   - head: further lines of the runbook, above `steps`.
        ///   - environment: further lines of `environments/test.yaml`.
        ///   - variables: what the program gets besides a bare environment.
        package init(
            _ steps: [TracedStep], head: String = "", environment: String = "", variables: [String: String] = [:]
        ) throws {
            scratch = try ScratchDirectory()
            rehearse = RehearseBinary(in: scratch.path, variables)
            for folder in ["environments", "runbooks"] { try Files.live.makeDirectory(scratch(folder), 0o755) }
            try scratch.write("environment: test\nowner: tester\n\(environment)\n", to: "environments/test.yaml")
            try write(steps, head: head)
        }

        /// A project that is there already.
        package init(scratch: ScratchDirectory, rehearse: RehearseBinary) {
            self.scratch = scratch
            self.rehearse = rehearse
        }

        /// Writes the runbook anew.
        package func write(_ steps: [TracedStep], head: String = "") throws {
            let text = "runbook: work\nowner: tester\n\(head)\nsteps:\n" + steps.map(\.text).joined()
            try scratch.write(text, to: "runbooks/work.yaml")
        }

        package func run(_ more: String...) -> RehearseBinary.Answer { answer(["run", "work", "-e", "test"] + more) }

        package func callAsFunction(_ arguments: String...) -> RehearseBinary.Answer { answer(arguments) }

        private func answer(_ arguments: [String]) -> RehearseBinary.Answer {
            rehearse.run([RehearseBinary.path] + arguments)
        }

        package func start(_ more: String..., through launcher: [String] = []) throws -> StartedProgram {
            try rehearse.start(words: ["run", "work", "-e", "test"] + more, through: launcher)
        }

        /// Types the command that an answer ends with, as a person would: the last line that names one.
        package func typeNext(
            _ answer: RehearseBinary.Answer, _ beginning: String = "rehearse "
        ) throws -> RehearseBinary.Answer {
            let lines = answer.error.split(separator: "\n").compactMap { (line: Substring) -> String? in
                line.firstRange(of: beginning).map { String(line[$0.lowerBound...]) }
            }
            let command = try #require(lines.last, "no command to type in \(answer)")
            return rehearse.shell("rehearse() { \"$REHEARSE\" \"$@\"; }\n\(command)")
        }

        /// What ran, in order.
        package var trace: [String] {
            // No file, nothing ran.
            ((try? scratch.text(of: "trace")) ?? "").split(separator: "\n").map(String.init)
        }

        /// Forgets what ran so far.
        package func forgetTrace() throws { try scratch.write("", to: "trace") }

        /// Runs' identifiers, oldest first.
        package var runs: [String] { (try? Files.live.list(scratch(".rehearse/runs")))?.sorted() ?? [] }

        /// The path of a file of the last run, below the project.
        package func path(_ name: String) throws -> String { ".rehearse/runs/\(try #require(runs.last))/\(name)" }

        /// The record as `history show` tells it.
        package func record(_ run: String = "last") throws -> RunRecord {
            let shown = self("history", "show", run, "--format", "json")
            try #require(shown.status == 0, "\(shown)")
            return try NodeDecoder.decode(RunRecord.self, from: try JSONReader.read(Array(shown.output.utf8)))
        }

        package func step(_ id: String, of run: String = "last") throws -> StepRecord {
            try #require(try record(run).step(id))
        }

        /// Waits until the newest line of the journal is this event: it may trail the effect that it tells.
        package func awaitEvent(_ name: String) throws {
            let deadline = ContinuousClock.now + .seconds(20)
            while try events().last != name {
                if ContinuousClock.now > deadline { Issue.record("no `\(name)` came"); return }
                usleep(2_000)
            }
        }

        /// The names of the journal's events, in order.
        package func events() throws -> [String] {
            try scratch.text(of: path("journal.jsonl")).split(separator: "\n").map { line in
                try JSONReader.read(Array(line.utf8))["ev"]?.string ?? ""
            }
        }
    }
#endif

/// One step of a runbook, as its file has it.
package struct TracedStep: Sendable {
    package let text: String

    /// - Parameters:
    ///   - undo: the rollback's command, or a whole mapping in braces.
    ///   - more: further lines of the step.
    package init(_ id: String, _ run: String, undo: String? = nil, _ more: String...) {
        self.init(id, run, undo: undo, more[...])
    }

    package init(_ id: String, _ run: String, undo: String? = nil, _ more: ArraySlice<String>) {
        func quoted(_ text: String) -> String { JSONWriter.line(.string(text)) }
        let opening = "trace() { echo \"$1\" >>trace; }; "
        let rollback =
            switch undo {
            case nil: quoted(opening + "trace undo-\(id)")
            case let undo? where undo.hasPrefix("{") || undo.hasPrefix("["): undo
            case let undo?: quoted(opening + undo)
            }
        var lines = ["- id: \(id)", "  name: Step \(id)", "  owner: tester"]
        if !more.contains(where: { $0.hasPrefix("expect:") }) { lines.append("  expect: it works") }
        lines.append(run.hasPrefix("[") ? "  run: \(run)" : "  run: \(quoted(opening + run))")
        lines.append("  rollback: \(rollback)")
        text = (lines + more.map { "  \($0)" }).map { "  \($0)\n" }.joined()
    }

    /// Steps side by side.
    package static func parallel(_ id: String, _ steps: [TracedStep]) -> TracedStep {
        let head = ["- id: \(id)", "  name: Steps of \(id)", "  owner: tester", "  expect: all work", "  parallel:"]
        let inner = steps.map(\.text).joined().split(separator: "\n").map { "  \($0)\n" }.joined()
        return TracedStep(whole: head.map { "  \($0)\n" }.joined() + inner)
    }

    /// A step as its file has it, two blanks before each of its lines.
    package init(whole text: String) { self.text = text }

    /// A step that writes its own name down, and is undone by writing `undo-` and its name.
    package static func traced(_ id: String, _ more: String...) -> TracedStep {
        TracedStep(id, "trace \(id)", more[...])
    }
}

/// Whether a process is there and not merely waiting to be taken note of.
package func isAlive(_ pid: Int32) -> Bool {
    guard let stat = try? Files.live.read("/proc/\(pid)/stat", 1 << 16) else { return false }
    let rest = String(decoding: stat, as: UTF8.self).split(separator: ")").last ?? ""
    return !rest.hasPrefix(" Z") && !rest.hasPrefix(" X")
}

/// Waits until a process is gone, bounded.
package func isGone(_ pid: Int32, within limit: Duration = .seconds(5)) -> Bool {
    let deadline = ContinuousClock.now + limit
    while isAlive(pid) {
        if ContinuousClock.now > deadline { return false }
        usleep(2_000)
    }
    return true
}
