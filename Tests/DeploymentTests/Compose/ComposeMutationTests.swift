import Deployment
import Diagnostics
import Testing
import YAML

/// Row D14 of the faults, for templates.
@Suite struct `Surviving damaged templates` {
    @Test(arguments: 0..<100 as Range<UInt64>)
    func `a hundred damaged projects end soon, in a rendering or in errors with a place`(seed: UInt64) {
        var generator = SplitMix(state: seed)
        for round in 0..<100 {
            var files = Self.files
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                guard let path = files.keys.sorted().randomElement(using: &generator), let text = files[path] else {
                    continue
                }
                files[path] = Self.damaged(text, &generator)
            }
            let recorder = round % 4 == 0 ? RenderRecorder() : nil
            var outcome: ComposeFixture.Outcome?
            let time = ContinuousClock().measure {
                let fixture = ComposeFixture(files)
                outcome =
                    round % 2 == 0
                    ? fixture.environment(
                        values: ["TAG": "1", "N": "2"], secrets: ["PW"], digest: { _ in "x" }, recorder: recorder)
                    : fixture.plain(environment: ["TAG": "1", "N": "2"], recorder: recorder)
            }
            // Far above what a project of this size takes, also on a machine that does other things.
            #expect(time < .seconds(2))
            guard let outcome else { continue }
            #expect((outcome.rendering == nil) == outcome.diagnostics.hasErrors)
            for problem in outcome.diagnostics where !problem.range.isNone {
                let lines = outcome.sources[problem.range.file]?.lineCount ?? 0
                #expect((1...max(1, lines)).contains(problem.range.start.line), "\(problem)")
            }
            guard let rendering = outcome.rendering, let recorder else { continue }
            for path in [
                "services.web", "services.web.environment.A", "services.web.ports[target=80].published", "name",
            ] {
                let problems = Problems()
                let told = Biography.of(
                    path, in: rendering, recorder, sources: outcome.sources, command: "x", problems: problems)
                #expect((told == nil) == problems.hasErrors)
            }
        }
    }

    /// A generator whose numbers are the same everywhere.
    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static func damaged(_ text: String, _ generator: inout SplitMix) -> String {
        var scalars = Array(text.unicodeScalars)
        for _ in 0..<Int.random(in: 1...5, using: &generator) {
            if scalars.isEmpty { scalars = ["a"] }
            let place = Int.random(in: 0..<scalars.count, using: &generator)
            let token = Array((tokens.randomElement(using: &generator) ?? "").unicodeScalars)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: scalars[place] = Unicode.Scalar(UInt8.random(in: 0x20...0x7E, using: &generator))
            case 1: scalars.removeSubrange(place..<min(scalars.count, place + .random(in: 1...30, using: &generator)))
            case 2: scalars.insert(contentsOf: token, at: place)
            case 3:
                let part = Array(scalars[place..<min(scalars.count, place + .random(in: 1...120, using: &generator))])
                scalars.insert(contentsOf: part, at: .random(in: 0...scalars.count, using: &generator))
            default: scalars.replaceSubrange(place..<(place + 1), with: token)
            }
        }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars)
        return String(result)
    }

    private static let tokens = [
        "${", "$$", "${A:-", "}", "$TAG", "${PW:?x}", "!reset ", "!override ", "null", "[]", "{}", "- ", ": ", "\n",
        "  ",
        "*env", "&env ", "<<: *env\n", "extends: web\n", "include: [more.yaml]\n", "'", "\"", "80:80", "1-70000", "-1",
        "0777", "1e400", ".nan", "../../x", "/", "~", "x-", "services:", "\u{10FFF0}0\u{10FFF1}", "\u{10FFF2}/x", "|\n",
        "9999999999999999999", "#", ",", "é",
    ]

    private static let files = [
        "compose.yaml": """
        include:
          - path: [more.yaml, over.yaml]
            env_file: more.env
        x-env: &env {A: 1, B: "${TAG:-x}"}
        services:
          base: {image: "app:${TAG}", environment: *env, labels: [a=b]}
          web:
            extends: {service: base}
            environment:
              <<: *env
              URL: "db://u:${PW-none}@db"
            ports: ["8080:80", "90-92:90-92/udp", {target: 7, published: 7}]
            volumes: ["data:/d", "./s:/s:ro", {type: tmpfs, target: /t, tmpfs: {size: 1m}}]
            deploy: {replicas: "${N:-1}", resources: {limits: {cpus: "0.5", memory: 64m}}}
            depends_on: {db: {condition: service_started}}
            healthcheck: {test: "true", interval: 90s}
            networks: [front]
            build: {context: ., args: [X, Y=1]}
            command: echo "a b" $$HOME
        networks: {front: {ipam: {config: [{subnet: 10.0.0.0/24}]}}}
        volumes: {data: {}}
        """,
        "more.yaml": """
        services:
          db: {extends: {file: common.yaml, service: root}, image: "pg:${V:-1}", env_file: [more.env], secrets: [s]}
        secrets: {s: {file: ./s}}
        """,
        "over.yaml": "services: {db: {ports: !override ['1:1'], hostname: !reset null}}\n",
        "common.yaml": "services: {root: {restart: always, hostname: h, ports: ['5432:5432'], volumes: ['./x:/x']}}\n",
        "more.env": "V=16\nexport W=\"a\\n$V\"\nX='$V'\n",
    ]
}
