import TestSupport
import Testing
import YAML

private let bad: [BadManifest] = [
    .steps(
        "no id", "  - {1️⃣name: One, owner: me, run: echo, expect: works, rollback: {none: reads}}",
        ["1️⃣ the step has no `id`"]),
    .steps(
        "no name", "  - {1️⃣id: one, owner: me, run: echo, expect: works, rollback: {none: reads}}",
        ["1️⃣ the step has no `name`"]),
    .steps(
        "nothing of what is required", "  - 1️⃣run: echo one",
        [
            "1️⃣ the step has no `id`", "1️⃣ the step has no `name`", "1️⃣ the step has no `owner`",
            "1️⃣ the step has no `expect`", "1️⃣ the step has no `rollback`",
        ]),
    .steps(
        "no owner", "  - {1️⃣id: one, name: One, run: echo, expect: works, rollback: {none: reads}}",
        ["1️⃣ the step has no `owner`"]),
    .steps(
        "no expected result", "  - {1️⃣id: one, name: One, owner: me, run: echo, rollback: {none: reads}}",
        ["1️⃣ the step has no `expect`"]),
    .steps(
        "no rollback", "  - {1️⃣id: one, name: One, owner: me, run: echo, expect: works}",
        ["1️⃣ the step has no `rollback`"]),
    .steps(
        "no action", "  - {1️⃣id: one, name: One, owner: me, expect: works, rollback: {none: reads}}",
        ["1️⃣ a step without an action"]),
    .step("two actions", "1️⃣tag: {name: v1}", ["1️⃣ a step with 2 actions: `run` and `tag`"]),
    .step(
        "no steps side by side", "1️⃣parallel: []", without: ["run", "rollback"],
        ["1️⃣ `parallel` is empty"]),
    .step(
        "a rollback of steps side by side",
        "1️⃣timeout: 5m\nparallel: [{id: a, name: A, owner: me, run: echo, expect: works, rollback: {none: reads}}]",
        without: ["run", "rollback"],
        ["1️⃣ `timeout` says nothing of a `parallel` step"]),
    .step(
        "a call side by side", "parallel: [{id: 1️⃣a, name: A, owner: me, approve: Sure?, expect: works}]",
        without: ["run", "rollback"], ["1️⃣ the step `a` cannot run beside others: it is `approve`"]),
    .step("an unknown key", "1️⃣rolback: x", ["1️⃣ unknown key `rolback`; did you mean `rollback`?"]),
    .step("a bad duration", "timeout: 1️⃣soon", ["1️⃣ `timeout` cannot be `soon`"]),
    .step("a number that is no duration", "timeout: 1️⃣30", ["1️⃣ `timeout` cannot be `30`"]),
    .step("no time at all", "timeout: 1️⃣0s", ["1️⃣ `timeout` is no time at all"]),
    .step("a bad id", "id: 1️⃣../../x", ["1️⃣ `../../x` cannot be a step's `id`"]),
    .step("an id with a blank", "id: 1️⃣one two", ["1️⃣ `one two` cannot be a step's `id`"]),
    .step("a folder outside", "dir: 1️⃣../x", ["1️⃣ `dir` is outside the project"]),
    .step("an absolute folder", "dir: 1️⃣/etc", ["1️⃣ `dir` is outside the project"]),
    .step("a rollback that says nothing", "rollback: {1️⃣timeout: 2m}", ["1️⃣ the rollback says nothing"]),
    .step(
        "a rollback of two kinds", "rollback: {1️⃣none: reads, irreversible: mail}",
        ["1️⃣ a rollback with `none` and `irreversible`"]),
    .step("a rollback without a reason", "rollback: {none: 1️⃣\"\"}", ["1️⃣ `none` is empty"]),
    .step("a command that is a number", "run: 1️⃣12", ["1️⃣ `run` cannot be `12`"]),
    .step("an empty command", "run: 1️⃣[]", ["1️⃣ `run` is empty"]),
    .step("a pattern that is none", "expect: {says: works, stdout: 1️⃣'['}", ["1️⃣ `stdout` is not a regular expression"]),
    .step("an exit code that no program has", "expect: {says: works, exit: 1️⃣256}", ["1️⃣ `exit` cannot be `256`"]),
    .step("a variable of our own", "env: {1️⃣REHEARSE_RUN: x}", ["1️⃣ `REHEARSE_RUN` cannot be a variable's name"]),
    .step("a capture of our own", "capture: {1️⃣REHEARSE_X: date}", ["1️⃣ `REHEARSE_X` cannot be a variable's name"]),
    .step("a retry that is a number", "retry: 1️⃣3", ["1️⃣ a retry is a map, and this is an integer"]),
    .step("a retry without a number", "retry: {1️⃣delay: 2s}", ["1️⃣ the retry has no `times`"]),
    .step(
        "a condition on an input that is not there", "when: {input: {1️⃣VERSON: '1'}}",
        ["1️⃣ the runbook has no input `VERSON`; did you mean `VERSION`?"]),
    .step(
        "a rendering outside", "render: {output: 1️⃣../x.yaml}", without: ["run", "rollback"],
        ["1️⃣ `output` is outside the project"]),
    .step(
        "a tag pushed to an address", "tag: {name: v1, push: 1️⃣https://host/x}", without: ["run", "rollback"],
        ["1️⃣ `push` cannot be `https://host/x`"]),
    .step(
        "a runbook that is not there", "runbook: 1️⃣deplyo", without: ["run", "rollback"],
        ["1️⃣ there is no runbook `deplyo`"]),
    .step(
        "a runbook that calls itself", "runbook: 1️⃣release", without: ["run", "rollback"],
        ["1️⃣ runbooks call each other in a circle: release → release"]),
    .steps(
        "two steps of one id",
        """
          - {id: one, name: One, owner: me, run: echo, expect: works, rollback: {none: reads}}
          - {id: 1️⃣one, name: Two, owner: me, run: echo, expect: works, rollback: {none: reads}}
        """,
        ["1️⃣ there are two steps called `one`"]),
    .steps(
        "a step after a point of no return",
        """
          - {id: mail, name: Mail, owner: me, run: echo, expect: works, rollback: {irreversible: mail is sent}}
          - {id: 1️⃣next, name: Next, owner: me, run: echo, expect: works, rollback: echo}
        """,
        ["1️⃣ `next` comes after a point of no return and is not `idempotent`"]),
    BadManifest(
        "no steps", in: "runbooks/release.yaml", "runbook: release\nowner: me\n1️⃣steps: []\n", "1️⃣ `steps` is empty"),
    BadManifest(
        "no list of steps", in: "runbooks/release.yaml", "1️⃣runbook: release\nowner: me\n",
        "1️⃣ the runbook has no `steps`"),
    BadManifest(
        "another runbook's name and no owner", in: "runbooks/release.yaml",
        "1️⃣runbook: 2️⃣relase\nsteps:\n  - {id: a, name: A, owner: me, run: echo, expect: x, rollback: {none: x}}\n",
        "2️⃣ this file is not `relase`'s", "1️⃣ the runbook has no `owner`"),
    BadManifest(
        "inputs with mistakes", in: "runbooks/release.yaml",
        """
        runbook: release
        owner: me
        inputs:
          1️⃣REHEARSE_X: {}
          A: {pattern: 2️⃣'['}
          B: {pattern: '\\d+', default: 3️⃣x}
          C: {4️⃣requird: true}
        steps:
          - {id: a, name: A, owner: me, run: echo, expect: x, rollback: {none: x}}
        """,
        "1️⃣ `REHEARSE_X` cannot be an input's name", "2️⃣ `pattern` is not a regular expression",
        "3️⃣ the default `x` does not match the input's own pattern", "4️⃣ unknown key `requird`; did you mean `required`?"),
    BadManifest("an empty file", in: "runbooks/release.yaml", "1️⃣", "1️⃣ runbooks/release.yaml is empty"),
]

