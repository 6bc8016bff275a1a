import Glibc
import Host
import TestSupport
import Testing

/// How a client reaches the remote.
enum Transport: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case file
    /// `git http-backend` behind nginx.
    case http
    /// sshd on loopback, with a key that is thrown away.
    case ssh

    var testDescription: String { rawValue }

    /// What is missing to serve it here; empty where nothing is.
    var missing: [String] {
        switch self {
        case .file: []
        case .http: Self.absent(["/usr/sbin/nginx", "/usr/sbin/fcgiwrap", HistoryServer.backend])
        case .ssh: Self.absent(["/usr/sbin/sshd", "/usr/bin/ssh", "/usr/bin/ssh-keygen"])
        }
    }

    private static func absent(_ paths: [String]) -> [String] {
        paths.filter { (try? Files.live.status($0)) ?? nil == nil }
    }

    /// Those that are asked for with `REHEARSE_TRANSPORTS=file,ssh`; without it, all.
    static var servable: [Transport] {
        let wanted = Host.live().surroundings.variables["REHEARSE_TRANSPORTS"].map { $0.split(separator: ",") }
        return allCases.filter { transport in
            transport.missing.isEmpty && wanted.map { $0.contains { $0 == transport.rawValue } } ?? true
        }
    }
}

/// A bare repository and a real server in front of it, ended when the test lets go.
final class HistoryServer {
    static let backend = "/usr/lib/git-core/git-http-backend"

    let transport: Transport
    let scratch: ScratchDirectory
    let url: String
    /// What clients need besides the address.
    let variables: [String: String]
    private var programs: [StartedProgram] = []

    var repository: String { scratch("remote.git") }

    struct Unusable: Error, CustomStringConvertible {
        let description: String
    }

    init(_ transport: Transport) throws {
        self.transport = transport
        let scratch = try ScratchDirectory()
        self.scratch = scratch
        _ = try Self.git(["init", "-q", "--bare", scratch("remote.git")], in: scratch.path)
        _ = try Self.git(["config", "http.receivepack", "true"], in: scratch("remote.git"))
        switch transport {
        case .file:
            url = scratch("remote.git")
            variables = [:]
        case .http:
            let port = try Self.freePort()
            url = "http://127.0.0.1:\(port)/remote.git"
            variables = [:]
            programs = try Self.serveHTTP(scratch, port)
            try Self.awaitConnection(to: port)
        case .ssh:
            let port = try Self.freePort()
            let user = Host.live().surroundings.userName
            url = "ssh://\(user)@127.0.0.1:\(port)\(scratch("remote.git"))"
            programs = try Self.serveSSH(scratch, port)
            variables = [
                "GIT_SSH_COMMAND":
                    "ssh -i \(scratch("key")) -o IdentitiesOnly=yes -o StrictHostKeyChecking=no "
                    + "-o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -F /dev/null"
            ]
            try Self.awaitConnection(to: port)
        }
    }

    // MARK: - Looking at the remote

    /// Runs git in the remote itself.
    @discardableResult
    func git(_ arguments: String...) throws -> String { try Self.git(arguments, in: repository) }

    /// The names of the runs in its history.
    var runs: [String] {
        get throws {
            guard try git("for-each-ref", "refs/rehearse/history") != "" else { return [] }
            var names: [String] = []
            for path in try git("ls-tree", "-r", "-d", "--name-only", "refs/rehearse/history").split(separator: "\n") {
                let parts = path.split(separator: "/")
                if parts.count == 3, parts[0] == "runs" { names.append(String(parts[2])) }
            }
            return names
        }
    }

    var locks: [String] {
        get throws {
            try git("for-each-ref", "--format=%(refname)", "refs/rehearse/locks").split(separator: "\n").map(
                String.init)
        }
    }

    func text(_ run: String, _ file: String) throws -> String {
        try git("show", "refs/rehearse/history:runs/\(run.prefix(8))/\(run)/\(file)")
    }

    static func git(_ arguments: [String], in directory: String, input: String? = nil) throws -> String {
        let environment = [
            "PATH": Host.live().surroundings.variables["PATH"] ?? "/usr/bin:/bin", "HOME": directory,
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Tester", "GIT_AUTHOR_EMAIL": "tester@example.com",
            "GIT_COMMITTER_NAME": "Tester", "GIT_COMMITTER_EMAIL": "tester@example.com",
        ]
        let output = Processes.live.capture(
            Command(
                ["git"] + arguments, environment: environment, directory: directory, input: input.map { Array($0.utf8) }
            ),
            ProcessLimits(timeout: .seconds(60)), keeping: 64 << 20)
        guard output.succeeded else { throw Unusable(description: "git \(arguments): \(output.trimmedErrorText)") }
        return String(decoding: output.standardOutput, as: UTF8.self)
    }

