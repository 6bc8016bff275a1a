import Host
import TestSupport
import Testing

@Suite(.enabled(if: Peer.compose.isThere, Peer.compose.whyNot))
struct `Beside docker compose config` {
    @Test func `the worked example's template is the same document`() throws {
        let templates = "\(try #require(RehearseBinary.repository))/templates"
        let variables = [
            "REGISTRY": "registry.example.com", "APP_TAG": "1.4.2", "WEB_PORT": "8000", "WEB_REPLICAS": "2",
            "WEB_MEMORY": "256M", "LOG_LEVEL": "info", "UPLOAD_MAX_BYTES": "10485760", "UPLOAD_ACCEPT": "image/png",
            "DATABASE_URL": "sqlite:////data/uploads.db", "SESSION_SECRET": "x",
        ]
        let rehearse = RehearseBinary(in: templates, variables)
        let ours = rehearse("render", "-f", "compose.yaml", "--absolute-paths", "--format", "json")
        let theirs = rehearse.run([
            try #require(Peer.compose.path), "-f", "compose.yaml", "config", "--format", "json",
        ])
        #expect(theirs.status == ours.status, "\(theirs)\n\(ours)")
        // It ends its JSON without a line break.
        #expect(theirs.output + "\n" == ours.output)
    }
}
