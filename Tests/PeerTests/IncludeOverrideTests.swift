import Host
import TestSupport
import Testing

/// The project of https://github.com/docker/compose/issues/11404 and its neighbours.
@Suite(.enabled(if: Peer.compose.isThere, Peer.compose.whyNot))
struct `An included service that is overridden` {
    private func answers(
        _ files: [String: String], _ words: [String] = [], _ variables: [String: String] = [:]
    ) throws -> (ours: RehearseBinary.Answer, theirs: RehearseBinary.Answer) {
        let folder = try ScratchDirectory()
        for (path, text) in files { try folder.write(text, to: path) }
        let rehearse = RehearseBinary(in: folder.path, variables)
        return try withExtendedLifetime(folder) {
            (
                rehearse.run([RehearseBinary.path, "render"] + words + ["--absolute-paths", "--format", "json"]),
                rehearse.run([try #require(Peer.compose.path)] + words + ["config", "--format", "json"])
            )
        }
    }

    private static let included = "services: {postgres: {image: postgres, environment: [A=1]}}\n"
    private static let override = "services: {postgres: {ports: ['5432:5432'], environment: {A: 2}}}\n"

    @Test(arguments: [[], ["-f", "compose.yml", "-f", "compose.override.yml"]])
    func `in the override file of the project`(words: [String]) throws {
        let (ours, theirs) = try answers(
            [
                "postgresql.yml": Self.included, "compose.yml": "include: [postgresql.yml]\n",
                "compose.override.yml": Self.override,
            ], words)
        #expect(theirs.status == 0, "\(theirs)")
        #expect(ours.output == theirs.output + "\n", "\(ours)")
    }

    @Test func `in a further path of its include`() throws {
        let (ours, theirs) = try answers([
            "postgresql.yml": Self.included, "over.yml": Self.override,
            "compose.yml": "include: [{path: [postgresql.yml, over.yml]}]\n",
        ])
        #expect(theirs.status == 0, "\(theirs)")
        #expect(ours.output == theirs.output + "\n", "\(ours)")
    }

    @Test func `in the file that includes it is refused by both, here with the rule`() throws {
        let (ours, theirs) = try answers([
            "postgresql.yml": Self.included, "compose.yml": "include: [postgresql.yml]\n" + Self.override,
        ])
        #expect(theirs.status != 0 && theirs.error.contains("conflicts with imported resource"), "\(theirs)")
        #expect(ours.status == 2)
        #expect(ours.error.contains("`services.postgres` is there already and cannot be included"))
        #expect(ours.error.contains("what is included can only be changed by a further `path` of its `include`"))
    }

    // MARK: - The dollar

    @Test(arguments: [
        "a$", "5$ off", "${HOME}", "$$", "P@$$w0rd", "secret$HOME", "secret$abc", "$(touch P)", "`touch P`",
    ])
    func `a dollar of the process environment arrives as it is`(value: String) throws {
        let compose = [
            "compose.yml": "name: app\nservices: {web: {image: i, environment: {A: \"${V}\"}, labels: [\"l=$$V\"]}}\n"
        ]
        let variables = ["V": value, "HOME": "/tmp"]
        let (ours, theirs) = try answers(compose, [], variables)
        #expect(ours.output == theirs.output + "\n", "\(ours)")
        // What we write is what Compose reads back, whatever is set then.
        let again = try roundTrip(compose, variables)
        #expect(!again.yaml.isEmpty)
        #expect(again.json == theirs.output)
    }

    @Test(arguments: ["a$", "P@$$w0rd", "secret$HOME", "secret$abc", "'secret$abc'", "\"x\\$y\""])
    func `a dollar of an env file is read alike`(value: String) throws {
        let (ours, theirs) = try answers(
            [
                "compose.yml": "name: app\nservices: {web: {image: i, env_file: .env, labels: [\"l=$V\"]}}\n",
                ".env": "V=\(value)\n",
            ],
            [], ["HOME": "/tmp"])
        #expect(theirs.status == 0, "\(theirs)")
        #expect(ours.output == theirs.output + "\n", "\(ours)")
    }

    /// What docker compose makes of our YAML, without the variables.
    private func roundTrip(
        _ files: [String: String], _ variables: [String: String]
    ) throws -> (json: String, yaml: String) {
        let folder = try ScratchDirectory()
        for (path, text) in files { try folder.write(text, to: path) }
        return try withExtendedLifetime(folder) {
            let yaml = RehearseBinary(in: folder.path, variables)("render").output
            try folder.write(yaml, to: "out.yml")
            let bare = RehearseBinary(in: folder.path, ["HOME": "/other"])
            let answer = bare.run([try #require(Peer.compose.path), "-f", "out.yml", "config", "--format", "json"])
            return (answer.output, yaml)
        }
    }
}
