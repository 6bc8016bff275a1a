import Host

/// `Tests/Fixtures/web/server.py` on a free port, ended when the test lets go of it or ends.
package final class LoopbackServer: Sendable {
    package let port: Int
    private let scheme: String
    private let scratch: ScratchDirectory
    // Only its pid is used, and that never changes.
    nonisolated(unsafe) private let program: StartedProgram

    package init(_ options: String..., certificate: ThrowAwayCertificate? = nil) throws {
        scratch = try ScratchDirectory()
        let tls = certificate.map { ["--tls", $0.file, $0.key] } ?? []
        scheme = certificate == nil ? "http" : "https"
        let script = "\(RehearseBinary.repository ?? ".")/Tests/Fixtures/web/server.py"
        let path = Host.live().surroundings.variables["PATH"] ?? "/usr/bin:/bin"
        program = try StartedProgram(
            ["/bin/sh", "-c", "exec python3 -B \"$0\" \"$@\" >port", script] + options + tls,
            directory: scratch.path, environment: ["PATH": path, "HOME": scratch.path])
        guard let port = Int(try scratch.awaitFile("port", within: .seconds(30))) else {
            throw FileFailure(.notFound, path: script, operation: "start")
        }
        self.port = port
    }

    /// - Parameter path: with the slash it begins with.
    package func url(_ path: String, host: String = "127.0.0.1") -> String { "\(scheme)://\(host):\(port)\(path)" }
}

/// A key and a certificate of an authority that lives as long as this value.
package struct ThrowAwayCertificate: Sendable {
    package let file: String
    package let key: String
    /// The authority's own certificate.
    package let authority: String
    private let scratch: ScratchDirectory

    /// - Parameters:
    ///   - names: as a certificate has them: `DNS:localhost,IP:127.0.0.1`.
    ///   - days: how long it is valid; negative for one that has expired.
    package init(names: String = "DNS:localhost,IP:127.0.0.1", days: Int = 30, subject: String = "/CN=localhost") throws
    {
        scratch = try ScratchDirectory()
        let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
        let made = RehearseBinary(in: scratch.path, ["SUBJECT": subject]).shell(
            """
            exec >log 2>&1
            openssl req -x509 \(key) -keyout ca.key -out ca.pem -days 30 -subj '/CN=Throw-away authority'
            openssl req -utf8 \(key) -keyout own.key -out own.csr -subj "$SUBJECT" -addext 'subjectAltName=\(names)'
            openssl x509 -req -in own.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days \(days) \
                -copy_extensions copy -out own.pem
            """)
        guard made.status == 0 else {
            throw FileFailure(.notFound, path: try scratch.text(of: "log"), operation: "make a certificate")
        }
        file = scratch("own.pem")
        self.key = scratch("own.key")
        authority = scratch("ca.pem")
    }
}
