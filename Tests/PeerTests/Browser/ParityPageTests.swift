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
        let repository = try #require(RehearseBinary.repository)
        let answer = rehearse.run([
            "python3", "\(repository)/Tests/PeerTests/Browser/drive.py", try #require(Chromium.path),
            scratch("page.html"), scratch("shots"),
        ])
        try #require(answer.status == 0, "\(answer)")
        for image in ["360-light", "360-dark", "1200-light", "1200-dark"] {
            #expect(try (Files.live.status(scratch("shots/\(image).png"))?.size ?? 0) > 5_000, "\(image)")
        }
        return try JSONReader.read(Array(answer.output.utf8))
    }

    private func paths(_ state: Node?) -> [String] { state?["paths"]?.sequence?.compactMap(\.string) ?? [] }

    @Test func `it is searched, filtered and folded, fits, follows the scheme, and loads nothing`() throws {
        let found = try report()
        let states = found["states"]
        #expect(found["requests"]?.sequence?.count == 1)
        #expect(found["problems"]?.sequence?.count == 0)
        for width in ["360", "1200"] {
            for scheme in ["light", "dark"] {
                let state = states?["\(width) \(scheme)"]
                #expect(state?["overflow"]?.integer == 0, "\(width) \(scheme)")
                #expect(state?["shown"]?.string?.hasSuffix(" shown") == true)
            }
        }
        #expect(states?["360 light"]?["paper"]?.string == "rgb(255, 255, 255)")
        #expect(states?["360 dark"]?["paper"]?.string != "rgb(255, 255, 255)")
        #expect(states?["360 dark"]?["ink"]?.string != states?["360 light"]?["ink"]?.string)

        #expect(paths(states?["searched"]) == ["values.REPLICAS"])
        // Every word must be there, in any case, also in a rule's reason or owner.
        #expect(paths(states?["two words"]) == ["values.REPLICAS"])
        #expect(paths(states?["nothing"]) == [])
        #expect(states?["nothing"]?["shown"]?.string?.hasPrefix("0 of ") == true)
        let unaccepted = paths(states?["without accepted"])
        #expect(unaccepted.contains("url") && unaccepted.contains("values.LOG_LEVEL"))
        #expect(!unaccepted.contains("values.REPLICAS"))

        #expect(paths(states?["folded"]) == [])
        #expect(states?["folded"]?["fold"]?.string == "Open all")
        #expect(paths(states?["opened"]).count > paths(states?["one folded"]).count)
        #expect(states?["one folded"]?["open"]?.sequence?.first?.boolean == false)
        #expect(states?["opened"]?["title"]?.string == "Parity of staging and production")
    }
}

/// The browser that the page is looked at in; Debian's package `chromium`.
enum Chromium {
    static let path: String? = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].first {
        // What cannot be looked at cannot be started.
        ((try? Files.live.status($0)) ?? nil) != nil
    }
    static var isThere: Bool { path != nil }
    static let whyNot: Comment = "no chromium: .ci/install test installs it where it can be had"
}
