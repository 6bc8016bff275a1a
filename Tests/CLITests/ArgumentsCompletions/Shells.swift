import Glibc
import Testing

/// A scratch folder with files to be completed and a `rehearse` that answers `__complete` as a project would.
final class CompletionScratch {
    let path: String

    init() throws {
        var template = Array("/tmp/rehearse-completion-XXXXXX".utf8CString)
        let made = try #require(mkdtemp(&template))
        path = String(cString: made)
        for folder in ["bin", "environments"] { #expect(mkdir("\(path)/\(folder)", 0o755) == 0) }
        try write("compose.yaml", "")
        try write("with blank.yaml", "")
        try write("bin/rehearse", Self.program)
        #expect(chmod("\(path)/bin/rehearse", 0o755) == 0)
    }

    deinit { _ = run("rm", ["-rf", path]) }

    func write(_ name: String, _ text: String) throws {
        let file = try #require(fopen("\(path)/\(name)", "w"))
        fputs(text, file)
        fclose(file)
    }

    func has(_ name: String) -> Bool { access("\(path)/\(name)", F_OK) == 0 }

    /// Runs a program there, with the folder's `rehearse` found first; what it printed on both streams, and its status.
    func run(_ program: String, _ arguments: [String]) -> (output: String, status: Int32) {
        let quoted = ([program] + arguments).map { "'\($0)'" }.joined(separator: " ")
        // `e`: another test's child must not hold this pipe open.
        guard let pipe = popen("cd \(path) && PATH=\(path)/bin:$PATH exec \(quoted) 2>&1 </dev/null", "re") else {
            return ("", -1)
        }
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 { output += buffer.prefix(count) }
        let status = pclose(pipe)
        return (String(decoding: output, as: UTF8.self), status)
    }

    func lines(_ program: String, _ arguments: [String]) -> [String] {
        run(program, arguments).output.split(separator: "\n").map(String.init)
    }

    private static let program = #"""
        #!/bin/sh
        case "$*" in
            '__complete environment') printf 'staging\tone host\nproduction\tthree hosts\n' ;;
            '-C elsewhere __complete environment') printf 'faraway\n' ;;
            '__complete runbook') printf 'release\nrotate-keys\n' ;;
            '__complete run') printf 'last\nlast:staging\n20261120T204512Z-release-staging-9f3c\n' ;;
            '__complete step --of-run=last') printf 'lint\ndeploy\n' ;;
            '__complete step --of-runbook=release') printf 'approve-tag\n' ;;
            *) echo "unexpected: $*" >&2; exit 2 ;;
        esac
        """#
}

enum Installed {
    static func has(_ program: String) -> Bool {
        ["/usr/local/bin", "/usr/bin", "/bin"].contains { access("\($0)/\(program)", X_OK) == 0 }
    }
}

/// Lines with the cursor at their end, and all that a shell offers for the last word there.
let dynamicCompletions: [(line: String, offered: [String])] = [
    ("rehearse run ", ["release", "rotate-keys"]),
    ("rehearse run rel", ["release"]),
    ("rehearse run release -e ", ["staging", "production"]),
    ("rehearse run release --environment st", ["staging"]),
    ("rehearse run release --approve ", ["approve-tag"]),
    ("rehearse -q rollback ", ["last", "last:staging", "20261120T204512Z-release-staging-9f3c"]),
    ("rehearse history log last ", ["lint", "deploy"]),
    ("rehearse -C elsewhere render ", ["faraway"]),
    ("rehearse render -C elsewhere ", ["faraway"]),
    ("rehearse resume last --assume ", ["done", "not-done", "rerun"]),
    ("rehearse render --format ", ["yaml", "json"]),
    ("rehearse check --format ", ["text", "json"]),
    ("rehearse --color ", ["auto", "always", "never"]),
    ("rehearse history ", ["show", "log", "verify", "rebuild", "close", "prune", "sync"]),
    ("rehearse lock ", ["status", "break"]),
    ("rehearse help history ", ["show", "log", "verify", "rebuild", "close", "prune", "sync"]),
    ("rehearse completions ", ["bash", "zsh", "fish"]),
    ("rehearse run release --reason ", []),
    ("rehearse run release --input ", []),
    ("rehearse render -o comp", ["compose.yaml"]),
    ("rehearse init b", ["bin/"]),
    ("rehearse roll", ["rollback"]),
]
