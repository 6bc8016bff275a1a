/// What a short program printed.
package struct CapturedOutput: Hashable, Sendable {
    package var outcome: ProcessOutcome
    package var standardOutput: [UInt8]
    package var standardError: [UInt8]
    /// More was printed than was kept.
    package var isTruncated: Bool

    package init(outcome: ProcessOutcome, standardOutput: [UInt8], standardError: [UInt8], isTruncated: Bool) {
        self.outcome = outcome
        self.standardOutput = standardOutput
        self.standardError = standardError
        self.isTruncated = isTruncated
    }

    package var succeeded: Bool { outcome.ending == .exited(0) && outcome.stopped == nil }

    /// Standard output without white space at its ends.
    package var trimmedText: String { Self.trimmed(standardOutput) }
    package var trimmedErrorText: String { Self.trimmed(standardError) }

    private static func trimmed(_ bytes: [UInt8]) -> String {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        guard let first = bytes.firstIndex(where: { !isBlank($0) }),
            let last = bytes.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }
}

extension Processes {
    /// Runs a program and keeps what it prints, up to `limit` bytes of each stream; the rest is read and dropped.
    package func capture(_ command: Command, _ limits: ProcessLimits, keeping limit: Int = 1 << 20) -> CapturedOutput {
        var output: [UInt8] = []
        var error: [UInt8] = []
        var isTruncated = false
        let outcome = run(command, limits) { event in
            guard case .output(let stream, let bytes) = event else { return }
            let kept = stream == .standardOutput ? output.count : error.count
            let taken = bytes.prefix(max(0, limit - kept))
            if taken.count < bytes.count { isTruncated = true }
            if stream == .standardOutput { output += taken } else { error += taken }
        }
        return CapturedOutput(
            outcome: outcome, standardOutput: output, standardError: error, isTruncated: isTruncated)
    }
}
