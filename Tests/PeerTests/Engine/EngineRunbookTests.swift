import TestSupport
import Testing

extension `On a Docker engine` {
    @Suite struct `The worked example's runbook` {
        @Test func `deploys a version, the next one, and goes back`() throws {
            let example = try EngineExample()
            defer { example.cleanUp() }
            try example.shell(#""$REHEARSE" run deploy -e staging --reason first"#, within: .seconds(120))
            #expect(try health(of: example) == #"{"status":"ok","version":"1.4.2"}"#)
            let before = try example.shell("bin/deployed image; bin/deployed schema")

            try example.shell(
                """
                sed -i 's/APP_TAG: "1.4.2"/APP_TAG: "1.5.0"/' environments/base.yaml
                printf 'FROM registry.example.com/uploads:1.4.2\\nLABEL newer=yes\\n' |
                    docker build --quiet --tag registry.example.com/uploads:1.5.0 -
                "$REHEARSE" run deploy -e staging --reason second
                """, within: .seconds(120))
            #expect(try health(of: example) == #"{"status":"ok","version":"1.5.0"}"#)
            #expect(try example.shell("bin/deployed image; bin/deployed schema") != before)

            try example.shell(#""$REHEARSE" rollback last --yes --reason back"#, within: .seconds(120))
            #expect(try health(of: example) == #"{"status":"ok","version":"1.4.2"}"#)
            #expect(try example.shell("bin/deployed image; bin/deployed schema") == before)
        }

        @Test func `goes back by itself when the new version does not start`() throws {
            let example = try EngineExample()
            defer { example.cleanUp() }
            try example.shell(#""$REHEARSE" run deploy -e staging --reason first"#, within: .seconds(120))
            // Its containers say at once that they are not healthy.
            let failed = try example.shell(
                """
                sed -i 's/APP_TAG: "1.4.2"/APP_TAG: "1.5.0"/' environments/base.yaml
                printf 'FROM registry.example.com/uploads:1.4.2\\nCMD ["false"]\\n' |
                    docker build --quiet --tag registry.example.com/uploads:1.5.0 -
                sed -i 's/start_period: 15s/start_period: 1s/' templates/compose.yaml
                "$REHEARSE" run deploy -e staging --reason broken --on-failure rollback && exit 1
                "$REHEARSE" history -e staging
                """, within: .seconds(180))
            #expect(failed.contains("rolled back"), "\(failed)")
            #expect(try health(of: example) == #"{"status":"ok","version":"1.4.2"}"#)
        }

        @Test func `is rehearsed on a host that is in use: forward, back to the version before, forward again`() throws
        {
            let example = try EngineExample()
            defer { example.cleanUp() }
            try example.shell(#""$REHEARSE" run deploy -e staging --reason first"#, within: .seconds(120))
            // Somebody's upload, which no way back may lose.
            let id = try example.shell(
                """
                printf '%%PDF-1.7\\n' >paper.pdf
                curl -fsS --max-time 5 -F 'file=@paper.pdf' http://127.0.0.1:8000/uploads |
                    sed -E 's/.*"id":"([^"]*)".*/\\1/'
                """)
            let before = try example.shell("bin/deployed image; bin/deployed schema")
            let shown = try example.shell(
                """
                sed -i 's/APP_TAG: "1.4.2"/APP_TAG: "1.5.0"/' environments/base.yaml
                printf 'FROM registry.example.com/uploads:1.4.2\\nLABEL newer=yes\\n' |
                    docker build --quiet --tag registry.example.com/uploads:1.5.0 -
                "$REHEARSE" run deploy -e staging --rehearsal --format json
                """, within: .seconds(240))
            #expect(shown.contains(#""held": true"#), "\(shown)")
            #expect(try health(of: example) == #"{"status":"ok","version":"1.5.0"}"#)
            #expect(try example.shell("bin/deployed image; bin/deployed schema") != before)
            try example.shell(
                "curl -fsS --max-time 5 http://127.0.0.1:8000/uploads/\(id.filter { !$0.isNewline }) | cmp - paper.pdf")
            try example.shell(#""$REHEARSE" rollback last --yes"#, within: .seconds(120))
            #expect(try example.shell("bin/deployed image; bin/deployed schema") == before)
        }

        private func health(of example: EngineExample) throws -> String {
            try example.shell("curl -fsS --max-time 5 http://127.0.0.1:8000/health")
        }
    }
}
