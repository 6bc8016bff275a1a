import Host
import TestSupport
import Testing
import YAML

@Suite struct `Only the drift that a change brings` {
    /// `main` has old drift: staging has another number of workers.
    private func repository() throws -> ParityProject {
        let repository = try ParityProject()
        try repository.edit("environments/staging.yaml", "WORKERS: 4", "WORKERS: 2")
        try repository.commit("old drift")
        try repository.git("switch", "--quiet", "--create", "change")
        return repository
    }

    @Test func `old drift is counted and not told`() throws {
        let repository = try repository()
        let answer = repository.rehearse("diff", "staging", "production", "--since", "main")
        #expect(answer.status == 0, "\(answer)")
        #expect(answer.output.hasPrefix("staging and production: no drift, 1 known before, "))
        #expect(!answer.output.contains("WORKERS"))
        #expect(repository.rehearse("diff", "staging", "production").status == 1)
    }

    @Test func `new drift is told, and old drift with other values is new`() throws {
        let repository = try repository()
        try repository.edit("environments/staging.yaml", "\"1.4.2\"", "\"1.5.0\"")
        let words = ["staging", "production", "--since", "main"]
        #expect(
            try repository.open(words[0], words[1], words[2], words[3])
                == ["compose.services.web.image", "values.APP_TAG"])
        try repository.edit("environments/staging.yaml", "WORKERS: 2", "WORKERS: 3")
        #expect(try repository.open(words[0], words[1], words[2], words[3]).contains("values.WORKERS"))
    }

    @Test func `what a change stops accepting is drift that it brings`() throws {
        let repository = try repository()
        try repository.edit("environments/parity.yaml", "path: values.REPLICAS", "path: values.OTHER")
        #expect(
            try repository.open("staging", "production", "--since", "main") == ["values.REPLICAS"])
    }

    @Test func `what was not there, or was not valid, makes all drift new`() throws {
        let repository = try repository()
        try repository.project.write(
            ParityProject.staging.replacing("staging", with: "canary").replacing("WORKERS: 4", with: "WORKERS: 1"),
            to: "environments/canary.yaml")
        let answer = repository.rehearse("diff", "canary", "production", "--since", "main")
        #expect(answer.status == 1)
        #expect(answer.output.contains("drift     ~ WORKERS"))
        #expect(
            answer.error.hasPrefix(
                "warning: `canary` cannot be read at `main`: there is no environment `canary` at `main`; all drift"),
            "\(answer.error)")
    }

    @Test func `files of the repository are compared with themselves then`() throws {
        let repository = try ParityProject(["a.yaml": "x: 1\ny: 1\n", "b.yaml": "x: 2\ny: 1\n"])
        #expect(repository.rehearse("diff", "a.yaml", "b.yaml", "--since", "HEAD").status == 0)
        try repository.edit("b.yaml", "y: 1", "y: 3")
        #expect(try repository.open("a.yaml", "b.yaml", "--since", "HEAD") == ["y"])
    }
}
