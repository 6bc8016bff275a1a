import Host
import TestSupport
import Testing
import YAML

/// RELIABILITY section 3, rows D1 to D14, through the program. The library's own tests are in `YAMLTests`.
@Suite struct `Faults of the files that people write` {
    /// What `check` says of a project with one more file.
    private func check(_ bytes: [UInt8], _ path: String = "environments/odd.yaml") throws -> (
        FaultProject, RehearseBinary.Answer
    ) {
        let project = try FaultProject([FaultStep.traced("one")])
        try Files.live.replace(project.scratch(path), bytes, 0o644)
        return (project, project("check"))
    }

    /// It is refused, with its place.
    private func expectRefused(_ text: String, _ words: String..., at place: String = "environments/odd.yaml:") throws {
        let (project, answer) = try check(Array(text.utf8))
        #expect(answer.status == 2, "\(answer)")
        for word in words + [place] {
            #expect(answer.output.contains(word) || answer.error.contains(word), "\(answer)")
        }
        let run = project("run", "work", "-e", "odd")
        #expect(run.status == 2, "\(run)")
        #expect(project.trace.isEmpty)
        project.holdInvariants()
    }

    @Test func `D1: an alias bomb`() throws {
        var text = "environment: odd\nx-a: &a [x,x,x,x,x,x,x,x,x]\n"
        for (name, below) in zip("bcdefghij", "abcdefghi") {
            text += "x-\(name): &\(name) [\(Array(repeating: "*\(below)", count: 9).joined(separator: ","))]\n"
        }
        try expectRefused(text, "aliases")
    }

    @Test(arguments: ["x-a: &a [*a]", "x-a: *unknown"]) func `D2: an alias that leads nowhere or to itself`(
        line: String
    ) throws {
        try expectRefused("environment: odd\n\(line)\n", at: "environments/odd.yaml:2:")
    }

    @Test(arguments: ["[", "{", "- ", "[? "]) func `D3: 80 KB of brackets`(opening: String) throws {
        try expectRefused(String(repeating: opening, count: 80_000 / opening.utf8.count), "128")
    }

    @Test(arguments: ["head -c 50000000 /dev/zero >$1", "ln -s /dev/zero $1", "mkfifo $1", "mkdir $1"])
    func `D4: no file of a sensible size`(make: String) throws {
        let project = try FaultProject([FaultStep.traced("one")])
        #expect(project.shell("set -- environments/odd.yaml; \(make)").status == 0)
        #expect(project("check").status == 2)
        #expect(project("run", "work", "-e", "odd").status == 2)
        project.holdInvariants()
    }

    @Test(arguments: ["owner: a\nowner: b", "owner: a\n\"owner\": b", "x-a: &a {b: 1}\nx-b: {<<: *a, <<: *a}"])
    func `D5: a key twice`(lines: String) throws {
        try expectRefused("environment: odd\n\(lines)\n")
    }

