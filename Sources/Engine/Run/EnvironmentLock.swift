package import Diagnostics
package import Host
package import YAML

/// One run at a time on an environment, on one machine: a file lock that dies with its process.
package struct EnvironmentLock: Sendable {
    /// Who holds a lock, as its file says.
    package struct Note: Hashable, Sendable, Decodable, NodeConvertible {
        package var run: String
        package var user: String
        package var host: String
        package var pid: Int32
        package var startedAt: String

        package init(run: String, user: String, host: String, pid: Int32, startedAt: String) {
            self.run = run
            self.user = user
            self.host = host
            self.pid = pid
            self.startedAt = startedAt
        }

        package var node: Node {
            .fields(5) {
                $0.put("run", run)
                $0.put("user", user)
                $0.put("host", host)
                $0.put("pid", Int(pid))
                $0.put("started_at", startedAt)
            }
        }
    }

    package enum Failure: Error, Sendable {
        /// `next` is what to type to go on.
        case held(Note?, environment: String, isOurOwnRun: Bool, next: String)
        case state(StateFailure)
        case stopped(signal: Int32)
    }

    private let host: Host
    private let folder: StateFolder

    package init(folder: StateFolder, host: Host) {
        self.folder = folder
        self.host = host
    }

    /// - Parameters:
    ///   - patience: how long to wait for another run to end.
    ///   - next: what to type when it has not ended by then.
    package func take(
        _ environment: String, run: String, patience: Duration, next: String
    ) throws(Failure) -> HeldLock {
        let surroundings = host.surroundings
        let note = Note(
            run: run, user: surroundings.userName, host: surroundings.hostName, pid: surroundings.identity.pid,
            startedAt: host.clock.now().description)
        let text = Array((JSONWriter.line(note.node) + "\n").utf8)
        let deadline = host.clock.monotonicNanoseconds() + patience.nanoseconds
        while true {
            let attempt: LockAttempt
            do { attempt = try host.files.lock(folder.lock(of: environment), text) } catch {
                throw .state(.file(error))
            }
            switch attempt {
            case .acquired(let lock): return lock
            case .held(let bytes):
                // The note may be half-written or empty; the lock itself is what counts.
                let note = (try? JSONReader.read(bytes)).flatMap { try? NodeDecoder.decode(Note.self, from: $0) }
                // A step that calls rehearse would wait for itself.
                let isOurOwnRun = note.map { $0.run == surroundings.variables["REHEARSE_RUN"] } ?? false
                guard !isOurOwnRun, host.clock.monotonicNanoseconds() < deadline else {
                    throw .held(note, environment: environment, isOurOwnRun: isOurOwnRun, next: next)
                }
                host.clock.sleep(.milliseconds(100))
                if let signal = host.signals.received()?.first { throw .stopped(signal: signal) }
            }
        }
    }
}

extension EnvironmentLock.Failure {
    package var diagnostic: Diagnostic {
        switch self {
        case .state(let failure): return failure.diagnostic
        case .stopped(let signal): return Diagnostic("stopped by \(SignalName.of(signal)) while waiting for the lock")
        case .held(let note, let environment, let isOurOwnRun, let next):
            let holder = note.map {
                "run \($0.run), started by \($0.user) on \($0.host) (process \($0.pid)) at \($0.startedAt)"
            }
            if isOurOwnRun {
                return Diagnostic(
                    "`\(environment)` is locked by the run that this command is a step of", label: holder,
                    expected: "no second run inside a run", retry: "no: it would wait for itself",
                    next: "call the other runbook with a `runbook:` step")
            }
            return Diagnostic(
                "`\(environment)` is locked by another run", label: holder ?? "its note cannot be read",
                expected: "one run at a time on an environment", retry: "safe, later: nothing was started",
                next: next)
        }
    }
}

extension Duration {
    var nanoseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
    }
}
