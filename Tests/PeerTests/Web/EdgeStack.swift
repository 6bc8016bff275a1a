import Glibc
import Host
import TestSupport
import Testing

/// The real upload service under uvicorn, with real caches in front of it, on loopback ports of their own.
///
/// Everything is a child of the test program and is killed, by its number, when the test lets go of this.
final class EdgeStack {
    /// A change to an edge's configuration that somebody might make.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let name: String
        let edits: [(from: String, to: String)]
        /// The service's own limit.
        var maximum = EdgeStack.maximum
        /// A replacement in the service's `app/service.py`.
        var service: (from: String, to: String)?
        var environmentFileMode: UInt32 = 0o600
        /// What purges nginx: see `Tests/Fixtures/edge/purger.py`.
        var purging = "exact"

        init(_ name: String, _ edits: (from: String, to: String)...) {
            self.name = name
            self.edits = edits
        }

        func with(_ change: (inout Mistake) -> Void) -> Mistake {
            var copy = self
            change(&copy)
            return copy
        }

        static let none = Mistake("none")

        var testDescription: String { name }
    }

    enum Edge: String, CaseIterable, Sendable {
        case varnish
        case nginx
    }

    static let maximum = 65_536
    static let isThere: Bool =
        RehearseBinary.repository.map { (try? Files.live.resolve("\($0)/.venv/bin/uvicorn")) != nil } ?? false
        && RehearseBinary(in: "/").run(["sh", "-c", "PATH=$PATH:/usr/sbin; command -v nginx && command -v varnishd"])
            .status
            == 0
    static let whyNot: Comment = "nginx, varnishd or the service's tools in .venv/ are not here: .ci/install test"

    let scratch: ScratchDirectory
    let rehearse: RehearseBinary
    /// Names of two uploads.
    let uploads: [String]
    let origin: String
    /// What everybody but us asks.
    let url: String
    /// Where nginx is purged; `nil` with Varnish, which does it itself.
    private(set) var purger: String?
    private var programs: [StartedProgram] = []

    /// - Parameter mistake: made in the configuration of `edge`.
    init(_ edge: Edge, _ mistake: Mistake = .none) throws {
        let repository = try #require(RehearseBinary.repository)
        scratch = try ScratchDirectory()
        let path = Host.live().surroundings.variables["PATH"] ?? "/usr/bin:/bin"
        var service = "\(repository)/Tests/Fixtures/uploads"
        let ports = (origin: try Self.freePort(), edge: try Self.freePort())
        origin = "http://127.0.0.1:\(ports.origin)"
        url = "http://127.0.0.1:\(ports.edge)"
        var variables = [
            "PATH": "\(path):/usr/sbin", "HOME": scratch.path, "SESSION_SECRET": "a-canary-of-the-edge-tests",
            "PYTHONDONTWRITEBYTECODE": "1", "UPLOAD_DIR": scratch("stored"),
            "DATABASE_URL": "sqlite:///\(scratch("uploads.db"))", "APP_TAG": "1.5.0",
            "UPLOAD_MAX_BYTES": "\(mistake.maximum)",
        ]
        for folder in ["environments", "varnish", "nginx", "nginx/cache"] {
            try Files.live.makeDirectory(scratch(folder), 0o755)
        }
        if let (from, to) = mistake.service {
            let copied = RehearseBinary(in: scratch.path).run(["cp", "-R", service, scratch("service")])
            try #require(copied.status == 0, "\(copied)")
            service = scratch("service")
            let text = try scratch.text(of: "service/app/service.py")
            try #require(text.contains(from), "the service has no `\(from)` to make a mistake in")
            try scratch.write(text.replacing(from, with: to), to: "service/app/service.py")
        }
        try Files.live.replace(
            scratch(".env"), Array("SESSION_SECRET=elsewhere\n".utf8), mistake.environmentFileMode)
        programs.append(
            try StartedProgram(
                [
                    "\(repository)/.venv/bin/python", "-m", "uvicorn", "app.main:app", "--port", "\(ports.origin)",
                    "--no-access-log",
                ],
                directory: service, environment: variables))
        let file = edge == .varnish ? "varnish.vcl" : "nginx/nginx.conf"
        let source = "\(repository)/Tests/Fixtures/edge/\(edge == .varnish ? "varnish.vcl" : "nginx.conf")"
        var text = String(decoding: try Files.live.read(source, 1 << 20), as: UTF8.self)
        for (from, to) in mistake.edits {
            try #require(text.contains(from), "\(edge) has no `\(from)` to make a mistake in")
            text = text.replacing(from, with: to)
        }
        text = text.replacing("@MISTAKE@", with: "").replacing("@ORIGIN@", with: "\(ports.origin)")
            .replacing("@PORT@", with: "\(ports.edge)")
        try scratch.write(text, to: file)
        let command =
            edge == .varnish
            ? [
                "varnishd", "-F", "-j", "none", "-n", scratch("varnish"), "-a", "127.0.0.1:\(ports.edge)", "-f",
                scratch("varnish.vcl"), "-s", "malloc,16m",
            ]
            : ["nginx", "-p", scratch("nginx"), "-c", "nginx.conf"]
        programs.append(try StartedProgram(command, directory: scratch.path, environment: variables))
        if edge == .nginx {
            let script = "\(repository)/Tests/Fixtures/edge/purger.py"
            programs.append(
                try StartedProgram(
                    [
                        "sh", "-c", "exec python3 -B \"$0\" \"$@\" >purger-port", script, scratch("nginx/cache"),
                        mistake.purging,
                    ], directory: scratch.path, environment: variables))
            purger = "http://127.0.0.1:\(try scratch.awaitFile("purger-port"))/"
        }

        let binary = RehearseBinary(in: scratch.path, variables)
        for url in ["http://127.0.0.1:\(ports.origin)/health", "http://127.0.0.1:\(ports.edge)/health"] {
            let answer = binary.run(
                [RehearseBinary.path, "check", "http", url, "--retry-for", "30s"], within: .seconds(60))
            try #require(answer.status == 0, "\(edge) with \(mistake.name): \(answer)")
        }
        // The file's name in the service is the hash of its content.
        uploads = try ["one", "two"].map { content in
            let form =
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.4 \(content)\r\n--x--\r\n"
            let request = HTTPRequest(
                "POST", url: "http://127.0.0.1:\(ports.origin)/uploads",
                headers: [HTTPHeader("Content-Type", "multipart/form-data; boundary=x")], body: Array(form.utf8))
            let stored = try HTTP.live().perform(request).get()
            try #require(stored.status == 201, "\(String(decoding: stored.body, as: UTF8.self))")
            return try #require(stored.headers.value("Location"))
        }
        let cookie = RehearseBinary(in: service, variables).run(
            ["\(repository)/.venv/bin/python", "-m", "app.sessions", "ada"])
        try #require(cookie.status == 0, "\(cookie)")
        variables["SESSION"] = String(cookie.output.prefix { $0 != "\n" })
        rehearse = RehearseBinary(in: scratch.path, variables)
        try scratch.write(
            """
            environment: edge
            owner: edge
            url: http://127.0.0.1:\(ports.edge)
            values: {UPLOAD: "\(uploads[0].split(separator: "/").last ?? "")"}
            secrets: {SESSION: {env: SESSION}}

            """, to: "environments/edge.yaml")
        let rules = try Files.live.read("\(repository)/Tests/Fixtures/edge/cache.yaml", 1 << 20)
        try scratch.write(String(decoding: rules, as: UTF8.self), to: "cache.yaml")
    }

    deinit {
        // Varnish's own child ends with it; asked nicely it also removes its shared memory.
        for program in programs { program.send(SIGTERM) }
        for program in programs { _ = try? program.wait(within: .seconds(5)) }
    }

    func callAsFunction(_ words: String...) -> RehearseBinary.Answer {
        rehearse.run([RehearseBinary.path] + words, within: .seconds(60))
    }

    func cache() -> RehearseBinary.Answer { self("check", "cache", "cache.yaml", "-e", "edge") }

    func loggedIn() -> RehearseBinary.Answer {
        self("check", "logged_in", "/me", "-e", "edge", "--cookie", "session=SESSION", "--marker", "Logged in as")
    }

    func purge(_ more: String...) -> RehearseBinary.Answer {
        rehearse.run(
            [
                RehearseBinary.path, "check", "purge", uploads[0], "-e", "edge", "--untouched", uploads[1], "--settle",
                "1s", "--provider", purger == nil ? "varnish" : "http",
            ] + (purger.map { ["--endpoint", $0] } ?? []) + more, within: .seconds(60))
    }

    /// What of a security check goes through a cache without encryption.
    func security() -> RehearseBinary.Answer {
        self(
            "check", "security", uploads[0], "-e", "edge", "--expect-header", "X-Content-Type-Options", "--upload",
            "/uploads", "--max-bytes", "\(Self.maximum)", "--accept-type", "image/png", "--private", ".env")
    }

    /// Given back right away: the program that takes it next is ours.
    static func freePort() throws -> Int {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(number) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, size) == 0 && getsockname(number, $0, &size) == 0
            }
        }
        try #require(isBound)
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
