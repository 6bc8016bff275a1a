import Diagnostics
import Host

/// A scratch project whose secrets come from every source there is, and whose steps print them in every form.
struct SelfTestProject {
    let host: Host
    /// Absolute; made by `make`, removed by `remove`.
    let folder: String
    let sentinels: [Sentinel]

    static let variable = "REHEARSE_SELFTEST_VALUE"

    init(host: Host) {
        self.host = host
        let chance = Self.hexadecimal(host.randomBytes(8))
        folder = "\(host.surroundings.variables["TMPDIR"] ?? "/tmp")/rehearse-selftest-\(chance)"
        // Marks that every encoding has to write otherwise, with random digits between them.
        func value(_ marks: [String]) -> String {
            marks.map { Self.hexadecimal(host.randomBytes(4)) + $0 }.joined() + Self.hexadecimal(host.randomBytes(8))
        }
        sentinels = [
            Sentinel(name: "FROM_ENV", value: value(["\"", "'", "$", "%", "&", "\\", "+", " ", "=", "/"])),
            Sentinel(name: "FROM_FILE", value: value(["", "\n", "", "\n", "", "\n", ""])),
            Sentinel(name: "FROM_COMMAND", value: value(["<", ">", "#", ";", "{", "}", "[", "]", "*", "?"])),
        ]
    }

    /// What is searched: everything but the places that the secrets come from.
    var project: String { "\(folder)/project" }
    var summary: String { "\(project)/summary.md" }

    func make() throws(FileFailure) {
        for name in ["", "/sources", "/forms", "/project", "/project/environments", "/project/runbooks"] {
            try host.files.makeDirectory(folder + name, 0o700)
        }
        for sentinel in sentinels {
            try write(Array(sentinel.value.utf8), to: "sources/\(sentinel.name)")
            for (index, form) in sentinel.printed.enumerated() {
                try write(form + [0x0A], to: "forms/\(sentinel.name)-\(index)")
            }
        }
        try write(Array(environment.utf8), to: "project/environments/test.yaml")
        for (name, text) in runbooks { try write(Array(text.utf8), to: "project/runbooks/\(name).yaml") }
    }

    func remove() { try? host.files.removeTree(folder) }  // What is left of it lies in a temporary folder.

    private func write(_ bytes: [UInt8], to name: String) throws(FileFailure) {
        try host.files.replace("\(folder)/\(name)", bytes, 0o600)
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    // MARK: - Files

    private var environment: String {
        """
        environment: test
        owner: selftest
        values: {FORMS: "\(folder)/forms"}
        secrets:
          FROM_ENV: {env: \(Self.variable)}
          FROM_FILE: {file: "\(folder)/sources/FROM_FILE"}
          FROM_COMMAND: {command: [cat, "\(folder)/sources/FROM_COMMAND"]}

        """
    }

    private var runbooks: [(String, String)] {
        let secrets = "secrets: [FROM_ENV, FROM_FILE, FROM_COMMAND]"
        // Every form, then each value in pieces, with a pause in which whatever waits could be let go.
        let print = #"""
            cat "$FORMS"/*; cat "$FORMS"/* >&2
                  for value in "$FROM_ENV" "$FROM_FILE" "$FROM_COMMAND"; do
                    printf %s "${value%%"${value#????????????}"}"; sleep 0.02; printf '%s\n' "${value#????????????}"
                    printf '%s' "$value" >&2; printf '%s\n' "$value" | base64
                  done
            """#
        let steps = [
            ("good", "run: |\n      \(print)", "|\n      \(print)"),
            ("fail", "run: |\n      \(print)\n      exit 1", "|\n      \(print)\n      test -e undo-works"),
            (
                "timeout", "timeout: 300ms\n    run: |\n      \(print)\n      printf '%s' \"$FROM_ENV\"; exec sleep 60",
                "'true'"
            ),
            ("spawn", "run: [./nothing-is-there]", "'true'"),
            ("capture", "capture: {WAS: 'printf %s \"$FROM_ENV\"'}\n    run: 'true'", "'true'"),
            ("failing-capture", "capture: {WAS: 'printf %s \"$FROM_ENV\" >&2; exit 1'}\n    run: 'true'", "'true'"),
            ("output", "run: 'printf \"OUT=%s\\n\" \"$FROM_ENV\" >>\"$REHEARSE_OUTPUT\"'", "'true'"),
            ("verify", "run: 'true'\n    verify: 'printf %s \"$FROM_COMMAND\"; exit 1'", "'true'"),
            (
                "back",
                "capture: {WAS: 'test ! -e seen || printf %s \"$FROM_ENV\"; touch seen'}\n    run: 'true'", "'true'"
            ),
            ("skip", "skip_if: 'printf %s \"$FROM_COMMAND\"; exit 1'\n    run: 'true'", "'true'"),
        ]
        return steps.map { name, action, rollback in
            (
                name,
                """
                runbook: \(name)
                owner: selftest
                inputs: {NOTE: {description: Anything, default: nothing}}
                steps:
                  - id: \(name)
                    name: Step of \(name)
                    owner: selftest
                    expect: it keeps secrets
                    \(secrets)
                    \(action)
                    rollback: \(rollback)

                """
            )
        }
    }
}
