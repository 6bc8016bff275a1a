import Host
import TestSupport
import Testing
import YAML

/// The report as a page, opened in a browser and used as its readers use it.
@Suite(.enabled(if: Chromium.isThere, Chromium.whyNot)) struct `A parity report in a browser` {
    private static let canary = "<script>document.title='owned'</script>"

    /// Two environments with drift, an expired and an accepted difference, and a text that would be a script.
    private func report() throws -> Node {
        let scratch = try ScratchDirectory()
        defer { withExtendedLifetime(scratch) {} }
        let rehearse = RehearseBinary(in: scratch.path)
        for folder in ["environments", "shots"] { try Files.live.makeDirectory(scratch(folder), 0o755) }
        let more = (0..<40).map { "    long-name-of-a-setting-\($0): \(String(repeating: "value-", count: 20))" }
        for name in ["staging", "production"] {
            let isStaging = name == "staging"
            try scratch.write(
                """
                environment: \(name)
                url: https://\(name).example.org
                values:
                  REPLICAS: \(isStaging ? 1 : 4)
                  LOG_LEVEL: \(isStaging ? "debug" : "info")
                config:
                  note: "\(Self.canary)\(name)"
                  settings:
                \(isStaging ? more.joined(separator: "\n") : "    none: true")

                """, to: "environments/\(name).yaml")
        }
        try scratch.write(
            """
            rules:
              - {name: fewer, path: values.REPLICAS, allow: changed, reason: One will do, owner: platform}
              - {name: old, path: url, allow: changed, reason: Was so, owner: web, until: 2020-01-31}

            """, to: "environments/parity.yaml")
        let written = rehearse("diff", "staging", "production", "--format", "html", "-o", "page.html")
        try #require(written.status == 1, "\(written)")
        return try Chromium.report(
            on: scratch("page.html"), hiding: "accepted",
            searching: ["replicas", "REPLICAS platform", "no such thing"],
            shots: scratch("shots"))
    }

    private func paths(_ state: Node?) -> [String] { state?["paths"]?.sequence?.compactMap(\.string) ?? [] }

    @Test func `it is searched, filtered and folded, fits, follows the scheme, and loads nothing`() throws {
        let found = try report()
        let states = found["states"]
        Chromium.expectSound(found)

        #expect(paths(states?["replicas"]) == ["values.REPLICAS"])
        // Every word must be there, in any case, also in a rule's reason or owner.
        #expect(paths(states?["REPLICAS platform"]) == ["values.REPLICAS"])
        #expect(paths(states?["no such thing"]) == [])
        #expect(states?["no such thing"]?["shown"]?.string?.hasPrefix("0 of ") == true)
        let unaccepted = paths(states?["filtered"])
        #expect(unaccepted.contains("url") && unaccepted.contains("values.LOG_LEVEL"))
        #expect(!unaccepted.contains("values.REPLICAS"))

        #expect(paths(states?["folded"]) == [])
        #expect(states?["folded"]?["fold"]?.string == "Open all")
        #expect(paths(states?["opened"]).count > paths(states?["one folded"]).count)
        #expect(states?["one folded"]?["open"]?.sequence?.first?.boolean == false)
        #expect(states?["opened"]?["title"]?.string == "Parity of staging and production")
    }
}
