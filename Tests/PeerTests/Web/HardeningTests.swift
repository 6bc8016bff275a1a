import Host
import TestSupport
import Testing

/// `runbooks/hardening.yaml` of the worked example, on the real service behind a real nginx.
@Suite(.serialized, .enabled(if: SecureStack.isThere, SecureStack.whyNot))
struct `Hardening the real service` {
    /// The worked example as a team has it, with an environment for this stack and an `.env` that everybody can read.
    private func project(_ stack: SecureStack) throws -> RehearseBinary {
        let repository = try #require(RehearseBinary.repository)
        let made = stack.rehearse.run(["\(repository)/.ci/example", stack.scratch.path])
        try #require(made.status == 0, "\(made)")
        try stack.scratch.write(
            """
            environment: here
            description: The service without containers
            owner: security
            extends: staging
            url: \(stack.open)
            values:
              UPLOAD_MAX_BYTES: \(SecureStack.maximum)
              IN_SERVICE: env UPLOAD_DIR=\(stack.scratch("stored")) DATABASE_URL=sqlite:///\(stack.scratch("uploads.db"))
              SERVICE_LOG: cat \(stack.scratch("service/log"))

            """, to: "uploads/environments/here.yaml")
        try Files.live.replace(stack.scratch("uploads/.env"), Array("SESSION_SECRET=elsewhere\n".utf8), 0o644)
        var variables = stack.rehearse.environment
        variables["HOME"] = nil
        return RehearseBinary(in: stack.scratch("uploads"), variables)
    }

    private func stored(_ stack: SecureStack) -> [String] {
        let found = stack.rehearse.run(["find", stack.scratch("stored"), "-type", "f", "-size", "+10k"])
        return found.output.split(separator: "\n").map(String.init)
    }

    private func mode(_ stack: SecureStack) throws -> UInt32? {
        try Files.live.status(stack.scratch("uploads/.env"))?.mode
    }

    @Test func `confirms permissions, secrets, headers, upload limits and logging, and is taken back`() throws {
        let stack = try SecureStack()
        let rehearse = try project(stack)
        let ran = rehearse.run(
            [RehearseBinary.path, "run", "hardening", "-e", "here", "--on-failure", "stop"], within: .seconds(120))
        try #require(ran.status == 0, "\(ran)\n\(rehearse("history", "log", "last"))")
        #expect(try mode(stack) == 0o600)
        #expect(stored(stack).count == 2)

        let undone = rehearse.run([RehearseBinary.path, "rollback", "last", "--yes"], within: .seconds(120))
        #expect(undone.status == 0, "\(undone)")
        #expect(try mode(stack) == 0o644)
        #expect(stored(stack).isEmpty)
        #expect(try Files.live.status(stack.scratch("uploads/var/service.log")) == nil)
    }

    @Test func `stops where the proxy drops a header, and puts back what it changed`() throws {
        let stack = try SecureStack(
            SecureStack.Mistake(
                name: "the proxy drops a header", finding: "",
                nginx: ["@MISTAKE@": "proxy_hide_header X-Frame-Options;"]))
        let rehearse = try project(stack)
        let ran = rehearse.run(
            [RehearseBinary.path, "run", "hardening", "-e", "here", "--on-failure", "rollback"], within: .seconds(120))
        #expect(ran.status == 1, "\(ran)")
        #expect(rehearse("history", "log", "last").output.contains("failed: header X-Frame-Options of /health"))
        #expect(try mode(stack) == 0o644)
    }
}
