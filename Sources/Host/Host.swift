/// The outside world, as the program sees it.
///
/// Everything that is not a pure function of its input is reached through one of these closures, so that a test can
/// put its own world in place. `Live/` is the only code that touches the system.
package struct Host: Sendable {
    package var files: Files
    package var processes: Processes
    package var signals: Signals
    package var clock: HostClock
    package var console: Console
    package var surroundings: Surroundings
    package var digest: Digest
    /// Unpredictable bytes from the kernel.
    package var randomBytes: @Sendable (_ count: Int) -> [UInt8]
    /// Carries out bodies that share nothing, each on a thread of its own, and returns when the last has ended.
    ///
    /// For work alone: what waits for programs is run by `Processes.sideBySide`.
    package var atOnce: @Sendable (_ bodies: [@Sendable () -> Void]) -> Void

    package init(
        files: Files,
        processes: Processes,
        signals: Signals,
        clock: HostClock,
        console: Console,
        surroundings: Surroundings,
        digest: Digest,
        randomBytes: @escaping @Sendable (_ count: Int) -> [UInt8],
        atOnce: @escaping @Sendable (_ bodies: [@Sendable () -> Void]) -> Void = Host.oneAfterTheOther
    ) {
        self.files = files
        self.processes = processes
        self.signals = signals
        self.clock = clock
        self.console = console
        self.surroundings = surroundings
        self.digest = digest
        self.randomBytes = randomBytes
        self.atOnce = atOnce
    }

    /// What `atOnce` comes to where there are no threads.
    package static func oneAfterTheOther(_ bodies: [@Sendable () -> Void]) {
        for body in bodies { body() }
    }
}
