import TestSupport
import Testing
import YAML

private let bad: [BadManifest] = [
    .environment("an unknown key", "1️⃣vaules: {A: 1}", ["1️⃣ unknown key `vaules`; did you mean `values`?"]),
    .environment(
        "several mistakes at once", "1️⃣vaules: {A: 1}\nurl: 2️⃣ftp://host\ncompose: {3️⃣fils: [a], files: 4️⃣one}",
        [
            "1️⃣ unknown key `vaules`; did you mean `values`?", "2️⃣ `url` cannot be `ftp://host`",
            "3️⃣ unknown key `fils`; did you mean `files`?", "4️⃣ `files` cannot be `one`",
        ]),
    .environment("a wrong type", "values: 1️⃣[A, B]", ["1️⃣ `values` cannot be a list"]),
    .environment("a value that is a map", "values: {A: 1️⃣{b: 1}}", ["1️⃣ the value `A` is a map"]),
    .environment("a value that is null", "values:\n  A: 1️⃣~", ["1️⃣ the value `A` is nothing"]),
    .environment("a number for a text", "description: 1️⃣12", ["1️⃣ `description` cannot be `12`"]),
    .environment("a key twice", "values:\n  A: 1\n  1️⃣A: 2", ["1️⃣ duplicate key `A`; here again"]),
    .environment("a name of our own", "values: {1️⃣REHEARSE_RUN: x}", ["1️⃣ `REHEARSE_RUN` is a name of rehearse's own"]),
    .environment("a name that no variable has", "values: {1️⃣MY-TAG: x}", ["1️⃣ `MY-TAG` cannot be a variable's name"]),
    .environment(
        "a secret with two sources", "secrets:\n  1️⃣TOKEN: {env: TOKEN, file: /run/token}",
        ["1️⃣ the secret `TOKEN` has 2 sources"]),
    .environment("a secret without a source", "secrets:\n  1️⃣TOKEN: {}", ["1️⃣ the secret `TOKEN` has 0 sources"]),
    .environment(
        "a secret's value in place of its source", "secrets:\n  TOKEN: 1️⃣hunter2",
        ["1️⃣ the secret `TOKEN` must name a source; the value is not shown"]),
    .environment(
        "a secret that is a value, too", "values: {TOKEN: x}\nsecrets:\n  1️⃣TOKEN: {env: TOKEN}",
        ["1️⃣ `TOKEN` is both a value and a secret"]),
    .environment(
        "a secret of a reserved name", "secrets:\n  1️⃣REHEARSE_X: {env: A}",
        ["1️⃣ `REHEARSE_X` is a name of rehearse's own"]),
    .environment("a secret's empty command", "secrets:\n  TOKEN: {1️⃣command: []}", ["1️⃣ `command` is empty"]),
    .environment(
        "a gate on an environment that is not there", "gate: 1️⃣{parity: {with: prodution}}",
        ["1️⃣ the gate of `staging` names the environment `prodution`, which is not there; did you mean `production`?"]),
    .environment(
        "a gate's bad duration", "gate: {rehearsed: {on: production, within: 1️⃣a week}}",
        ["1️⃣ `within` cannot be `a week`"]),
    .environment(
        "a gate's unknown condition", "gate: {1️⃣tests: green}", ["1️⃣ unknown key `tests`"]),
    .environment(
        "a history remote that is an option", "history: {remote: 1️⃣--upload-pack=x}",
        ["1️⃣ `remote` cannot be `--upload-pack=x`"]),
    .environment(
        "a history remote with a password", "history: {remote: 1️⃣'https://ada:hunter22@example.org/x.git'}",
        [
            "1️⃣ this looks like a password in a URL; the value is not shown",
            "1️⃣ the address of `remote` holds a password or a token; the value is not shown",
        ]),
    .environment(
        "a history remote with a token", "history: {remote: 1️⃣'https://ghp_token@example.org/x.git'}",
        ["1️⃣ the address of `remote` holds a password or a token; the value is not shown"]),
    .environment(
        "an SSH history remote with a password", "history: {remote: 1️⃣'ssh://ada:hunter22@example.org/x.git'}",
        [
            "1️⃣ this looks like a password in a URL; the value is not shown",
            "1️⃣ the address of `remote` holds a password or a token; the value is not shown",
        ]),
    .environment(
        "a history remote that is a program", "history: {remote: 1️⃣'ext::sh -c id'}",
        ["1️⃣ `remote` cannot be `ext::sh -c id`"]),
    .environment(
        "two jobs of one name",
        "jobs:\n  - {name: queue, owner: backend, run: 'true'}\n  - {name: 1️⃣queue, owner: backend, run: 'true'}",
        ["1️⃣ there are two jobs called `queue`"]),
    .environment(
        "a job without an owner", "jobs:\n  - {1️⃣name: queue, run: 'true'}", ["1️⃣ the job has no `owner`"]),
    .environment(
        "a template outside of templates/", "compose: {files: [1️⃣../../etc/passwd]}",
        ["1️⃣ `../../etc/passwd` is not under `templates/`"]),
    .environment(
        "an absolute template", "compose: {files: [1️⃣/etc/passwd]}", ["1️⃣ `/etc/passwd` is not under `templates/`"]),
    .environment(
        "a template that is not there", "compose: {files: [1️⃣compose.yaml]}",
        ["1️⃣ there is no template templates/compose.yaml"]),
    .environment("no template at all", "compose: {1️⃣files: []}", ["1️⃣ `compose` names no files"]),
    .environment(
        "an environment to extend that is not there", "extends: 1️⃣base", ["1️⃣ environments/base.yaml is not there"]),
    .environment(
        "an extends loop of one", "extends: 1️⃣staging",
        ["1️⃣ `extends` goes in a circle: environments/staging.yaml → environments/staging.yaml"]),
    .environment(
        "a parent outside of the folder", "extends: 1️⃣../base", ["1️⃣ `../base` cannot be an environment's name"]),
    BadManifest(
        "another environment's name", in: "environments/staging.yaml", "environment: 1️⃣stage\nowner: platform\n",
        "1️⃣ this file is not `stage`'s"),
    BadManifest(
        "no name", in: "environments/staging.yaml", "1️⃣owner: platform\n", "1️⃣ the environment has no `environment`"),
    BadManifest("an empty file", in: "environments/staging.yaml", "1️⃣", "1️⃣ environments/staging.yaml is empty"),
    BadManifest(
        "only comments", in: "environments/staging.yaml", "1️⃣# to do\n", "1️⃣ environments/staging.yaml is empty"),
    BadManifest(
        "a list", in: "environments/staging.yaml", "1️⃣- a\n- b\n", "1️⃣ an environment is a map, and this is a list"),
    BadManifest(
        "no YAML", in: "environments/staging.yaml", "environment: [staging\n1️⃣",
        "1️⃣ not valid YAML: did not find expected ',' or ']' while parsing a flow sequence"),
    BadManifest(
        "two documents", in: "environments/staging.yaml", "environment: staging\nowner: a\n1️⃣---\nb: 1\n",
        "1️⃣ a second document begins here"),
    BadManifest(
        "a tab for a blank", in: "environments/staging.yaml", "environment: staging\nvalues:\n1️⃣\tA: 1\n",
        "1️⃣ not valid YAML: found character that cannot start any token while scanning for the next token"),
    BadManifest(
        "a parity rule with mistakes", in: "environments/parity.yaml",
        "rules:\n  - 1️⃣name: one\n    path: url\n    allow: 2️⃣changd\n",
        "2️⃣ `allow` cannot be `changd`; did you mean `changed`?", "1️⃣ the rule has no `reason`",
        "1️⃣ the rule has no `owner`"),
]

