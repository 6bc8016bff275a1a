import Diagnostics
package import Host

#if canImport(Testing)
    import Testing
#endif

extension Host {
    /// A world in which nothing may be done: every call records an issue. Override what the test is about.
    ///
    /// Its surroundings are fixed values and no calls: user `tester` on host `testhost`, no variables.
    package static var unexpected: Host {
        Host(
            files: .unexpected,
            processes: .unexpected,
            signals: .unexpected,
            clock: .unexpected,
            console: .unexpected,
            surroundings: .fixed,
            digest: .unexpected,
            http: .unexpected,
            randomBytes: { count in
                recordUnexpected("randomBytes(\(count))")
                return [UInt8](repeating: 0, count: count)
            }
        )
    }
}

extension Files {
    package static var unexpected: Files {
        Files(
            read: { path, _ throws(FileFailure) in throw refused("files.read", path) },
            list: { path throws(FileFailure) in throw refused("files.list", path) },
            visit: { path, _ throws(FileFailure) in throw refused("files.visit", path) },
            status: { path throws(FileFailure) in throw refused("files.status", path) },
            resolve: { path throws(FileFailure) in throw refused("files.resolve", path) },
            makeDirectory: { path, _ throws(FileFailure) in throw refused("files.makeDirectory", path) },
            replace: { path, _, _ throws(FileFailure) in throw refused("files.replace", path) },
            openForAppending: { path, _ throws(FileFailure) in throw refused("files.openForAppending", path) },
            move: { path, _ throws(FileFailure) in throw refused("files.move", path) },
            remove: { path throws(FileFailure) in throw refused("files.remove", path) },
            removeTree: { path throws(FileFailure) in throw refused("files.removeTree", path) },
            lock: { path, _ throws(FileFailure) in throw refused("files.lock", path) }
        )
    }

    private static func refused(_ call: String, _ path: String) -> FileFailure {
        recordUnexpected("\(call)(\"\(path)\")")
        return FileFailure(.notPermitted, path: path, operation: "unexpected")
    }
}

extension Processes {
    package static var unexpected: Processes {
        Processes(
            run: { command, _, _ in
                recordUnexpected("processes.run(\(command.arguments))")
                let failure = SpawnFailure(.programNotFound, subject: command.arguments[0])
                return ProcessOutcome(ending: .notStarted(failure), duration: .zero)
            },
            sideBySide: { bodies in recordUnexpected("processes.sideBySide(\(bodies.count) bodies)") },
            descendants: {
                recordUnexpected("processes.descendants()")
                return []
            },
            stop: { processes, _ in
                recordUnexpected("processes.stop(\(processes))")
                return processes
            },
            carriers: { mark, detail in
                recordUnexpected("processes.carriers(\(mark), \(detail))")
                return []
            },
            isAlive: { process in
                recordUnexpected("processes.isAlive(\(process))")
                return false
            }
        )
    }
}

extension Signals {
    package static var unexpected: Signals {
        Signals(received: {
            recordUnexpected("signals.received()")
            return nil
        })
    }
}

extension HostClock {
    package static var unexpected: HostClock {
        HostClock(
            now: {
                recordUnexpected("clock.now()")
                return Timestamp(millisecondsSince1970: 0)
            },
            monotonicNanoseconds: {
                recordUnexpected("clock.monotonicNanoseconds()")
                return 0
            },
            sleep: { duration in recordUnexpected("clock.sleep(\(duration))") }
        )
    }
}

extension Console {
    /// No terminal on any of its streams.
    package static var unexpected: Console {
        Console(
            writeOutput: { text in recordUnexpected("console.writeOutput(\(text.debugDescription))") },
            writeError: { text in recordUnexpected("console.writeError(\(text.debugDescription))") },
            outputState: {
                recordUnexpected("console.outputState()")
                return .sound
            },
            isInputTerminal: false,
            isOutputTerminal: false,
            isErrorTerminal: false,
            size: {
                recordUnexpected("console.size()")
                return nil
            },
            readLine: {
                recordUnexpected("console.readLine()")
                return nil
            }
        )
    }
}

extension Digest {
    package static var unexpected: Digest {
        Digest(sha256: { bytes in
            recordUnexpected("digest.sha256(\(bytes.count) bytes)")
            return String(repeating: "0", count: 64)
        })
    }
}

extension HTTP {
    package static var unexpected: HTTP {
        HTTP(
            perform: { request in
                recordUnexpected("http.perform(\(request.method) \(request.url))")
                return .failure(HTTPFailure(.unavailable, "unexpected"))
            },
            performMany: { load, _ in
                recordUnexpected("http.performMany(\(load.count) requests)")
                return .unavailable("unexpected")
            }
        )
    }
}

extension Surroundings {
    /// The same in every test, on every machine.
    package static let fixed = Surroundings(
        variables: [:],
        workingDirectory: "/project",
        userName: "tester",
        userID: 1_000,
        hostName: "testhost",
        identity: ProcessIdentity(pid: 4_242, startTime: 77, commandLine: "rehearse"),
        bootID: "00000000-0000-4000-8000-000000000000",
        executable: "/usr/bin/rehearse"
    )
}

private func recordUnexpected(_ call: String) {
    #if canImport(Testing)
        Issue.record("unexpected call of \(call)")
    #else
        fatalError("unexpected call of \(call)")
    #endif
}
