import CHost
import Glibc

extension Host {
    /// The world as it is. To be built first thing in `main`: it prepares this process for what follows.
    ///
    /// Standard streams that were closed are held by `/dev/null`, SIGPIPE is ignored, SIGHUP, SIGINT and SIGTERM are
    /// counted from here on, and orphaned descendants become our children. Done once, however often it is called.
    package static func live() -> Host {
        _ = processIsPrepared
        return Host(
            files: .live,
            processes: .live,
            signals: .live,
            clock: .live,
            console: .live(),
            surroundings: .live(),
            digest: .live,
            http: .live(),
            randomBytes: randomBytes,
            cores: .live
        )
    }

    /// Signals, streams and children belong to the process, not to a value, and are prepared once for all.
    private static let processIsPrepared: Bool = {
        // Where even `/dev/null` is missing, a closed stream stays closed, as it was given to us.
        _ = chost_guard_standard_streams()
        LiveSignals.begin()
        // Kernels before 3.4 refuse: descendants that leave their group cannot be found there.
        _ = chost_become_subreaper()
        return true
    }()

    /// The kernel's generator does not fail once the system is up; going on with guessable numbers would be worse.
    private static func randomBytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard unsafe chost_random(&bytes, count) == 0 else { preconditionFailure("the kernel gives no random bytes") }
        return bytes
    }
}
