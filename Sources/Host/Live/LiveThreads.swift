import CHost
import Glibc

/// Threads for work that shares nothing.
enum LiveThreads {
    /// The first body runs on the calling thread, every other one on a thread of its own.
    static func atOnce(_ bodies: [@Sendable () -> Void]) {
        var threads: [pthread_t] = []
        var left = Array(bodies.prefix(1))
        for body in bodies.dropFirst() {
            if let thread = start(body) { threads.append(thread) } else { left.append(body) }
        }
        // Where the system gives no more threads, one after the other.
        for body in left { body() }
        for thread in threads { pthread_join(thread, nil) }
    }

    /// Bytes of a thread's stack: as much as the first thread commonly has, because trees are walked as deep there.
    private static let stackSize = 8 << 20

    private static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
        let work = unsafe Unmanaged.passRetained(Work(body))
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setstacksize(&attributes, stackSize)
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, &attributes,
            { context in
                guard let context = unsafe context else { preconditionFailure("every thread gets its work") }
                unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
                return nil
            }, unsafe work.toOpaque())
        guard code == 0 else {
            unsafe work.release()
            return nil
        }
        return thread
    }

    /// What a thread is to do.
    private final class Work: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
}