@Suite struct `Checking runbooks` {
    @Test(arguments: bad)
    func `every mistake is told with its place`(manifest: BadManifest) throws {
        var files = CommandProject.small
        files[manifest.path] = manifest.text.text
        let project = try CommandProject(files)
        let answer = project.rehearse("check", "--format", "json")
        #expect(answer.status == 2)
        #expect(answer.error == "")
        let document = json(answer.output)
        #expect(manifest.summary(of: document) == manifest.errors)
        let text = project.rehearse("check")
        #expect(text.status == 2)
        #expect(text.output == "")
        #expect(text.error.split(separator: "\n").count { $0.hasPrefix("error: ") } == manifest.errors.count)
        #expect(text.error.split(separator: "\n").count { $0.hasPrefix("  expected: ") } == manifest.errors.count)
        // What `check` refuses, `plan` and `run` refuse in the same words, and nothing is started.
        let plan = project.rehearse("plan", "release", "-e", "staging", "--format", "json")
        #expect(plan.status == 2)
        #expect(plan.output == "")
        #expect(manifest.summary(of: json(plan.error)) == manifest.errors)
        let run = project.rehearse("run", "release", "-e", "staging")
        #expect(run.status == 2)
        #expect(run.output == "")
        #expect(try project.contents()[".rehearse"] == nil)
    }

    @Test func `a comparison with an environment that is not there is told`() throws {
        var files = CommandProject.small
        files["runbooks/release.yaml"] = CommandProject.release.replacing(
            "run: echo hello", with: "parity: {left: staging, right: productoin}")
        let answer = try CommandProject(files).rehearse("check")
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(
            answer.error == """
                error: there is no environment `productoin`
                 --> runbooks/release.yaml:7:36
                  |
                7 |     parity: {left: staging, right: productoin}
                  |                                    ^^^^^^^^^^ did you mean `production`?
                  expected: one of `production` or `staging`
                  retry: safe, nothing was started

                1 error, 3 files checked

                """)
    }

    @Test func `runbooks that call each other are told`() throws {
        let call = "  - {id: call, name: Call, owner: me, runbook: NAME, expect: it works}\n"
        var files = CommandProject.small
        files["runbooks/release.yaml"] =
            "runbook: release\nowner: me\nsteps:\n" + call.replacing("NAME", with: "deploy")
        files["runbooks/deploy.yaml"] = "runbook: deploy\nowner: me\nsteps:\n" + call.replacing("NAME", with: "release")
        let project = try CommandProject(files)
        let check = project.rehearse("check", "--format", "json")
        #expect(check.status == 2)
        #expect(
            json(check.output)["errors"]?.sequence?.compactMap { $0["message"]?.string } == [
                "runbooks call each other in a circle: deploy → release → deploy",
                "runbooks call each other in a circle: release → deploy → release",
            ])
    }
}
