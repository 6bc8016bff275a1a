import Host
import TestSupport
import Testing
import YAML

@Suite struct `The form of an error` {
    private static let misspelt = """
        environment: staging
        owner: platform
        vaules:
          A: 1

        """

    private func project() throws -> CommandProject {
        try CommandProject(["environments/staging.yaml": Self.misspelt])
    }

    private static let expected = """
        error: unknown key `vaules`
         --> environments/staging.yaml:3:1
          |
        3 | vaules:
          | ^^^^^^ did you mean `values`?
          expected: one of compose, config, description, environment, extends, gate, history, jobs, owner, secrets, \
        url, values
          retry: safe, nothing was started

        """

    @Test func `an error in a file shows the place, the line, what was expected and whether to try again`() throws {
        let answer = try project().rehearse("render", "staging")
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(answer.error == Self.expected)
    }

    @Test func `check adds how many there are`() throws {
        let answer = try project().rehearse("check")
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(answer.error == Self.expected + "\n1 error, 1 file checked\n")
    }

    @Test func `quiet leaves the errors and drops the count`() throws {
        let answer = try project().rehearse("check", "-q")
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(answer.error == Self.expected)
    }

    @Test func `as JSON it is one document on standard error with the promised keys`() throws {
        let answer = try project().rehearse("render", "staging", "--format", "json")
        #expect(answer.status == 2)
        #expect(answer.output == "")
        let document = json(answer.error)
        #expect(document["schema"]?.integer == 1)
        #expect(document["exit"]?.integer == 2)
        let error = try #require(document["error"])
        #expect(error.mapping?.keys == ["message", "expected", "retry", "file", "line", "column", "next"])
        #expect(error["message"]?.string == "unknown key `vaules`; did you mean `values`?")
        #expect(error["expected"]?.string?.hasPrefix("one of compose, config,") == true)
        #expect(error["retry"]?.string == "safe, nothing was started")
        #expect(error["file"]?.string == "environments/staging.yaml")
        #expect(error["line"]?.integer == 3)
        #expect(error["column"]?.integer == 1)
        #expect(error["next"]?.isNull == true)
    }

    @Test(arguments: [
        "chek --format json", "--format json chek", "check --format=json --nosuch",
        "plan nosuch -e staging --format json",
        "history show nosuch --format json", "diff a b --format json", "rollback nosuch --yes --format json",
        "resume nosuch --format json", "schema nosuch",
    ])
    func `every refusal can be had as JSON`(line: String) throws {
        let project = try CommandProject()
        let answer = project.rehearse.run([RehearseBinary.path] + line.split(separator: " ").map(String.init))
        #expect(answer.status == 2)
        #expect(answer.output == "")
        let document = json(answer.error)
        #expect(document["exit"]?.integer == 2)
        #expect(
            document["error"]?.mapping?.keys == ["message", "expected", "retry", "file", "line", "column", "next"])
        #expect(document["error"]?["message"]?.string?.isEmpty == false)
    }

    @Test func `the JSON of check is its result, on standard output`() throws {
        let answer = try project().rehearse("check", "--format", "json")
        #expect(answer.status == 2)
        #expect(answer.error == "")
        let document = json(answer.output)
        #expect(document["files"]?.sequence?.compactMap(\.string) == ["environments/staging.yaml"])
        #expect(document["errors"]?.sequence?.count == 1)
        #expect(document["errors"]?.sequence?.first?["line"]?.integer == 3)
    }
}
