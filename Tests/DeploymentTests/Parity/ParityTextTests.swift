import Deployment
import Diagnostics
import Testing
import YAML

@Suite struct `Parity as text` {
    private func text(
        width: Int = 80, palette: Palette = .plain, names: (String, String) = ("staging", "production")
    ) throws -> String {
        let (report, sources) = try ParityExample.report(names: names)
        return ParityText.render(report, sources: sources, palette: palette, width: width)
    }

    /// The text of two small documents.
    private func text(_ left: String, _ right: String, rules: String = "", width: Int = 80) throws -> String {
        ParityText.render(
            try ParityFixture.report(left, right, rules: rules), sources: SourceTable(), width: width)
    }

    @Test func `everything is said, grouped and aligned`() throws {
        #expect(
            try text() == """
                staging and production: 7 drift, 1 expired, 3 accepted, 10 of 21 values equal

                  expired   ~ url
                    staging     http://127.0.0.1:8000        environments/staging.yaml:16:6
                    production  https://uploads.example.org  environments/production.yaml:16:6
                    rule        own-address: Every environment has its own address
                    owner       platform, until 2026-10-31, which has passed

                values
                  drift     ~ WEB_REPLICAS
                    staging     1  environments/staging.yaml:3:17
                    production  4  environments/production.yaml:3:17
                    why         rule `replicas-value` expects 2 in staging, and it has 1
                  drift     ~ WORKERS  (differs in type only)
                    staging     4    environments/staging.yaml:4:12
                    production  "4"  environments/production.yaml:4:12

                secrets
                  drift     ~ DATABASE_URL
                    staging     {env: DATABASE_URL}
                                environments/staging.yaml:6:3
                    production  {file: /run/secrets/database_url}
                                environments/production.yaml:6:3

                config
                  drift     ~ nginx
                    staging     environments/staging.yaml:10:10
                    production  environments/production.yaml:10:10
                        server {
                          listen 80;
                      -   gzip on;
                      +   gzip off;
                          root /srv;
                        }

                compose.services.web
                  drift     - environment.DEBUG  (only in staging)
                    staging     "1"  environments/staging.yaml:23:46
                  drift     ~ ports[target=8000].published
                    staging     "8000"  environments/staging.yaml:25:37
                    production  "80"    environments/production.yaml:25:37

                compose.services.worker
                  drift     + worker  (only in production)
                    production  environments/production.yaml:27:5
                      image: registry.example.org/uploads:1.4.2
                      command:
                        - python
                        - "-m"
                        - uploads.worker
                      deploy:
                        replicas: 2

                accepted  log-level  (backend)
                  Staging tells more, so that a failed rehearsal can be understood without
                  running it again
                  ~ values.LOG_LEVEL                            debug → info
                  ~ compose.services.web.environment.LOG_LEVEL  debug → info
                accepted  fewer-replicas  (platform, until 2027-06-30)
                  One replica is enough to rehearse with
                  ~ compose.services.web.deploy.replicas  1 → 4

                · stale rule `old-cache` (environments/parity.yaml:29:11) matches nothing
                · same items in another order: config.uploads.accept
                · accepted means intended: both environments keep their own value, and nothing
                  is changed or hidden

                """)
    }

    @Test func `what is accepted is shown like the rest where more is asked for`() throws {
        let (report, sources) = try ParityExample.report()
        let text = ParityText.render(report, sources: sources, isDetailed: true)
        #expect(
            text.contains(
                """
                  accepted  ~ LOG_LEVEL
                    staging     debug  environments/staging.yaml:2:14
                    production  info   environments/production.yaml:2:14
                    rule        log-level: Staging tells more, so that a failed rehearsal can be
                                understood without running it again
                    owner       backend

                secrets

                """))
        #expect(text.contains("\n    owner       platform, until 2027-06-30\n"))
        #expect(!text.contains("→"))
    }

    /// The text of one accepted difference, its line alone.
    private func acceptedLine(_ left: String, _ right: String, width: Int = 60) throws -> [String] {
        let text = try text(left, right, rules: ParityFixture.rule("'**'", "allow: any"), width: width)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let first = try #require(lines.firstIndex { $0.hasPrefix("accepted") })
        return Array(lines[(first + 2)...].prefix { !$0.isEmpty })
    }

    @Test func `an accepted difference is one line, whatever its values`() throws {
        #expect(try acceptedLine("a: 1", "a: \"1\"") == [#"  ~ a  1 → "1"  (differs in type only)"#])
        #expect(try acceptedLine("{}", "a: x") == ["  + a  x"])
        #expect(try acceptedLine("a: {b: 1}", "{}") == ["  - a  {b: 1}"])
        let many = "a:\n" + (1...30).map { "  key-\($0): \($0)\n" }.joined()
        #expect(try acceptedLine("{}", many) == ["  + a  {30 keys}"])
        #expect(
            try acceptedLine("a: |\n  one\n  two\n", "a: |\n  one\n  three\n  four\n")
                == ["  ~ a  one … (2 lines) → one … (3 lines)"])
        let long = String(repeating: "word ", count: 20)
        #expect(
            try acceptedLine("a: \(long)one", "a: \(long)two")
                == ["  ~ a  …ord one → …ord two"])
    }

    @Test func `an accepted difference without room has its values below its path`() throws {
        #expect(
            try acceptedLine(
                "compose: {services: {web: {image: registry/a}}}", "compose: {services: {web: {image: registry/b}}}",
                width: 30)
                == ["  ~ compose.services.web.image", "      registry/a → registry/b"])
    }

    @Test func `a narrow terminal gets short lines, and places that can be copied`() throws {
        let narrow: String = try text(width: 48)
        #expect(
            narrow.hasPrefix(
                """
                staging and production: 7 drift, 1 expired, 3 accepted, 10 of 21 values equal

                  expired   ~ url
                    staging     http://127.0.0.1:8000
                      environments/staging.yaml:16:6
                    production  https://uploads.example.org
                      environments/production.yaml:16:6
                    rule        own-address: Every environment
                                has its own address
                    owner       platform, until 2026-10-31,
                                which has passed

                values
                  drift     ~ WEB_REPLICAS
                    staging     1
                      environments/staging.yaml:3:17
                    production  4
                      environments/production.yaml:3:17
                    why         rule `replicas-value` expects 2
                                in staging, and it has 1

                """))
        #expect(narrow.split(separator: "\n").dropFirst().allSatisfy { (line: Substring) in line.count <= 48 })
        #expect(try text(width: 10) == text(width: 40))
    }

    @Test(arguments: [40, 47, 60, 80, 120, 200])
    func `only the first line may be longer than the terminal is wide`(_ width: Int) throws {
        let text: String = try text(width: width)
        let lines = text.split(separator: "\n")
        #expect(lines.count > 40)
        #expect(lines.dropFirst().allSatisfy { $0.count <= width })
    }

    @Test func `colours add nothing to the words`() throws {
        let coloured = try text(palette: .coloured)
        #expect(coloured.contains("\u{1B}[31;1mdrift   \u{1B}[0m"))
        #expect(coloured.contains("\u{1B}[32maccepted\u{1B}[0m"))
        #expect(coloured.contains("\u{1B}[33mexpired \u{1B}[0m"))
        #expect(coloured.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") == (try text()))
    }

    @Test func `no difference is one line`() throws {
        #expect(try text("a: 1", "a: 1") == "staging and production: no drift, 1 of 1 value equal\n")
    }

    @Test func `long names of operands become left and right`() throws {
        let text = try text(names: ("a/very/long/path/to/left.yaml", "b/right.yaml"))
        #expect(text.hasPrefix("a/very/long/path/to/left.yaml and b/right.yaml: "))
        #expect(text.contains("\n    left   1  environments/staging.yaml:3:17\n    right  4"))
    }

    @Test func `wide characters and emoji are aligned by the room they take`() throws {
        var sources = SourceTable()
        let left = try ParityFixture.node("a: 部署", in: &sources, path: "l.yaml")
        let right = try ParityFixture.node("a: x🚀", in: &sources, path: "r.yaml")
        let report = ParityReport(
            left: "l", right: "r", result: Comparison.differences(left: left, right: right), rules: .none,
            today: Timestamp(millisecondsSince1970: 0))
        #expect(
            ParityText.render(report, sources: sources) == """
                l and r: 1 drift, 0 of 1 value equal

                  drift     ~ a
                    l      "部署"  l.yaml:1:4
                    r      "x🚀"   r.yaml:1:4

                """)
    }

    @Test func `what a document contains cannot control the terminal`() throws {
        let text = try text(#"a: "\e[31mred\u202e""#, #"a: "plain""#)
        #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E })
    }

    @Test func `JSON inside a value is laid out before its lines are compared`() throws {
        let text = try text(#"a: '{"x": 1, "y": [1, 2]}'"#, #"a: '{"y": [1, 3], "x": 1}'"#)
        #expect(
            text == """
                staging and production: 1 drift, 0 of 1 value equal

                  drift     ~ a
                        … 2 equal lines
                          "y": [
                            1,
                      -     2
                      +     3
                          ]
                        }

                """)
    }

    @Test func `equal lines far from a change are counted`() throws {
        let lines = (1...20).map { "  line \($0)\n" }.joined()
        let text = try text("a: |\n" + lines, "a: |\n" + lines.replacing("line 10", with: "line X"))
        #expect(
            text.contains("        … 7 equal lines\n        line 8\n        line 9\n      - line 10\n      + line X\n"))
        #expect(text.contains("        … 8 equal lines\n"))
    }

    @Test func `a large collection shows its beginning`() throws {
        let many = (1...40).map { "  k\($0): \($0)\n" }.joined()
        let text = try text("a: 1", "a: 1\nb:\n" + many)
        #expect(text.contains("\n      k12: 12\n      … 28 more lines\n"))
    }

    @Test func `a renamed key and overlapping rules are told`() throws {
        let text = try text(
            "values: {LOG_LEVEL: info, A: 1}", "values: {LOG_LVEL: info, A: 2}",
            rules: ParityFixture.rule("values.A", name: "narrow") + ParityFixture.rule("values.**", "allow: changed"))
        #expect(text.contains("    hint        perhaps renamed to values.LOG_LVEL\n"))
        #expect(text.contains("· rule `narrow` decides before `rule` at values.A\n"))
    }
}
