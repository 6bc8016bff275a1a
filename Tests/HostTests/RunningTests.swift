import Glibc
import Host
import TestSupport
import Testing

/// Real children of one process: what one leaves behind for a moment must not be counted to another.
@Suite(.serialized, .timeLimit(.minutes(2))) enum `Real processes` {}

extension `Real processes` {
    @Suite struct `Running a program` {
        @Test(arguments: [0, 1, 3, 127, 255] as [Int32])
        func `its exit code is the outcome`(code: Int32) {
            let observed = Observed.shell("exit \(code)")
            #expect(observed.outcome.ending == .exited(code))
            #expect(observed.outcome.stopped == nil)
            #expect(!observed.outcome.wasKilled)
            #expect(observed.outcome.leftovers.isEmpty)
        }

        @Test(arguments: [SIGSEGV, SIGKILL, SIGTERM])
        func `its signal is the outcome when one ended it`(signal: Int32) {
            let observed = Observed.shell("kill -\(signal) $$")
            #expect(observed.outcome.ending == .signalled(signal))
            #expect(observed.outcome.stopped == nil)
        }

        @Test func `it is announced once, before its output`() throws {
            let observed = Observed.shell("echo $$")
            let identity = try #require(observed.started.first)
            #expect(observed.started.count == 1)
            #expect(observed.outputText == "\(identity.pid)\n")
            #expect(identity.commandLine == "/bin/sh -c echo $$")
            #expect(identity.startTime > 0)
        }

        @Test func `the two streams are kept apart`() {
            let observed = Observed.shell("echo out; echo err >&2; echo more")
            #expect(observed.outputText == "out\nmore\n")
            #expect(observed.errorText == "err\n")
        }

        @Test func `the environment is exactly the command's`() {
            let command = Command(
                ["/usr/bin/env"], environment: ["A": "1", "B": "two words", "C": "x=y\nz", "EMPTY": ""], directory: "/")
            let lines = Observed.run(command).outputText
            #expect(Set(lines.split(separator: "\n")) == ["A=1", "B=two words", "C=x=y", "z", "EMPTY="])
        }

        @Test func `arguments arrive as they are`() {
            let words = ["a b", "", "$HOME", "*", "'\"", "-n", "é\n"]
            let command = Command(
                ["printf", "[%s]"] + words, environment: standardPath, directory: "/")
            #expect(Observed.run(command).outputText == words.map { "[\($0)]" }.joined())
        }

        @Test func `it starts in the command's folder`() throws {
            let scratch = try ScratchDirectory()
            let command = Command(["pwd", "-P"], environment: standardPath, directory: scratch.path)
            #expect(Observed.run(command).outputText == scratch.path + "\n")
        }

        @Test func `its standard input is at its end`() {
            #expect(
                Observed.shell("read line; echo $?; ls -l /proc/self/fd/0 | grep -c /dev/null").outputText == "1\n1\n")
        }

        @Test func `it inherits no descriptor but the standard three`() {
            let leaking = open("/dev/null", O_RDONLY)  // Not close-on-exec, as it may come from whoever started us.
            defer { close(leaking) }
            let command = Command(["ls", "/proc/self/fd"], environment: standardPath, directory: "/")
            // The fourth one is how `ls` reads the folder.
            #expect(Observed.run(command).outputText == "0\n1\n2\n3\n")
        }

        @Test func `no signal is blocked or ignored, and the umask is ours`() throws {
            var blocked = sigset_t()
            var former = sigset_t()
            sigemptyset(&blocked)
            sigaddset(&blocked, SIGUSR1)
            pthread_sigmask(SIG_BLOCK, &blocked, &former)
            defer { pthread_sigmask(SIG_SETMASK, &former, nil) }

            let command = Command(["cat", "/proc/self/status"], environment: standardPath, directory: "/")
            let lines = Observed.run(command).outputText.split(separator: "\n")
            #expect(lines.contains("SigBlk:\t0000000000000000"))
            #expect(lines.contains("SigIgn:\t0000000000000000"))
            let ours = try Files.live.read("/proc/self/status", 1 << 16).split(separator: 0x0A)
                .map { String(decoding: $0, as: UTF8.self) }.first { $0.hasPrefix("Umask:") }
            #expect(lines.contains { String($0) == ours })
        }

        @Test func `it leads a process group of its own`() throws {
            let command = Command(["cat", "/proc/self/stat"], environment: standardPath, directory: "/")
            let observed = Observed.run(command)
            let fields = observed.outputText.split(separator: " ")
            let pid = try #require(observed.started.first).pid
            #expect(fields[0] == "\(pid)")
            #expect(fields[4] == "\(pid)")
        }

        @Test func `silence is interrupted by ticks`() {
            let limits = ProcessLimits(timeout: .seconds(30), tick: .milliseconds(20))
            #expect(Observed.shell("sleep 0.5", limits).ticks >= 5)
        }

        @Test func `a program that closes its streams is waited for`() {
            let observed = Observed.shell("exec >&- 2>&-; sleep 0.3; exit 7")
            #expect(observed.outcome.ending == .exited(7))
            #expect(observed.outcome.duration >= .milliseconds(300))
        }

        @Test func `what it kept for a short program is cut at the limit and the rest read`() {
            let command = Command(["seq", "1", "100000"], environment: standardPath, directory: "/")
            let captured = Processes.live.capture(command, .brief, keeping: 4)
            #expect(captured.trimmedText == "1\n2")
            #expect(captured.isTruncated)
            #expect(captured.succeeded)
        }
    }
}
