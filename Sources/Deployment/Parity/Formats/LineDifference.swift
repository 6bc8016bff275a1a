package import YAML

/// The difference of two texts line by line, for values that are whole files.
package struct LineDifference: Sendable {
    package enum Line: Hashable, Sendable {
        case same(String)
        case removed(String)
        case added(String)
        /// Equal lines that are left out.
        case skipped(Int)
    }

    /// From the top, with two equal lines around each change.
    package let lines: [Line]

    /// - Returns: `nil` when line by line says no more than the two values do: neither has several lines.
    package init?(_ left: Node?, _ right: Node?) {
        guard let one = left?.string, let other = right?.string else { return nil }
        guard let texts = Self.texts(one, other) else { return nil }
        lines = Self.shortened(Self.lines(texts.0, texts.1))
    }

    /// JSON inside a string is laid out first, so that a change in one long line is found.
    private static func texts(_ left: String, _ right: String) -> (String, String)? {
        if let one = laidOut(left), let other = laidOut(right), one != other { return (one, other) }
        guard left.contains("\n") || right.contains("\n") else { return nil }
        // A last line break that both have is no line of its own.
        guard left.hasSuffix("\n"), right.hasSuffix("\n") else { return (left, right) }
        return (String(left.dropLast()), String(right.dropLast()))
    }

    private static func laidOut(_ text: String) -> String? {
        guard let first = text.utf8.first(where: { $0 != 0x20 && $0 != 0x0A }),
            first == UInt8(ascii: "{") || first == UInt8(ascii: "["), text.utf8.count <= longestEmbedded,
            // A text that is no JSON is shown as the text it is.
            let node = try? JSONReader.read(Array(text.utf8))
        else { return nil }
        return String(JSONWriter.document(sorted(node)).dropLast())
    }

    private static func sorted(_ node: Node) -> Node {
        switch node.value {
        case .scalar: node
        case .sequence(let items): .sequence(items.map(sorted))
        case .mapping(let mapping): Node(.mapping(mapping.sorted().mapValues { sorted($0.value) }))
        }
    }

    private static func lines(_ left: String, _ right: String) -> [Line] {
        let lefts = left.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let rights = right.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let common = CommonSubsequence.pairs(
            lefts.map { Fingerprint.of($0) }[...], rights.map { Fingerprint.of($0) }[...])
        var lines: [Line] = []
        var start = (left: 0, right: 0)
        for anchor in common + [(lefts.count, rights.count)] {
            lines += lefts[start.left..<anchor.left].map { .removed($0) }
            lines += rights[start.right..<anchor.right].map { .added($0) }
            if anchor.left < lefts.count { lines.append(.same(lefts[anchor.left])) }
            start = (anchor.left + 1, anchor.right + 1)
        }
        return lines
    }

    private static func shortened(_ lines: [Line]) -> [Line] {
        var isNear = [Bool](repeating: false, count: lines.count)
        for (index, line) in lines.enumerated() {
            if case .same = line { continue }
            for near in max(0, index - context)...min(lines.count - 1, index + context) { isNear[near] = true }
        }
        var result: [Line] = []
        var far: [Line] = []
        // Instead of one line left out, that line.
        let leaveOut = { result += far.count > 1 ? [.skipped(far.count)] : far }
        for (index, line) in lines.enumerated() {
            if isNear[index] {
                leaveOut()
                far = []
                result.append(line)
            } else {
                far.append(line)
            }
        }
        leaveOut()
        return result
    }

    /// Equal lines shown on either side of a change.
    private static let context = 2
    /// Bytes of a string that is looked at as JSON.
    private static let longestEmbedded = 1 << 20
}
