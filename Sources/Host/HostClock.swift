package import Diagnostics

package struct HostClock: Sendable {
    /// What the wall says; may jump.
    package var now: @Sendable () -> Timestamp
    /// Nanoseconds since some fixed instant; never goes back.
    package var monotonicNanoseconds: @Sendable () -> Int
    /// Waits, or returns early when one of `Signals` arrives.
    package var sleep: @Sendable (_ duration: Duration) -> Void

    package init(
        now: @escaping @Sendable () -> Timestamp,
        monotonicNanoseconds: @escaping @Sendable () -> Int,
        sleep: @escaping @Sendable (_ duration: Duration) -> Void
    ) {
        self.now = now
        self.monotonicNanoseconds = monotonicNanoseconds
        self.sleep = sleep
    }
}
