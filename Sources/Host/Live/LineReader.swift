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

    /// All bytes up to the end; `nil` when there are more than `limit`, when a signal came, or on an error.
    func rest(limit: Int) -> [UInt8]? {
        pending.withLock { pending -> [UInt8]? in
            let known = LiveSignals.seenCount
            defer { pending = [] }
            while pending.count <= limit {
                guard waitForInput(knownSignals: known) else { return nil }
                do throws(SystemError) {
                    let bytes = try Descriptor.read(upTo: 65_536, from: number)
                    if bytes.isEmpty { return pending }
                    pending += bytes
                } catch {
                    guard error.code == EAGAIN else { return nil }
                }
            }
            return nil
        }
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
