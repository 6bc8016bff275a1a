import Diagnostics
import YAML

/// The two values of a difference beside one another, for `--side-by-side`.
struct ParityColumns {
    let wording: ParityWording
    let palette: Palette
    /// Columns for both and what is between them.
    let width: Int

    /// Columns of a terminal from which on two values fit beside one another.
    static let narrowest = 60

    private static let gutter = " │ "

    private var half: Int { (width - Self.gutter.count) / 2 }

    /// The names of the two, to stand above all differences.
    var head: [String] {
        let names = [ParitySide.left, .right].map { DisplayWidth.wrapped(wording.text(wording.name($0)), to: half) }
        return beside(names[0], names[1], palette.bold, palette.bold)
    }

    /// The values, where changed lines of a text are marked, and below them where they stand.
    func lines(_ difference: Difference) -> [String] {
        let places = [ParitySide.left, .right].map { side in
            wording.location(difference, side).map { DisplayWidth.wrapped($0, to: half) } ?? []
        }
        return values(difference) + beside(places[0], places[1], palette.dim, palette.dim)
    }

    private func values(_ difference: Difference) -> [String] {
        if difference.kind == .changed,
            let lines = LineDifference(wording.shown(difference, .left), wording.shown(difference, .right))?.lines
        {
            return aligned(lines)
        }
        let values = [ParitySide.left, .right].map { side in
            wording.shown(difference, side).map { text($0) } ?? []
        }
        return beside(values[0], values[1], palette.red, palette.green)
    }

    private func text(_ value: Node) -> [String] {
        guard value.scalar == nil, DisplayWidth.of(wording.inline(value)) > half else {
            return DisplayWidth.wrapped(wording.inline(value), to: half)
        }
        return YAMLWriter.text(of: value).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            .flatMap { DisplayWidth.wrapped(Wording.visible(String($0)), to: half) }
    }

    /// Removed lines beside the added ones that took their place.
    private func aligned(_ lines: [LineDifference.Line]) -> [String] {
        var result: [String] = []
        var removed: [String] = []
        var added: [String] = []
        func wrapped(_ texts: [String], _ mark: String) -> [String] {
            texts.flatMap { text in
                DisplayWidth.wrapped(Wording.visible(text), to: half - 2).enumerated().map { index, line in
                    (index == 0 ? mark : "  ") + line
                }
            }
        }
        func flush() {
            result += beside(wrapped(removed, "- "), wrapped(added, "+ "), palette.red, palette.green)
            removed = []
            added = []
        }
        for line in lines {
            switch line {
            case .removed(let text): removed.append(text)
            case .added(let text): added.append(text)
            case .same(let text):
                flush()
                let same = wrapped([text], "  ")
                result += beside(same, same)
            case .skipped(let count):
                flush()
                result.append(palette.dim("  … \(Wording.count(count, "equal line"))"))
            }
        }
        flush()
        return result
    }

    private func beside(
        _ left: [String], _ right: [String], _ leftStyle: (String) -> String = { $0 },
        _ rightStyle: (String) -> String = { $0 }
    ) -> [String] {
        (0..<max(left.count, right.count)).map { row in
            let one = row < left.count ? left[row] : ""
            let other = row < right.count ? right[row] : ""
            let filled = leftStyle(one) + String(repeating: " ", count: max(0, half - DisplayWidth.of(one)))
            return filled + palette.dim(Self.gutter) + rightStyle(other)
        }
    }
}
