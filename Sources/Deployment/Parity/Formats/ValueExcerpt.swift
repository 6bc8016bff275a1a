import Diagnostics
import YAML

/// Values in one line, cut where they take more room than there is.
enum ValueExcerpt {
    /// `1 → 4`; two long texts are cut so that what differs is seen.
    static func pair(_ left: Node, _ right: Node, columns: Int) -> String {
        let room = columns - DisplayWidth.of(arrow)
        var (one, other) = (whole(left, columns: room / 2), whole(right, columns: room / 2))
        if DisplayWidth.of(one) + DisplayWidth.of(other) > room {
            let common = zip(one, other).prefix { $0 == $1 }.count
            if common > 2 * shownBefore {
                one = "…" + one.dropFirst(common - shownBefore)
                other = "…" + other.dropFirst(common - shownBefore)
            }
            one = DisplayWidth.cut(one, to: max(room / 2, room - DisplayWidth.of(other)))
            other = DisplayWidth.cut(other, to: room - DisplayWidth.of(one))
        }
        return one + arrow + other
    }

    static func one(_ value: Node, columns: Int) -> String {
        DisplayWidth.cut(whole(value, columns: columns), to: columns)
    }

    /// A value in one line; a large collection in so many words.
    private static func whole(_ value: Node, columns: Int) -> String {
        switch value.value {
        case .scalar(let scalar) where scalar.kind == .string && scalar.text.contains("\n"):
            let lines = scalar.text.split(separator: "\n", omittingEmptySubsequences: true)
            return "\(Wording.visible(String(lines.first ?? ""))) … (\(Wording.count(lines.count, "line")))"
        case .scalar: return ParityWording.inline(value)
        case .sequence(let items): return short(value, columns) ?? "[\(Wording.count(items.count, "item"))]"
        case .mapping(let mapping): return short(value, columns) ?? "{\(Wording.count(mapping.count, "key"))}"
        }
    }

    private static func short(_ value: Node, _ columns: Int) -> String? {
        let text = ParityWording.inline(value)
        return DisplayWidth.of(text) <= columns ? text : nil
    }

    private static let arrow = " → "
    /// Characters that are kept before the first one that differs.
    private static let shownBefore = 4
}
