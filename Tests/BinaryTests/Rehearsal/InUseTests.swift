import Host
import TestSupport
import Testing

/// `runbooks/migrate.yaml` of the worked example, against a database at the revision before.
@Suite struct `An environment that is in use` {
    /// - Parameter edit: what is committed before.
    private func project(_ edit: String = "true") throws -> ReleaseProject {
        var project = try ReleaseProject()
        // The bare python3 will do: the service itself is not started.
        project.rehearse.environment["DATABASE_URL"] = "sqlite:///\(project.scratch("staging.db"))"
        try project.shell("bin/migrate up 2; \(edit); git diff --quiet || { git commit -qam edit; git push -q; }")
        return project
    }

    @Test func `is given data first, and a way back that loses it fails`() throws {
        let project = try project(
            #"sed -i 's|run: bin/migrate down .*|run: bin/migrate down 1 \&\& bin/migrate up "$PREVIOUS_REVISION"|' runbooks/migrate.yaml"#
        )
        let rehearsed = project("run", "migrate", "-e", "staging", "--rehearsal")
        #expect(rehearsed.status == 4, "\(rehearsed)")
        // The schema is what it was, and every command has succeeded: only the data tells.
        let told = rehearsed.error.split { $0 == "\n" || $0 == " " }.joined(separator: " ")
        #expect(told.contains("`migrate`: `PREVIOUS_DATA` was jobs: "), "\(rehearsed)")
        #expect(!told.contains("`PREVIOUS_REVISION` was"), "\(rehearsed)")
        #expect(try project.shell("bin/db-revision") == "2\n")
        let gate = project("gate", "production", "--runbook", "migrate")
        #expect(gate.status == 1 && gate.output.contains("it did not hold: "), "\(gate)")
        #expect(project("run", "migrate", "-e", "staging").status == 4)
    }

    @Test func `keeps its data over a way back that is right, and what was seeded is there`() throws {
        let project = try project()
        let rehearsed = project("run", "migrate", "-e", "staging", "--rehearsal", "--twice")
        #expect(rehearsed.status == 0, "\(rehearsed)")
        #expect(try project.shell("bin/seed --check; bin/db-revision") == "3\n")
        let gate = project("gate", "production", "--runbook", "migrate")
        #expect(gate.status == 0, "\(gate)")
    }
}
