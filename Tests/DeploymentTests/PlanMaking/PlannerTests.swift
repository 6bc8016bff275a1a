import Deployment
import Diagnostics
import TestSupport
import Testing

@Suite struct `Making a plan` {
    private static let environment = """
        environment: staging
        url: http://127.0.0.1:8000
        values: {APP_TAG: "1.4.2"}
        secrets: {TOKEN: {env: TOKEN}, UNUSED: {env: UNUSED}}
        gate: {branch: main}
        """

    private func plan(
        _ steps: String, inputs: [(name: String, value: String)] = [], isCI: Bool = false,
        others: [String: String] = [:]
    ) throws -> (plan: Plan?, said: [String]) {
        var texts = others
        texts["environments/staging.yaml"] = Self.environment
        texts["runbooks/r.yaml"] =
            "runbook: r\nowner: me\ninputs: {VERSION: {}, NOTE: {default: n}}\nsteps:\n\(steps)\n"
        let files = ManifestFiles(texts)
        let runbooks = try (["r"] + others.keys.map { String($0.dropFirst(9).dropLast(5)) }).map { name in
            let (runbook, said) = files.runbook(name)
            #expect(said == [])
            return try #require(runbook)
        }
        let problems = Problems()
        let planner = Planner(
            runbook: runbooks[0], library: Dictionary(uniqueKeysWithValues: runbooks.map { ($0.name, $0) }),
            environment: try #require(files.environment("staging").manifest),
            request: .init(inputs: inputs, isCI: isCI), problems: problems)
        let plan = planner.plan(.init(runbook: "r", environment: "e", compose: nil))
        return (plan, problems.all.map(\.message))
    }

    private static func run(_ id: String, _ rest: String = "") -> String {
        "  - {id: \(id), name: N, owner: me, run: x, expect: x, rollback: {none: x}\(rest)}\n"
    }

    @Test func `only the secrets that steps use are part of it, and never a value`() throws {
        let (plan, said) = try plan(Self.run("a", ", secrets: [TOKEN]") + Self.run("b"))
        #expect(said == [])
        #expect(plan?.secrets == ["TOKEN": .variable("TOKEN")])
        #expect(plan?.variables == ["APP_TAG": "1.4.2"])
        #expect(plan?.branch == "main")
    }

    @Test func `fields of built-in actions are filled in from inputs and values`() throws {
        let tag =
            #"  - {id: tag, name: T, owner: me, expect: x, tag: {name: "v${VERSION}-${APP_TAG}", message: "${NOTE}"}}"#
        let (plan, said) = try plan(tag, inputs: [("VERSION", "1.5.0")])
        #expect(said == [])
        #expect(plan?.steps.first?.action.tag?.name == "v1.5.0-1.4.2")
        #expect(plan?.steps.first?.action.tag?.message == "n")
    }

    @Test func `a secret in a shown field and a name that nobody knows are refused`() throws {
        let tag = #"  - {id: tag, name: T, owner: me, expect: x, tag: {name: "${TOKEN}-${VERSON}"}}"#
        let (plan, said) = try plan(tag, inputs: [("VERSION", "1.5.0")])
        #expect(plan == nil)
        #expect(said.count == 2)
        #expect(said.allSatisfy { $0.contains("TOKEN") || $0.contains("VERSON") })
    }

    @Test func `nothing is pasted into a command`() throws {
        let step = "  - {id: a, name: N, owner: me, run: 'echo ${VERSION}', expect: x, rollback: 'undo ${VERSION}'}"
        let (plan, _) = try plan(step, inputs: [("VERSION", "$(rm -rf /)")])
        #expect(plan?.steps.first?.action.command == .shell("echo ${VERSION}"))
        #expect(plan?.steps.first?.rollback.command == .shell("undo ${VERSION}"))
        #expect(plan?.inputs["VERSION"] == "$(rm -rf /)")
    }

    @Test(
        arguments: [
            ("{environment: [staging]}", true, nil), ("{environment: [production]}", true, "only on `production`"),
            ("{ci: true}", true, nil), ("{ci: true}", false, "only in CI"), ("{ci: false}", true, "not in CI"),
            ("{input: {VERSION: '1'}}", false, nil),
            ("{input: {VERSION: '2'}}", false, "only with `VERSION` 2, and it is 1"),
        ] as [(String, Bool, String?)])
    func `a step whose condition does not hold is skipped with the reason`(
        condition: String, isCI: Bool, reason: String?
    ) throws {
        let (plan, said) = try plan(
            Self.run("a", ", when: \(condition)"), inputs: [("VERSION", "1")], isCI: isCI)
        #expect(said == [])
        #expect(plan?.steps.map(\.skipped) == [reason])
    }

    @Test func `a called runbook's steps stand in place, under the call's name, and share its condition`() throws {
        let call = "  - {id: call, name: C, owner: me, runbook: inner, expect: x, when: {environment: [production]}}\n"
        let inner = "runbook: inner\nowner: me\nsteps:\n\(Self.run("one"))\(Self.run("two"))"
        let (plan, said) = try plan(Self.run("a") + call + Self.run("z"), others: ["runbooks/inner.yaml": inner])
        #expect(said == [])
        #expect(plan?.steps.map(\.id) == ["a", "call.one", "call.two", "z"])
        #expect(plan?.steps.map { $0.skipped != nil } == [false, true, true, false])
    }

    @Test func `two steps that come to one name are refused`() throws {
        let call = "  - {id: a, name: C, owner: me, runbook: inner, expect: x}\n"
        let inner = "runbook: inner\nowner: me\nsteps:\n\(Self.run("one"))"
        let (plan, said) = try plan(call + Self.run("a.one"), others: ["runbooks/inner.yaml": inner])
        #expect(plan == nil)
        #expect(said == ["two steps are called `a.one` once runbooks are put in place"])
    }

    @Test func `a variable that would put a secret on record is refused`() throws {
        let (plan, said) = try plan(Self.run("a", ", secrets: [TOKEN], env: {TOKEN: x}"))
        #expect(plan == nil)
        #expect(said == ["`TOKEN` is a secret of the step `a` and set by it, too"])
    }

    @Test func `an input is its default, and one without is not there`() throws {
        #expect(try plan(Self.run("a")).plan?.inputs == ["NOTE": "n"])
        #expect(try plan(Self.run("a"), inputs: [("NOTE", "")]).plan?.inputs == ["NOTE": ""])
        #expect(
            try plan(Self.run("a"), inputs: [("NOTE", "1"), ("NOTE", "2")]).said == ["the input `NOTE` is given twice"])
    }
}
