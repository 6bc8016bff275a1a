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
    package var http: HTTP
    /// Unpredictable bytes from the kernel.
    package var randomBytes: @Sendable (_ count: Int) -> [UInt8]
    package var cores: Cores

    package init(
        files: Files,
        processes: Processes,
        signals: Signals,
        clock: HostClock,
        console: Console,
        surroundings: Surroundings,
        digest: Digest,
        http: HTTP,
        randomBytes: @escaping @Sendable (_ count: Int) -> [UInt8],
        cores: Cores = .one
    ) {
        self.files = files
        self.processes = processes
        self.signals = signals
        self.clock = clock
        self.console = console
        self.surroundings = surroundings
        self.digest = digest
        self.http = http
        self.randomBytes = randomBytes
        self.cores = cores
    }
}
