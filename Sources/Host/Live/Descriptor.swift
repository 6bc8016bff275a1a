import CHost
import Glibc

/// An open file descriptor with one owner, closed when that owner goes. A negative number is none.
struct Descriptor: ~Copyable, Sendable {
    let number: Int32

    init(owning number: Int32) { self.number = number }

    // Not repeated after EINTR: on Linux the number is free again whatever `close` returns.
    deinit { if number >= 0 { close(number) } }
}

/// What the system said when it refused a call.
struct SystemError: Error, Hashable {
    let code: Int32

    /// The result of a call that returns -1 on failure; repeated when a signal interrupted it.
    static func checking<Result: SignedInteger>(_ call: () -> Result) throws(SystemError) -> Result {
        while true {
            let result = call()
            if result != -1 { return result }
            let code = errno
            if code != EINTR { throw SystemError(code: code) }
        }
    }
}

extension Descriptor {
    /// Writes everything, carrying on after short writes, interruptions, and on streams that someone made non-blocking.
    static func write(_ bytes: UnsafeRawBufferPointer, to number: Int32) throws(SystemError) {
        var rest = unsafe bytes
        while unsafe !rest.isEmpty {
            do {
                let count = try SystemError.checking { unsafe Glibc.write(number, rest.baseAddress, rest.count) }
                unsafe rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
            } catch {
                guard error.code == EAGAIN else { throw error }
                var request = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&request, 1, -1)
            }
        }
    }

    /// At most `count` bytes of what is there; empty at the end.
    static func read(upTo count: Int, from number: Int32) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(SystemError) {
                filled = try SystemError.checking { unsafe Glibc.read(number, buffer.baseAddress, count) }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }
}
