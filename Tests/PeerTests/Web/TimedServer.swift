import Glibc
import Host
import TestSupport
import Testing

/// `Tests/Fixtures/web/timed.py` on a port of its own, and a project whose environment `timed` is it.
final class TimedServer {
    let scratch: ScratchDirectory
    let rehearse: RehearseBinary
    let url: String
    private let program: StartedProgram

    init() throws {
        let repository = try #require(RehearseBinary.repository)
        scratch = try ScratchDirectory()
        for folder in ["environments", "runbooks"] { try Files.live.makeDirectory(scratch(folder), 0o755) }
        rehearse = RehearseBinary(in: scratch.path)
        program = try StartedProgram(
            ["sh", "-c", "exec python3 '\(repository)/Tests/Fixtures/web/timed.py' >port"], directory: scratch.path,
            environment: rehearse.environment)
        url = "http://127.0.0.1:\(try scratch.awaitFile("port"))"
        try scratch.write(
            "environment: timed\nowner: backend\nurl: \(url)\n", to: "environments/timed.yaml")
    }

    deinit { program.send(SIGTERM) }

    func measure(_ words: String...) -> RehearseBinary.Answer {
        rehearse.run([RehearseBinary.path, "check", "measure"] + words, within: .seconds(120))
    }

    /// Writes and runs a runbook; `steps` are its steps' lines.
    func run(_ name: String, _ steps: String) throws -> RehearseBinary.Answer {
        try scratch.write(
            "runbook: \(name)\ndescription: measure\nowner: backend\nsteps:\n\(steps)\n", to: "runbooks/\(name).yaml")
        return rehearse.run(
            [RehearseBinary.path, "run", name, "-e", "timed", "--on-failure", "stop"], within: .seconds(120))
    }

    /// A figure of a step of the last run.
    func metric(_ step: String, _ name: String) throws -> String {
        let shown = rehearse.run([
            "python3", "-c",
            """
            import json, subprocess, sys
            record = json.loads(subprocess.run([sys.argv[1], "history", "show", "last", "--format", "json"],
                                               capture_output=True, check=True).stdout)
            print(next(s for s in record["steps"] if s["id"] == sys.argv[2])["metrics"].get(sys.argv[3], ""))
            """, RehearseBinary.path, step, name,
        ])
        try #require(shown.status == 0, "\(shown)")
        return String(shown.output.prefix { $0 != "\n" })
    }
}
