/// A report as one HTML file that loads nothing: searchable, foldable, light and dark, fit for a phone and for paper.
///
/// Without scripts it is complete, only not searchable. Properties called `html` stand as they are; all others are text.
package struct Page: Sendable {
    /// What a state means; its colour follows, and its word says the same.
    package enum Tone: String, Sendable {
        case good
        case caution
        case bad
        case quiet
    }

    /// How an entry stands: `drift`, `FAILED`.
    package struct State: Hashable, Sendable {
        package let word: String
        package let tone: Tone

        package init(_ word: String, _ tone: Tone) {
            self.word = word
            self.tone = tone
        }
    }

    /// What can be searched for and hidden by its state.
    package struct Entry: Sendable {
        package let name: String
        package let state: State
        /// Stands behind the state.
        package let headHTML: String
        package let bodyHTML: String

        package init(name: String, state: State, headHTML: String, bodyHTML: String) {
            self.name = name
            self.state = state
            self.headHTML = headHTML
            self.bodyHTML = bodyHTML
        }
    }

    /// Entries that are folded together.
    package struct Group: Sendable {
        package let title: String
        package let isOpen: Bool
        package let entries: [Entry]

        package init(_ title: String, isOpen: Bool, _ entries: [Entry]) {
            self.title = title
            self.isOpen = isOpen
            self.entries = entries
        }
    }

    package let title: String
    /// The whole in one sentence.
    package let summary: State
    /// What is said before the entries.
    package var leadHTML = ""
    /// What may be searched for: `Search path, value, rule, owner`.
    package let searchHint: String
    package let groups: [Group]
    /// What is said behind the entries, folded: a title and what it stands for.
    package var appendices: [(title: String, html: String)] = []
    package var notesHTML: [String] = []

    package init(title: String, summary: State, searchHint: String, groups: [Group]) {
        self.title = title
        self.summary = summary
        self.searchHint = searchHint
        self.groups = groups
    }

    package var document: String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
        script-src 'unsafe-inline'">
        <title>\(HTML.text(title))</title>
        <style>\(Self.style)</style>
        </head>
        <body>
        <header>
        <h1>\(HTML.text(title))</h1>
        <p class="\(summary.tone.rawValue)" id="summary">\(HTML.text(summary.word))</p>
        \(leadHTML)\(controls)</header>
        <main>
        \(groups.map(section).joined())\(appendix)\(notes)</main>
        <script>\(Self.script)</script>
        </body>
        </html>

        """
    }

    // MARK: - Parts

    /// The states that entries have, in the order of their first appearance, and how many have each.
    private static func counted(_ entries: [Entry]) -> [(state: State, count: Int)] {
        var order: [State] = []
        var counts: [State: Int] = [:]
        for entry in entries {
            if counts[entry.state] == nil { order.append(entry.state) }
            counts[entry.state, default: 0] += 1
        }
        return order.map { ($0, counts[$0] ?? 0) }
    }

    private var controls: String {
        let entries = groups.flatMap(\.entries)
        guard !entries.isEmpty else { return "" }
        let boxes = Self.counted(entries).map { state, count in
            "<label><input type=\"checkbox\" data-state=\"\(HTML.text(state.word))\" checked> "
                + "<span class=\"\(state.tone.rawValue)\">\(HTML.text(state.word))</span> "
                + "<span class=\"count\">\(count)</span></label>\n"
        }
        return """
            <form role="search" id="controls" hidden>
            <input type="search" id="search" placeholder="\(HTML.text(searchHint))" aria-label="Search">
            <span class="boxes">\(boxes.joined())</span><button type="button" id="fold">Fold all</button>
            <output id="shown" aria-live="polite"></output>
            </form>

            """
    }

    private func section(_ group: Group) -> String {
        let badges = Self.counted(group.entries).map { state, count in
            "<span class=\"badge \(state.tone.rawValue)\">\(count) \(HTML.text(state.word))</span>"
        }
        return "<details class=\"group\"\(group.isOpen ? " open" : "")>\n"
            + "<summary><h2>\(HTML.text(group.title))</h2> \(badges.joined(separator: " "))</summary>\n"
            + group.entries.map(article).joined() + "</details>\n"
    }

    private func article(_ entry: Entry) -> String {
        "<article class=\"entry\" data-state=\"\(HTML.text(entry.state.word))\" "
            + "data-name=\"\(HTML.text(entry.name))\">\n<h3><span class=\"badge \(entry.state.tone.rawValue)\">"
            + "\(HTML.text(entry.state.word))</span> \(entry.headHTML)</h3>\n\(entry.bodyHTML)</article>\n"
    }

    private var appendix: String {
        appendices.map { title, html in
            "<details class=\"appendix\"><summary><h2>\(HTML.text(title))</h2></summary>\n\(html)</details>\n"
        }.joined()
    }

    private var notes: String {
        guard !notesHTML.isEmpty else { return "" }
        return "<ul class=\"notes\">\n" + notesHTML.map { "<li>\($0)</li>\n" }.joined() + "</ul>\n"
    }
}
