import Glibc
import Host

/// A secret that no test may find in anything that the program printed or kept.
///
/// `.ci/test` sets `REHEARSE_CANARY_LOG`; every scratch folder is then searched before it is removed, whatever its test was
/// about, and what has the canary in it is named in that file. Then so are the logs of all tests.
package enum Canary {
    package static let value = "canary<4f1d>\"0815\""

    /// The value as it is, in JSON, percent-encoded, and the middle of it in base64, for each place in a group of three.
    private static let forms = [
        value, "canary<4f1d>\\\"0815\\\"", "canary%3C4f1d%3E%220815%22", "Y2FuYXJ5PDRmMWQ", "bmFyeTw0ZjFkPiIwODE1",
        "YW5hcnk8NGYxZD4iMDgx",
    ]

    private static let log = Host.live().surroundings.variables["REHEARSE_CANARY_LOG"]

    /// Searches all files below a folder, and notes those with the canary.
    static func search(_ folder: String) {
        guard let log else { return }
        let found = Host.live().processes.capture(
            // Not among the arguments: tests beside this one look for it in every command line of the machine.
            Command(
                ["grep", "-rlaF", "-f", "-", "--", folder],
                environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C"], directory: "/",
                input: Array(forms.joined(separator: "\n").utf8)),
            ProcessLimits(timeout: .seconds(60)))
        let names = String(decoding: found.standardOutput, as: UTF8.self)
        guard !names.isEmpty else { return }
        let descriptor = open(log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { preconditionFailure("the canary's log \(log) cannot be written") }
        _ = names.withCString { write(descriptor, $0, strlen($0)) }
        close(descriptor)
    }
}
