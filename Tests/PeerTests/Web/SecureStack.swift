import Glibc
import Host
import TestSupport
import Testing

/// The real upload service under uvicorn behind a real nginx with TLS by a throw-away authority, on loopback ports of
/// their own, and a project beside it. One mistake may be made anywhere in it.
///
/// Everything is a child of the test program and is ended, by its number, when the test lets go of this.
final class SecureStack {
    struct Mistake: Sendable, CustomTestStringConvertible {
        let name: String
        /// What the check says of it.
        let finding: String
        /// Replacements in nginx's configuration.
        var nginx: [String: String] = [:]
        /// Replacements in the service's own `app/service.py`.
        var service: [String: String] = [:]
        var maximum = SecureStack.maximum
        var days = 30
        var environmentFileMode: UInt32 = 0o600
        /// A line that somebody left in a file of the project.
        var projectLine = ""
        /// A line in the service's log.
        var logLine = ""

        var testDescription: String { name }
    }

    static let maximum = 65_536
    static let secret = "a-canary-of-the-security-tests"
    static let isThere =
        RehearseBinary.repository.map { (try? Files.live.resolve("\($0)/.venv/bin/python")) != nil } ?? false
        && RehearseBinary(in: "/").run(["sh", "-c", "PATH=$PATH:/usr/sbin; command -v nginx && command -v openssl"])
            .status == 0
    static let whyNot: Comment = "nginx, openssl or the service's tools in .venv/ are not here: .ci/install test"

    let scratch: ScratchDirectory
    let rehearse: RehearseBinary
    let url: String
    let plain: String
    /// The same pages as `url` without encryption.
    let open: String
    let origin: String
    private var programs: [StartedProgram] = []

    init(_ mistake: Mistake? = nil) throws {
        let repository = try #require(RehearseBinary.repository)
        scratch = try ScratchDirectory()
        let ports = (
            origin: try EdgeStack.freePort(), plain: try EdgeStack.freePort(), tls: try EdgeStack.freePort(),
            open: try EdgeStack.freePort()
        )
        origin = "http://127.0.0.1:\(ports.origin)"
        plain = "http://localhost:\(ports.plain)"
        open = "http://127.0.0.1:\(ports.open)"
        url = "https://localhost:\(ports.tls)"
        let path = Host.live().surroundings.variables["PATH"] ?? "/usr/bin:/bin"
        let variables = [
            "PATH": "\(path):/usr/sbin", "HOME": scratch.path, "SESSION_SECRET": Self.secret,
            "PYTHONDONTWRITEBYTECODE": "1", "UPLOAD_DIR": scratch("stored"),
            "DATABASE_URL": "sqlite:///\(scratch("uploads.db"))", "APP_TAG": "1.5.0",
            "UPLOAD_MAX_BYTES": "\(mistake?.maximum ?? Self.maximum)", "UPLOAD_ACCEPT": "image/png",
        ]
        rehearse = RehearseBinary(in: scratch("project"), variables)
        for folder in ["project", "project/environments", "project/logs", "nginx"] {
            try Files.live.makeDirectory(scratch(folder), 0o755)
        }
        let shell = RehearseBinary(in: scratch.path, variables)
        let copied = shell.run(["cp", "-R", "\(repository)/Tests/Fixtures/uploads", scratch("service")])
        try #require(copied.status == 0, "\(copied)")
        try Self.edit(scratch, "service/app/service.py", mistake?.service ?? [:])
        try makeCertificate(shell, days: mistake?.days ?? 30)
        let configuration = try Files.live.read("\(repository)/Tests/Fixtures/edge/secure.conf", 1 << 20)
        try scratch.write(String(decoding: configuration, as: UTF8.self), to: "nginx/nginx.conf")
        try Self.edit(scratch, "nginx/nginx.conf", mistake?.nginx ?? [:])
        try Self.edit(
            scratch, "nginx/nginx.conf",
            [
                "@ORIGIN@": "\(ports.origin)", "@PLAIN@": "\(ports.plain)", "@PORT@": "\(ports.tls)",
                "@OPEN@": "\(ports.open)",
                "@MISTAKE@": "",
            ],
            mustBeThere: false)

        programs.append(
            try StartedProgram(
                [
                    "sh", "-c",
                    "exec '\(repository)/.venv/bin/python' -m uvicorn app.main:app --port \(ports.origin) --no-access-log >log",
                ], directory: scratch("service"), environment: variables))
        programs.append(
            try StartedProgram(
                ["nginx", "-p", scratch("nginx"), "-c", "nginx.conf"], directory: scratch.path, environment: variables))
        try writeProject(mistake)
        for address in ["\(origin)/health", "\(url)/health"] {
            let answer = shell.run(
                [RehearseBinary.path, "check", "http", address, "--insecure", "--retry-for", "30s"],
                within: .seconds(60))
            try #require(answer.status == 0, "\(mistake?.name ?? "no mistake"): \(answer)")
        }
    }

    deinit {
        for program in programs { program.send(SIGTERM) }
        for program in programs { _ = try? program.wait(within: .seconds(5)) }
    }

    /// All that a security check can look at.
    func security() -> RehearseBinary.Answer {
        rehearse.run(
            [
                RehearseBinary.path, "check", "security", "/health", "/login", "-e", "secure", "--ca",
                scratch("nginx/authority.pem"), "--expect-header", "X-Content-Type-Options", "--cookies", "--tls",
                "--redirect", "\(plain)/health", "--upload", "/uploads", "--max-bytes", "\(Self.maximum)",
                "--accept-type",
                "image/png", "--private", ".env", "--project", "--log", "logs/server.log", "--secret", "SESSION_SECRET",
            ], within: .seconds(60))
    }

    private func makeCertificate(_ shell: RehearseBinary, days: Int) throws {
        let made = shell.run([
            "sh", "-euc",
            """
            cd nginx
            key='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
            openssl req -x509 $key -keyout authority.key -out authority.pem -days 30 -subj '/CN=tests'
            openssl req $key -keyout key.pem -out request.pem -subj '/CN=localhost'
            printf 'subjectAltName=DNS:localhost,IP:127.0.0.1' >extensions
            openssl x509 -req -in request.pem -CA authority.pem -CAkey authority.key -CAcreateserial -days \(days) \
                -extfile extensions -out certificate.pem
            """,
        ])
        try #require(made.status == 0, "\(made)")
    }

    private func writeProject(_ mistake: Mistake?) throws {
        try scratch.write(
            """
            environment: secure
            owner: security
            url: \(url)
            secrets: {SESSION_SECRET: {env: SESSION_SECRET}}

            """, to: "project/environments/secure.yaml")
        try scratch.write("a page\n\(mistake?.projectLine ?? "")\n", to: "project/notes.txt")
        try scratch.write("{\"message\":\"started\"}\n\(mistake?.logLine ?? "")\n", to: "project/logs/server.log")
        try Files.live.replace(
            scratch("project/.env"), Array("SESSION_SECRET=elsewhere\n".utf8), mistake?.environmentFileMode ?? 0o600)
    }

    private static func edit(
        _ scratch: ScratchDirectory, _ file: String, _ edits: [String: String], mustBeThere: Bool = true
    ) throws {
        guard !edits.isEmpty else { return }
        var text = try scratch.text(of: file)
        for (from, to) in edits.sorted(by: { $0.key < $1.key }) {
            if mustBeThere { try #require(text.contains(from), "\(file) has no `\(from)` to make a mistake in") }
            text = text.replacing(from, with: to)
        }
        try scratch.write(text, to: file)
    }
}
