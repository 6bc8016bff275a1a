import Deployment
import Diagnostics
import TestSupport
import Testing

@Suite struct `Reading a runbook` {
    private func runbook(_ steps: String) -> (runbook: Runbook?, said: [String]) {
        ManifestFiles(["runbooks/r.yaml": "runbook: r\nowner: platform\nsteps:\n\(steps)\n"]).runbook("r")
    }

    private func step(_ lines: String) throws -> Step {
        let own = "  - id: one\n    name: One\n    owner: me\n"
        let (read, said) = runbook(own + lines.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
        #expect(said == [])
        return try #require(read?.steps.first)
    }

    @Test func `everything that a step can say is kept`() throws {
        let step = try step(
            """
            run: [printf, "%s", 1, ""]
            expect: {says: it works, exit: 3, stdout: 'a.b', stderr: '^$', within: 90s}
            verify: test -e x
            capture: {SECOND: echo 2, FIRST: [echo, "1"]}
            rollback: {run: undo it, timeout: 2m, verify: test ! -e x}
            timeout: 1h30m
            grace: 300ms
            retry: {times: 3, delay: 2s, backoff: 1.5}
            env: {A: 1.10, B: "yes"}
            dir: service/api
            secrets: [TOKEN, OTHER]
            when: {environment: [staging], ci: true}
            skip_if: test -e done
            idempotent: true
            always: true
            """)
        #expect(step.action == .run(.arguments(["printf", "%s", "1", ""])))
        #expect(step.expectation.says == "it works")
        #expect(step.expectation.exit == 3)
        #expect(step.expectation.standardOutput == "a.b")
        #expect(step.expectation.standardError == "^$")
        #expect(step.expectation.within == .seconds(90))
        #expect(step.verify == .shell("test -e x"))
        #expect(step.captures.map(\.name) == ["SECOND", "FIRST"])
        #expect(step.captures.map(\.command) == [.shell("echo 2"), .arguments(["echo", "1"])])
        #expect(
            step.rollback == .command(.shell("undo it"), timeout: .seconds(120), verify: .shell("test ! -e x")))
        #expect(step.timeout == .seconds(5_400))
        #expect(step.grace == .milliseconds(300))
        #expect(step.retry.times == 3)
        #expect(step.retry.delay == .seconds(2))
        #expect(step.retry.backoff == 1.5)
        #expect(step.environment == ["A": "1.10", "B": "yes"])
        #expect(step.directory == "service/api")
        #expect(step.secrets == ["TOKEN", "OTHER"])
        #expect(step.condition?.environments == ["staging"])
        #expect(step.condition?.inputs == [:])
        #expect(step.condition?.ci == true)
        #expect(step.skipIf == .shell("test -e done"))
        #expect(step.isIdempotent)
        #expect(step.runsAlways)
    }

    @Test func `what a step does not say is the promised default`() throws {
        let step = try step("run: true\nexpect: it works\nrollback: {none: reads only}")
        #expect(step.action == .run(.shell("true")))
        #expect(step.expectation.isPlain)
        #expect(step.rollback == .nothing("reads only"))
        #expect(step.timeout == .seconds(600))
        #expect(step.grace == .seconds(5))
        #expect(step.retry == .never)
        #expect(step.condition == nil)
        #expect(!step.isIdempotent)
        #expect(!step.runsAlways)
    }

    @Test(arguments: [
        ("tag: {name: v1}", "tag"), ("render: {}", "render"), ("parity: staging", "parity"),
        ("approve: shall we?", "approve"), ("runbook: other", "runbook"),
    ])
    func `actions that undo themselves or change nothing need no rollback`(action: String, kind: String) throws {
        let step = try step("\(action)\nexpect: it works")
        #expect(step.action.kind == kind)
        #expect(step.rollback == nil)
    }

    @Test func `after a point of no return only what can run twice may follow`() {
        let pivot = "  - {id: mail, name: M, owner: me, run: x, expect: x, rollback: {irreversible: sent}}\n"
        let reads = "  - {id: look, name: L, owner: me, run: x, expect: x, rollback: {none: reads}}\n"
        let again = "  - {id: again, name: A, owner: me, run: x, expect: x, rollback: y, idempotent: true}\n"
        let once = "  - {id: 1️⃣once, name: O, owner: me, run: x, expect: x, rollback: y}\n"
        #expect(runbook(pivot + reads + again).said == [])
        #expect(runbook(once + pivot).said == [])
        #expect(
            runbook(pivot + reads + once).said == [
                "1️⃣ `once` comes after a point of no return and is not `idempotent`"
            ])
    }

    @Test func `all mistakes of all steps are told at once`() {
        let (read, said) = runbook(
            """
              - {id: a, name: A, owner: me, run: x, expect: x, rollback: {none: x}, timeout: 1️⃣soon}
              - {id: b, name: B, owner: me, run: x, expect: x, rollback: {none: x}, dir: 2️⃣/etc}
              - {3️⃣id: c, name: C, owner: me, run: x, expect: x}
            """)
        #expect(read == nil)
        #expect(
            said == [
                "1️⃣ `timeout` cannot be `soon`", "2️⃣ `dir` is outside the project", "3️⃣ the step has no `rollback`",
            ])
    }
}

@Suite struct `Finding runbooks that call each other` {
    /// Runbooks by name, with the names that their steps call.
    private func circles(_ calls: [String: [String]], from start: String) throws -> [String] {
        let texts = calls.map { name, called in
            let steps = called.enumerated().map {
                "  - {id: s\($0.offset), name: S, owner: me, runbook: \($0.element), expect: x}\n"
            }
            let own = "  - {id: own, name: O, owner: me, run: x, expect: x, rollback: {none: x}}\n"
            return ("runbooks/\(name).yaml", "runbook: \(name)\nowner: me\nsteps:\n\(own)\(steps.joined())")
        }
        let files = ManifestFiles(Dictionary(uniqueKeysWithValues: texts))
        let library = calls.mapValues { _ in () }.keys.compactMap { files.runbook($0).runbook }
        let problems = Problems()
        CallCircle.check(
            try #require(library.first { $0.name == start }),
            library: Dictionary(uniqueKeysWithValues: library.map { ($0.name, $0) }), problems: problems)
        return problems.all.map(\.message)
    }

    @Test func `calls that end are no circle, however often one is called`() throws {
        #expect(try circles(["a": ["b", "c", "b"], "b": ["c"], "c": []], from: "a") == [])
    }

    @Test func `a way back is told from its beginning`() throws {
        let calls = ["a": ["c", "b"], "b": ["c", "a"], "c": []]
        #expect(try circles(calls, from: "a") == ["runbooks call each other in a circle: a → b → a"])
        #expect(try circles(calls, from: "b") == ["runbooks call each other in a circle: b → a → b"])
        #expect(try circles(calls, from: "c") == [])
        #expect(try circles(["a": ["a"]], from: "a") == ["runbooks call each other in a circle: a → a"])
    }

    @Test func `a circle further on is told from where it is`() throws {
        #expect(try circles(["a": ["b"], "b": ["c"], "c": ["b"]], from: "a") == [])
    }

    /// Each runbook calls the next one twice: a search that forgets where it was would take 2^200 steps.
    @Test func `many ways to one runbook are searched once`() throws {
        var calls = ["r200": [String]()]
        for number in 0..<200 { calls["r\(number)"] = ["r\(number + 1)", "r\(number + 1)"] }
        #expect(try circles(calls, from: "r0") == [])
    }
}
