/// Help as roff for `man`, in the macros of man(7).
package struct ManualPage: Sendable {
    package let table: CommandTable
    package let version: String

    package init(table: CommandTable = .rehearse, version: String) {
        self.table = table
        self.version = version
    }

    /// The page of the whole program, of one command, or of a topic; ends with a line break.
    ///
    /// Holds no date: the same version always prints the same page.
    package func text(for subject: HelpRequest.Subject) -> String {
        let document = document(for: subject)
        let title = document.name.replacing(" ", with: "-")
        var lines = [
            ".TH \(title.uppercased()) 1 \"\" \"rehearse \(Roff.text(version))\" \"\"",
            // Commands are copied from the page: no hyphens of the formatter's, no stretched blanks.
            ".nh", ".ad l",
            ".SH NAME", "\(Roff.text(title)) \\- \(Roff.text(document.summary))",
        ]
        for section in document.sections {
            lines.append(section.title.isEmpty ? ".PP" : ".SH \(Roff.text(section.title.uppercased()))")
            for line in section.blocks.flatMap(lines(of:))
            where line != ".PP" || !Self.isHeading(lines[lines.count - 1]) {
                lines.append(line)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A heading begins a paragraph by itself, and so does `.PP`.
    private static func isHeading(_ line: String) -> Bool {
        line.hasPrefix(".SH ") || line.hasPrefix(".SS ") || line == ".PP"
    }

    // MARK: - What a page holds

    private func document(for subject: HelpRequest.Subject) -> HelpDocument {
        switch subject {
        case .overview: return whole
        case .command(let command):
            let document = HelpDocument(command, in: table, isLong: true)
            return document.named(usage: "Synopsis")
        case .topic(let topic):
            let document = HelpDocument.topic(topic)
            return HelpDocument(
                name: document.name, summary: document.summary, sections: [HelpSection("Description", topic.blocks)])
        }
    }

    private var whole: HelpDocument {
        let overview = HelpDocument.overview(of: table, isLong: true)
        return HelpDocument(
            name: overview.name,
            summary: overview.summary,
            sections: [
                HelpSection("Synopsis", [.command("rehearse COMMAND [ARGUMENTS] [flags]")]),
                HelpSection("Description", [.paragraph(HelpDocument.promise), .paragraph(HelpDocument.model)]),
                HelpSection("Commands", table.visibleCommands.flatMap(blocks(about:))),
                HelpDocument.globalFlags(of: table, isLong: true),
                HelpSection("Exit status", HelpTopic.exitCodes.blocks),
            ]
        )
    }

    private func blocks(about command: CommandSpecification) -> [HelpBlock] {
        let values = HelpDocument.values(of: command, in: table, isLong: true)
        return [.heading("rehearse " + command.name)]
            + HelpDocument.usage(of: command, in: table).map(HelpBlock.command)
            + [.paragraph(command.summary.capitalizedFirst + ".")]
            + HelpDocument.paragraphs(command.details)
            + values.flatMap(\.blocks)
            + HelpDocument.examples(command.examples)
    }

    // MARK: - Blocks as roff

    private func lines(of block: HelpBlock) -> [String] {
        switch block {
        case .paragraph(let text): return [".PP"] + Roff.paragraph(text)
        case .command(let line): return [".PP", ".RS 4", ".nf", Roff.guarded(Roff.text(line)), ".fi", ".RE"]
        case .heading(let title): return [".SS \(Roff.text(title))"]
        case .definitions(let definitions):
            return definitions.flatMap { definition in
                let term = Roff.bold(String(definition.term.drop { $0 == " " }))
                let first = [".TP", term] + Roff.paragraph(definition.paragraphs[0])
                return first + definition.paragraphs.dropFirst().flatMap { [".br"] + Roff.paragraph($0) }
            }
        }
    }
}

extension HelpDocument {
    fileprivate func named(usage title: String) -> HelpDocument {
        let renamed = sections.map { $0.title == "Usage" ? HelpSection(title, $0.blocks) : $0 }
        return HelpDocument(name: name, summary: summary, sections: renamed)
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
