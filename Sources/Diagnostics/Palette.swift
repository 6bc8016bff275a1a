/// Colours by meaning, or none.
package struct Palette: Hashable, Sendable {
    package let isColoured: Bool

    package static let plain = Palette(isColoured: false)
    package static let coloured = Palette(isColoured: true)

    package init(isColoured: Bool) { self.isColoured = isColoured }

    package func red(_ text: String) -> String { wrap(text, "31;1") }
    package func green(_ text: String) -> String { wrap(text, "32") }
    package func yellow(_ text: String) -> String { wrap(text, "33") }
    package func blue(_ text: String) -> String { wrap(text, "34;1") }
    package func dim(_ text: String) -> String { wrap(text, "2") }
    package func bold(_ text: String) -> String { wrap(text, "1") }

    private func wrap(_ text: String, _ code: String) -> String {
        isColoured && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
