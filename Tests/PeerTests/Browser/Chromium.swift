import Host
import TestSupport
import Testing
import YAML

/// The browser that pages are looked at in; Debian's package `chromium`.
enum Chromium {
    static let path: String? = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].first {
        // What cannot be looked at cannot be started.
        ((try? Files.live.status($0)) ?? nil) != nil
    }
    static var isThere: Bool { path != nil }
    static let whyNot: Comment = "no chromium: .ci/install test installs it where it can be had"

    /// What `drive.py` saw of a page; its screenshots go to `shots`.
    ///
    /// - Parameters:
    ///   - state: entries of it are hidden once.
    ///   - searches: each is typed into the search.
    static func report(
        on page: String, hiding state: String, searching searches: [String], shots: String
    ) throws -> Node {
        let repository = try #require(RehearseBinary.repository)
        let answer = RehearseBinary(in: shots).run(
            [
                "python3", "\(repository)/Tests/PeerTests/Browser/drive.py", try #require(path), page, shots, state,
            ] + searches)
        try #require(answer.status == 0, "\(answer)")
        for image in ["360-light", "360-dark", "1200-light", "1200-dark"] {
            #expect(try (Files.live.status("\(shots)/\(image).png")?.size ?? 0) > 5_000, "\(image)")
        }
        return try JSONReader.read(Array(answer.output.utf8))
    }

    /// The page fits both widths, follows the scheme, loads nothing else, and nothing goes wrong in it.
    static func expectSound(_ found: Node, _ location: SourceLocation = #_sourceLocation) {
        let states = found["states"]
        #expect(found["requests"]?.sequence?.count == 1, sourceLocation: location)
        #expect(found["problems"]?.sequence?.count == 0, sourceLocation: location)
        for width in ["360", "1200"] {
            for scheme in ["light", "dark"] {
                let state = states?["\(width) \(scheme)"]
                #expect(state?["overflow"]?.integer == 0, "\(width) \(scheme)", sourceLocation: location)
                #expect(state?["shown"]?.string?.hasSuffix(" shown") == true, sourceLocation: location)
            }
        }
        #expect(states?["360 light"]?["paper"]?.string == "rgb(255, 255, 255)", sourceLocation: location)
        #expect(states?["360 dark"]?["paper"]?.string != "rgb(255, 255, 255)", sourceLocation: location)
        #expect(
            states?["360 dark"]?["ink"]?.string != states?["360 light"]?["ink"]?.string, sourceLocation: location)
    }
}
