import Glibc

/// Our end of a pipe that a child writes to; closed at its end.
final class ChildStream {
    /// What is read at once, in bytes; also what Linux gives a pipe to hold.
    private static let pieceSize = 65_536

    let stream: OutputStream
    private var descriptor: Descriptor?

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
        var failure: Int32 = 0
        // Memory that was not touched yet costs nothing; most pieces are short.
        let piece = unsafe [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
            do throws(SystemError) {
                count = try SystemError.checking { unsafe read(number, buffer.baseAddress, Self.pieceSize) }
            } catch {
                failure = error.code
            }
        }
        // A short one is not to hold on to the whole buffer.
        if !piece.isEmpty { return piece.count < Self.pieceSize / 2 ? Array(piece[...]) : piece }
        if failure == EAGAIN { return nil }
        descriptor = nil
        return nil
    }

    /// Its writers are gone, and all that they wrote was read.
    func close() { descriptor = nil }

    /// What the pipe holds at this moment, when nothing that comes later is waited for.
    func rest() -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        // Bounded, because a writer may be as fast as we are.
        while pieces.count < 16, let piece = next() { pieces.append(piece) }
        return pieces
    }
}
