import Engine
import Host
import TestSupport
import Testing
import YAML

/// A repository whose production asks for a rehearsal on staging. The world that is deployed to lies beside it.
struct GatedProject: Sendable {
    let scratch: ScratchDirectory
    var rehearse: RehearseBinary

    /// - Parameters:
    ///   - gate: what production asks for.
    ///   - isShared: its history travels through an `origin` beside it, and `clone` makes another checkout.
    init(gate: String = "{rehearsed: {on: staging, within: 7d}}", isShared: Bool = false) throws {
        scratch = try ScratchDirectory()
        for folder in ["app", "app/environments", "app/templates", "app/runbooks", "world"] {
            try Files.live.makeDirectory(scratch(folder), 0o755)
        }
        rehearse = RehearseBinary(in: scratch("app"), ["HOME": scratch.path])
        for (name, replicas) in [("staging", 1), ("production", 4)] {
            let compose = "compose: {project: app, files: [compose.yaml]}"
            let values = #"values: {APP_TAG: "1.4.2", REPLICAS: \#(replicas), WORLD: ../world/\#(name)}"#
            let history = isShared ? "history: {remote: origin}\n" : ""
            let gated = name == "production" ? "gate: \(gate)\n" : ""
            try scratch.write(
                "environment: \(name)\nowner: platform\n\(compose)\n\(values)\n\(history)\(gated)",
                to: "app/environments/\(name).yaml")
            try scratch.write("1.4.1\n", to: "world/\(name)")
        }
        try scratch.write(Self.template, to: "app/templates/compose.yaml")
        try scratch.write(Self.runbook, to: "app/runbooks/deploy.yaml")
        try shell("git init -q -b main; git add -A; git commit -qm first")
        guard isShared else { return }
        try shell(
            "git init -q --bare -b main ../origin.git; git remote add origin ../origin.git; git push -qu origin main")
    }

    /// Another checkout of what `origin` has, beside this one.
    func clone(_ name: String) throws -> GatedProject {
        try shell("git clone -q ../origin.git ../\(name)")
        var copy = self
        copy.rehearse = RehearseBinary(in: scratch(name), ["HOME": scratch.path])
        return copy
    }

    private static let template = """
        services:
          web:
            image: registry.example.com/app:${APP_TAG}
            deploy: {replicas: "${REPLICAS}"}

        """

    private static let runbook = #"""
        runbook: deploy
        owner: platform
        fingerprint:
          version: cat "$WORLD"
        steps:
          - id: look
            name: Look around
            owner: platform
            run: test -e "$WORLD"
            expect: there is a world
            rollback: {none: looks}
          - id: deploy
            name: Start the version
            owner: platform
            capture: {PREVIOUS: cat "$WORLD"}
            run: echo "$APP_TAG" >"$WORLD"
            expect: the version runs
            rollback: {run: echo "$PREVIOUS" >"$WORLD", verify: test "$(cat "$WORLD")" = "$PREVIOUS"}
          - id: purge
            name: Purge the cache
            owner: edge
            when: {environment: [production]}
            run: echo purged >>../world/purged
            expect: the cache is empty
            rollback: {none: a cache fills by itself}

        """#

    func callAsFunction(_ arguments: String...) -> RehearseBinary.Answer {
        rehearse.run([RehearseBinary.path] + arguments)
    }

    /// Runs a shell text in the project, which must succeed.
    @discardableResult
    func shell(_ text: String, _ location: SourceLocation = #_sourceLocation) throws -> String {
        let answer = rehearse.shell(text)
        try #require(answer.status == 0, "\(text)\n\(answer)", sourceLocation: location)
        return answer.output
    }

    func rehearseDeploy(_ more: String..., location: SourceLocation = #_sourceLocation) throws {
        let answer = rehearse.run([RehearseBinary.path, "run", "deploy", "-e", "staging", "--rehearsal"] + more)
        try #require(answer.status == 0, "\(answer)", sourceLocation: location)
    }

    func gate(_ more: String...) -> (status: Int32, document: Node) {
        let answer = rehearse.run(
            [RehearseBinary.path, "gate", "production", "--runbook", "deploy", "--format", "json"] + more)
        return (answer.status, json(answer.output))
    }

    /// What a condition of production's gate found; the test fails when it is not as expected.
    func found(
        _ condition: String, held: Bool, _ location: SourceLocation = #_sourceLocation
    ) throws -> (found: String, openWith: String?) {
        let (status, document) = gate()
        let conditions = try #require(document["conditions"]?.sequence, sourceLocation: location)
        let node = try #require(
            conditions.first { $0["name"]?.string == condition }, "no `\(condition)`", sourceLocation: location)
        #expect(node["held"]?.boolean == held, "\(node)", sourceLocation: location)
        let areHeld = conditions.allSatisfy { $0["held"]?.boolean == true }
        #expect(status == (areHeld ? 0 : 1), sourceLocation: location)
        #expect(document["open"]?.boolean == areHeld, sourceLocation: location)
        return (node["found"]?.string ?? "", node["open_with"]?.string)
    }

    func record(_ run: String = "last") throws -> RunRecord {
        let shown = self("history", "show", run, "--format", "json")
        try #require(shown.status == 0, "\(shown)")
        return try NodeDecoder.decode(RunRecord.self, from: try JSONReader.read(Array(shown.output.utf8)))
    }
}
