import Diagnostics
import Glibc

extension HostClock {
    package static let live = HostClock(
        now: {
            let time = LiveClock.time(CLOCK_REALTIME)
            return Timestamp(millisecondsSince1970: time.tv_sec * 1_000 + time.tv_nsec / 1_000_000)
        },
        monotonicNanoseconds: { LiveClock.monotonicNanoseconds },
        sleep: { duration in
            let wanted = LiveClock.monotonicNanoseconds + duration.wholeNanoseconds
            let known = LiveSignals.seenCount
            while LiveSignals.count <= known {
                let left = wanted - LiveClock.monotonicNanoseconds
                if left <= 0 { return }
                Turns.handedOver { LiveSignals.wait(nanoseconds: left) }
            }
        }
    )
}

enum LiveClock {
    /// Does not count the time that the machine slept.
    static var monotonicNanoseconds: Int {
        let time = time(CLOCK_MONOTONIC)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    static func time(_ clock: clockid_t) -> timespec {
        var time = timespec()
        // Cannot fail for these clocks.
        unsafe clock_gettime(clock, &time)
        return time
    }

    /// A waiting time for `poll`, in milliseconds: rounded up, lest the last millisecond be spent in a busy loop.
    static func pollMilliseconds(_ nanoseconds: Int) -> Int32 {
        Int32(min(max(0, nanoseconds + 999_999) / 1_000_000, 60_000))
    }
}

extension Duration {
    /// Never below zero; what does not fit is some ninety years.
    var wholeNanoseconds: Int {
        let (seconds, attoseconds) = components
        if seconds < 0 || attoseconds < 0 { return 0 }
        return Int(min(seconds, 3_000_000_000)) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
    }
}
