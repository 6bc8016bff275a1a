import Deployment
import Diagnostics
import Testing
import YAML

@Suite struct `Rendering on several cores` {
    /// Many services that use what a service can have, some of them wrong when asked for.
    private static func project(_ count: Int, withMistakes: Bool) -> [String: [UInt8]] {
        var text = "x-logging: &logging {driver: json-file}\nservices:\n"
        for number in 0..<count {
            text += """
                  s\(number):
                    image: ${REGISTRY:-r}/app-\(number):$$\(number)
                    environment: [HOME, "A=\(number)", PRICE=5$$]
                    build: {context: ./\(number), args: [HOME, NOWHERE]}
                    ports: ["127.0.0.1:\(10_000 + number):80"]
                    volumes: ["data:/var/lib", "./c/\(number):/etc/app:ro"]
                    x-own: {at: [\(number)]}
                    profiles: [\(number % 5 == 0 ? "rare" : "usual")]
                    logging: *logging

                """
            if withMistakes, number % 70 == 69 { text += "    retsart: always\n    cpu_percent: 200\n" }
        }
        text += "networks: {default: {}}\nvolumes: {data: {}}\n"
        if withMistakes { text += "configs: {c: {fiel: x}}\n" }
        return ["/work/compose.yaml": Array(text.utf8)]
    }

    private struct Outcome: Equatable {
        var yaml: String?
        var json: String?
        var disabled: [String]?
        var used: [String]?
        var problems: [String]
    }

    private static func outcome(_ files: [String: [UInt8]], _ mode: RenderRequest.Mode, _ workers: Workers) -> Outcome {
        var sources = SourceTable()
        let problems = Problems()
        let reader = SourceReader { path throws(SourceReader.Refusal) in
            for (name, bytes) in files where name.hasSuffix(path) { return bytes }
            throw .notFound
        }
        let rendering = ComposeRenderer.render(
            RenderRequest(files: ["compose.yaml"], projectName: "app", profiles: ["usual"], mode: mode), reader: reader,
            sources: &sources, problems: problems, workers: workers)
        return Outcome(
            yaml: rendering?.yaml, json: rendering?.json, disabled: rendering?.disabledServices,
            used: rendering?.usedVariables, problems: problems.all.map { "\($0.range): \($0.message)" })
    }

    /// Hands the parts out from the last to the first.
    private static let backwards = Workers(count: 3) { times, body in
        for number in (0..<times).reversed() { body(number) }
    }

    private static let plain = RenderRequest.Mode.plain(
        PlainRendering(environment: ["HOME": "/h$ome", "REGISTRY": "q"], workingDirectory: "/work"))
    private static let environment = RenderRequest.Mode.environment(
        EnvironmentRendering(
            variables: ["HOME": .value("/h", .none), "REGISTRY": .secret(.none)], outputDirectory: "out"))

    @Test(arguments: [plain, environment])
    func `gives the same project as on one`(mode: RenderRequest.Mode) {
        let files = Self.project(300, withMistakes: false)
        let alone = Self.outcome(files, mode, .one)
        #expect(alone.yaml?.isEmpty == false)
        #expect(alone.disabled?.count == 60)
        #expect(Self.outcome(files, mode, Self.backwards) == alone)
    }

    @Test func `tells the same problems in the same order`() {
        let files = Self.project(300, withMistakes: true)
        let alone = Self.outcome(files, Self.plain, .one)
        #expect(alone.yaml == nil)
        #expect(alone.problems.count == 9)
        #expect(Self.outcome(files, Self.plain, Self.backwards) == alone)
    }

    @Test func `doubles each dollar once, whoever writes it`() {
        let outcome = Self.outcome(Self.project(2, withMistakes: false), Self.plain, .one)
        #expect(outcome.json?.contains(#""image": "q/app-1:$$1""#) == true)
        #expect(outcome.yaml?.contains("5$$\"\n") == true)
        #expect(outcome.json?.contains(#""HOME": "/h$$ome""#) == true)
    }
}
