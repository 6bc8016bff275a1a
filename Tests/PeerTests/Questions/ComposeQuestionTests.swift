import Host
import TestSupport
import Testing

@Suite(.enabled(if: Peer.compose.isThere, Peer.compose.whyNot))
struct `Asked beside docker compose config` {
    /// What both print a name, or a document that has no order, for. Compose prints most of it in random order.
    private static let questions = [
        "--services", "--images", "--networks", "--volumes", "--models", "--profiles", "--variables",
        "--variables --format json", "--environment", "--hash *", "--hash * --no-path-resolution",
        "--hash * --no-normalize", "--hash nobody", "--services --no-interpolate", "--services --format json", "-q",
    ]

    @Test(arguments: QuestionProject.all, questions)
    func `the answer is the same`(project: QuestionProject, question: String) throws {
        let asked = try Asked(project)
        let theirs = asked.compose(question.words)
        let ours = asked.rehearse(question.words.map { $0 == "--environment" ? "--print-environment" : $0 })
        #expect((ours.status == 0) == (theirs.status == 0), "\(theirs)\n\(ours)")
        if theirs.status == 0 { #expect(ours.output.sortedLines == theirs.output.sortedLines) }
    }

    /// Compose takes services as words, and enables what is named.
    @Test(arguments: ["web", "debug", "trace", "api cache", "nobody"])
    func `single services come with the same others`(services: String) throws {
        let asked = try Asked(try #require(QuestionProject.all.first { $0.name == "profiles and dependencies" }))
        let theirs = asked.compose(["--format", "json"] + services.words)
        let ours = asked.rehearse(["--format", "json"] + services.words.flatMap { ["--service", $0] })
        #expect((ours.status == 0) == (theirs.status == 0), "\(theirs)\n\(ours)")
        if theirs.status == 0 { #expect(ours.output == theirs.output + "\n") }
    }

    @Test(arguments: QuestionProject.all, ["debug", "*"])
    func `profiles are enabled alike`(project: QuestionProject, profile: String) throws {
        let asked = try Asked(project)
        let theirs = asked.compose(["--images"], before: ["--profile", profile])
        let ours = asked.rehearse(["--images", "--profile", profile])
        #expect((ours.status == 0) == (theirs.status == 0), "\(theirs)\n\(ours)")
        if theirs.status == 0 { #expect(ours.output.sortedLines == theirs.output.sortedLines) }
    }

    @Test(arguments: ["linux/arm64", "linux/s390x"])
    func `the default platform counts in a hash`(platform: String) throws {
        var asked = try Asked(try #require(QuestionProject.all.first { $0.name == "built services" }))
        asked.binary.environment["DOCKER_DEFAULT_PLATFORM"] = platform
        let theirs = asked.compose(["--hash", "*"])
        let ours = asked.rehearse(["--hash", "*"])
        #expect((ours.status == 0) == (theirs.status == 0), "\(theirs)\n\(ours)")
        if theirs.status == 0 { #expect(ours.output == theirs.output) }
    }

    /// A project in a folder of its own, to be asked from there.
    private struct Asked {
        let folder: ScratchDirectory
        var binary: RehearseBinary

        init(_ project: QuestionProject) throws {
            folder = try ScratchDirectory()
            for (path, text) in project.files {
                if let slash = path.lastIndex(of: "/") {
                    let parent = folder(String(path[..<slash]))
                    if try Files.live.status(parent) == nil { try Files.live.makeDirectory(parent, 0o755) }
                }
                try folder.write(text, to: path)
            }
            binary = RehearseBinary(
                in: folder.path,
                ["E": "e", "F": "f", "A4": "a", "C": "set", "NAME": "named", "SECRET": "s", "PWD": folder.path])
        }

        func compose(_ words: [String], before: [String] = []) -> RehearseBinary.Answer {
            withExtendedLifetime(folder) {
                binary.run([Peer.compose.path ?? "", "-f", "compose.yaml"] + before + ["config"] + words)
            }
        }

        func rehearse(_ words: [String]) -> RehearseBinary.Answer {
            withExtendedLifetime(folder) {
                binary.run([RehearseBinary.path, "render", "-f", "compose.yaml"] + words)
            }
        }
    }
}

extension String {
    fileprivate var words: [String] { split(separator: " ").map(String.init) }
    fileprivate var sortedLines: [Substring] { split(separator: "\n").sorted() }
}
