import Host
import TestSupport
import Testing
import YAML

/// Rows D1 to D4, D7 and D10 of the faults, for templates and what they name.
@Suite struct `Rendering what is no ordinary template` {
    /// A file by the way it is named, and what the template says then.
    private static let places: [(path: String, template: String)] = [
        ("templates/compose.yaml", ""),
        ("templates/odd.yaml", "include: [odd.yaml]\n"),
        ("templates/odd.yaml", "services: {web: {extends: {file: odd.yaml, service: web}}}\n"),
        ("templates/odd.env", "services: {web: {image: i, env_file: odd.env}}\n"),
        ("templates/odd.env", "include: [{path: in.yaml, env_file: odd.env}]\n"),
    ]

    /// Ten levels, nine aliases in each.
    private static let bomb =
        "a0: &a0 [x]\n"
        + (1...10).map { level in
            "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ","))]\n"
        }.joined()

    private func project(_ template: String) throws -> CommandProject {
        try CommandProject([
            "environments/staging.yaml":
                "environment: staging\nowner: o\ncompose: {project: app, files: [compose.yaml]}\n",
            "templates/compose.yaml": template, "templates/in.yaml": "services: {web: {image: i}}\n",
        ])
    }

    private func expect(
        _ reason: String, _ place: Int, made make: String, _ location: SourceLocation = #_sourceLocation
    ) throws {
        let (path, template) = Self.places[place]
        let project = try project(template)
        let made = project.rehearse.run(["/bin/sh", "-euc", "rm -f \"$1\"; \(make)", "sh", path])
        #expect(made.status == 0, "\(made)", sourceLocation: location)
        let answer = project.rehearse("render", "staging", within: .seconds(10))
        #expect(answer.status == 2, "\(answer)", sourceLocation: location)
        #expect(answer.output == "", sourceLocation: location)
        #expect(answer.error.contains(reason), "\(answer)", sourceLocation: location)
    }

    @Test(arguments: places.indices) func `a folder`(place: Int) throws {
        try expect("is not a file", place, made: "mkdir \"$1\"")
    }

    @Test(arguments: places.indices) func `a FIFO that nobody writes to`(place: Int) throws {
        try expect("is not a file", place, made: "mkfifo \"$1\"")
    }

    @Test(arguments: places.indices) func `a device behind a link`(place: Int) throws {
        try expect("is outside the project", place, made: "ln -s /dev/zero \"$1\"")
    }

    @Test(arguments: places.indices) func `nine megabytes`(place: Int) throws {
        try expect("is larger than 8 MiB", place, made: "head -c 9437184 /dev/zero | tr '\\0' '#' >\"$1\"")
    }

    @Test(arguments: [0, 1, 2]) func `bytes that are not UTF-8`(place: Int) throws {
        try expect("\(Self.places[place].path):2", place, made: "printf 'a: b\\nc: \\377\\n' >\"$1\"")
    }

    @Test(
        arguments: [
            ("an alias bomb", bomb),
            ("an alias of itself", "services: &a {web: *a}\n"),
            ("deep nesting", String(repeating: "[", count: 80_000)),
            ("deep maps", String(repeating: "{a: ", count: 20_000)),
            ("a tag of another language", "services: {web: {image: !!python/object:os.system i}}\n"),
            ("a line separator", "services: {web: {image: \"i\"}}\nx-a: b\u{2028}c: d\n"),
            ("a key twice", "services: {web: {image: i, image: j}}\n"),
            ("nothing", ""),
            ("a circle of includes", "include: [compose.yaml]\n"),
            ("a circle of services", "services: {web: {extends: web}}\n"),
            ("a word", "services\n"),
        ] as [(String, String)])
    func `is refused soon`(what: String, text: String) throws {
        let project = try project(text)
        let start = ContinuousClock.now
        let answer = project.rehearse("render", "staging", within: .seconds(10))
        // The row says half a second; a loaded machine takes longer to start a program.
        #expect(ContinuousClock.now - start < .seconds(5), "\(what)")
        #expect(answer.status == 2, "\(what): \(answer)")
        #expect(answer.output == "")
        #expect(answer.error.contains("templates/compose.yaml") || text.isEmpty, "\(what): \(answer)")
    }

    @Test func `a row of includes ends at its limit`() throws {
        let project = try project("include: [i0.yaml]\n")
        for number in 0..<60 { try project.write("include: [i\(number + 1).yaml]\n", to: "templates/i\(number).yaml") }
        try project.write("services: {web: {image: i}}\n", to: "templates/i60.yaml")
        let answer = project.rehearse("render", "staging")
        #expect(answer.status == 2)
        #expect(answer.error.contains("files include each other too deeply"))
        #expect(answer.error.contains("at most 50 levels"))
    }

    @Test(arguments: ["x; touch P", "$(touch P)", "`touch P`", "-rf", "a\\nb"])
    func `a value that a shell would run is a text`(value: String) throws {
        let project = try CommandProject([
            "environments/staging.yaml":
                "environment: staging\nowner: o\ncompose: {project: app, files: [compose.yaml]}\nvalues: {V: \"\(value)\"}\n",
            "templates/compose.yaml": "services: {web: {image: i, command: [echo, \"${V}\"], labels: [\"l=${V}\"]}}\n",
        ])
        let answer = project.rehearse("render", "staging", "--format", "json")
        #expect(answer.status == 0, "\(answer)")
        let command = json(answer.output)["services"]?["web"]?["command"]?.sequence ?? []
        let arrived = command.last?.string?.replacing("$$", with: "$")
        #expect(arrived == value.replacing("\\n", with: "\n"))
        #expect(try !project.contents().keys.contains { $0.hasSuffix("P") })
    }
}