    @Test func `D6: scalars that other readers take for something else`() throws {
        let scalars = ["no", "on", "y", "012", "0o14", "1:30", "1e3", "1_000", "~x", "=", "22:22", "0x1F", "1.10"]
        let lines = scalars.enumerated().map { "  V\($0): \"\($1)\"\n" }.joined()
        let project = try FaultProject([FaultStep.make("one", "env | grep '^V[0-9]*=' | sort -V >values")])
        try project.scratch.write(
            "environment: test\nowner: tester\nsecrets: {CANARY: {env: CANARY_SOURCE}}\nvalues:\n\(lines)",
            to: "environments/test.yaml")
        #expect(project.run().status == 0)
        #expect(
            try project.scratch.text(of: "values") == scalars.enumerated().map { "V\($0)=\($1)\n" }.joined())
        project.holdInvariants()
    }

    @Test(arguments: [[0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0x00], [0x1B]] as [[UInt8]])
    func `D7: bytes that are no text`(bytes: [UInt8]) throws {
        let (project, answer) = try check(Array("environment: odd\nowner: ".utf8) + bytes + [0x0A])
        #expect(answer.status == 2, "\(answer)")
        #expect((answer.output + answer.error).contains("environments/odd.yaml:2:"), "\(answer)")
        #expect(!(answer.output + answer.error).contains("\u{1B}"))
        project.holdInvariants()
    }

    @Test(arguments: ["\u{2028}", "\u{85}", "\u{2029}"]) func `D8: line breaks that are none`(mark: String) throws {
        try expectRefused("environment: odd\nowner: a\(mark)url: http://b\n", at: "environments/odd.yaml:2:")
    }

    @Test(arguments: [[0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]]) func `D8: UTF-16`(mark: [UInt8]) throws {
        let text = Array("environment: odd\n".utf8).flatMap { mark[0] == 0xFF ? [$0, 0] : [0, $0] }
        let (project, answer) = try check(mark + text)
        #expect(answer.status == 2, "\(answer)")
        project.holdInvariants()
    }

    @Test func `D8: a byte order mark, CRLF and tabs between words change nothing`() throws {
        let text = "\u{FEFF}environment: odd\r\nowner:\ttester\r\n"
        let (project, answer) = try check(Array(text.utf8))
        #expect(answer.status == 0, "\(answer)")
        project.holdInvariants()
    }

    @Test(arguments: ["owner: !!python/object:os.system x", "owner: !x y", "--- \nowner: a\n---\nowner: b"])
    func `D9: tags and several documents`(lines: String) throws {
        try expectRefused(lines.hasPrefix("---") ? lines : "environment: odd\n\(lines)\n")
    }

    @Test func `D9: a YAML version of the future`() throws { try expectRefused("%YAML 3.0\n---\nenvironment: odd\n") }

    @Test(
        .enabled(if: Tool.strace, "strace cannot trace here"),
        arguments: ["../secret.yaml", "/etc/hostname", "link.yaml"])
    func `D10: an include that leads out of the project`(path: String) throws {
        let project = try FaultProject(
            [FaultStep.traced("one")], environment: "compose: {project: p, files: [compose.yaml]}")
        let outside = try ScratchDirectory()
        try outside.write("services: {x: {image: leaked}}\n", to: "secret.yaml")
        try Files.live.makeDirectory(project.scratch("templates"), 0o755)
        #expect(project.shell("ln -s \(outside("secret.yaml")) templates/link.yaml").status == 0)
        let target = path.hasPrefix("..") ? "../../\(outside.path.split(separator: "/").last ?? "")/secret.yaml" : path
        try project.scratch.write("include: [\(target)]\nservices: {}\n", to: "templates/compose.yaml")
        let log = try ScratchDirectory()
        let answer = project.run(through: ["strace", "-f", "-o", log("calls"), "-e", "trace=openat,openat2,open"])
        #expect(answer.status == 2, "\(answer)")
        #expect(!answer.error.contains("leaked"))
        #expect(try !log.text(of: "calls").contains("secret.yaml\", O_RDONLY|O_NOCTTY"), "nothing outside is read")
        #expect(project.trace.isEmpty)
        project.holdInvariants()
    }

    @Test func `D11: values that a shell would obey`() throws {
        let values = ["x; touch P", "$(touch P)", "`touch P`", "-rf /", "a\nb", "'", "\"", "${HOME}x"]
        for value in values {
            let project = try FaultProject(
                [FaultStep.make("one", "printf %s \"$INPUT\" >got", undo: "printf %s \"$INPUT\" >undone")],
                head: "inputs:\n  INPUT: {description: Any, required: true}")
            #expect(project.run("--input", "INPUT=\(value)").status == 0)
            #expect(project.rollback().status == 0)
            for file in ["got", "undone"] { #expect(try project.scratch.text(of: file) == value) }
            #expect(try Files.live.status(project.scratch("P")) == nil)
            project.holdInvariants()
        }
    }

    @Test func `D12: a dollar in a template stays a dollar`() throws {
        let project = try FaultProject(
            [FaultStep.traced("one")],
            environment: "compose: {project: p, files: [compose.yaml]}\nvalues: {PLAIN: plain}")
        try Files.live.makeDirectory(project.scratch("templates"), 0o755)
        try project.scratch.write(
            "services: {x: {image: \"i:${PLAIN}\", command: [\"$$HOME\", \"$${A}\", \"$$$$\"]}}\n",
            to: "templates/compose.yaml")
        let answer = project("render", "test")
        #expect(answer.status == 0, "\(answer)")
        for text in ["$$HOME", "$${A}", "$$$$", "i:plain"] { #expect(answer.output.contains(text), "\(answer)") }
        project.holdInvariants()
    }

    @Test func `D13: several mistakes at once`() throws {
        let project = try FaultProject([FaultStep.traced("one")])
        try project.scratch.write(
            """
            runbook: work
            owner: tester
            steps:
              - {id: one, name: One, owner: t, expect: e, run: [echo, 1], rolback: x}
              - {id: two, name: 2, owner: t, expect: e, run: 7, rollback: x, timeout: soon}

            """, to: "runbooks/work.yaml")
        let answer = project.run()
        #expect(answer.status == 2)
        for word in ["rolback", "did you mean `rollback`", "timeout", "work.yaml:4:", "work.yaml:5:"] {
            #expect(answer.error.contains(word), "\(word): \(answer)")
        }
        try project.scratch.write("", to: "runbooks/work.yaml")
        #expect(project.run().status == 2)
        #expect(project.trace.isEmpty)
        project.holdInvariants()
    }

    /// `REHEARSE_MUTANTS=N` tries so many; `make faults` tries 10,000.
    private static let hundreds: Range<UInt64> = {
        let asked = Host.live().surroundings.variables["REHEARSE_MUTANTS"].flatMap { UInt64($0) }
        return 0..<max(1, (asked ?? 2_000) / 100)
    }()

    @Test(arguments: hundreds) func `D14: mutated manifests`(seed: UInt64) throws {
        let project = try FaultProject([FaultStep.traced("one")], ceiling: .seconds(60))
        let sources = try ["environments/test.yaml", "runbooks/work.yaml"].map {
            Array(try project.scratch.text(of: $0).utf8)
        }
        var numbers = SeededNumbers(seed: seed)
        // A hundred at once: each is read, whatever the others are.
        for index in 0..<100 {
            var bytes = sources[index % 2]
            for _ in 0..<Int.random(in: 1...6, using: &numbers) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &numbers)
                switch Int.random(in: 0..<4, using: &numbers) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &numbers)
                case 1: bytes.remove(at: place)
                case 2:
                    bytes.insert(Array("{}[]:-&*!|>'\"%@`#, \n\t".utf8).randomElement(using: &numbers) ?? 0, at: place)
                default: bytes.replaceSubrange(place..., with: bytes.prefix(place))
                }
            }
            try Files.live.replace(
                project.scratch("\(index % 2 == 0 ? "environments" : "runbooks")/m\(index).yaml"), bytes, 0o644)
        }
        let answer = project("check")
        #expect([0, 2].contains(answer.status), "seed \(seed): \(answer)")
        project.holdInvariants()
    }

    @Test func `D14: the runbook is edited while a run is going on`() throws {
        let project = try FaultProject([
            FaultStep.make(
                "one", "trace one; sed 's/trace two/trace bad/' runbooks/work.yaml >new; mv new runbooks/work.yaml"),
            FaultStep.traced("two"),
        ])
        #expect(project.run().status == 0)
        #expect(project.trace == ["one", "two"])
        project.holdInvariants()
    }
}
