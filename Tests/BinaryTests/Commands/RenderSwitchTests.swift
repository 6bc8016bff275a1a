import Host
import TestSupport
import Testing
import YAML

/// What `render` leaves undone on request, single services, and where the result goes.
@Suite struct `The switches of render` {
    private func document(_ flags: String, _ files: CommandProject) throws -> Node {
        let answer = files.rehearse.line("render -f compose.yaml -q --format json \(flags)", in: "shop")
        #expect(answer.output == "" && answer.error == "" && answer.status == 0)
        let written = files.rehearse.line("render -f compose.yaml -q --format json \(flags) -o out.json", in: "shop")
        #expect(written.status == 0 && written.output == "" && written.error == "")
        return json(try files.folder.text(of: "shop/out.json"))
    }

    @Test func `each leaves one thing as it is`() throws {
        let files = try RenderFixture.files()
        let whole = try document("", files)
        #expect(whole["services"]?["cache"]?["build"]?["context"]?.string == files.folder("shop/cache"))
        #expect(whole["services"]?["cache"]?["environment"]?["SIZE"]?.string == "64")
        #expect(whole["networks"]?.mapping?.keys == ["default", "front"])

        let paths = try document("--no-path-resolution", files)
        #expect(paths["services"]?["cache"]?["build"]?["context"]?.string == "./cache")
        let env = try document("--no-env-resolution", files)
        #expect(env["services"]?["cache"]?["env_file"]?.sequence?.map(\.string) == [files.folder("shop/cache.env")])
        #expect(env["services"]?["cache"]?["environment"] == nil)
        let implied = try document("--no-normalize", files)
        #expect(implied["networks"]?.mapping?.keys == ["front"])
        let text = try document("--no-interpolate", files)
        #expect(text["services"]?["web"]?["image"]?.string == "registry.example.com/web:${TAG:-1.2}")
        let all = try document("--all-resources", files)
        #expect(all["networks"]?.mapping?.keys == ["default", "front", "unused"])
    }

    @Test func `checks between the parts are skipped on request`() throws {
        let files = try CommandProject(["compose.yaml": "services: {a: {image: x, networks: [nowhere]}}\n"])
        #expect(files.rehearse.line("render -f compose.yaml").status == 2)
        let answer = files.rehearse.line("render -f compose.yaml --no-consistency")
        #expect(answer.status == 0)
        #expect(answer.output.contains("nowhere: null"))
    }

    @Test func `one service comes with those that it depends on, and with its profiles`() throws {
        let files = try RenderFixture.files()
        let one = try document("--service db", files)
        #expect(one["services"]?.mapping?.keys == ["db"])
        #expect(one["networks"]?.mapping?.keys == ["front"])
        let traced = try document("--service debug", files)
        #expect(traced["services"]?.mapping?.keys == ["cache", "db", "debug", "web"])
        #expect(traced["volumes"]?.mapping?.keys == ["data", "trace"])
        let wrong = files.rehearse.line("render -f compose.yaml -q --service wbe --service nope", in: "shop")
        #expect(wrong.status == 2)
        #expect(
            wrong.error == """
                error: there is no service `wbe`
                  did you mean `web`?
                  expected: one of `cache`, `db`, or `web`
                  retry: safe, nothing was started

                error: there is no service `nope`
                  expected: one of `cache`, `db`, or `web`
                  retry: safe, nothing was started

                """)
    }

    @Test func `an environment's paths hold from the output, or everywhere on this machine when absolute`() throws {
        let project = try RenderFixture.project()
        func source(_ flags: String) -> String? {
            json(project.rehearse.line("render staging --format json \(flags)").output)["services"]?["web"]?["volumes"]?
                .sequence?.first?["source"]?.string
        }
        let root = try Files.live.resolve(project.folder.path)
        #expect(source("") == "./templates/conf")
        #expect(source("--absolute-paths") == "\(root)/templates/conf")
        try Files.live.makeDirectory(project.folder("out"), 0o755)
        let written = project.rehearse.line("render staging --absolute-paths -o out")
        #expect(written.status == 0)
        #expect(try project.folder.text(of: "out/compose.staging.yaml").contains("source: \(root)/templates/conf\n"))
    }

    @Test func `an environment's templates can be seen without their values`() throws {
        let answer = try RenderFixture.project().rehearse.line("render staging --no-interpolate")
        #expect(answer.status == 0)
        #expect(answer.output.contains("registry.example.com/web:${TAG}"))
        #expect(answer.output.contains("${REPLICAS}"))
    }

    @Test func `quietly, a file is only validated, and its warnings are left out`() throws {
        let files = try CommandProject(["compose.yaml": "services: {a: {image: \"x:${NONE}\"}}\n"])
        let loud = files.rehearse.line("render -f compose.yaml")
        #expect(loud.status == 0 && loud.error.contains("`NONE` is not set"))
        let quiet = files.rehearse.line("render -f compose.yaml -q")
        #expect(quiet.status == 0 && quiet.output == "" && quiet.error == "")
        try files.write("services: {a: {imag: x}}\n", to: "compose.yaml")
        let wrong = files.rehearse.line("render -f compose.yaml -q")
        #expect(wrong.status == 2 && wrong.output == "" && wrong.error.contains("did you mean `image`?"))
    }

    @Test func `-o writes where -C says, and a missing folder is named`() throws {
        let files = try RenderFixture.files()
        let answer = files.rehearse.line("render -f compose.yaml -q -o ./", in: "shop")
        #expect(answer.status == 0)
        #expect(try files.folder.text(of: "shop/compose.yaml").hasPrefix("name: shop\nservices:\n  cache:\n"))
        let wrong = files.rehearse.line("render -f compose.yaml -q -o nowhere/x.yaml", in: "shop")
        #expect(wrong.status == 5)
        #expect(
            wrong.error == """
                error: there is no folder \(files.folder("shop/nowhere"))
                  expected: a folder to write into
                  retry: after repair
                  next: mkdir -p \(files.folder("shop/nowhere"))

                """)
    }
}
