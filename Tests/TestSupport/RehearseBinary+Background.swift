import Glibc
import Host

extension RehearseBinary {
    /// Starts it and does not wait, so that a test can send signals to it.
    ///
    /// - Parameter launcher: a program and its arguments that end by executing the rest, such as `nohup`.
    package func start(_ arguments: String..., through launcher: [String] = []) throws -> StartedProgram {
        try start(words: arguments, through: launcher)
    }

    package func start(words: [String], through launcher: [String] = []) throws -> StartedProgram {
        try StartedProgram(launcher + [Self.path] + words, directory: directory, environment: environment)
    }
}

/// A program that runs beside the test. Killed and waited for, should a test let go of it while it runs.
///
/// It stays in the group of the test program: `Host` takes children in other groups for orphans to reap.
package final class StartedProgram {
    package let pid: Int32
    private let folder: ScratchDirectory
    private var status: Int32?

    package struct NotStarted: Error { let code: Int32 }

    /// - Parameter command: a program and its arguments, looked up on the `PATH` of the environment.
    package init(_ command: [String], directory: String, environment: [String: String]) throws {
        folder = try ScratchDirectory()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, folder("output"), O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, folder("error"), O_WRONLY | O_CREAT, 0o600)
        // What the test program ignores must not be ignored by the one that is tested.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        // `env -C`, because a folder to start in is no part of posix_spawn.
        let words = ["/usr/bin/env", "-C", directory] + command
        let arguments = words.map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (arguments + variables).forEach { free($0) } }
        var pid: Int32 = 0
        let code = posix_spawn(&pid, words[0], &actions, &attributes, arguments, variables)
        guard code == 0 else { throw NotStarted(code: code) }
        self.pid = pid
    }

    deinit {
        guard status == nil else { return }
        Glibc.kill(pid, SIGKILL)
        _ = waitpid(pid, nil, 0)
    }

    package func send(_ signal: Int32) { Glibc.kill(pid, signal) }

    /// Waits for its end, bounded; 124 when it had to be killed.
    package func wait(within limit: Duration = .seconds(20)) throws -> RehearseBinary.Answer {
        let deadline = ContinuousClock.now + limit
        while status == nil {
            var raw: Int32 = 0
            if waitpid(pid, &raw, WNOHANG) == pid {
                status = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 128 + (raw & 0x7F)
            } else if ContinuousClock.now > deadline {
                Glibc.kill(pid, SIGKILL)
                _ = waitpid(pid, nil, 0)
                status = 124
            } else {
                usleep(2_000)
            }
        }
        return RehearseBinary.Answer(
            status: status ?? 124, output: try folder.text(of: "output"), error: try folder.text(of: "error"))
    }
}

extension ScratchDirectory {
    /// Waits until a file is there and not empty, and returns its text without the line break.
    package func awaitFile(_ name: String, within limit: Duration = .seconds(20)) throws -> String {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            if let text = try? self.text(of: name), !text.isEmpty { return String(text.prefix { $0 != "\n" }) }
            usleep(2_000)
        }
        throw FileFailure(.notFound, path: self(name), operation: "wait for")
    }
}
