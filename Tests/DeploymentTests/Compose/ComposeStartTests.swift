import Deployment
import Diagnostics
import Testing
import YAML

@Suite struct `Starting as docker compose does` {
    static let image = "services: {web: {image: \"i:${TAG-unset}\"}}\n"

    private func image(_ outcome: ComposeFixture.Outcome) -> String? { outcome.services?["web"]?["image"]?.string }

    @Test func `the process environment wins over dot env`() {
        let fixture = ComposeFixture(["compose.yaml": Self.image, ".env": "TAG=file\n"])
        #expect(image(fixture.plain()) == "i:file")
        #expect(image(fixture.plain(environment: ["TAG": "process"])) == "i:process")
        #expect(image(fixture.plain(environment: ["COMPOSE_DISABLE_ENV_FILE": "1"])) == "i:unset")
    }

    @Test func `named env files replace dot env, later ones win`() {
        let fixture = ComposeFixture([
            "compose.yaml": Self.image, ".env": "TAG=no\n", "a.env": "TAG=a\nX=x\n", "b.env": "TAG=b-$X\n",
        ])
        #expect(image(fixture.plain(envFiles: ["a.env", "b.env"])) == "i:b-x")
        #expect(image(fixture.plain(environment: ["COMPOSE_ENV_FILES": "a.env"])) == "i:a")
        #expect(fixture.plain(envFiles: ["none.env"]).problems == ["- the env file `/work/none.env` is not there"])
    }

    @Test func `dot env stands beside the first file, or in the project's folder`() {
        let fixture = ComposeFixture(["app/compose.yaml": Self.image, ".env": "TAG=root\n", "app/.env": "TAG=app\n"])
        #expect(image(fixture.plain(["app/compose.yaml"])) == "i:app")
        #expect(image(fixture.plain(["app/compose.yaml"], directory: ".")) == "i:root")
    }

    @Test func `without a file name the usual ones are looked for, upwards, with their override`() {
        let fixture = ComposeFixture([
            "compose.yml": "services: {web: {image: yml}}", "docker-compose.yaml": "services: {web: {image: old}}",
            "compose.override.yaml": "services: {web: {tty: true}}",
        ])
        let outcome = fixture.plain([])
        #expect(image(outcome) == "yml")
        #expect(outcome.services?["web"]?["tty"]?.boolean == true)
        #expect(image(fixture.plain([], directory: "deeper/still")) == "yml")
        #expect(ComposeFixture(["x.yaml": ""]).plain([]).problems == ["- no Compose file here or in a folder above"])
    }

    @Test func `COMPOSE_FILE lists files`() {
        let fixture = ComposeFixture([
            "a.yaml": "services: {web: {image: a}}", "b.yaml": "services: {web: {image: b}}",
            ".env": "COMPOSE_FILE=a.yaml:b.yaml\n",
        ])
        #expect(image(fixture.plain([])) == "b")
        let other = ["COMPOSE_FILE": "b.yaml;a.yaml", "COMPOSE_PATH_SEPARATOR": ";"]
        #expect(image(fixture.plain([], environment: other)) == "a")
    }