    // MARK: - Serving

    private static let configuration = """
        daemon off;
        master_process off;
        pid <folder>/nginx.pid;
        error_log <folder>/nginx.log;
        events { worker_connections 512; }
        http {
            access_log off;
            client_max_body_size 0;
            client_body_temp_path <folder>/t1; proxy_temp_path <folder>/t2; fastcgi_temp_path <folder>/t3;
            uwsgi_temp_path <folder>/t4; scgi_temp_path <folder>/t5;
            upstream programs { least_conn; <workers> }
            server {
                listen 127.0.0.1:<port> backlog=512;
                location / {
                    fastcgi_pass programs;
                    fastcgi_param SCRIPT_FILENAME <backend>;
                    fastcgi_param GIT_PROJECT_ROOT <folder>;
                    fastcgi_param GIT_HTTP_EXPORT_ALL 1;
                    fastcgi_param PATH_INFO $uri;
                    fastcgi_param QUERY_STRING $query_string;
                    fastcgi_param REQUEST_METHOD $request_method;
                    fastcgi_param CONTENT_TYPE $content_type;
                    fastcgi_param CONTENT_LENGTH $content_length;
                    fastcgi_param HTTP_CONTENT_ENCODING $http_content_encoding;
                    fastcgi_param HTTP_GIT_PROTOCOL $http_git_protocol;
                    fastcgi_param REMOTE_USER tester;
                }
            }
        }
        """

    private static func serveHTTP(_ scratch: ScratchDirectory, _ port: Int) throws -> [StartedProgram] {
        let environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
        var programs: [StartedProgram] = []
        // One for each request at a time; each is ended by its own number.
        let workers = (0..<12).map { scratch("worker-\($0)") }
        for worker in workers {
            programs.append(
                try StartedProgram(
                    ["/usr/sbin/fcgiwrap", "-s", "unix:\(worker)"], directory: scratch.path, environment: environment))
        }
        for worker in workers { try awaitSocket(worker) }
        let servers = workers.map { "server unix:\($0) max_fails=0;" }.joined(separator: " ")
        let text = configuration.replacing("<folder>", with: scratch.path).replacing("<port>", with: String(port))
            .replacing("<workers>", with: servers).replacing("<backend>", with: backend)
        try scratch.write(text, to: "nginx.conf")
        programs.append(
            try StartedProgram(
                ["/usr/sbin/nginx", "-p", scratch.path, "-e", scratch("nginx.log"), "-c", scratch("nginx.conf")],
                directory: scratch.path, environment: environment))
        return programs
    }

    private static func serveSSH(_ scratch: ScratchDirectory, _ port: Int) throws -> [StartedProgram] {
        let environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
        for name in ["key", "host"] {
            let made = Processes.live.capture(
                Command(
                    ["/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", scratch(name)],
                    environment: environment, directory: scratch.path), ProcessLimits(timeout: .seconds(20)))
            guard made.succeeded else { throw Unusable(description: made.trimmedErrorText) }
        }
        try scratch.write(try scratch.text(of: "key.pub"), to: "authorized")
        try scratch.write(
            """
            ListenAddress 127.0.0.1
            Port \(port)
            HostKey \(scratch("host"))
            AuthorizedKeysFile \(scratch("authorized"))
            PidFile none
            UsePAM no
            StrictModes no
            PermitRootLogin yes
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            MaxStartups 200
            """, to: "sshd.conf")
        // Where sshd, started by root, gives its rights away.
        if Host.live().surroundings.userID == 0, (try? Files.live.status("/run/sshd")) ?? nil == nil {
            try Files.live.makeDirectory("/run/sshd", 0o755)
        }
        return [
            try StartedProgram(
                ["/usr/sbin/sshd", "-D", "-e", "-f", scratch("sshd.conf")], directory: scratch.path,
                environment: environment)
        ]
    }

    // MARK: - Waiting for servers

    static func freePort() throws -> Int {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(number) }
        var address = loopback(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(number, address, size) == 0 && getsockname(number, address, &size) == 0
            }
        }
        guard isBound else { throw Unusable(description: "no port is free") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    static func awaitConnection(to port: Int) throws {
        try wait(for: "port \(port)") {
            let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(number) }
            var address = loopback(port)
            return withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
        }
    }

    private static func awaitSocket(_ path: String) throws {
        try wait(for: path) { (try? Files.live.status(path)) ?? nil != nil }
    }

    private static func wait(for what: String, _ isThere: () -> Bool) throws {
        let deadline = ContinuousClock.now + .seconds(20)
        while !isThere() {
            guard ContinuousClock.now < deadline else { throw Unusable(description: "\(what) does not answer") }
            usleep(5_000)
        }
    }

    private static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        return address
    }
}
