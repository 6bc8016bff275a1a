import Engine
import Glibc
import Host
import TestSupport
import Testing

/// A way in which a run, a resume or a rollback does not end well, up to the answer that a person reads then.
struct BadEnding: Sendable, CustomTestStringConvertible {
    let name: String
    let exit: Int32
    let make: @Sendable () throws -> (project: TraceProject, answer: RehearseBinary.Answer)

    var testDescription: String { name }

    private static func ending(
        _ name: String, exit: Int32, _ steps: @escaping @Sendable () -> [TracedStep], head: String = "",
        environment: String = "", _ act: @escaping @Sendable (TraceProject) throws -> RehearseBinary.Answer
    ) -> BadEnding {
        BadEnding(name: name, exit: exit) {
            var project = try TraceProject(steps(), head: head, environment: environment)
            project.rehearse.environment["TMPDIR"] = project.scratch.path
            return (project, try act(project))
        }
    }

    /// A run that stays as it failed.
    private static func stopped(_ project: TraceProject) { _ = project.run("--on-failure", "stop") }

    private static func failing() -> [TracedStep] { [.traced("one"), TracedStep("two", "exit 1")] }
    private static func notUndone() -> [TracedStep] {
        [TracedStep("one", "true", undo: "exit 9"), TracedStep("two", "exit 1")]
    }

    /// The tool is killed while its second step runs, which goes on.
    private static func killed(_ project: TraceProject) throws -> Int32 {
        let program = try project.start()
        let pid = try #require(Int32(try project.scratch.awaitFile("step")))
        try project.awaitEvent("step.spawned")
        program.send(SIGKILL)
        _ = try program.wait()
        return pid
    }

    private static func waiting() -> [TracedStep] {
        [.traced("one"), TracedStep("two", "echo $$ >step; exec sleep 7390")]
    }

