import Deployment
import Diagnostics
import Testing
import YAML

@Suite struct `Parity where a team looks` {
    // MARK: - One line

    @Test func `the brief report is the summary`() throws {
        let (report, _) = try ParityExample.report()
        #expect(
            ParityBrief.line(report)
                == "staging and production: 7 drift, 1 expired, 3 accepted, 10 of 21 values equal")
    }

    // MARK: - GitHub annotations

    @Test func `each drift is annotated at its line, accepted differences are not`() throws {
        let (report, sources) = try ParityExample.report()
        let lines = ParityAnnotations.commands(report, sources: sources).split(separator: "\n").map(String.init)
        #expect(
            lines == [
                #"::error file=environments/staging.yaml,line=23,col=46,endColumn=49,title=parity drift%3A compose.services.web.environment.DEBUG::staging: "1"%0Aproduction: nothing"#,
                #"::error file=environments/staging.yaml,line=25,col=37,endColumn=43,title=parity drift%3A compose.services.web.ports[target=8000].published::staging: "8000"%0Aproduction: "80""#,
                #"::error file=environments/staging.yaml,line=20,col=3,endColumn=11,title=parity drift%3A compose.services.worker::staging: nothing%0Aproduction: {image: registry.example.org/uploads:1.4.2, command: [python, "-m", uploads.worker], deploy: {replicas: 2}}"#,
                #"::error file=environments/staging.yaml,line=10,endLine=15,col=10,title=parity drift%3A config.nginx::staging: "server {\n  listen 80;\n  gzip on;\n  root /srv;\n}\n"%0Aproduction: "server {\n  listen 80;\n  gzip off;\n  root /srv;\n}\n""#,
                #"::error file=environments/staging.yaml,line=6,col=3,endColumn=15,title=parity drift%3A secrets.DATABASE_URL::staging: {env: DATABASE_URL}%0Aproduction: {file: /run/secrets/database_url}"#,
                #"::error file=environments/staging.yaml,line=16,col=6,endColumn=27,title=parity expired%3A url::staging: http://127.0.0.1:8000%0Aproduction: https://uploads.example.org%0Arule `own-address` accepted this until 2026-10-31"#,
                #"::error file=environments/staging.yaml,line=3,col=17,endColumn=18,title=parity drift%3A values.WEB_REPLICAS::staging: 1%0Aproduction: 4%0Arule `replicas-value` expects 2 in staging, and it has 1"#,
                #"::error file=environments/staging.yaml,line=4,col=12,endColumn=13,title=parity drift%3A values.WORKERS::staging: 4%0Aproduction: "4""#,
                #"::warning file=environments/parity.yaml,line=29,col=11,endColumn=20,title=stale parity rule::`old-cache` matches nothing"#,
            ])
    }

    @Test func `the side that the change touches is annotated`() throws {
        let (report, sources) = try ParityExample.report()
        let text = ParityAnnotations.commands(
            report, sources: sources, isOfInterest: { $0 == "environments/production.yaml" })
        let errors = text.split(separator: "\n").filter { $0.hasPrefix("::error") }
        #expect(errors.count == 8)
        #expect(errors.allSatisfy { $0.contains("file=environments/production.yaml,") })
        // What production lacks is annotated at the map that lacks it.
        #expect(errors.contains { $0.contains("line=23,col=7,endColumn=18,title=parity drift%3A") })
    }

    @Test func `more than ten are counted in the last one`() throws {
        let left = (1...14).map { "k\($0): 1\n" }.joined()
        let report = try ParityFixture.report(left, left.replacing(": 1", with: ": 2"))
        let lines = ParityAnnotations.commands(report, sources: SourceTable()).split(separator: "\n")
        #expect(lines.count == 10)
        #expect(lines[9] == "::error title=parity::5 more; staging and production: 14 drift, 0 of 14 values equal")
    }

    @Test func `a value cannot end the command or begin another`() throws {
        let report = try ParityFixture.report(#"{"a,b:%": "x\r\n::error::injected"}"#, #"{"a,b:%": 1}"#)
        let text = ParityAnnotations.commands(report, sources: SourceTable())
        #expect(
            text == #"::error title=parity drift%3A a%2Cb%3A%25::staging: "x\r\n::error::injected"%0Aproduction: 1"#
                .replacing("a%2Cb%3A%25", with: #""a%2Cb%3A%25""#) + "\n")
        #expect(try ParityAnnotations.commands(ParityFixture.report("a: 1", "a: 1"), sources: SourceTable()).isEmpty)
    }

    // MARK: - Markdown

    @Test func `a comment says what needs a decision first and folds what is accepted`() throws {
        let (report, sources) = try ParityExample.report()
        #expect(
            ParityMarkdown.document(report, sources: sources) == #"""
                ### Parity of `staging` and `production`: drift

                7 drift, 1 expired, 3 accepted, 10 of 21 values equal

                | verdict | path | staging | production | remark |
                |---|---|---|---|---|
                | **drift** | `compose.services.web.environment.DEBUG` | `"1"`<br><sub>environments/staging.yaml:23:46</sub> |  | only in staging |
                | **drift** | `compose.services.web.ports[target=8000].published` | `"8000"`<br><sub>environments/staging.yaml:25:37</sub> | `"80"`<br><sub>environments/production.yaml:25:37</sub> |  |
                | **drift** | `compose.services.worker` |  | `{image: registry.example.org/uploads:1.4.2, command: [python, "-m", uploads.worker], deploy: {replicas: 2}}`<br><sub>environments/production.yaml:27:5</sub> | only in production |
                | **drift** | `config.nginx` | `"server {\n  listen 80;\n  gzip on;\n  root /srv;\n}\n"`<br><sub>environments/staging.yaml:10:10</sub> | `"server {\n  listen 80;\n  gzip off;\n  root /srv;\n}\n"`<br><sub>environments/production.yaml:10:10</sub> |  |
                | **drift** | `secrets.DATABASE_URL` | `{env: DATABASE_URL}`<br><sub>environments/staging.yaml:6:3</sub> | `{file: /run/secrets/database_url}`<br><sub>environments/production.yaml:6:3</sub> |  |
                | **expired** | `url` | `http://127.0.0.1:8000`<br><sub>environments/staging.yaml:16:6</sub> | `https://uploads.example.org`<br><sub>environments/production.yaml:16:6</sub> | rule \`own-address\` accepted this until 2026-10-31 |
                | **drift** | `values.WEB_REPLICAS` | `1`<br><sub>environments/staging.yaml:3:17</sub> | `4`<br><sub>environments/production.yaml:3:17</sub> | rule \`replicas-value\` expects 2 in staging, and it has 1 |
                | **drift** | `values.WORKERS` | `4`<br><sub>environments/staging.yaml:4:12</sub> | `"4"`<br><sub>environments/production.yaml:4:12</sub> | differs in type only |

                <details><summary>lines of `config.nginx`</summary>

                ```diff
                  server {
                    listen 80;
                -   gzip on;
                +   gzip off;
                    root /srv;
                  }
                ```

                </details>

                <details><summary>3 accepted</summary>

                | verdict | path | staging | production | rule |
                |---|---|---|---|---|
                | accepted | `compose.services.web.deploy.replicas` | `1`<br><sub>environments/staging.yaml:26:26</sub> | `4`<br><sub>environments/production.yaml:26:26</sub> | **fewer-replicas**<br>One replica is enough to rehearse with<br>platform, until 2027-06-30 |
                | accepted | `compose.services.web.environment.LOG_LEVEL` | `debug`<br><sub>environments/staging.yaml:23:32</sub> | `info`<br><sub>environments/production.yaml:23:32</sub> | **log-level**<br>Staging tells more, so that a failed rehearsal can be understood without running it again<br>backend |
                | accepted | `values.LOG_LEVEL` | `debug`<br><sub>environments/staging.yaml:2:14</sub> | `info`<br><sub>environments/production.yaml:2:14</sub> | **log-level**<br>Staging tells more, so that a failed rehearsal can be understood without running it again<br>backend |

                accepted means intended: both environments keep their own value, and nothing is changed or hidden

                </details>

                - stale rule `old-cache` (environments/parity.yaml:29:11) matches nothing
                - same items in another order: `config.uploads.accept`

                """#)
    }

    @Test func `values cannot leave their cell or become markup`() throws {
        let report = try ParityFixture.report("'a|b': '`x` | <b>'", "'a|b': 'y\n\n# z'")
        let text = ParityMarkdown.document(report, sources: SourceTable())
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| **drift**") }
        #expect(rows == [##"| **drift** | `a\|b` | ``"`x` \| <b>"`` | `"y\n# z"` |  |"##])
    }

    @Test func `a comment that would be refused for its length is shortened and says so`() throws {
        let left = (1...500).map { "key_number_\($0): some value\n" }.joined()
        let report = try ParityFixture.report(left, left.replacing("some", with: "another"))
        let text = ParityMarkdown.document(report, sources: SourceTable(), limit: 8_000)
        #expect(text.utf8.count <= 8_000)
        let rows = text.split(separator: "\n").count { $0.hasPrefix("| **drift**") }
        #expect(rows > 50)
        #expect(text.contains("… and \(500 - rows) more, left out here for their length"))
    }

    // MARK: - HTML

    @Test func `the page holds every difference, rule and note, and loads nothing`() throws {
        let (report, sources) = try ParityExample.report()
        let page = ParityPage.document(report, sources: sources)
        for finding in report.findings {
            #expect(page.contains("data-name=\"\(finding.difference.path)\""))
        }
        for text in [
            "<p class=\"bad\" id=\"summary\">7 drift, 1 expired, 3 accepted, 10 of 21 values equal</p>",
            "One replica is enough to rehearse with", "platform, until 2026-10-31, which has passed",
            "environments/production.yaml:27:5", "<del>-   gzip on;</del>", "<ins>+   gzip off;</ins>",
            "stale rule <code>old-cache</code>", "same items in another order", "prefers-color-scheme: dark",
        ] {
            #expect(page.contains(text), "\(text)")
        }
        #expect(!page.contains("src="))
        #expect(!page.contains("href="))
        #expect(!page.contains("@import"))
        #expect(!page.contains("url("))
        for tag in ["details", "article", "div", "dl", "ul", "main", "header", "form", "script", "style"] {
            let opened = page.ranges(of: "<\(tag)").count { range in
                page[range.upperBound] == ">" || page[range.upperBound] == " "
            }
            #expect(opened == page.ranges(of: "</\(tag)>").count, "\(tag)")
        }
    }

    @Test func `a page about equal environments has no controls`() throws {
        let page = ParityPage.document(try ParityFixture.report("a: 1", "a: 1"), sources: SourceTable())
        #expect(page.contains("<p class=\"good\" id=\"summary\">no drift, 1 of 1 value equal</p>"))
        #expect(!page.contains("<form"))
    }

    @Test func `what a document contains is text on the page`() throws {
        let page = ParityPage.document(
            try ParityFixture.report("'\"><script>': '</script><img onerror=x>'", "a: '&amp;'"), sources: SourceTable())
        #expect(page.ranges(of: "<script>").count == 1)
        #expect(!page.contains("<img"))
        #expect(page.contains("&lt;/script&gt;&lt;img onerror=x&gt;"))
        #expect(page.contains("&amp;amp;"))
    }
}
