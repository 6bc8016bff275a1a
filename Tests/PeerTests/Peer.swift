import Host
import TestSupport
import Testing

/// A program that rehearse is compared with, got by `.ci/peers` into `.peers/`.
struct Peer: Sendable {
    /// Its file, absolute; `nil` where it cannot be had.
    let path: String?
    /// Why the tests that ask it are skipped.
    let whyNot: Comment

    /// The reference of `render`. Its `config` needs no engine.
    static let compose = Peer("docker-compose")

    var isThere: Bool { path != nil }

    private init(_ name: String) {
        let files = Files.live
        guard let repository = RehearseBinary.repository else {
            path = nil
            whyNot = "the test program does not lie below the repository"
            return
        }
        path = try? files.resolve("\(repository)/.peers/\(name)")
        let reason = (try? files.read("\(repository)/.peers/\(name).missing", 4096)).map {
            String(decoding: $0, as: UTF8.self)
        }
        whyNot = "no \(name): \(reason ?? ".ci/peers gets it")"
    }
}
