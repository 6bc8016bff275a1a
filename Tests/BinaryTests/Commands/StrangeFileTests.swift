import Host
import TestSupport
import Testing
import YAML

/// What stands where a manifest should and is no ordinary file of a sensible size.
@Suite struct `Checking what is no ordinary file` {
    private static let places = ["environments/odd.yaml", "runbooks/odd.yaml", "environments/parity.yaml"]

    /// - Parameter make: a shell text that makes `$1`.
    private func expect(_ reason: String, at path: String, made make: String) throws {
        let project = try CommandProject()
        #expect(project.rehearse.run(["/bin/sh", "-euc", make, "sh", path]).status == 0)
        let answer = project.rehearse("check", "--format", "json", within: .seconds(10))
        #expect(answer.status == 2)
        #expect(answer.error == "")
        let errors = json(answer.output)["errors"]?.sequence ?? []
        #expect(errors.compactMap { $0["message"]?.string } == ["\(path) \(reason)"])
        #expect(errors.first?["file"]?.isNull == true)
    }

    @Test(arguments: places) func `a folder`(path: String) throws {
        try expect("is not a file", at: path, made: "mkdir \"$1\"")
    }

    @Test(arguments: places) func `a FIFO that nobody writes to`(path: String) throws {
        try expect("is not a file", at: path, made: "mkfifo \"$1\"")
    }

    @Test(arguments: places) func `a device behind a link`(path: String) throws {
        try expect("is outside the project", at: path, made: "ln -s /dev/zero \"$1\"")
    }

    @Test(arguments: places) func `a link that leads outside`(path: String) throws {
        try expect("is outside the project", at: path, made: "ln -s /etc/hostname \"$1\"")
    }

    @Test(arguments: places) func `a link that leads nowhere`(path: String) throws {
        try expect("is not there", at: path, made: "ln -s nowhere \"$1\"")
    }

    @Test(arguments: places) func `nine megabytes`(path: String) throws {
        try expect("is larger than 8 MiB", at: path, made: "head -c 9437184 /dev/zero | tr '\\0' '#' >\"$1\"")
    }

    @Test(arguments: places) func `a file that is not UTF-8`(path: String) throws {
        let project = try CommandProject()
        #expect(
            project.rehearse.run(["/bin/sh", "-euc", "printf 'a: b\\nc: \\377\\n' >\"$1\"", "sh", path]).status == 0)
        let answer = project.rehearse("check", "--format", "json")
        #expect(answer.status == 2)
        let error = json(answer.output)["errors"]?.sequence?.first
        #expect(error?["file"]?.string == path)
        #expect(error?["line"]?.integer == 2)
        #expect(error?["column"]?.integer == 4)
    }

    @Test func `a link inside the project is an ordinary file`() throws {
        let project = try CommandProject()
        try project.write(CommandProject.staging.replacing("staging", with: "preview"), to: "shared/preview.yaml")
        #expect(project.rehearse.run(["ln", "-s", "../shared/preview.yaml", "environments/preview.yaml"]).status == 0)
        let answer = project.rehearse("check")
        #expect(answer.status == 0)
        #expect(answer.output == "ok: 4 files checked\n")
        #expect(answer.error == "")
    }

    @Test func `names that only begin or end like a manifest's are none`() throws {
        let project = try CommandProject()
        for name in [".staging.yaml.swp", "staging.yaml~", "notes.txt", ".hidden.yaml", "staging.yaml.orig"] {
            try project.write("{{{ no YAML", to: "environments/\(name)")
            try project.write("{{{ no YAML", to: "runbooks/\(name)")
        }
        let answer = project.rehearse("check")
        #expect(answer.status == 0)
        #expect(answer.output == "ok: 3 files checked\n")
        #expect(answer.error == "")
    }
}
