import CHost
import Glibc
import Synchronization

extension Cores {
    package static let live = Cores(
        count: min(max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))), LiveCores.most), perform: LiveCores.perform,
        beside: LiveCores.beside)
}

enum LiveCores {
    /// More would wait for memory, not for cores.
    static let most = 8

    /// Threads for as long as this takes. Where the system gives none, the caller's own does all.
    @Sendable
    static func perform(_ times: Int, _ body: @Sendable (Int) -> Void) {
        withoutActuallyEscaping(body) { body in
            let shift = Shift(times, body)
            let threads = (1..<max(1, min(Cores.live.count, times))).compactMap { _ in start(shift) }
            shift.work()
            for thread in threads { pthread_join(thread, nil) }
        }
    }

    @Sendable
    static func beside(_ look: @Sendable () -> Void, _ work: () -> Void) {
        withoutActuallyEscaping(look) { look in
            let shift = Shift(1) { _ in look() }
            let thread = Cores.live.count > 1 ? start(shift) : nil
            if thread == nil { shift.work() }
            work()
            if let thread { pthread_join(thread, nil) }
        }
    }

    /// - Returns: `nil` where the system gives no thread.
    private static func start(_ shift: Shift) -> pthread_t? {
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        // As much as the first thread has: trees are walked by functions that call themselves.
        unsafe pthread_attr_setstacksize(&attributes, 8 << 20)
        defer { unsafe pthread_attr_destroy(&attributes) }
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
        if code != 0 { unsafe ticket.release() }
        return code == 0 ? thread : nil
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
