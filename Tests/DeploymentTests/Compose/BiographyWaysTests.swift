import Deployment
import Diagnostics
import Testing
import YAML

/// The ways by which a value comes into a rendering, other than by files laid over each other.
@Suite struct `The way of a value` {
    @Test func `by extends within a file`() {
        let fixture = ComposeFixture(
            """
            services:
              base: {image: 1️⃣a, hostname: 2️⃣h, environment: {A: 3️⃣x}}
              web:
                4️⃣extends: base
                image: 5️⃣b
            """)
        #expect(
            fixture.explained("services.web.image") == ["1️⃣ set a", "  web extends base 4️⃣", "5️⃣ replaced b"])
        #expect(fixture.explained("services.web.hostname") == ["2️⃣ set h", "  web extends base 4️⃣"])
        #expect(fixture.explained("services.base.image") == ["1️⃣ set a"])
    }

    @Test func `by extends from another file, and from there again`() {
        let fixture = ComposeFixture([
            "compose.yaml": """
            services:
              web:
                1️⃣extends: {file: sub/common.yaml, service: app}
                environment: [2️⃣A=web]
            """,
            "sub/common.yaml": """
            services:
              root: {image: 1️⃣a, environment: {A: 2️⃣root}, volumes: [3️⃣'./d:/d']}
              app: {4️⃣extends: {service: root}, environment: {A: 5️⃣app}}
            """,
        ])
        #expect(
            fixture.explained("services.web.environment.A") == [
                "sub/common.yaml:2️⃣ set root", "  web extends app 1️⃣", "  app extends root sub/common.yaml:4️⃣",
                "sub/common.yaml:5️⃣ replaced app", "  web extends app 1️⃣",
                "2️⃣ replaced web written A=web", "  short syntax",
            ])
        #expect(
            fixture.explained("services.web.volumes[target=/d].source") == [
                "sub/common.yaml:3️⃣ set /work/sub/d written ./d:/d", "  web extends app 1️⃣",
                "  app extends root sub/common.yaml:4️⃣", "  short syntax",
            ])
    }

    @Test func `a reset takes away what is extended`() {
        let fixture = ComposeFixture(
            """
            services:
              base: {image: a, hostname: 1️⃣h}
              web: {2️⃣extends: base, hostname: 3️⃣!reset null}
            """)
        #expect(
            fixture.explained("services.web.hostname") == [
                "1️⃣ set h", "  web extends base 2️⃣", "3️⃣ removed nothing", "  !reset 3️⃣", "not in the rendering",
            ])
    }

    @Test func `by include with an override, and with variables of its own`() {
        let fixture = ComposeFixture([
            "compose.yaml": """
            include:
              - path: [1️⃣team/app.yaml, over.yaml]
            services: {web: {image: w}}
            """,
            "team/app.yaml": "services: {db: {image: 1️⃣\"pg:${V}\", hostname: 2️⃣a, volumes: ['./x:/x']}}\n",
            "over.yaml": "services: {db: {hostname: 1️⃣b}}\n",
            "team/.env": "1️⃣V=1\n",
        ])
        #expect(
            fixture.explained("services.db.hostname") == [
                "team/app.yaml:2️⃣ set a", "  included 1️⃣", "over.yaml:1️⃣ replaced b", "  included 1️⃣",
            ])
        #expect(
            fixture.explained("services.db.image") == [
                "team/app.yaml:1️⃣ set pg:1 written pg:${V}", "  included 1️⃣", "  V env_file team/.env:1️⃣ 1",
            ])
        #expect(
            fixture.explained("services.db.volumes[target=/x].source").suffix(2) == [
                "- replaced /work/team/x", "  a relative path counts from the folder of its project",
            ])
    }

    @Test func `by an env file below environment`() {
        let fixture = ComposeFixture([
            "compose.yaml": """
            services:
              web: {image: i, env_file: [a.env, b.env], environment: {OWN: 1️⃣x}}
            """,
            "a.env": "1️⃣A=1\n2️⃣B=1\nOWN=file\n",
            "b.env": "# more\n1️⃣B=2\n",
        ])
        let rule = "  a line of a file that `env_file` names"
        #expect(fixture.explained("services.web.environment.A") == ["a.env:1️⃣ set 1", rule])
        #expect(fixture.explained("services.web.environment.B") == ["b.env:1️⃣ set 2", rule])
        #expect(fixture.explained("services.web.environment.OWN") == ["1️⃣ set x"])
    }

    @Test func `through an alias and a merge key`() {
        let fixture = ComposeFixture(
            """
            x-env: &env {A: 1️⃣x, B: 2️⃣y}
            services:
              one: {image: i, 3️⃣environment: *env}
              two:
                image: i
                environment:
                  4️⃣<<: *env
                  B: 5️⃣z
            """)
        #expect(fixture.explained("services.one.environment.A") == ["1️⃣ set x", "  alias 3️⃣"])
        #expect(fixture.explained("services.two.environment.A") == ["1️⃣ set x", "  alias 4️⃣"])
        #expect(fixture.explained("services.two.environment.B") == ["5️⃣ set z"])
    }

    // MARK: - Variables

    @Test(
        arguments: [
            ("${A}", ["A": "1"], ["A process - 1"]),
            ("${A:-d}", ["A": "1"], ["A process - 1"]),
            ("${A:-d}", [:], ["A unset - default d"]),
            ("${A:-d}", ["A": ""], ["A process -  default d"]),
            ("x${A-d}", ["A": ""], ["A process - "]),
            ("${A:-${B:-e}}", [:], ["A unset - default e", "B unset - default e"]),
            ("${A:-${B}}", ["B": "2"], ["A unset - default 2", "B process - 2"]),
            ("${A:+alt}", ["A": "1"], ["A process - 1 default alt"]),
            ("${A:+alt}x", [:], ["A unset -"]),
            ("$A$A${B}", ["A": "1", "B": "2"], ["A process - 1", "B process - 2"]),
        ] as [(String, [String: String], [String])])
    func `of a text with variables`(text: String, environment: [String: String], uses: [String]) {
        let fixture = ComposeFixture("services: {web: {image: i, hostname: \"1️⃣\(text)\"}}\n")
        let lines = fixture.explained("services.web.hostname", environment: environment)
        #expect(lines.first?.hasSuffix("written \(text)") ?? false)
        #expect(lines.dropFirst().map { String($0.dropFirst(2)) } == uses)
    }

    @Test func `the process environment goes before an env file, and that is told`() {
        let fixture = ComposeFixture([
            "compose.yaml": "services: {web: {image: 1️⃣\"i:${A}${B}\"}}\n", ".env": "1️⃣A=file\n2️⃣B=file\n",
        ])
        #expect(
            fixture.explained("services.web.image", environment: ["A": "out"]) == [
                "1️⃣ set i:outfile written i:${A}${B}", "  A process - out", "    hides .env:1️⃣",
                "  B env_file .env:2️⃣ file",
            ])
    }

    @Test func `a name passed on takes the variable's value`() {
        let fixture = ComposeFixture("services: {web: {image: i, environment: [1️⃣A]}}\n")
        #expect(
            fixture.explained("services.web.environment.A", environment: ["A": "x"]) == [
                "1️⃣ set null written A", "  short syntax", "1️⃣ replaced x",
                "  a name without a value takes the variable's", "  A process - x",
            ])
    }

    @Test func `a secret stays a reference`() {
        let fixture = ComposeFixture(
            "services: {web: {image: i, environment: {URL: 1️⃣\"db://${PW}@${HOST}\"}}}\n")
        #expect(
            fixture.explained("services.web.environment.URL", values: ["HOST": "h"], secrets: ["PW"]) == [
                "1️⃣ set db://${PW}@h written db://${PW}@${HOST}", "  PW secret -", "  HOST values - h",
            ])
    }

    @Test func `in plain mode a name that looks like a secret's hides its value`() {
        let fixture = ComposeFixture([
            "compose.yaml": """
            services:
              web:
                image: i
                env_file: web.env
                environment: {URL: 1️⃣"db://${DB_PASSWORD}@h"}
            """, "web.env": "1️⃣API_TOKEN=t0psecret\n",
        ])
        let environment = ["DB_PASSWORD": "hunter22"]
        #expect(
            fixture.explained("services.web.environment.URL", environment: environment) == [
                "1️⃣ set db://${DB_PASSWORD}@h written db://${DB_PASSWORD}@h", "  DB_PASSWORD process -",
            ])
        #expect(
            fixture.explained("services.web.environment.API_TOKEN") == [
                "web.env:1️⃣ set [redacted]", "  a line of a file that `env_file` names",
            ])
    }

    // MARK: - Rules that no file spells out

    @Test func `the project's name`() {
        let fixture = ComposeFixture("name: 1️⃣App\nservices: {web: {image: i}}\n")
        #expect(
            fixture.explained("name") == [
                "1️⃣ set App", "- replaced app", "  only lower-case letters, digits, `-` and `_` stay",
            ])
        #expect(fixture.explained("name", name: "x") == ["1️⃣ set App", "- replaced x", "  `--project-name`"])
        #expect(
            fixture.explained("name", environment: ["COMPOSE_PROJECT_NAME": "y"]) == [
                "1️⃣ set App", "- replaced y", "  COMPOSE_PROJECT_NAME process - y",
            ])
        let nameless = ComposeFixture("services: {web: {image: i}}\n")
        #expect(nameless.explained("name") == ["- set work", "  the name of the project's folder"])
    }

    @Test func `the names of networks and volumes`() {
        let fixture = ComposeFixture(
            """
            services: {web: {image: i, volumes: ['data:/a', 'more:/b']}}
            volumes: {data: {}, more: {name: 1️⃣own}, unused: 2️⃣{}}
            """)
        #expect(
            fixture.explained("networks.default.name") == [
                "- set work_default", "  the project's name, `_` and the network's own name",
            ])
        #expect(
            fixture.explained("volumes.data.name") == [
                "- set work_data", "  the project's name, `_` and the volume's own name",
            ])
        #expect(fixture.explained("volumes.more.name") == ["1️⃣ set own"])
        #expect(
            fixture.explained("volumes.unused") == [
                "2️⃣ set {0}", "- removed nothing", "  no service uses it", "not in the rendering",
            ])
    }

    @Test func `a service without an enabled profile`() {
        let fixture = ComposeFixture(
            "services: {web: {image: i}, debug: {image: 1️⃣d, profiles: [dev]}}\n")
        #expect(
            fixture.explained("services.debug.image") == [
                "1️⃣ set d", "- removed nothing", "  no profile of `debug` is enabled: `dev`", "not in the rendering",
            ])
        #expect(fixture.explained("services.debug.image", profiles: ["dev"]) == ["1️⃣ set d"])
    }

    @Test func `the canonical spelling, and what is left out`() {
        let fixture = ComposeFixture(
            "services: {web: {image: i, stop_grace_period: 1️⃣90s, mem_limit: 2️⃣1k, privileged: 3️⃣false}}\n")
        #expect(
            fixture.explained("services.web.stop_grace_period") == [
                "1️⃣ set 90s", "- replaced 1m30s", "  the canonical spelling",
            ])
        #expect(
            fixture.explained("services.web.mem_limit") == [
                "2️⃣ set 1k", "- replaced 1024", "  the canonical spelling",
            ])
        #expect(
            fixture.explained("services.web.privileged") == [
                "3️⃣ set false", "- removed nothing", "  it says what holds without it", "not in the rendering",
            ])
    }

    // MARK: - Paths

    @Test func `a path that is not there names the nearest`() {
        let fixture = ComposeFixture("services: {web: {image: i, ports: ['1:80', '2:80']}}\n")
        #expect(
            fixture.explained("services.wep.image") == [
                "there is no `services.wep.image` in the rendering", "did you mean `services.web`?",
                "`services` and one of `services.web`", "rehearse render x --explain services.web",
            ])
        #expect(
            fixture.explained("services.web.ports[target=80].published") == [
                "the path `services.web.ports[target=80].published` names 2 values", "",
                "one of `services.web.ports[target=80#1].published` or `services.web.ports[target=80#2].published`",
                "rehearse render x --explain 'services.web.ports[target=80#1].published'",
            ])
        #expect(fixture.explained("services.web[").first == "the path `services.web[` has a `[` without its `]`")
        #expect(fixture.explained("compose.services.web.image").count == 1)
        #expect(fixture.explained("services.web.ports[published=2].target").count == 2)
    }

    @Test func `a rendering that is explained is the same rendering`() {
        let fixture = ComposeFixture([
            "compose.yaml": "include: [b.yaml]\nservices: {web: {image: i, extends: {file: c.yaml, service: x}}}\n",
            "b.yaml": "services: {db: {image: d}}\n", "c.yaml": "services: {x: {hostname: h}}\n",
        ])
        let plain = fixture.plain()
        #expect(plain.rendering?.yaml == fixture.plain(recorder: RenderRecorder()).rendering?.yaml)
        #expect(plain.problems == [])
    }
}