    static let all: [BadEnding] = [
        ending("a step failed", exit: 1, failing) { $0.run("--on-failure", "stop") },
        ending("a step failed and was rolled back", exit: 1, failing) { $0.run() },
        ending("an undo failed", exit: 4, notUndone) { $0.run() },
        ending("an undo failed again", exit: 4, notUndone) {
            _ = $0.run()
            return $0("rollback", "last", "--yes")
        },
        ending(
            "a point of no return", exit: 4,
            { [TracedStep("one", "true", undo: "{irreversible: it is sent}"), .traced("two", "idempotent: true")] }
        ) {
            _ = $0.run()
            return $0("rollback", "last", "--yes")
        },
        ending(
            "a step took too long", exit: 1, { [TracedStep("one", "exec sleep 7391", "timeout: 100ms", "grace: 0s")] }
        ) { $0.run("--on-failure", "stop") },
        ending("a command that is not there", exit: 1, { [.traced("one"), TracedStep("two", "[./missing]")] }) {
            $0.run("--on-failure", "stop")
        },
        ending(
            "a fingerprint that did not come back", exit: 4,
            { [TracedStep("one", "echo x >made", undo: "true"), TracedStep("two", "exit 1")] },
            head: "fingerprint: {made: ls}"
        ) { $0.run() },
        ending("Ctrl-C", exit: 130, waiting) { project in
            let program = try project.start()
            _ = try project.scratch.awaitFile("step")
            try project.awaitEvent("step.spawned")
            program.send(SIGINT)
            return try program.wait()
        },
        ending("the last run is not settled", exit: 4, failing) {
            stopped($0)
            return $0.run()
        },
        ending("the last run is half undone", exit: 4, notUndone) {
            _ = $0.run()
            return $0.run()
        },
        ending("a step in doubt", exit: 4, failing) {
            stopped($0)
            return $0("resume", "last")
        },
        ending(
            "several steps in doubt", exit: 4,
            {
                [
                    .parallel(
                        "both",
                        ["a", "b"].map { id in
                            TracedStep(
                                id, "touch met-\(id); until [ -e met-a ] && [ -e met-b ]; do sleep 0.01; done; exit 1")
                        })
                ]
            }
        ) {
            stopped($0)
            // A sibling may have been stopped first; it is in doubt all the same.
            return $0("resume", "last")
        },
        ending("a word that is about no step", exit: 2, { [TracedStep("one", "[./missing]")] }) {
            stopped($0)
            return $0("resume", "last", "--assume", "done")
        },
        ending("a run that is rolled back cannot be resumed", exit: 2, failing) {
            _ = $0.run()
            return $0("resume", "last")
        },
        ending("a run that is half undone cannot be resumed", exit: 2, notUndone) {
            _ = $0.run()
            return $0("resume", "last")
        },
        ending(
            "a newer run has left something", exit: 4, { [.traced("one"), TracedStep("two", "test ! -e bad")] }
        ) { project in
            _ = project.run()
            try project.scratch.write("", to: "bad")
            stopped(project)
            return project("rollback", try #require(project.runs.first), "--yes")
        },
        ending("a rollback without consent", exit: 2, failing) {
            stopped($0)
            return $0("rollback", "last")
        },
        ending("a process of a dead run", exit: 4, waiting) { project in
            let pid = try killed(project)
            let answer = project("rollback", "last", "--yes")
            kill(pid, SIGKILL)
            return answer
        },
        ending("the program was killed", exit: 4, waiting) { project in
            kill(try killed(project), SIGKILL)
            return project.run()
        },
        ending("the lock is taken", exit: 3, waiting) { project in
            let program = try project.start()
            _ = try project.scratch.awaitFile("step")
            let answer = project.run()
            program.send(SIGKILL)
            _ = try program.wait()
            if let pid = Int32(try project.scratch.awaitFile("step")) { kill(pid, SIGKILL) }
            return answer
        },
        ending(
            "nobody is here to approve", exit: 2,
            { [TracedStep.traced("one"), TracedStep(approval: "sure")] }
        ) { $0.run() },
        ending("the journal is damaged", exit: 5, failing) { project in
            stopped(project)
            let path = try project.path("journal.jsonl")
            let text = try project.scratch.text(of: path)
            try project.scratch.write(text.replacing("\"seq\":2", with: "\"seq\":7"), to: path)
            return project("rollback", "last", "--yes")
        },
        ending("the journal is gone", exit: 5, failing) { project in
            stopped(project)
            try Files.live.remove(project.scratch(project.path("journal.jsonl")))
            return project("rollback", "last", "--yes")
        },
        ending(
            "the disk is full behind a step", exit: 5,
            {
                [
                    .traced("one"),
                    TracedStep(
                        "two",
                        "rm -f .rehearse/reserve; prlimit --pid $PPID --fsize=$(stat -c %s "
                            + "\".rehearse/runs/$REHEARSE_RUN/journal.jsonl\")"),
                ]
            }
        ) { $0.run("--on-failure", "stop") },
        ending(
            "the state folder was deleted", exit: 5, { [.traced("one"), TracedStep("two", "rm -r .rehearse")] }
        ) { $0.run("--on-failure", "stop") },
    ]
}

extension TracedStep {
    /// A step that asks a person.
    init(approval id: String) {
        self.init(
            whole: "  - {id: \(id), name: Ask, owner: tester, expect: somebody says yes, approve: \"sure?\", "
                + "rollback: {none: it asks}}\n")
    }
}

/// Each message is read as by somebody who was woken by it: it ends with what to type, and typing that works.
@Suite struct `What is to be typed next` {
    @Test(arguments: BadEnding.all)
    func `every command that a bad ending prints can be typed`(ending: BadEnding) throws {
        let (project, answer) = try ending.make()
        #expect(answer.status == ending.exit, "\(answer)")
        let commands = Self.commands(in: answer.error)
        #expect(!commands.isEmpty, "it names nothing to type: \(answer)")
        for command in commands {
            let result = try typed(command, in: project)
            #expect(![2, 124, 126, 127].contains(result.status), "`\(command)` gave \(result)\nafter \(answer)")
        }
    }

    /// The lines that begin with a command, and what stands behind `next:`, `or:` and `then:`.
    private static func commands(in text: String) -> [String] {
        var found: [String] = []
        for line in text.split(separator: "\n") {
            var rest = line.drop { $0 == " " }
            for mark in ["next: ", "or: "] where rest.hasPrefix(mark) { rest = rest.dropFirst(mark.count) }
            if let then = rest.firstRange(of: "then: ") {
                found.append(contentsOf: commands(in: String(rest[then.upperBound...])))
                rest = rest[..<then.lowerBound]
                while let last = rest.last, ",; ".contains(last) { rest.removeLast() }
            }
            if ["rehearse ", "mkdir ", "mv "].contains(where: { rest.hasPrefix($0) }), !found.contains(String(rest)) {
                found.append(String(rest))
            }
        }
        return found
    }

    /// At a terminal, in a copy of the project, where every question is answered by yes.
    private func typed(_ command: String, in project: TraceProject) throws -> RehearseBinary.Answer {
        let copy = try ScratchDirectory()
        let rehearse = project.rehearse
        var typing = RehearseBinary(in: copy.path, rehearse.environment)
        typing.environment["COMMAND"] = command
        typing.environment["FROM"] = rehearse.directory
        typing.environment["PROGRAM"] = RehearseBinary.path
        let answer = typing.run(
            [
                "/bin/sh", "-euc",
                """
                cp -a "$FROM/." .; mkdir words; ln -s "$PROGRAM" words/rehearse; export PATH="$PWD/words:$PATH" TERM=xterm
                set +e; printf 'y\\ny\\ny\\n' | timeout 30 script -qefc "$COMMAND" /dev/null
                """,
            ])
        withExtendedLifetime(copy) {}
        return answer
    }
}
