import Deployment
import Diagnostics
import Testing
import YAML

@Suite struct `Comparing environments` {
    /// What is compared of an environment with these sections.
    private func environment(
        values: Node? = nil, secrets: Node? = nil, config: Node? = nil, url: Node? = nil, jobs: Node? = nil,
        compose: Node? = nil
    ) -> Node {
        let given = [
            "values": values, "secrets": secrets, "config": config, "url": url, "jobs": jobs, "compose": compose,
        ]
        return ComparedTree.root(
            of: given.compactMap { key, value in value.map { Mapping.Entry(key: key, value: $0) } }, at: .none)
    }

    @Test func `a section that only one environment has is told value by value`() throws {
        let staging = environment()
        let production = environment(
            values: try ParityFixture.node("{A: 1, B: x}"),
            secrets: try ParityFixture.node("{TOKEN: {env: TOKEN}}"),
            config: try ParityFixture.node("{uploads: {max_bytes: 1}}"),
            url: try ParityFixture.node("https://uploads.example.org"),
            jobs: try ParityFixture.node("[{name: queue, run: x}]"),
            compose: try ParityFixture.node("{name: uploads, services: {web: {image: a}}}")
        )
        let result = Comparison.differences(
            left: ComparedTree.filled(staging, beside: production),
            right: ComparedTree.filled(production, beside: staging))
        #expect(
            result.differences.map(ParityFixture.describe) == [
                #"+ compose.name: "uploads""#,
                #"+ compose.services: {"web":{"image":"a"}}"#,
                #"+ config.uploads: {"max_bytes":1}"#,
                #"+ jobs[name=queue]: {"name":"queue","run":"x"}"#,
                #"+ secrets.TOKEN: {"env":"TOKEN"}"#,
                #"+ url: "https://uploads.example.org""#,
                "+ values.A: 1",
                #"+ values.B: "x""#,
            ])
    }

    @Test func `an environment is equal to itself, and a section that neither has is no value`() throws {
        let environment = environment(values: try ParityFixture.node("{A: 1, B: {}}"))
        let result = Comparison.differences(left: environment, right: environment)
        #expect(result.differences.isEmpty)
        #expect(result.equalCount == 2)
        #expect(result.comparedCount == 2)
    }

    /// Two environments of 1,000 services; a comparison that looked at every pair would take minutes.
    @Test(.timeLimit(.minutes(4))) func `a thousand services are compared without looking at every pair`() throws {
        func thousand(_ tag: String, _ order: [Int]) -> Node {
            let services = order.map { number in
                (
                    key: "service-\(number)",
                    value: Node.mapping([
                        (key: "image", value: .string("app:\(tag)")),
                        (key: "command", value: .strings((0..<20).map { "--option-\($0)=\(number)" })),
                        (key: "cap_add", value: .strings(["A\(number)", "B"])),
                    ])
                )
            }
            let compose = Node.mapping([(key: "services", value: .mapping(services))])
            return environment(compose: compose)
        }
        let left = thousand("1", Array(0..<1_000))
        let right = thousand("2", Array((0..<1_000).reversed()))
        let result = Comparison.differences(left: left, right: right)
        #expect(result.differences.count == 1_000)
        #expect(result.differences.allSatisfy { $0.path.lastKey == "image" })
        #expect(result.equalCount == 22_000)
    }

    @Test(.timeLimit(.minutes(4))) func `long lists are compared without looking at every pair`() throws {
        let numbers = Array(0..<10_000)
        let left = Node.strings(numbers.map { "item \($0)" })
        let right = Node.strings(numbers.filter { !$0.isMultiple(of: 10) }.map { "item \($0)" })
        let result = Comparison.differences(left: left, right: right)
        #expect(result.differences.count == 1_000)
        #expect(result.differences.allSatisfy { $0.kind == .removed })
        #expect(result.reordered.isEmpty)
        let reversed = Comparison.differences(left: left, right: Node.strings(numbers.reversed().map { "item \($0)" }))
        #expect(reversed.differences.isEmpty)
        #expect(reversed.reordered.count == 1)
    }
}
