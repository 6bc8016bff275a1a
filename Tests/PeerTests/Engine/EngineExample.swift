import Host
import TestSupport
import Testing

/// The worked example as a team has it, with its image on the engine, which has no registry to ask.
struct EngineExample {
    let engine: Engine
    let scratch: ScratchDirectory
    /// The team's repository.
    let folder: String
    /// What a host has in its environment for the containers.
    let variables = [
        "DATABASE_URL": "sqlite:////data/uploads.db", "SESSION_SECRET": "only for tests, and long enough for them",
        "CI": "true",
    ]

    init() throws {
        engine = try #require(Engine.shared)
        scratch = try ScratchDirectory()
        folder = scratch("uploads")
        let repository = try #require(RehearseBinary.repository)
        let laidOut = engine.run(["\(repository)/.ci/example", scratch.path], in: scratch.path)
        try #require(laidOut.status == 0, "\(laidOut)")
        // The Dockerfile's first line, answered with what `.ci/engine-image` made.
        try engine.loadBase()
        try shell("docker build --quiet --tag registry.example.com/uploads:1.4.2 .")
    }

    /// Runs a shell text in the repository; `$REHEARSE` is the program.
    ///
    /// - Returns: what it printed on standard output.
    @discardableResult
    func shell(_ text: String, within limit: Duration = .seconds(90)) throws -> String {
        let answer = engine.shell(
            text, in: folder, variables.merging(["REHEARSE": RehearseBinary.path]) { $1 }, within: limit)
        try #require(answer.status == 0, "\(text)\n\(answer)")
        return answer.output
    }

    func cleanUp() { engine.cleanUp() }
}