    @Test func `profiles come from the flag, else from COMPOSE_PROFILES`() {
        let fixture = ComposeFixture(
            "services: {a: {image: i, profiles: [x]}, b: {image: i, profiles: [y]}, c: {image: i}}")
        #expect(fixture.plain().services?.mapping?.keys == ["c"])
        #expect(fixture.plain(environment: ["COMPOSE_PROFILES": "x, y"]).services?.mapping?.keys == ["a", "b", "c"])
        #expect(
            fixture.plain(environment: ["COMPOSE_PROFILES": "x"], profiles: ["y"]).services?.mapping?.keys == [
                "b", "c",
            ])
        #expect(fixture.plain(profiles: ["*"]).services?.mapping?.keys == ["a", "b", "c"])
        #expect(fixture.plain(profiles: ["x"]).yaml("services", "a", "profiles") == "- x\n")
    }

    @Test func `the name comes from the flag, the environment, the files, or the folder`() {
        let plain = ComposeFixture("services: {web: {image: \"${COMPOSE_PROJECT_NAME}\"}}")
        #expect(plain.plain().rendering?.projectName == "work")
        #expect(image(plain.plain(name: "flag")) == "flag")
        #expect(plain.plain(environment: ["COMPOSE_PROJECT_NAME": "env"]).rendering?.projectName == "env")
        #expect(plain.plain(directory: "/My Project.2").rendering?.projectName == "myproject2")
        #expect(plain.plain(name: "No").problems == ["- `No` cannot be a project name"])
        let named = ComposeFixture([
            "compose.yaml": "name: First\nservices: {web: {image: i}}", "over.yaml": "name: \"${N}-second\"\n",
        ])
        #expect(named.plain().rendering?.projectName == "first")
        #expect(
            named.plain(["compose.yaml", "over.yaml"], environment: ["N": "x"]).rendering?.projectName == "x-second")
        #expect(named.plain(name: "flag").rendering?.document["name"]?.string == "flag")
    }

    @Test func `a name that is not set is empty, and that is said once with every place`() {
        let outcome = ComposeFixture("services: {web: {image: \"i1️⃣$X\", hostname: 2️⃣$X}}").plain()
        #expect(
            outcome.problems == [
                "warning 1️⃣ `X` is not set, and an empty string stands for it", "  2️⃣ used here too",
            ])
        #expect(image(outcome) == "i")
    }

    @Test func `a service's files fill what it does not say itself`() {
        let outcome = ComposeFixture([
            "compose.yaml": """
            services:
              web:
                image: i
                environment: [OWN=own, PASSED, UNSET]
                env_file: [a.env, {path: raw.env, format: raw}, {path: none.env, required: false}]
                labels: {b: own}
                label_file: l.env
            """,
            "a.env": "OWN=no\nA=$OWN-$HOST\nUNSET=no\n", "raw.env": "RAW=\"$A\"\n#x\n", "l.env": "a=1\nb=2\nc=$a\n",
        ]).plain(environment: ["HOST": "h", "PASSED": "p"])
        #expect(outcome.problems == [])
        #expect(
            outcome.yaml("services", "web", "environment")
                == "A: own-h\nOWN: own\nPASSED: p\nRAW: \"\\\"$A\\\"\"\nUNSET: null\n")
        #expect(outcome.yaml("services", "web", "labels") == "a: \"1\"\nb: own\nc: \"1\"\n")
        #expect(outcome.services?["web"]?["env_file"] == nil)
    }

    @Test(
        arguments: [
            ("env_file: 1️⃣none.env", "1️⃣ the env file `/work/none.env` is not there"),
            ("label_file: 1️⃣none.env", "1️⃣ the label file `/work/none.env` is not there"),
            ("env_file: [{path: a.env, format: 1️⃣yaml}]", "1️⃣ `services.web.env_file` cannot have the format `yaml`"),
            ("env_file: bad.env", "bad.env:1️⃣ `!` cannot be in a name"),
        ] as [(String, String)])
    func `says which file cannot be read`(field: String, problem: String) {
        let outcome = ComposeFixture([
            "compose.yaml": "services: {web: {image: i, \(field)}}", "a.env": "", "bad.env": "A=1\nB1️⃣!=2\n",
        ]).plain()
        #expect(outcome.problems == [problem])
    }

    @Test func `without normalizing nothing is implied`() {
        let outcome = ComposeFixture("services: {web: {build: ., links: [db]}, db: {image: d}}").plain {
            $0.normalizes = false
        }
        #expect(outcome.yaml("services", "web") == "build:\n  context: /work\nlinks:\n  - db\n")
        #expect(outcome.rendering?.document["networks"] == nil)
    }

    @Test func `unused resources and relative paths can be kept`() {
        let text = "services: {web: {build: ./a}}\nvolumes: {v: }"
        #expect(ComposeFixture(text).plain { $0.dropsUnused = false }.yaml("volumes") == "v:\n  name: work_v\n")
        #expect(
            ComposeFixture(text).plain { $0.completesPaths = false }.yaml("services", "web", "build", "context")
                == "\"./a\"\n")
    }
}
