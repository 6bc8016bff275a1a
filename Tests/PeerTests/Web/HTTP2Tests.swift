import Host
import TestSupport
import Testing

/// A real server that speaks HTTP/2 over TLS.
@Suite(.enabled(if: EdgeStack.isThere, EdgeStack.whyNot)) struct `Speaking HTTP 2` {
    @Test func `where the server offers it, on one connection for all requests`() throws {
        let scratch = try ScratchDirectory()
        let certificate = try ThrowAwayCertificate()
        let port = try EdgeStack.freePort()
        try scratch.write(
            """
            daemon off; master_process off; pid nginx.pid; error_log stderr warn;
            events { worker_connections 64; }
            http {
                access_log off; client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u;
                scgi_temp_path s;
                server {
                    listen 127.0.0.1:\(port) ssl http2;
                    ssl_certificate \(certificate.file); ssl_certificate_key \(certificate.key);
                    location / { return 200 "two\\n"; }
                }
            }
            """, to: "nginx.conf")
        let path = Host.live().surroundings.variables["PATH"] ?? "/usr/bin:/bin"
        let server = try StartedProgram(
            ["nginx", "-p", scratch.path, "-c", "nginx.conf"], directory: scratch.path,
            environment: ["PATH": "\(path):/usr/sbin"])
        defer { server.send(15) }
        let tls = TLSOptions(authorities: certificate.authority)
        let request = HTTPRequest(url: "https://localhost:\(port)/", tls: tls)
        let http = HTTP.live()
        let deadline = ContinuousClock.now + .seconds(20)
        while case .failure = http.perform(request), ContinuousClock.now < deadline {}
        let answer = try http.perform(request).get()
        #expect(answer.version == "2" && answer.status == 200 && answer.body == Array("two\n".utf8))
        var plain = request
        plain.version = .http1
        #expect(try http.perform(plain).get().version == "1.1")
        var answers: [HTTPResponse] = []
        _ = http.performMany(HTTPLoad([request], count: 50, pace: .concurrency(8))) { event in
            if case .success(let answer) = event.result { answers.append(answer) }
            return true
        }
        #expect(answers.count == 50 && answers.allSatisfy { $0.version == "2" })
        #expect(answers.count { !$0.isConnectionReused } <= 8)
    }
}
