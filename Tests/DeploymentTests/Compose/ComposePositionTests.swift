import Deployment
import Diagnostics
import Testing
import YAML

/// An error and a difference point at the line that set the value, by whichever way it came.
@Suite struct `The place of a value` {
    /// A project in which `stop_grace_period` of `web` comes by one way, and where it stands.
    private struct Way: CustomStringConvertible {
        let name: String
        let place: String
        /// `VALUE` stands for the value, behind the mark.
        let files: [String: String]
        var order = ["compose.yaml"]

        var description: String { name }
    }

    private static let ways: [Way] = [
        Way(
            name: "itself", place: "1️⃣",
            files: ["compose.yaml": "services: {web: {image: i, stop_grace_period: 1️⃣VALUE}}\n"]),
        Way(
            name: "a variable", place: "1️⃣",
            files: ["compose.yaml": "services: {web: {image: i, stop_grace_period: 1️⃣\"${V}\"}}\n"]),
        Way(
            name: "a default", place: "1️⃣",
            files: ["compose.yaml": "services: {web: {image: i, stop_grace_period: 1️⃣\"${X:-${V}}\"}}\n"]),
        Way(
            name: "a second file", place: "over.yaml:1️⃣",
            files: [
                "compose.yaml": "services: {web: {image: i, stop_grace_period: 1s}}\n",
                "over.yaml": "services: {web: {stop_grace_period: 1️⃣VALUE}}\n",
            ], order: ["compose.yaml", "over.yaml"]),
        Way(
            name: "a first file", place: "1️⃣",
            files: [
                "compose.yaml": "services: {web: {image: i, stop_grace_period: 1️⃣VALUE}}\n",
                "over.yaml": "services: {web: {hostname: h}}\n",
            ], order: ["compose.yaml", "over.yaml"]),
        Way(
            name: "an override", place: "over.yaml:1️⃣",
            files: [
                "compose.yaml": "services: {web: {image: i, stop_grace_period: 1s}}\n",
                "over.yaml": "services: {web: !override {image: j, stop_grace_period: 1️⃣VALUE}}\n",
            ], order: ["compose.yaml", "over.yaml"]),
        Way(
            name: "extends within the file", place: "1️⃣",
            files: [
                "compose.yaml":
                    "services: {base: {image: i, stop_grace_period: 1️⃣VALUE}, web: {extends: base, hostname: h}}\n"
            ]),
        Way(
            name: "extends of another file", place: "common.yaml:1️⃣",
            files: [
                "compose.yaml": "services: {web: {extends: {file: common.yaml, service: base}}}\n",
                "common.yaml": "services: {base: {image: i, stop_grace_period: 1️⃣VALUE}}\n",
            ]),
        Way(
            name: "extends of extends", place: "common.yaml:1️⃣",
            files: [
                "compose.yaml": "services: {web: {extends: {file: common.yaml, service: base}}}\n",
                "common.yaml":
                    "services: {root: {image: i, stop_grace_period: 1️⃣VALUE}, base: {extends: {service: root}}}\n",
            ]),
        Way(
            name: "include", place: "sub/in.yaml:1️⃣",
            files: [
                "compose.yaml": "include: [sub/in.yaml]\n",
                "sub/in.yaml": "services: {web: {image: i, stop_grace_period: 1️⃣VALUE}}\n",
            ]),
        Way(
            name: "an override of an include", place: "over.yaml:1️⃣",
            files: [
                "compose.yaml": "include: [{path: [in.yaml, over.yaml]}]\n",
                "in.yaml": "services: {web: {image: i, stop_grace_period: 1s}}\n",
                "over.yaml": "services: {web: {stop_grace_period: 1️⃣VALUE}}\n",
            ]),
        Way(
            name: "an alias", place: "1️⃣",
            files: [
                "compose.yaml": "x-a: 1️⃣&a VALUE\nservices: {web: {image: i, stop_grace_period: *a}}\n"
            ]),
        Way(
            name: "a merge key", place: "1️⃣",
            files: [
                "compose.yaml":
                    "x-a: &a {stop_grace_period: 1️⃣VALUE}\nservices:\n  web:\n    <<: *a\n    image: i\n"
            ]),
    ]

    private func outcome(_ way: Way, _ value: String) -> ComposeFixture.Outcome {
        ComposeFixture(way.files.mapValues { $0.replacing("VALUE", with: value) })
            .environment(way.order, values: ["V": value])
    }

    @Test(arguments: ways.indices)
    func `is told by an error`(index: Int) {
        let way = Self.ways[index]
        let problems = outcome(way, "soon").problems
        // What is extended within a file stands in the rendering too, and is told for both.
        #expect(Set(problems.map { $0.prefix { $0 != " " } }) == [way.place[...]], "\(way): \(problems)")
        #expect(problems.allSatisfy { $0.contains("stop_grace_period` cannot be `soon`") }, "\(problems)")
    }

    @Test(arguments: ways.indices)
    func `is told by a difference`(index: Int) throws {
        let way = Self.ways[index]
        let one = try #require(outcome(way, "90s").rendering, "\(way)")
        let other = try #require(outcome(way, "30s").rendering)
        let result = Comparison.differences(left: one.document, right: other.document)
        let difference = try #require(
            result.differences.first { $0.path.description == "services.web.stop_grace_period" })
        let fixture = ComposeFixture(way.files.mapValues { $0.replacing("VALUE", with: "90s") })
        #expect(fixture.place(difference.leftRange, outcome(way, "90s").sources) == way.place, "\(way)")
        #expect(fixture.place(difference.rightRange, outcome(way, "30s").sources) == way.place, "\(way)")
    }

    @Test func `of an item is told by a difference, in short syntax too`() throws {
        let text = "services: {web: {image: i, ports: [1️⃣'PORT:80'], environment: [2️⃣A=PORT], extra_hosts: [3️⃣a=PORT]}}\n"
        let outcomes = ["1", "2"].map { ComposeFixture(text.replacing("PORT", with: $0)).plain() }
        let one = try #require(outcomes[0].rendering)
        let other = try #require(outcomes[1].rendering)
        let result = Comparison.differences(left: one.document, right: other.document)
        let fixture = ComposeFixture(text.replacing("PORT", with: "1"))
        let places = result.differences.map { difference in
            let range = difference.left == nil ? difference.rightRange : difference.leftRange
            return "\(difference.path) \(fixture.place(range, outcomes[0].sources))"
        }
        #expect(places.contains("services.web.ports[target=80].published 1️⃣"))
        #expect(places.contains("services.web.environment.A 2️⃣"))
        #expect(places.contains("services.web.extra_hosts[\"a=1\"] 3️⃣"), "\(places)")
    }

    @Test func `of what an env file says is its line`() throws {
        let fixture = ComposeFixture([
            "compose.yaml": "services: {web: {image: i, env_file: [a.env, b.env]}}\n",
            "a.env": "A=1\nB=1\n", "b.env": "\n1️⃣B=2\n",
        ])
        let outcome = fixture.plain()
        let node = try #require(outcome.services?["web"]?["environment"]?["B"])
        #expect(node.string == "2")
        #expect(fixture.place(node.range, outcome.sources) == "b.env:1️⃣")
    }
}
