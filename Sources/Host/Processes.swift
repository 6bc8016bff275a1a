/// Starting other programs and getting rid of them.
///
/// Synchronous on purpose: one loop on the calling thread waits at once for output, the child's end, the time-out and
/// our own signals, so that no order of events can be lost between threads.
package struct Processes: Sendable {
    /// Runs a program to its end in its own session and process group, the command's `input` or `/dev/null` as its
    /// standard input.
    ///
    /// `observe` is called on the calling thread, in order: `.started` once, then output as it comes, `.tick` at
    /// least every `limits.tick` while nothing else happens. Standard output and error are read while waiting.
    /// The outcome is the child's own: a grandchild that keeps a pipe open delays it by `limits.drain` at most and is
    /// named in `leftovers`.
    package var run:
        @Sendable (_ command: Command, _ limits: ProcessLimits, _ observe: (ProcessEvent) -> Void) ->
            ProcessOutcome
    /// Makes ready what the next `run` of exactly this command starts with, for when there is time. Changes nothing else.
    package var prepare: @Sendable (_ command: Command) -> Void
    /// Carries out all the bodies and returns when the last has ended. They share what they like without locks: one runs
    /// at a time, and hands over only where it waits, in `run` and in `HostClock.sleep`.
    package var sideBySide: @Sendable (_ bodies: [() -> Void]) -> Void
    /// Every living descendant of this process, also those that left their group or session. Oldest first.
    package var descendants: @Sendable () -> [ProcessIdentity]
    /// Ends processes and all below them: TERM, `grace`, KILL. Returns those that could not be ended.
    ///
    /// A process whose identity no longer fits (its number was given to another one) is left alone.
    package var stop: @Sendable (_ processes: [ProcessIdentity], _ grace: Duration) -> [ProcessIdentity]
    /// Every living process of this user that was started with the variable `mark` in its environment, wherever it went,
    /// and with no other value of `detail` than this one; we ourselves and those above us are none of them. Oldest first.
    package var carriers: @Sendable (_ mark: ChildVariable, _ detail: ChildVariable) -> [ProcessIdentity]
    /// Whether exactly this process, not a later one with its number, is still alive.
    package var isAlive: @Sendable (_ process: ProcessIdentity) -> Bool

    package init(
        run:
            @escaping @Sendable (_ command: Command, _ limits: ProcessLimits, _ observe: (ProcessEvent) -> Void) ->
            ProcessOutcome,
        prepare: @escaping @Sendable (_ command: Command) -> Void = { _ in },
        sideBySide: @escaping @Sendable (_ bodies: [() -> Void]) -> Void,
        descendants: @escaping @Sendable () -> [ProcessIdentity],
        stop: @escaping @Sendable (_ processes: [ProcessIdentity], _ grace: Duration) -> [ProcessIdentity],
        carriers: @escaping @Sendable (_ mark: ChildVariable, _ detail: ChildVariable) -> [ProcessIdentity],
        isAlive: @escaping @Sendable (_ process: ProcessIdentity) -> Bool
    ) {
        self.run = run
        self.prepare = prepare
        self.sideBySide = sideBySide
        self.descendants = descendants
        self.stop = stop
        self.carriers = carriers
        self.isAlive = isAlive
    }
}

/// A variable of a process's environment.
package struct ChildVariable: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A process that cannot be mistaken for a later one with the same number.
package struct ProcessIdentity: Hashable, Sendable {
    package let pid: Int32
    /// Clock ticks after boot (`/proc/PID/stat`, field 22).
    package let startTime: UInt64
    /// As `/proc/PID/cmdline` has it, blanks between arguments; cut at 200 bytes; empty when unknown.
    package let commandLine: String

    package init(pid: Int32, startTime: UInt64, commandLine: String = "") {
        self.pid = pid
        self.startTime = startTime
        self.commandLine = commandLine
    }
}

package struct ProcessLimits: Hashable, Sendable {
    /// `nil`: as long as it takes.
    package var timeout: Duration?
    /// Between TERM and KILL.
    package var grace: Duration
    /// How long output is still read after the child's end, when something keeps a pipe open.
    package var drain: Duration
    /// The longest silence before a `.tick`.
    package var tick: Duration
    /// Whether SIGINT, SIGTERM and SIGHUP to us end the child. Without, it is left to finish (a rollback command).
    package var stopsOnSignal: Bool
    /// Ends the child when it is turned on.
    package var stopSwitch: StopSwitch?

    package init(
        timeout: Duration? = nil,
        grace: Duration = .seconds(5),
        drain: Duration = .seconds(1),
        tick: Duration = .milliseconds(200),
        stopsOnSignal: Bool = true,
        stopSwitch: StopSwitch? = nil
    ) {
        self.timeout = timeout
        self.grace = grace
        self.drain = drain
        self.tick = tick
        self.stopsOnSignal = stopsOnSignal
        self.stopSwitch = stopSwitch
    }
}

package enum OutputStream: String, Hashable, Sendable {
    case standardOutput
    case standardError
}

package enum ProcessEvent: Sendable {
    case started(ProcessIdentity)
    case output(OutputStream, [UInt8])
    case tick
}

/// How a program ended, and why.
package struct ProcessOutcome: Hashable, Sendable {
    package enum Ending: Hashable, Sendable {
        case exited(Int32)
        case signalled(Int32)
        /// It never ran; the system's reason.
        case notStarted(SpawnFailure)
    }

    package enum StopReason: Hashable, Sendable {
        case timeout
        /// We were told to stop, by this signal.
        case signal(Int32)
        /// Its `StopSwitch` was turned on.
        case request
    }

    package var ending: Ending
    /// Why we ended it; `nil` when it ended by itself.
    package var stopped: StopReason?
    /// KILL was needed after TERM.
    package var wasKilled: Bool
    package var duration: Duration
    /// Its descendants, wherever they went, and holders of its pipes, still alive after its end.
    ///
    /// First comes the child itself if even KILL did not end it (another user's process, a dead disk); `ending` is then
    /// the KILL that it was sent.
    package var leftovers: [ProcessIdentity]

    package init(
        ending: Ending,
        stopped: StopReason? = nil,
        wasKilled: Bool = false,
        duration: Duration,
        leftovers: [ProcessIdentity] = []
    ) {
        self.ending = ending
        self.stopped = stopped
        self.wasKilled = wasKilled
        self.duration = duration
        self.leftovers = leftovers
    }
}

package struct SpawnFailure: Error, Hashable, Sendable {
    package enum Cause: Hashable, Sendable {
        case programNotFound
        case directoryNotFound
        case notExecutable
        case argumentsTooLong
        case system(code: Int32)
    }

    package let cause: Cause
    /// The program or the folder, whichever it is about.
    package let subject: String

    package init(_ cause: Cause, subject: String) {
        self.cause = cause
        self.subject = subject
    }
}
