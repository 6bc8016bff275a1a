import Engine
import Host
import TestSupport
import Testing
import YAML

@Suite struct `A tag in a rehearsal` {
    private func project() throws -> GatedProject {
        let project = try GatedProject()
        try project.scratch.write(
            """
            runbook: release
            owner: platform
            inputs:
              VERSION: {description: The version, required: true}
            steps:
              - id: note
                name: Note it
                owner: platform
                run: echo "$VERSION" >>../world/releases
                expect: it is noted
                rollback: sed -i '$d' ../world/releases
              - id: tag
                name: Tag it
                owner: platform
                tag: {name: "v${VERSION}", message: a release, push: origin}
                expect: the tag is on origin

            """, to: "app/runbooks/release.yaml")
        try project.shell(
            """
            git init -q --bare -b main ../origin.git; git remote add origin ../origin.git
            git add -A; git commit -qm release; git push -q -u origin main
            """)
        return project
    }

    private func rehearsal(_ project: GatedProject, _ version: String) -> RehearseBinary.Answer {
        project("run", "release", "-e", "staging", "--rehearsal", "--input", "VERSION=\(version)")
    }

    @Test func `is not published, and that it could be made is checked before the first step`() throws {
        let project = try project()
        let answer = rehearsal(project, "1.5.0")
        #expect(answer.status == 0, "\(answer)")
        #expect(try project.shell("git tag --list; git ls-remote --tags origin") == "")
        let rehearsed = try #require(try project.record().rehearsed)
        #expect(rehearsed.held)
        #expect(rehearsed.notRehearsed.map(\.id) == ["tag"])
        #expect(rehearsed.notRehearsed.first?.why.hasPrefix("a rehearsal publishes nothing") == true)
        // The gate lists it, and opens.
        let gate = project("gate", "production", "--runbook", "release")
        #expect(gate.status == 0, "\(gate)")
        #expect(gate.output.contains("not rehearsed: `tag`"))
    }

    @Test func `that could not be made stops the rehearsal before it begins`() throws {
        let project = try project()
        try project.shell("git tag -a -m other v1.5.0 HEAD^; git push -q origin v1.5.0")
        let answer = rehearsal(project, "1.5.0")
        #expect(answer.status == 2, "\(answer)")
        #expect(try Files.live.status(project.scratch("world/releases")) == nil)
    }

    @Test func `of a rehearsal with another input is told at the gate`() throws {
        let project = try project()
        #expect(rehearsal(project, "1.5.0").status == 0)
        let run = project("run", "release", "-e", "production", "--input", "VERSION=1.6.0")
        #expect(run.status == 0, "\(run)")
        let found = try project.record().gate?.first?.found ?? ""
        #expect(found.contains("with other inputs: VERSION=1.5.0 then, VERSION=1.6.0 now"), "\(found)")
    }
}
