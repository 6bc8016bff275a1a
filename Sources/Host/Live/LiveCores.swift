import CHost
import Glibc
import Synchronization

extension Cores {
    package static let live = Cores(
        count: min(max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))), LiveCores.most), perform: LiveCores.perform)
}

enum LiveCores {
    /// More would wait for memory, not for cores.
    static let most = 8

    /// Threads for as long as this takes. Where the system gives none, the caller's own does all.
    @Sendable
    static func perform(_ times: Int, _ body: @Sendable (Int) -> Void) {
        withoutActuallyEscaping(body) { body in
            let shift = Shift(times, body)
            var threads: [pthread_t] = []
            var attributes = pthread_attr_t()
            unsafe pthread_attr_init(&attributes)
            // As much as the first thread has: trees are walked by functions that call themselves.
            unsafe pthread_attr_setstacksize(&attributes, 8 << 20)
            defer { unsafe pthread_attr_destroy(&attributes) }
            for _ in 1..<max(1, min(Cores.live.count, times)) {
                let ticket = unsafe Unmanaged.passRetained(shift)
                var thread = pthread_t()
                let code = unsafe pthread_create(
                    &thread, &attributes,
                    { ticket in
                        guard let ticket = unsafe ticket else { preconditionFailure("every thread gets its shift") }
                        chost_expect_memory_here()
                        unsafe Unmanaged<Shift>.fromOpaque(ticket).takeRetainedValue().work()
                        return nil
                    }, unsafe ticket.toOpaque())
                if code == 0 { threads.append(thread) } else { unsafe ticket.release() }
            }
            shift.work()
            for thread in threads { pthread_join(thread, nil) }
        }
    }

    /// Numbers that are handed out one by one.
    private final class Shift: Sendable {
        private let next = Atomic<Int>(0)
        private let times: Int
        private let body: @Sendable (Int) -> Void

        init(_ times: Int, _ body: @escaping @Sendable (Int) -> Void) {
            self.times = times
            self.body = body
        }

        func work() {
            while true {
                let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard number < times else { return }
                body(number)
            }
        }
    }
}
