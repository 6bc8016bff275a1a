import TestSupport
import Testing

@Suite struct `Rendering for a stack` {
    private let scratch: ScratchDirectory
    private let rehearse: RehearseBinary

    init() throws {
        scratch = try ScratchDirectory()
        rehearse = RehearseBinary(in: scratch.path)
    }

    @Test func `the file is on standard output, what was rewritten on standard error`() throws {
        try scratch.write("services:\n  web:\n    image: nginx\n    restart: always\n", to: "compose.yaml")
        let answer = rehearse("render", "-f", "compose.yaml", "--for", "stack")
        #expect(answer.status == 0)
        #expect(
            answer.output == """
                version: "3.9"
                services:
                  web:
                    deploy:
                      restart_policy:
                        condition: any
                    image: nginx
                    networks:
                      default: null
                networks:
                  default: {}

                """)
        #expect(
            answer.error == """
                warning: `services.web.restart` becomes `deploy.restart_policy: {condition: any}`
                 --> \(scratch.path)/compose.yaml:4:5
                  |
                4 |     restart: always
                  |     ^^^^^^^

                """)
    }

    @Test func `what has no image is refused`() throws {
        try scratch.write("services:\n  web:\n    build: .\n", to: "compose.yaml")
        let answer = rehearse("render", "-f", "compose.yaml", "--for", "stack", "-o", "stack.yaml")
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(answer.error.contains("error: `services.web` has no `image`, and Swarm builds none\n"))
        #expect(throws: (any Error).self) { try scratch.text(of: "stack.yaml") }
    }

    @Test func `without variables there is nothing to make fit`() throws {
        try scratch.write("services: {web: {image: nginx}}", to: "compose.yaml")
        let answer = rehearse("render", "-f", "compose.yaml", "--for", "stack", "--no-interpolate")
        #expect(answer.status == 2)
        #expect(answer.error.contains("--no-interpolate"))
    }

    @Test func `a folder gets the name of a stack's file`() throws {
        try scratch.write("services: {web: {image: nginx}}", to: "compose.yaml")
        let answer = rehearse("render", "-f", "compose.yaml", "--for", "stack", "-o", "./")
        #expect(answer.status == 0, "\(answer)")
        #expect(try scratch.text(of: "stack.yaml").hasPrefix("version: \"3.9\"\n"))
    }
}
