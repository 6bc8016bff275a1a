import Glibc
import Synchronization

/// Takes lines from a descriptor while it watches for signals.
final class LineReader: Sendable {
    /// The longest line that is taken, in bytes; a longer one counts as the end of the input.
    static let limit = 65_536

    private let number: Int32
    /// What was read beyond the last line.
    private let pending = Mutex<[UInt8]>([])

    init(_ number: Int32) { self.number = number }

    /// The next line without `\n` or `\r\n`; the last one may lack its end. `nil` at the end, or when a signal came.
    func next() -> String? {
        pending.withLock { pending -> String? in
            let known = LiveSignals.seenCount
            while pending.count <= Self.limit {
                if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                    defer { pending.removeFirst(end + 1) }
                    return Self.text(pending[..<end])
                }
                guard waitForInput(knownSignals: known) else { return nil }
                do throws(SystemError) {
                    let bytes = try Descriptor.read(upTo: 4_096, from: number)
                    pending += bytes
                    if !bytes.isEmpty { continue }
                } catch {
                    if error.code == EAGAIN { continue }  // Another process that shares the stream was faster.
                }
                defer { pending = [] }
                return pending.isEmpty ? nil : Self.text(pending[...])
            }
            return nil
        }
    }

    /// What is left, to the end of the input.
    ///
    /// - Throws: `.tooLarge` beyond the limit; `.system(EINTR)` when a signal came first.
    func rest(_ limit: Int) throws(FileFailure) -> [UInt8] {
        let known = LiveSignals.seenCount
        var bytes = pending.withLock { pending in
            defer { pending = [] }
            return pending
        }
        while bytes.count <= limit {
            guard waitForInput(knownSignals: known) else { throw Self.failure(.system(code: EINTR)) }
            do throws(SystemError) {
                let more = try Descriptor.read(upTo: 1 << 16, from: number)
                if more.isEmpty { return bytes }
                bytes += more
            } catch {
                // Another process that shares the stream was faster.
                if error.code != EAGAIN { throw Self.failure(.inputOutput) }
            }
        }
        throw Self.failure(.tooLarge(limit: limit))
    }

    private static func failure(_ cause: FileFailure.Cause) -> FileFailure {
        FileFailure(cause, path: "standard input", operation: "read")
    }

    private static func text(_ line: ArraySlice<UInt8>) -> String {
        String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }

    /// False when a signal came first.
    private func waitForInput(knownSignals: Int) -> Bool {
        while LiveSignals.count <= knownSignals {
            var requests = [
                pollfd(fd: number, events: Int16(POLLIN), revents: 0),
                pollfd(fd: LiveSignals.wakeDescriptor, events: Int16(POLLIN), revents: 0),
            ]
            guard unsafe poll(&requests, 2, 200) > 0 else { continue }
            if requests[1].revents != 0 { LiveSignals.drainWakeUps() }
            if requests[0].revents != 0 && LiveSignals.count <= knownSignals { return true }
        }
        return false
    }
}
