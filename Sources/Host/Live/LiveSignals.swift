import CHost
import Glibc
import Synchronization

extension Signals {
    /// Asking marks what came so far as seen: only a later signal stops a child or wakes a sleeper.
    ///
    /// So none is lost between asking and starting a child, and one that was dealt with does not stop the cleaning up.
    package static let live = Signals(received: { LiveSignals.received() })
}

/// The signals counted by the handler in CHost, and the pipe that wakes whoever waits.
enum LiveSignals {
    /// Readable when a signal came; made by the first use, because a process has one handler only.
    static let wakeDescriptor: Int32 = chost_watch_signals()
    private static let seen = Atomic<Int>(0)

    static func begin() { _ = wakeDescriptor }

    static var count: Int { Int(chost_signal_count()) }
    /// One that came after the first `known`, when there is any: the first of all, else the latest.
    static func after(known: Int) -> Int32 { known == 0 ? chost_signal_first() : chost_signal_latest() }
    /// How many had come when `received` was last asked.
    static var seenCount: Int { seen.load(ordering: .acquiring) }

    static func received() -> (first: Int32, count: Int)? {
        let count = count
        seen.store(count, ordering: .releasing)
        return count == 0 ? nil : (chost_signal_first(), count)
    }

    /// Waits for a signal, or for at most a fifth of a second.
    ///
    /// That bound is for programs where several threads wait, such as our tests: only one of them gets the byte.
    static func wait(nanoseconds: Int) {
        var request = pollfd(fd: wakeDescriptor, events: Int16(POLLIN), revents: 0)
        let milliseconds = LiveClock.pollMilliseconds(min(nanoseconds, 200_000_000))
        if unsafe poll(&request, 1, milliseconds) > 0 { drainWakeUps() }
    }

    /// Takes the bytes out of the pipe; the counts tell what came.
    static func drainWakeUps() {
        var bytes: UInt64 = 0
        while unsafe read(wakeDescriptor, &bytes, 8) > 0 {}
    }
}
