import Engine
import Host
import TestSupport
import Testing

@Suite(.enabled(if: ReleaseProject.hasTools, ReleaseProject.whyNot))
struct `Releasing the worked example` {
    @Test func `a release ends with an annotated tag on origin, and can be undone on both ends`() throws {
        let project = try ReleaseProject()
        let answer = project.release("1.5.0", "--reason", "thumbnails")
        #expect(answer.status == 0, "\(answer)")
        #expect(try project.tags() == (["v1.5.0"], ["v1.5.0"]))
        #expect(try project.shell("git -C ../origin.git cat-file -t v1.5.0") == "tag\n")
        #expect(try project.shell("git -C ../origin.git rev-parse v1.5.0^{}") == project.shell("git rev-parse HEAD"))
        #expect(try project.shell("git status --porcelain").isEmpty)
        let record = try project.record()
        #expect(record.steps.map(\.id) == ["lint", "unit-tests", "integration", "staging-config", "tag"])
        #expect(record.steps.allSatisfy { $0.status == .succeeded })
        #expect(project.release("1.5.0").status == 2, "the tag is there")
        #expect(project.release("1.4.9").status == 2, "not above the last one")
        #expect(project.release("1.5").status == 2, "not a version")
        #expect(project("notes", "last").output.contains("thumbnails"))

        // What nobody has committed must survive every undo, byte for byte.
        try project.shell("echo mine >>app/main.py; echo new >untracked; echo staged >staged; git add staged")
        let before = try project.shell("git status --porcelain; git diff; git diff --cached; cat untracked")
        let undone = project("rollback", "last", "--yes")
        #expect(undone.status == 0, "\(undone)")
        #expect(try project.tags() == ([], []))
        #expect(try project.shell("git status --porcelain; git diff; git diff --cached; cat untracked") == before)
        #expect(project("rollback", "last", "--yes").status == 0)
    }

    @Test(arguments: [
        ("lint", "printf 'import os\\n' >>app/settings.py"),
        ("unit-tests", "printf 'def test_it() -> None:\\n    assert 1 == 2\\n' >tests/unit/test_more.py"),
        ("integration", "sed -i '1,/^from\\|^import/s/^\\(from\\|import\\)/raise SystemExit(3)\\n\\1/' app/main.py"),
        ("staging-config", "sed -i 's/^  LOG_LEVEL: debug/  LOG_LEVEL: trace/' environments/staging.yaml"),
    ])
    func `what is wrong stops it at that step and undoes what had started`(step: String, edit: String) throws {
        let project = try ReleaseProject()
        try project.prependStep()
        // A service that does not start would be found by the tests before; only the integration check is asked.
        if step == "integration" {
            try project.shell(
                "sed -i 's/run: ruff check ./run: \"true\"/; s/run: python -m pytest tests.unit/run: echo 1 passed/' runbooks/release.yaml"
            )
        }
        try project.commit(edit)
        let answer = project.release()
        #expect(answer.status == 1, "\(answer)")
        let record = try project.record()
        #expect(record.steps.first { $0.status == .failed }?.id == step, "\(answer)")
        #expect(record.status == .rolledBack)
        #expect(record.steps.last?.status == .pending)
        #expect(project.announced == ["began", "undone"])
        #expect(try project.tags() == ([], []))
        #expect(project("history").output.contains(record.id) || project("history").output.contains("release"))
        #expect(project("history", "log", "last", step).status == 0)
        #expect(project("rollback", "last", "--yes").status == 0)
        #expect(project.announced == ["began", "undone"])
    }

    /// Leaves only the tag step and the one in front of it, for tests that are about the tag.
    private func onlyTagging(_ project: ReleaseProject) throws {
        try project.shell(
            """
            sed -i 's/run: ruff check ./run: "true"/; s/run: python -m pytest tests.unit/run: echo 1 passed/; \
            s/run: bin.integration-check/run: echo integration check passed/' runbooks/release.yaml
            """)
    }

    @Test func `a tag that somebody pushed meanwhile stops it at the tag and stays`() throws {
        let project = try ReleaseProject()
        try onlyTagging(project)
        try project.prependStep(
            "git clone -q ../origin.git ../other && git -C ../other tag -a -m theirs v1.5.0 && git -C ../other push -q origin v1.5.0"
        )
        try project.commit("true")
        let answer = project.release()
        #expect(answer.status == 1, "\(answer)")
        let record = try project.record()
        #expect(record.steps.first { $0.status == .failed }?.id == "tag", "\(answer)")
        #expect(record.status == .rolledBack)
        #expect(project.announced == ["began", "undone"])
        #expect(try project.tags().there == ["v1.5.0"], "it is theirs")
        #expect(try project.shell("git -C ../origin.git tag -l --format='%(contents:subject)' v1.5.0") == "theirs\n")
    }

    @Test(arguments: ["here", "there"]) func `a release that stopped half way is finished by the next run`(end: String)
        throws
    {
        let project = try ReleaseProject()
        try onlyTagging(project)
        try project.commit("true")
        #expect(project.release().status == 0)
        try project.shell(end == "here" ? "git -C ../origin.git tag -d v1.5.0" : "git tag -d v1.5.0")
        #expect(try project.tags() == (end == "here" ? (["v1.5.0"], []) : ([], ["v1.5.0"])))
        let answer = project.release()
        #expect(answer.status == 0, "\(answer)")
        #expect(try project.tags() == (["v1.5.0"], ["v1.5.0"]))
    }

    @Test(arguments: [
        ("a dirty tree", "echo x >>README.md"),
        (
            "another branch",
            "git switch -qc feature; git push -qu origin feature; sed -i 's/^extends: base/&\\ngate: {branch: main}/' environments/staging.yaml; git commit -qam gate; git push -q"
        ),
        ("a tag that is there", "git tag -am x v1.5.0; git push -q origin v1.5.0"),
        ("a version not above", "git tag -am x v1.6.0; git push -q origin v1.6.0"),
        ("no origin", "git remote remove origin"),
        ("an origin that is not there", "rm -rf ../origin.git"),
        (
            "an upstream that moved",
            "git clone -q ../origin.git ../other; cd ../other; git commit -q --allow-empty -m x; git push -q"
        ),
        ("no repository", "rm -rf .git"),
    ])
    func `is refused before its first step, and nothing is written, with`(problem: String, edit: String) throws {
        let project = try ReleaseProject()
        try project.prependStep()
        try project.commit("true")
        try project.shell(edit)
        let answer = project.release()
        #expect(answer.status == 2, "\(problem): \(answer)")
        #expect(answer.error.contains("error:") && answer.error.contains("expected:"))
        #expect(project.announced.isEmpty)
        #expect(!project.hasState)
    }

    @Test func `is refused before its first step without git`() throws {
        var project = try ReleaseProject()
        try project.prependStep()
        try project.commit("true")
        try project.shell(
            "mkdir ../bin; for name in sh ruff python env; do ln -s \"$(command -v $name)\" ../bin/$name; done")
        project.rehearse.environment["PATH"] = project.scratch("bin")
        let answer = project.release()
        #expect(answer.status == 2, "\(answer)")
        #expect(answer.error.contains("git"))
        #expect(project.announced.isEmpty)
        #expect(!project.hasState)
    }
}