@Suite struct `Checking environments` {
    @Test(arguments: bad)
    func `every mistake is told with its place`(manifest: BadManifest) throws {
        var files = CommandProject.small
        files[manifest.path] = manifest.text.text
        let project = try CommandProject(files)
        let answer = project.rehearse("check", "--format", "json")
        #expect(answer.status == 2)
        #expect(answer.error == "")
        let document = json(answer.output)
        #expect(manifest.summary(of: document) == manifest.errors)
        #expect(document["warnings"]?.sequence?.count == 0)
        // For people: the same problems, each with what to do, and nothing on standard output.
        let text = project.rehearse("check")
        #expect(text.status == 2)
        #expect(text.output == "")
        #expect(text.error.split(separator: "\n").count { $0.hasPrefix("error: ") } == manifest.errors.count)
        #expect(text.error.split(separator: "\n").count { $0.hasPrefix("  expected: ") } == manifest.errors.count)
        #expect(try project.contents().keys.allSatisfy { !$0.hasPrefix(".rehearse") })
    }

    @Test func `a circle of three is told from each of its files`() throws {
        let project = try CommandProject([
            "environments/a.yaml": "environment: a\nextends: b\n",
            "environments/b.yaml": "environment: b\nextends: c\n",
            "environments/c.yaml": "environment: c\nextends: a\n",
        ])
        let answer = project.rehearse("check")
        #expect(answer.status == 2)
        #expect(
            answer.error.hasPrefix(
                """
                error: `extends` goes in a circle: environments/a.yaml → environments/b.yaml → environments/c.yaml → \
                environments/a.yaml
                 --> environments/c.yaml:2:10
                  |
                2 | extends: a
                  |          ^
                  expected: a chain that ends
                  retry: safe, nothing was started

                """))
        #expect(answer.error.hasSuffix("\n3 errors, 3 files checked\n"))
    }
}
