import Glibc

/// Our end of a pipe that a child writes to; closed at its end.
final class ChildStream {
    /// What is read at once, in bytes; also what Linux gives a pipe to hold.
    private static let pieceSize = 65_536

    let stream: OutputStream
    private var descriptor: Descriptor?
    private var buffer = [UInt8](repeating: 0, count: pieceSize)

    init(_ stream: OutputStream, _ descriptor: consuming Descriptor) {
        self.stream = stream
        self.descriptor = consume descriptor
    }

    var isOpen: Bool { descriptor != nil }

    /// For `poll`, which passes over a negative number.
    var number: Int32 { descriptor?.number ?? -1 }

    /// Its pipe's number in `/proc/PID/fd`; `nil` once it is closed.
    var pipe: UInt64? {
        var status = stat()
        guard isOpen, unsafe fstat(number, &status) == 0 else { return nil }
        return UInt64(status.st_ino)
    }

    /// What is there now, at most one piece; `nil` when nothing is, or at the end.
    func next() -> [UInt8]? {
        guard isOpen else { return nil }
        let number = number
        do {
            let count = try SystemError.checking {
                unsafe buffer.withUnsafeMutableBytes { unsafe read(number, $0.baseAddress, $0.count) }
            }
            if count > 0 { return Array(buffer[..<count]) }
        } catch {
            if error.code == EAGAIN { return nil }
        }
        descriptor = nil
        return nil
    }

    /// What the pipe holds at this moment, when nothing that comes later is waited for.
    func rest() -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        // Bounded, because a writer may be as fast as we are.
        while pieces.count < 16, let piece = next() { pieces.append(piece) }
        return pieces
    }
}
