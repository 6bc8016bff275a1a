package import Diagnostics

/// Help as a terminal shows it.
package struct HelpText: Sendable {
    package let width: Int
    package let palette: Palette

    /// - Parameter width: the terminal's columns; longer lines than 100 are not made, they tire the eye.
    package init(width: Int = 80, palette: Palette = .plain) {
        self.width = max(30, min(width, 100))
        self.palette = palette
    }

    /// What `rehearse help` and the help flags print; ends with a line break.
    ///
    /// - Parameter version: stands in the manual page's footer.
    package static func page(
        for request: HelpRequest,
        in table: CommandTable = .rehearse,
        width: Int = 80,
        palette: Palette = .plain,
        version: String
    ) -> String {
        let isLong = request.form != .short
        switch (request.subject, request.form) {
        case (let subject, .manual): return ManualPage(table: table, version: version).text(for: subject)
        case (.overview, _):
            return HelpText(width: width, palette: palette).text(.overview(of: table, isLong: isLong))
        case (.command(let command), _):
            return HelpText(width: width, palette: palette).text(HelpDocument(command, in: table, isLong: isLong))
        case (.topic(let topic), _): return HelpText(width: width, palette: palette).text(.topic(topic))
        }
    }

    package func text(_ document: HelpDocument) -> String {
        var lines = TextLayout.wrap("\(document.name): \(document.summary)", width: width)
        for section in document.sections {
            lines.append("")
            let indent = section.title.isEmpty ? 0 : 2
            if !section.title.isEmpty { lines.append(palette.bold(section.title + ":")) }
            for (index, block) in section.blocks.enumerated() {
                let isExample = index > 0 && !block.isParagraph && section.blocks[index - 1].isParagraph
                lines += index > 0 && block.isParagraph ? [""] : []
                lines += self.lines(of: block, indent: isExample ? indent + 2 : indent)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: - Blocks

    private func lines(of block: HelpBlock, indent: Int) -> [String] {
        switch block {
        case .paragraph(let text): return indented(TextLayout.wrap(text, width: width - indent), by: indent)
        case .command(let line): return indented([line], by: indent)
        case .heading(let title): return [palette.bold(title)]
        case .definitions(let definitions):
            let column = column(of: definitions)
            return definitions.flatMap { lines(of: $0, indent: indent, column: column) }
        }
    }

    /// Where the texts begin, counted from the terms; `nil` when they go below their terms instead.
    private func column(of definitions: [HelpDefinition]) -> Int? {
        guard width >= 60 else { return nil }
        let fitting = definitions.map(\.term.count).filter { $0 <= Self.widestTerm }
        return (fitting.max() ?? 0) + 2
    }

    private func lines(of definition: HelpDefinition, indent: Int, column: Int?) -> [String] {
        let textIndent = indent + (column ?? 4)
        var texts: [String] = []
        for paragraph in definition.paragraphs {
            texts += indented(TextLayout.wrap(paragraph, width: width - textIndent), by: textIndent)
        }
        let term = indented([column == nil ? definition.term.trimmingBlanks : definition.term], by: indent)[0]
        guard let column, definition.term.count <= column - 2 else { return [term] + texts }
        texts[0] = indented([Wording.column(definition.term, column)], by: indent)[0] + texts[0].dropFirst(textIndent)
        return texts
    }

    private func indented(_ lines: [String], by indent: Int) -> [String] {
        lines.map { $0.isEmpty ? "" : String(repeating: " ", count: indent) + $0 }
    }

    private static let widestTerm = 28
}

extension HelpBlock {
    fileprivate var isParagraph: Bool {
        if case .paragraph = self { return true }
        return false
    }
}

extension String {
    fileprivate var trimmingBlanks: String { String(drop { $0 == " " }) }
}
