import Diagnostics
import YAML

/// Puts a rule at the end of the list in `environments/parity.yaml`; every other byte stays as it is.
package struct ParityRuleInsertion {
    private let file: SourceFile
    private let rule: ParityRuleDraft
    private let root: Node?
    /// Each with its line break.
    private let lines: [String]
    private let lineBreak: String

    /// - Parameter text: the file; empty for one that is not there yet.
    /// - Returns: the new text, which holds the old rules and the new one behind them and nothing else; `nil` when the
    ///   file is written in a way that a rule cannot be put into without changing it.
    package static func text(inserting rule: ParityRuleDraft, into text: String) -> String? {
        let insertion = ParityRuleInsertion(text, rule)
        let old = rules(of: text) ?? []
        return insertion.candidates.first { candidate in
            guard let new = rules(of: candidate), new.count == old.count + 1 else { return false }
            return zip(old, new).allSatisfy { $0.hasSameMeaning(as: $1) } && new.last.map(rule.isWritten) == true
        }
    }

    private init(_ text: String, _ rule: ParityRuleDraft) {
        file = SourceFile(path: "parity.yaml", text: text)
        self.rule = rule
        var problems: [Diagnostic] = []
        root = Loading.document(file, id: FileID(index: 0), problems: &problems)
        var lines: [String] = []
        var line = ""
        for character in text {
            line.append(character)
            if character == "\n" || character == "\r\n" {
                lines.append(line)
                line = ""
            }
        }
        if !line.isEmpty { lines.append(line) }
        self.lines = lines
        lineBreak = lines.first?.hasSuffix("\r\n") == true ? "\r\n" : "\n"
    }

    private static func rules(of text: String) -> [ParityRule]? {
        let file = SourceFile(path: "parity.yaml", text: text)
        var problems: [Diagnostic] = []
        guard let node = Loading.document(file, id: FileID(index: 0), problems: &problems), !problems.hasErrors else {
            return problems.hasErrors ? nil : []
        }
        return ParityRules.read(node, problems: Problems())?.rules
    }

    // MARK: - Where it goes

    /// New texts, the likeliest first.
    private var candidates: [String] {
        guard let mapping = root?.mapping else { return root == nil || root?.isNull == true ? [withNewList] : [] }
        guard let entry = mapping.entry("rules") else { return [withNewList] }
        guard let items = entry.value.sequence, let last = items.last else {
            return entry.value.isNull || entry.value.sequence != nil ? [withFilledList(entry)] : []
        }
        let start = entry.value.range.start
        if character(at: start) == "[" { return [withFlowItem(behind: last, entry.value)] }
        let dash = start.column - 1
        let gap = max(1, last.range.start.column - start.column - 1)
        let isSpaced = items.count < 2 || hasBlankLine(before: last)
        let item = (isSpaced ? [""] : []) + rule.block(indentation: dash, gap: gap)
        let end = lastLine(of: last, dash: dash)
        return [end, lines.count].map { inserted(item, behind: $0) }
    }

    private var withNewList: String { inserted(["rules:"] + rule.block(indentation: 2, gap: 1), behind: lines.count) }

    /// `rules:`, `rules: []`, `rules: null`: a comment behind it stays there.
    private func withFilledList(_ entry: Mapping.Entry) -> String {
        let line = entry.keyRange.start.line
        var copy = self.lines
        let value = entry.value.range
        if value.start.line == line, value.end.line == line, value.end.column > value.start.column {
            var scalars = Array(copy[line - 1].unicodeScalars)
            var start = value.start.column - 1
            while start > 0, scalars[start - 1] == " " { start -= 1 }
            scalars.removeSubrange(start..<(value.end.column - 1))
            copy[line - 1] = String(String.UnicodeScalarView(scalars))
        }
        let indentation = entry.keyRange.start.column + 1
        return Self.joined(copy, rule.block(indentation: indentation, gap: 1), behind: line, lineBreak)
    }

    private func withFlowItem(behind last: Node, _ list: Node) -> String {
        let end = last.range.end
        var copy = lines
        let scalars = Array(copy[end.line - 1].unicodeScalars)
        let isOnOwnLine = last.range.start.line != list.range.start.line
        let indentation = String(repeating: " ", count: last.range.start.column - 1)
        let head = String(String.UnicodeScalarView(scalars[..<(end.column - 1)]))
        let tail = String(String.UnicodeScalarView(scalars[(end.column - 1)...]))
        copy[end.line - 1] = head + (isOnOwnLine ? ",\(lineBreak)\(indentation)" : ", ") + rule.flow + tail
        return copy.joined()
    }

    // MARK: - Lines

    /// The 1-based number of the last line that belongs to an item: its values, and comments right below that are
    /// indented as part of it.
    private func lastLine(of item: Node, dash: Int) -> Int {
        var line = min(Self.end(of: item), lines.count)
        while line > 1, isBlank(line) { line -= 1 }
        while line < lines.count, isComment(line + 1), indentation(line + 1) > dash { line += 1 }
        return line
    }

    private static func end(of node: Node) -> Int {
        switch node.value {
        case .scalar:
            // A block scalar ends where the next token begins.
            node.range.end.column == 1 ? max(node.range.start.line, node.range.end.line - 1) : node.range.end.line
        case .sequence(let items): items.map { end(of: $0) }.max() ?? node.range.end.line
        case .mapping(let mapping):
            mapping.entries.map { max($0.keyRange.end.line, end(of: $0.value)) }.max() ?? node.range.end.line
        }
    }

    private func hasBlankLine(before item: Node) -> Bool {
        var line = item.range.start.line - 1
        while line >= 1, isComment(line) { line -= 1 }
        return line >= 1 && isBlank(line)
    }

    private func isBlank(_ number: Int) -> Bool { file.line(number).allSatisfy { $0 == " " || $0 == "\t" } }

    private func isComment(_ number: Int) -> Bool { file.line(number).drop { $0 == " " }.hasPrefix("#") }

    private func indentation(_ number: Int) -> Int { file.line(number).prefix { $0 == " " }.count }

    private func character(at place: SourcePosition) -> Unicode.Scalar? {
        let scalars = Array(file.line(place.line).unicodeScalars)
        return scalars.indices.contains(place.column - 1) ? scalars[place.column - 1] : nil
    }

    private func inserted(_ new: [String], behind line: Int) -> String {
        Self.joined(lines, new, behind: line, lineBreak)
    }

    private static func joined(_ lines: [String], _ new: [String], behind line: Int, _ lineBreak: String) -> String {
        var head = lines.prefix(line).joined()
        if !head.isEmpty, !head.hasSuffix("\n"), !head.hasSuffix("\r\n") { head += lineBreak }
        return head + new.map { $0 + lineBreak }.joined() + lines.dropFirst(line).joined()
    }
}

extension ParityRuleDraft {
    /// Whether a rule that was read says what this draft says.
    fileprivate func isWritten(_ rule: ParityRule) -> Bool {
        rule.name == name && rule.between == between && rule.path.text == path && rule.allow == allow
            && rule.reason == reason && rule.owner == owner && rule.until?.text == until && rule.relation == nil
            && Self.isSame(rule.left, left) && Self.isSame(rule.right, right)
    }

    private static func isSame(_ read: ExpectedValue?, _ written: Scalar?) -> Bool {
        switch (read, written) {
        case (nil, nil): true
        case (.value(let scalar)?, let written?): scalar.kind == written.kind && scalar.text == written.text
        default: false
        }
    }
}
