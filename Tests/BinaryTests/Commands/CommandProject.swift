import Host
import TestSupport
import Testing
import YAML

/// A project in a folder of its own, and the built program in it.
struct CommandProject {
    let folder: ScratchDirectory
    var rehearse: HeldBinary

    /// - Parameter files: by path; folders on the way are made.
    init(_ files: [String: String] = Self.small, _ variables: [String: String] = [:]) throws {
        folder = try ScratchDirectory()
        rehearse = HeldBinary(folder: folder, binary: RehearseBinary(in: folder.path, variables))
        for (path, text) in files { try write(text, to: path) }
    }

    func write(_ text: String, to path: String) throws {
        var parent = folder.path
        for name in path.split(separator: "/").dropLast() {
            parent += "/\(name)"
            if try Files.live.status(parent) == nil { try Files.live.makeDirectory(parent, 0o755) }
        }
        try folder.write(text, to: path)
    }

    /// Everything below the folder by path: a file's text, and a word for anything else.
    func contents(of subfolder: String = "") throws -> [String: String] {
        var result: [String: String] = [:]
        for name in try Files.live.list(folder(subfolder)) {
            let path = subfolder.isEmpty ? name : "\(subfolder)/\(name)"
            switch try Files.live.status(folder(path))?.kind {
            case .directory?:
                result[path] = "<folder>"
                result.merge(try contents(of: path)) { $1 }
            case .file?: result[path] = try folder.text(of: path)
            default: result[path] = "<other>"
            }
        }
        return result
    }

    // MARK: - Files to start from

    /// Two environments that differ in one value, and a runbook of one step.
    static let small = [
        "environments/staging.yaml": staging, "environments/production.yaml": production,
        "runbooks/release.yaml": release,
    ]

    static let staging = """
        environment: staging
        owner: platform
        values: {APP_TAG: "1.4.2", REPLICAS: 1}

        """

    static let production = """
        environment: production
        owner: platform
        values: {APP_TAG: "1.4.2", REPLICAS: 4}

        """

    static let release = """
        runbook: release
        owner: release-engineering
        steps:
          - id: greet
            name: Say hello
            owner: backend
            run: echo hello
            expect: hello is said
            rollback: {none: prints only}

        """
}

/// The program, and the folder that it runs in: held for as long as it runs.
struct HeldBinary {
    let folder: ScratchDirectory
    private var binary: RehearseBinary

    init(folder: ScratchDirectory, binary: RehearseBinary) {
        self.folder = folder
        self.binary = binary
    }

    /// The whole environment of the program.
    var environment: [String: String] {
        get { binary.environment }
        set { binary.environment = newValue }
    }

    func callAsFunction(_ words: String..., within limit: Duration = .seconds(60)) -> RehearseBinary.Answer {
        run([RehearseBinary.path] + words, within: limit)
    }

    /// A command line whose words are parted by blanks and nothing else.
    func line(_ line: String) -> RehearseBinary.Answer {
        run([RehearseBinary.path] + line.split(separator: " ").map(String.init))
    }

    func run(_ command: [String], within limit: Duration = .seconds(60)) -> RehearseBinary.Answer {
        withExtendedLifetime(folder) { binary.run(command, within: limit) }
    }

    func shell(_ text: String) -> RehearseBinary.Answer { withExtendedLifetime(folder) { binary.shell(text) } }
}

/// The one JSON document of a text; records an issue when it is anything else.
func json(_ text: String, _ location: SourceLocation = #_sourceLocation) -> Node {
    do {
        return try JSONReader.read(Array(text.utf8))
    } catch {
        Issue.record("no JSON (\(error)):\n\(text)", sourceLocation: location)
        return .null
    }
}
