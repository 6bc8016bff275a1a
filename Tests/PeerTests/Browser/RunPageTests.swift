import Host
import TestSupport
import Testing
import YAML

/// The report on a run as a page, opened in a browser and used as its readers use it.
@Suite(.enabled(if: Chromium.isThere, Chromium.whyNot)) struct `A run's report in a browser` {
    private func report() throws -> Node {
        let scratch = try ScratchDirectory()
        defer { withExtendedLifetime(scratch) {} }
        let rehearse = RehearseBinary(in: scratch.path)
        for folder in ["environments", "runbooks", "shots"] { try Files.live.makeDirectory(scratch(folder), 0o755) }
        try scratch.write(
            "environment: staging\nowner: platform\nvalues: {A: b}\n", to: "environments/staging.yaml")
        let steps = ["lint", "migrate", "deploy"].map { name in
            """
              - id: \(name)
                name: Do what \(name) does
                owner: \(name == "migrate" ? "data" : "backend")
                run: echo "<script>document.title='owned'</script>"; seq 3000; \(name == "deploy" ? "exit 3" : "true")
                expect: all is well
                rollback: echo undone \(String(repeating: "long-word-", count: 30))

            """
        }
        try scratch.write("runbook: release\nowner: x\nsteps:\n" + steps.joined(), to: "runbooks/release.yaml")
        let run = rehearse("run", "release", "-e", "staging", "--on-failure", "rollback", "--no-input")
        try #require(run.status == 1, "\(run)")
        let written = rehearse("report", "last", "--format", "html", "-o", "page.html")
        try #require(written.status == 0, "\(written)")
        return try Chromium.report(
            on: scratch("page.html"), hiding: "ok", searching: ["migrate data", "exit 3", "no such thing"],
            shots: scratch("shots"))
    }

    private func paths(_ state: Node?) -> [String] { state?["paths"]?.sequence?.compactMap(\.string) ?? [] }

    @Test func `it is searched, filtered and folded, fits, follows the scheme, and loads nothing`() throws {
        let found = try report()
        Chromium.expectSound(found)
        let states = found["states"]
        #expect(paths(states?["1200 light"]) == ["lint", "migrate", "deploy", "deploy", "migrate", "lint"])
        // Its step, and its undo.
        #expect(paths(states?["migrate data"]) == ["migrate", "migrate"])
        #expect(paths(states?["exit 3"]) == ["deploy"])
        #expect(paths(states?["no such thing"]) == [])
        #expect(paths(states?["filtered"]) == ["deploy", "deploy", "migrate", "lint"])
        #expect(paths(states?["folded"]) == [])
        #expect(states?["opened"]?["title"]?.string == "release on staging")
    }
}
