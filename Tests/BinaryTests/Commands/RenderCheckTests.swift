import Host
import TestSupport
import Testing
import YAML

/// `render --check`: is a committed rendering still what rendering gives?
@Suite struct `Checking a rendering` {
    private let project: CommandProject

    init() throws {
        project = try RenderFixture.project()
        try Files.live.makeDirectory(project.folder("out"), 0o755)
        #expect(project.rehearse.line("render staging -o out -q").status == 0)
    }

    @Test(arguments: ["out/compose.staging.yaml", "out", "./out/"])
    func `one that holds is 0, whether the file or its folder is named`(path: String) throws {
        let before = try project.contents()
        let answer = project.rehearse.line("render staging --check \(path)")
        #expect(answer.status == 0)
        #expect(answer.output.hasSuffix("compose.staging.yaml is what rendering staging gives\n"))
        #expect(answer.error == "")
        let quiet = project.rehearse.line("render staging -q --check \(path)")
        #expect(quiet.status == 0 && quiet.output == "" && quiet.error == "")
        #expect(try project.contents() == before)
    }

    @Test func `a stale one is 1, with what has changed, where it comes from, and the command that renews it`() throws {
        try project.write(RenderFixture.environment("staging", tag: "1.4.3"), to: "environments/staging.yaml")
        let before = try project.contents()
        let answer = project.rehearse.line("render staging --check out/compose.staging.yaml")
        #expect(answer.status == 1)
        #expect(answer.output == "")
        #expect(
            answer.error == """
                error: `out/compose.staging.yaml` is stale: its inputs have changed since it was rendered
                  expected: what rendering staging gives
                  retry: after fixing what it says
                  next: rehearse render staging -o out/compose.staging.yaml

                error: `services.web.image` is not what rendering staging gives
                  --> out/compose.staging.yaml:24:12
                   |
                24 |     image: registry.example.com/web:1.4.2
                   |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ now `registry.example.com/web:1.4.3`
                  ::: templates/compose.yaml:3:12
                   |
                 3 |     image: registry.example.com/web:${TAG}
                   |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ it comes from here

                """)
        #expect(try project.contents() == before)
        #expect(project.rehearse.line("render staging -o out/compose.staging.yaml -q").status == 0)
        #expect(project.rehearse.line("render staging --check out -q").status == 0)
    }

    @Test func `files that came or went are named where the header tells`() throws {
        try project.write("services: {db: {image: postgres:17}}\n", to: "templates/newer.yaml")
        try project.write(
            RenderFixture.environment("staging", tag: "1.4.2").replacing(
                "[compose.yaml]", with: "[compose.yaml, newer.yaml]"),
            to: "environments/staging.yaml")
        let answer = project.rehearse.line("render staging --check out")
        #expect(answer.status == 1)
        #expect(
            answer.error.hasPrefix(
                "error: `out/compose.staging.yaml` is stale: its inputs have changed since it was rendered "
                    + "(`templates/newer.yaml` came since)\n"))
        #expect(answer.error.contains("::: templates/newer.yaml:1:24\n"))
    }

    @Test func `one that was edited by hand is told from a stale one`() throws {
        let text = try project.folder.text(of: "out/compose.staging.yaml")
        try project.write(
            text.replacing("postgres:16", with: "postgres:15").replacing("replicas: 2", with: "mode: global"),
            to: "out/compose.staging.yaml")
        let answer = project.rehearse.line("render staging --check out")
        #expect(answer.status == 1)
        #expect(
            answer.error.hasPrefix(
                """
                error: `out/compose.staging.yaml` was edited by hand, or rendered with other flags or another rehearse: \
                its inputs have not changed
                  expected: what rendering staging gives
                  retry: after fixing what it says
                  next: make the change where it comes from, then rehearse render staging -o out/compose.staging.yaml

                error: `services.db.image` is not what rendering staging gives

                """))
        #expect(answer.error.contains("^^^^^^^^^^^ now `postgres:16`\n"))
        #expect(answer.error.contains(" rendering does not give this\n"))
        #expect(answer.error.contains(" here it is missing: `2`\n"))
    }

    @Test func `other bytes with the same content are shown at their first line`() throws {
        let text = try project.folder.text(of: "out/compose.staging.yaml")
        try project.write(text + "# a remark\n", to: "out/compose.staging.yaml")
        let answer = project.rehearse.line("render staging --check out")
        #expect(answer.status == 1)
        #expect(answer.error.contains("| # a remark\n"))
        #expect(answer.error.contains(" the first line that is written otherwise\n"))
    }

    @Test(arguments: ["services: {}\n", "", "no: [yaml\n", "\u{FEFF}\n", "x"])
    func `one that is no rendering is told from a stale one`(text: String) throws {
        try project.write(text, to: "other.yaml")
        let answer = project.rehearse.line("render staging --check other.yaml")
        #expect(answer.status == 1)
        #expect(answer.output == "")
        #expect(
            answer.error.hasPrefix(
                "error: `other.yaml` has no header of a rendering, and is not what rendering staging gives\n"))
    }

    @Test func `one that is missing is 1, one that cannot be read is 5`() throws {
        let missing = project.rehearse.line("render production --check out --format yaml")
        #expect(missing.status == 1)
        #expect(
            missing.error == """
                error: `out/compose.production.yaml` is not there
                  expected: what rendering production gives
                  retry: after fixing what it says
                  next: rehearse render production --format yaml -o out/compose.production.yaml

                """)
        try Files.live.makeDirectory(project.folder("out/compose.production.yaml"), 0o755)
        let folder = project.rehearse.line("render production --check out")
        #expect(folder.status == 5)
        #expect(folder.output == "")
    }

    @Test func `a project that cannot be rendered is 2, whatever the file holds`() throws {
        try project.write("services: {web: {imag: x}}\n", to: "templates/compose.yaml")
        let answer = project.rehearse.line("render staging --check out")
        #expect(answer.status == 2)
        #expect(answer.error.contains("did you mean `image`?"))
    }

    @Test func `in JSON the verdict comes first, and all of it is there`() throws {
        try project.write(RenderFixture.environment("staging", tag: "1.4.3"), to: "environments/staging.yaml")
        #expect(project.rehearse.line("render staging --format json -o out/staging.json").status == 0)
        #expect(project.rehearse.line("render staging --format json --check out/staging.json").status == 0)
        try project.write(RenderFixture.environment("staging", tag: "1.4.4"), to: "environments/staging.yaml")
        let answer = project.rehearse.line("render staging --format json --check out/staging.json")
        #expect(answer.status == 1)
        let error = json(answer.error)
        #expect(error["error"]?["message"]?.string == "`out/staging.json` is not what rendering staging gives now")
        #expect(error["error"]?["next"]?.string == "rehearse render staging --format json -o out/staging.json")
        #expect(error["errors"]?.sequence?.last?["file"]?.string == "out/staging.json")
    }

    @Test func `files without a project are checked too, with the flags that they were rendered with`() throws {
        let files = try RenderFixture.files()
        #expect(files.rehearse.line("render -f compose.yaml --profile debug -q -o all.yaml", in: "shop").status == 0)
        #expect(files.rehearse.line("render -f compose.yaml --profile debug --check all.yaml", in: "shop").status == 0)
        let answer = files.rehearse.line("render -f compose.yaml -q --check all.yaml", in: "shop")
        #expect(answer.status == 1)
        #expect(
            answer.error.hasPrefix(
                """
                error: `all.yaml` is not what rendering `compose.yaml` gives now
                  expected: what rendering `compose.yaml` gives
                  retry: after fixing what it says
                  next: rehearse -C shop render -f compose.yaml -o all.yaml

                error: `services.debug` is not what rendering `compose.yaml` gives

                """))
    }
}
