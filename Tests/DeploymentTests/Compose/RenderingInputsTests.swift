import Deployment
import Testing
import YAML

@Suite struct `The digest of a rendering's inputs` {
    /// The inputs themselves in place of their digest, which must be one line.
    private static func inputs(
        _ files: [String: String], _ names: [String] = ["compose.yaml"], values: [String: String] = [:],
        secrets: [String] = [], profiles: [String] = [], output: String = "."
    ) -> String? {
        ComposeFixture(files).environment(
            names, values: values, secrets: secrets, profiles: profiles, output: output,
            digest: { String(decoding: $0, as: UTF8.self).replacing("\n", with: "|") }
        ).rendering?.inputs?.replacing("|", with: "\n")
    }

    private static let files = [
        "compose.yaml": "include: [more.yaml]\nservices: {web: {image: \"a:${TAG}\", environment: {P: \"${S}\"}}}\n",
        "more.yaml": "services: {db: {image: b}}\n",
        "unread.yaml": "services: {}\n",
    ]

    @Test func `files, order, used values, names of used secrets, project and profiles count`() {
        #expect(
            Self.inputs(
                Self.files, values: ["TAG": "1", "UNUSED": "x"], secrets: ["S", "OTHER"], profiles: ["debug"])
                    == """
                    rehearse rendering 1
                    project 3
                    app
                    template 12
                    compose.yaml
                    profile 5
                    debug
                    file 12 84
                    compose.yamlinclude: [more.yaml]
                    services: {web: {image: "a:${TAG}", environment: {P: "${S}"}}}

                    file 9 27
                    more.yamlservices: {db: {image: b}}

                    value 3 1
                    TAG1
                    secret 1
                    S

                    """)
    }

    @Test func `what is not used and where the rendering goes does not count`() {
        let base = Self.inputs(Self.files, values: ["TAG": "1"], secrets: ["S"])
        #expect(base != nil)
        var files = Self.files
        files["unread.yaml"] = "services: {x: {image: y}}\n"
        #expect(
            Self.inputs(files, values: ["TAG": "1", "OTHER": "2"], secrets: ["S", "T"], output: "a/b") == base)
    }

    @Test func `every byte of a file that is read counts`() {
        let base = Self.inputs(Self.files, values: ["TAG": "1"], secrets: ["S"])
        var files = Self.files
        files["more.yaml"] = "services: {db: {image: b}} \n"
        #expect(Self.inputs(files, values: ["TAG": "1"], secrets: ["S"]) != base)
        #expect(Self.inputs(Self.files, values: ["TAG": "2"], secrets: ["S"]) != base)
        #expect(Self.inputs(Self.files, values: ["TAG": "1", "S": "x"]) != base)
    }

    @Test func `the header tells it, and the content is what follows the header`() {
        let rendering = ComposeFixture("services: {web: {image: a}}").environment(digest: { _ in "0123" }).rendering
        #expect(
            rendering?.yaml
                == "# Rendered by rehearse from compose.yaml.\n# Inputs: sha256:0123\n# Edit those files, not this one.\n"
                + (rendering?.content ?? ""))
    }

    @Test func `plain mode has neither`() {
        let rendering = ComposeFixture("services: {web: {image: a}}").plain().rendering
        #expect(rendering?.inputs == nil)
        #expect(rendering?.yaml == rendering?.content)
    }
}
