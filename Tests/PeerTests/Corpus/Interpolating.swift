/// Says some texts of a file by variables, in every form that means the same.
struct Interpolating {
    let dice: Dice

    func varied(_ draft: Draft) -> Draft {
        switch draft {
        case .plain: draft
        case .text(let text): .text(dice.chance(5) ? form(text) : text)
        case .list(let items): .list(items.map(varied))
        case .map(let entries): .map(entries.map { Draft.Entry($0.key, varied($0.value)) })
        case .marked(let mark, let value): .marked(mark, varied(value))
        }
    }

    private func form(_ text: String) -> String {
        guard !text.isEmpty, !text.contains(where: { "${}\n".contains($0) }) else { return text }
        return dice.choose([
            "${NONE:-\(text)}", "${NONE-\(text)}", "${BLANK:-\(text)}", "${TAG:+\(text)}", "${TAG+\(text)}",
            "${NONE:-${OTHER:-\(text)}}", "${NONE:-${TAG:+\(text)}}", "${BLANK+\(text)}", "\(text)${BLANK}",
            "${NONE:+no}\(text)", "${NONE-}\(text)", "${NONE:-${BLANK:-${OTHER-\(text)}}}", "${BLANK}\(text)$BLANK",
            "${_X9:-\(text)}",
        ])
    }
}
