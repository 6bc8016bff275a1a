import TestSupport
import Testing
import YAML

/// RELIABILITY section 3, rows A9 and A10.
@Suite struct `Faults of the tool's standard output` {
    @Test(.enabled(if: Tool.bash, "bash is not here"), arguments: [("true", 0), ("exit 1", 1)])
    func `A9: the reader of the output goes away`(last: String, status: Int) throws {
        let project = try FaultProject([
            FaultStep.leaking("one"), FaultStep.leaking("two", "seq 1 2000"), FaultStep.leaking("three", last),
        ])
        for format in ["text", "json"] {
            let answer = project.shell(
                """
                bash -c '"$REHEARSE" run work -e test --on-failure stop --format \(format) 2>&1 | head -c 1 >/dev/null
                echo ${PIPESTATUS[0]}'
                """)
            #expect(answer.output == "\(status)\n", "\(format): \(answer)")
            #expect(project.trace.suffix(3) == ["one", "two", "three"])
            #expect(try project.standing().steps.prefix(2) == ["succeeded", "succeeded"])
            #expect(project("history", "close", "last", "--reason", "seen").status == 0)
        }
        project.holdInvariants()
    }

    @Test func `A10: standard output is a full device`() throws {
        let project = try FaultProject([FaultStep.leaking("one"), FaultStep.leaking("two")])
        let answer = project.shell(
            "set +e; \"$REHEARSE\" run work -e test --format json >/dev/full; echo \"status $?\"")
        #expect(answer.output == "status 5\n", "\(answer)")
        #expect(answer.error.contains("lost"))
        #expect(project.trace == ["one", "two"])
        let standing = try project.standing()
        #expect(standing.run == "succeeded" && standing.settled)
        project.holdInvariants()
    }
}
