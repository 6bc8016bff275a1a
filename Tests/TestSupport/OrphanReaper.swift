import Glibc
import Host

/// Waits for the orphans that killed programs leave to the test program, which is their nearest subreaper.
///
/// A zombie that nobody waits for hides the end of exit tests from Swift Testing: its monitor asks for any child that
/// has ended, is told of the zombie, and asks again for ever (seen with 6.3.1: the whole run hung).
enum OrphanReaper {
    /// Begins once, and goes on until the test program ends. A thread of its own, because the tests block those of the
    /// concurrency runtime.
    static let start: Void = {
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { _ in
                let processes = Host.live().processes
                while true {
                    // Looking at the descendants lets go of the adopted ones that have ended.
                    _ = processes.descendants()
                    usleep(100_000)
                }
            }, nil)
    }()
}
