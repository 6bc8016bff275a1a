import Glibc
import Host
import TestSupport
import Testing

extension `Real processes` {
    @Suite struct `Starting a program` {
        private let scratch: ScratchDirectory

        init() throws { scratch = try ScratchDirectory() }

        private func ending(_ arguments: [String], path: String = "/usr/bin:/bin") -> ProcessOutcome.Ending {
            Observed.run(Command(arguments, environment: ["PATH": path], directory: scratch.path)).outcome.ending
        }

        private func notStarted(_ cause: SpawnFailure.Cause, _ subject: String) -> ProcessOutcome.Ending {
            .notStarted(SpawnFailure(cause, subject: subject))
        }

        private func makeProgram(_ name: String, _ text: String = "#!/bin/sh\necho ours", mode: UInt32 = 0o755) throws {
            try Files.live.replace(scratch(name), Array(text.utf8), mode)
        }

        @Test func `a command that was made ready runs as it does otherwise, and any other as it is`() throws {
            let prepare = Host.live().processes.prepare
            func command(_ name: String, input: [UInt8]? = nil) -> Command {
                Command(
                    ["/bin/sh", "-c", "echo \(name) $NAME; cat; echo to error >&2"],
                    environment: standardPath.merging(["NAME": name]) { $1 }, directory: scratch.path, input: input)
            }
            for _ in 0..<3 {
                prepare(command("one"))
                let one = Observed.run(command("one"))
                #expect(one.outcome.ending == .exited(0))
                #expect(one.outputText == "one one\n")
                #expect(one.errorText == "to error\n")
                // Once each: the second run has nothing of the first's.
                #expect(Observed.run(command("one")).outputText == "one one\n")
                prepare(command("one"))
                prepare(command("two", input: Array("read".utf8)))
                #expect(Observed.run(command("three")).outputText == "three three\n")
                prepare(command("two", input: Array("read".utf8)))
                #expect(Observed.run(command("two", input: Array("read".utf8))).outputText == "two two\nread")
            }
        }

        @Test func `what was made ready and is not needed is let go`() throws {
            let prepare = Host.live().processes.prepare
            let before = try Files.live.list("/proc/self/fd").count
            for number in 0..<100 {
                prepare(Command(["true", String(number)], environment: standardPath, directory: "/"))
            }
            // Five descriptors each; other tests, which go on beside this one, open a few.
            #expect(try Files.live.list("/proc/self/fd").count < before + 100)
        }

        @Test(arguments: ["no-such-program", "./no-such-program", "/no/such/program", ""])
        func `a missing program is told from one that failed`(program: String) {
            let observed = Observed.run(Command([program], environment: standardPath, directory: "/"))
            #expect(observed.outcome.ending == notStarted(.programNotFound, program))
            #expect(observed.started.isEmpty)
        }

        @Test func `a missing folder is told from a missing program`() {
            let command = Command(["true"], environment: standardPath, directory: "/no/such/folder")
            #expect(Observed.run(command).outcome.ending == notStarted(.directoryNotFound, "/no/such/folder"))
        }

        @Test func `a file in place of the folder is no folder`() throws {
            try scratch.write("", to: "file")
            let command = Command(["true"], environment: standardPath, directory: scratch("file"))
            #expect(Observed.run(command).outcome.ending == notStarted(.directoryNotFound, scratch("file")))
        }

        @Test func `a file without the permission is not executable`() throws {
            try makeProgram("tool", mode: 0o644)
            #expect(ending(["./tool"]) == notStarted(.notExecutable, "./tool"))
            #expect(ending(["tool"], path: scratch.path) == notStarted(.notExecutable, "tool"))
        }

        @Test func `a folder is not executable`() {
            #expect(ending(["/usr"]) == notStarted(.notExecutable, "/usr"))
        }

        @Test(arguments: ["no first line", "#!/no/such/interpreter\n"])
        func `a file that the system cannot execute is not executable`(text: String) throws {
            try makeProgram("tool", text)
            #expect(ending(["./tool"]) == notStarted(.notExecutable, "./tool"))
        }

        @Test func `arguments that are too long are told apart`() {
            let argument = String(repeating: "x", count: 3 << 20)
            #expect(ending(["true", argument]) == notStarted(.argumentsTooLong, "true"))
        }

        @Test func `a refusal of the system carries its code`() async {
            await #expect(processExitsWith: .exitCode(EMFILE)) {
                let host = Host.live()
                var limit = rlimit(rlim_cur: 6, rlim_max: 6)
                setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
                let command = Command(["true"], environment: ["PATH": "/usr/bin:/bin"], directory: "/")
                let outcome = host.processes.run(command, ProcessLimits()) { _ in }
                guard case .notStarted(let failure) = outcome.ending, case .system(let code) = failure.cause else {
                    exit(1)
                }
                exit(code)
            }
        }

        @Test func `the program is looked up in the command's PATH, not in ours`() throws {
            try makeProgram("only-here")
            let command = Command(["only-here"], environment: ["PATH": scratch.path], directory: "/")
            #expect(Observed.run(command).outputText == "ours\n")
            #expect(ending(["only-here"]) == notStarted(.programNotFound, "only-here"))
        }

        @Test(arguments: [".", "", "bin/..:/nowhere"])
        func `a relative entry of PATH counts from the command's folder`(path: String) throws {
            try Files.live.makeDirectory(scratch("bin"), 0o755)
            try makeProgram("only-here")
            #expect(ending(["only-here"], path: path) == .exited(0))
        }

        @Test func `the search goes on after an entry that is not executable`() throws {
            try makeProgram("true", mode: 0o644)
            #expect(ending(["true"], path: "\(scratch.path):/usr/bin:/bin") == .exited(0))
        }

        @Test func `without PATH the system's folders are searched`() {
            #expect(Observed.run(Command(["true"], environment: [:], directory: "/")).outcome.ending == .exited(0))
        }
    }
}
