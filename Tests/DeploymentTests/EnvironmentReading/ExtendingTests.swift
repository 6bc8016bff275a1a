import Deployment
import TestSupport
import Testing
import YAML

@Suite struct `Extending an environment` {
    private static let base = """
        environment: base
        owner: platform
        url: http://127.0.0.1:8000
        values: {APP_TAG: "1.10", REPLICAS: 1}
        secrets: {TOKEN: {env: TOKEN}, OTHER: {env: OTHER}}
        config: {uploads: {max_bytes: 10, accept: [a, b]}, log: info}
        jobs: [{name: queue, owner: backend, run: 'true'}]
        gate: {branch: main, clean: true}
        """

    private func production(_ text: String) throws -> EnvironmentManifest {
        let files = ManifestFiles([
            "environments/base.yaml": Self.base,
            "environments/production.yaml": "environment: production\nextends: base\n\(text)",
        ])
        let (manifest, said) = files.environment("production")
        #expect(said == [])
        return try #require(manifest)
    }

    @Test func `what is not said is inherited`() throws {
        let manifest = try production("")
        #expect(manifest.name.text == "production")
        #expect(manifest.parent == "base")
        #expect(manifest.owner == "platform")
        #expect(manifest.url == "http://127.0.0.1:8000")
        #expect(manifest.variables == ["APP_TAG": "1.10", "REPLICAS": "1"])
        #expect(manifest.jobs.map(\.name) == ["queue"])
        #expect(manifest.gate.branch == "main")
        #expect(manifest.files == ["environments/production.yaml", "environments/base.yaml"])
    }

    @Test func `maps merge deeply, lists and scalars replace`() throws {
        let manifest = try production(
            """
            values: {REPLICAS: 4, NEW: x}
            config: {uploads: {accept: [c]}}
            jobs: []
            gate: {clean: false}
            """)
        #expect(manifest.variables == ["APP_TAG": "1.10", "REPLICAS": "4", "NEW": "x"])
        #expect(manifest.config?["uploads"]?["accept"]?.sequence?.compactMap(\.string) == ["c"])
        #expect(manifest.config?["uploads"]?["max_bytes"]?.integer == 10)
        #expect(manifest.config?["log"]?.string == "info")
        #expect(manifest.jobs == [])
        #expect(manifest.gate.branch == "main")
        #expect(!manifest.gate.requiresCleanTree)
    }

    /// Merged like other maps it would have two sources, which mean nothing.
    @Test func `a secret's source is replaced as a whole`() throws {
        let manifest = try production("secrets: {TOKEN: {file: /run/token}}")
        #expect(manifest.secret("TOKEN")?.source == .file("/run/token"))
        #expect(manifest.secret("OTHER")?.source == .variable("OTHER"))
    }

    @Test func `a mistake in the parent is told where it stands`() {
        let files = ManifestFiles([
            "environments/base.yaml": "environment: base\n1️⃣vaules: {}\nurl: 2️⃣nowhere\n",
            "environments/production.yaml": "environment: production\nextends: base\n3️⃣ownr: me\n",
        ])
        let (manifest, said) = files.environment("production")
        #expect(manifest == nil)
        #expect(said == ["3️⃣ unknown key `ownr`", "1️⃣ unknown key `vaules`", "2️⃣ `url` cannot be `nowhere`"])
    }

    @Test func `a chain ends after sixteen`() {
        let files = (0...16).map { number in
            (
                "environments/e\(number).yaml",
                "environment: e\(number)\n"
                    + (number == 16 ? "" : "extends: \(number == 15 ? "1️⃣" : "")e\(number + 1)\n")
            )
        }
        let all = ManifestFiles(Dictionary(uniqueKeysWithValues: files))
        #expect(all.environment("e1").said == [])
        #expect(all.environment("e0").said == ["1️⃣ `extends` goes on for too long"])
    }
}

@Suite struct `Reading an environment` {
    @Test func `values keep their spelling`() throws {
        let files = ManifestFiles([
            "environments/a.yaml": """
            environment: a
            values: {TEXT: "1.10", NUMBER: 1.10, NO: no, YES: true, OCTAL: 0755, HEX: 0x1F, EMPTY: "", BIG: 12345678901234567890}
            """
        ])
        let (manifest, said) = files.environment("a")
        #expect(said == [])
        #expect(
            manifest?.variables == [
                "TEXT": "1.10", "NUMBER": "1.10", "NO": "no", "YES": "true", "OCTAL": "0755", "HEX": "0x1F",
                "EMPTY": "",
                "BIG": "12345678901234567890",
            ])
    }

    @Test(arguments: ["a", "staging-2", "v1.2", "A_b", String(repeating: "x", count: 64)])
    func `a name of letters, digits and three signs is one`(name: String) {
        #expect(EnvironmentName(name)?.text == name)
    }

    @Test(arguments: [
        "", ".", "..", "-a", "_a", "a b", "a/b", "../a", "a..b", "é", "a\n", "a.lock",
        String(repeating: "x", count: 65),
    ])
    func `what could not be part of a path or a git ref is no name`(name: String) {
        #expect(EnvironmentName(name) == nil)
    }

    @Test func `keys that begin with x- are the team's own, anywhere`() throws {
        let files = ManifestFiles([
            "environments/a.yaml": """
            environment: a
            x-contact: {chat: ops}
            compose: {files: [compose.yaml], x-note: ours}
            gate: {branch: main, x-why: agreed}
            jobs: [{name: q, owner: me, run: 'true', x-page: 1}]
            """
        ])
        let (manifest, said) = files.environment("a")
        #expect(said == [])
        #expect(manifest?.gate.branch == "main")
    }
}
