import CLI
import Host
import TestSupport
import Testing

/// The same files give the same bytes, whatever variables the caller has.
@Suite struct `Answers that depend on files alone` {
    private let project: CommandProject

    init() throws {
        project = try CommandProject(
            Dictionary(uniqueKeysWithValues: WorkedExample.files.map { ($0.path, $0.text) }))
    }

    /// Everything that the worked example names, set to something else.
    private static let evil = [
        "APP_TAG": "evil", "REGISTRY": "evil.example.com", "WEB_REPLICAS": "99", "WEB_PORT": "1", "LOG_LEVEL": "evil",
        "WEB_MEMORY": "evil", "UPLOAD_MAX_BYTES": "evil", "UPLOAD_ACCEPT": "evil", "DATABASE_URL": "evil",
        "SESSION_SECRET": "evil", "CDN_TOKEN": "evil", "VERSION": "evil", "COMPOSE_PROJECT_NAME": "evil",
        "COMPOSE_FILE": "evil.yaml", "COMPOSE_PROFILES": "evil", "COMPOSE_ENV_FILES": "evil.env",
        "REHEARSE_ENVIRONMENT": "evil", "REHEARSE_RUN": "evil", "USER": "evil", "TZ": "Asia/Tokyo",
        "LANG": "tr_TR.UTF-8", "LC_ALL": "de_DE.UTF-8",
    ]

    @Test(arguments: [
        "render staging", "render production", "render staging --format json", "diff staging production",
        "diff staging production --format json", "check", "check --format json",
        "plan release -e staging --input VERSION=1.5.0", "plan release -e staging --input VERSION=1.5.0 --format json",
        "plan deploy -e production --format json",
    ])
    func `no variable changes a byte`(line: String) throws {
        // Compose would read this file; an environment's rendering must not.
        try project.write("APP_TAG=evil\nREGISTRY=evil\n", to: ".env")
        try project.write("APP_TAG=evil\nREGISTRY=evil\n", to: "templates/.env")
        let words = [RehearseBinary.path] + line.split(separator: " ").map(String.init)
        var bare = project.rehearse
        bare.environment = [:]
        let expected = bare.run(words)
        #expect(expected.status == 0)
        #expect(expected.error == "")
        #expect(!expected.output.isEmpty)
        for variables in [Self.evil, [:]] {
            var full = project.rehearse
            full.environment.merge(variables) { $1 }
            let answer = full.run(words)
            #expect(answer.status == 0)
            #expect(answer.output == expected.output)
            #expect(answer.error == "")
        }
        #expect(!expected.output.contains("evil"))
    }

    @Test(arguments: ["render staging", "diff staging production --format json", "check --format json"])
    func `nor does the folder from which one asks`(line: String) throws {
        let words = line.split(separator: " ").map(String.init)
        let here = project.rehearse.run([RehearseBinary.path] + words)
        let below = RehearseBinary(in: project.folder("templates")).run([RehearseBinary.path] + words)
        let elsewhere = RehearseBinary(in: "/").run([RehearseBinary.path, "-C", project.folder.path] + words)
        #expect(here.status == 0)
        #expect(below.output == here.output)
        #expect(elsewhere.output == here.output)
    }

    @Test func `nor how often one asks, or where a copy of the project stands`() throws {
        let copy = try CommandProject(
            Dictionary(uniqueKeysWithValues: WorkedExample.files.map { ($0.path, $0.text) }))
        for words in [["render", "staging"], ["plan", "deploy", "-e", "production", "--format", "json"]] {
            let first = project.rehearse.run([RehearseBinary.path] + words)
            #expect(first.status == 0)
            #expect(project.rehearse.run([RehearseBinary.path] + words).output == first.output)
            #expect(copy.rehearse.run([RehearseBinary.path] + words).output == first.output)
        }
    }
}
