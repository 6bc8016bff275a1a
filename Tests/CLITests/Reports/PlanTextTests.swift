import CLI
import Diagnostics
import Testing

@testable import Deployment

@Suite struct `A plan as text` {
    @Test func `shows every step with its way back and ends with the count`() {
        #expect(
            PlanText.text(.sample) == """
                plan: release on staging
                  runbook      runbooks/release.yaml  sha256 abababababab
                  environment  staging  sha256 cdcdcdcdcdcd
                  url          https://staging.example.org
                  inputs       VERSION=1.4.3
                  values       1 value
                  secrets      DB_PASSWORD from the variable `DB_PASSWORD`

                = 1  lint  Run linting
                     owner     backend
                     run       ruff check .
                     expect    no findings
                     limits    timeout 10m
                     rollback  none: reads only

                + 2  migrate  Move the database
                     owner     data
                     capture   BEFORE=$(./bin/db-revision)
                     secrets   DB_PASSWORD
                     run       ./bin/migrate up
                     expect    the newest revision
                     limits    timeout 10m
                     rollback  ./bin/migrate down "$BEFORE"

                + 3  deploy  Start the new version
                     owner     platform
                     run       ./bin/deploy new
                     expect    every container is healthy; within 2m
                     limits    timeout 2m; retry 2 times after 5s, each time 2 times longer
                     rollback  ./bin/deploy old
                               then curl -fsS "$REHEARSE_URL/health"
                               timeout 10m

                ! 4  announce  Tell the users
                     owner     support
                     run       true
                     expect    it works
                     limits    timeout 10m
                     rollback  ! irreversible: mail cannot be called back

                4 to run, 3 can be undone or change nothing, 1 point of no return

                """)
    }

    @Test func `a skipped step says why and is counted`() {
        var plan = Plan.sample
        plan.steps[3].skipped = "only on `production`"
        let text = PlanText.text(plan)
        #expect(text.contains("\n- 4  announce  Tell the users\n     skipped   only on `production`\n"))
        #expect(text.hasSuffix("\n3 to run, 3 can be undone or change nothing, 0 points of no return, 1 skipped\n"))
    }

    @Test func `built-in actions are told in words`() {
        var plan = Plan.sample
        plan.steps = Array(repeating: plan.steps[0], count: 3)
        plan.steps[0].action = PlannedAction(kind: "parity")
        plan.steps[0].action.parity = .init(left: "staging", right: "production")
        plan.steps[1].action = PlannedAction(kind: "tag")
        plan.steps[1].action.tag = .init(name: "v1.4.3", message: nil, push: "origin", sign: true)
        plan.steps[1].rollback = PlannedRollback(kind: .automatic)
        plan.steps[2].action = PlannedAction(kind: "approve")
        plan.steps[2].action.question = "Is the mail out?"
        let text = PlanText.text(plan)
        #expect(text.contains("  parity    compare staging with production\n"))
        #expect(text.contains("  tag       signed tag v1.4.3, pushed to origin\n"))
        #expect(text.contains("  rollback  undoes itself; the command is recorded when the step starts\n"))
        #expect(text.contains("  approve   Is the mail out?\n"))
    }

    @Test func `a command keeps its lines and is never broken`() {
        var plan = Plan.sample
        let long = "docker compose up " + String(repeating: "-d ", count: 60) + "--wait"
        plan.steps[0].action.command = .shell("set -x\n\(long)\n")
        let text = PlanText.text(plan, width: 40)
        #expect(text.contains("     run       set -x\n               \(long)\n     expect"))
    }

    @Test func `a name in a file cannot drive the terminal`() {
        var plan = Plan.sample
        plan.steps[0].name = "x\u{1B}]52;c;ZXZpbA==\u{07}"
        plan.steps[0].action.command = .shell("echo \u{1B}[8mhidden")
        let text = PlanText.text(plan)
        #expect(!text.contains("\u{1B}"))
        #expect(text.contains("run       echo ^[[8mhidden\n"))
    }

    @Test func `the words are the same with colours`() {
        let coloured = PlanText.text(.sample, palette: .coloured)
        #expect(coloured.contains("\u{1B}[33m! 4  \u{1B}[0m"))
        var plain = ""
        var isInside = false
        for character in coloured {
            if character == "\u{1B}" { isInside = true }
            if !isInside { plain.append(character) }
            if character == "m" { isInside = false }
        }
        #expect(plain == PlanText.text(.sample))
    }
}
