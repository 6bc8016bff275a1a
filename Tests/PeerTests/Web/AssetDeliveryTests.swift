import Host
import TestSupport
import Testing
import YAML

/// `runbooks/asset-delivery.yaml` of the worked example, on real Varnish in front of the real service.
@Suite(.serialized, .enabled(if: EdgeStack.isThere, EdgeStack.whyNot))
struct `Delivering an upload anew` {
    /// The worked example as a team has it, with an environment for the edge of this test.
    private func project(_ stack: EdgeStack) throws -> RehearseBinary {
        let repository = try #require(RehearseBinary.repository)
        let made = stack.rehearse.run(["\(repository)/.ci/example", stack.scratch.path])
        try #require(made.status == 0, "\(made)")
        try stack.scratch.write(
            """
            environment: edge
            description: Staging behind a cache, as production is
            owner: edge
            extends: staging
            url: \(stack.url)
            values: {APP_TAG: "1.5.0"}

            """, to: "uploads/environments/edge.yaml")
        var variables = stack.rehearse.environment
        variables["SESSION_COOKIE"] = variables["SESSION"]
        variables["HOME"] = nil
        return RehearseBinary(in: stack.scratch("uploads"), variables)
    }

    private func run(_ stack: EdgeStack, _ rehearse: RehearseBinary) throws -> RehearseBinary.Answer {
        let names = stack.uploads.compactMap { $0.split(separator: "/").last }
        return rehearse.run(
            [
                RehearseBinary.path, "run", "asset-delivery", "-e", "edge", "--input", "ASSET=\(names[0])", "--input",
                "UNTOUCHED=\(names[1])", "--input", "ORIGIN=\(stack.origin)", "--reason", "the logo was replaced",
            ], within: .seconds(90))
    }

    private func record(_ rehearse: RehearseBinary) throws -> Node {
        let shown = rehearse("history", "show", "last", "--format", "json")
        try #require(shown.status == 0, "\(shown)")
        return try JSONReader.read(Array(shown.output.utf8))
    }

    @Test func `is proven step by step, and is taken back`() throws {
        let stack = try EdgeStack(.varnish)
        let rehearse = try project(stack)
        let ran = try run(stack, rehearse)
        try #require(ran.status == 0, "\(ran)")
        let steps = try #require(try record(rehearse)["steps"]?.sequence)
        #expect(steps.allSatisfy { $0["status"]?.string == "succeeded" })
        let purge = try #require(steps.first { $0["id"]?.string == "purge" })
        #expect(purge["metrics"]?["routes"]?.string == "1" && purge["metrics"]?["untouched"]?.string == "1")
        let after = try #require(steps.first { $0["id"]?.string == "after" })
        #expect(after["metrics"]?.mapping?.entries.contains { $0.key.hasPrefix("p95") } == true, "\(after)")
        #expect(purge["rollback"]?["kind"]?.string == "none")
        #expect(purge["rollback"]?["reason"]?.string?.contains("the cache fills again from the origin") == true)

        let undone = rehearse("rollback", "last", "--yes")
        #expect(undone.status == 0, "\(undone)")
        #expect(try record(rehearse)["status"]?.string == "rolled_back")
    }

    @Test func `stops at a purge that missed, and is taken back by itself`() throws {
        let stack = try EdgeStack(
            .varnish, EdgeStack.Mistake("a purge does nothing", ("return (purge);", "return (synth(200));")))
        let rehearse = try project(stack)
        let ran = try run(stack, rehearse)
        #expect(ran.status == 1, "\(ran)")
        let record = try record(rehearse)
        #expect(record["status"]?.string == "rolled_back")
        let purge = try #require(record["steps"]?.sequence?.first { $0["id"]?.string == "purge" })
        #expect(purge["failure"]?["what"]?.string?.contains("it still comes from the cache after the purge") == true)
        #expect(purge["failure"]?["retry"]?.string?.contains("curl ") == true)
    }
}
