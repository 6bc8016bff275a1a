import Host

extension CapturedOutput {
    /// Standard output line by line, without empty lines and without a last one that was cut off.
    var lines: [String] {
        let pieces = standardOutput.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let whole = isTruncated ? pieces.dropLast() : pieces[...]
        return whole.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Standard output piece by piece, each ended by a zero byte; one that was cut off is left out.
    var zeroEnded: [String] {
        standardOutput.split(separator: 0, omittingEmptySubsequences: false).dropLast()
            .map { String(decoding: $0, as: UTF8.self) }
    }
}
