import CLI
import Diagnostics
import TestSupport
import Testing
import YAML

/// A fenced block of README.md.
private struct Block {
    let language: String
    let lines: [String]

    static func all() throws -> [Block] {
        var blocks: [Block] = []
        var open: (language: String, lines: [String])?
        for line in try RepositoryFiles.text("README.md").split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("```") else {
                open?.lines.append(String(line))
                continue
            }
            if let block = open {
                blocks.append(Block(language: block.language, lines: block.lines))
                open = nil
            } else {
                open = (String(line.dropFirst(3)), [])
            }
        }
        return blocks
    }

    /// Whether it shows a file of a project, and not the workflow of a CI job.
    var isOfProject: Bool { path.map { !$0.hasPrefix(".github/") } ?? false }

    /// The file that a block shows, named by its first line: `# environments/staging.yaml`.
    var path: String? {
        guard language == "yaml", let first = lines.first, first.hasPrefix("# "), first.hasSuffix(".yaml") else {
            return nil
        }
        return String(first.dropFirst(2))
    }
}

@Suite struct `What the README shows` {
    @Test func `every YAML block says which file it is`() throws {
        let blocks = try Block.all().filter { $0.language == "yaml" }
        #expect(blocks.count >= 7)
        #expect(blocks.allSatisfy { $0.path != nil })
    }

    @Test func `its files are a project that check finds valid`() throws {
        let files = try Block.all().filter(\.isOfProject).compactMap { block in
            block.path.map { ($0, block.lines.joined(separator: "\n") + "\n") }
        }
        let project = try CommandProject(
            Dictionary(files) { first, _ in
                Issue.record("a file is shown twice")
                return first
            })
        let answer = project.rehearse("check", "--format", "json")
        #expect(answer.status == 0)
        #expect(answer.error == "")
        let document = json(answer.output)
        #expect(document["errors"]?.sequence?.compactMap { $0["message"]?.string } == [])
        #expect(document["warnings"]?.sequence?.compactMap { $0["message"]?.string } == [])
        // Nothing that is shown was left unread.
        #expect(document["files"]?.sequence?.compactMap(\.string) == files.map(\.0).sorted())
        // No drift, and every rule that is shown explains something.
        let diff = project.rehearse("diff", "staging", "production", "--format", "json")
        #expect(diff.status == 0)
        #expect(json(diff.output)["stale_rules"]?.sequence?.compactMap(\.string) == [])
    }

    @Test func `every command line that it shows can be read`() throws {
        let fenced = try Block.all().filter { $0.language == "sh" }.flatMap(\.lines)
        let text = try RepositoryFiles.text("README.md")
        // Between backticks in a sentence; capitals stand for something.
        let spans = text.split(separator: "\n").filter { !$0.hasPrefix("```") }
            .flatMap {
                $0.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
            }
            .map { String($0.element) }
        let placeholders = [
            "COMMAND": "run", "FILE": "out.yaml", "WHY": "why", "RUN": "last", "bash|zsh|fish": "bash",
            "ENV": "staging",
        ]
        let lines = (fenced + spans).map(Self.words).filter { $0.first == "rehearse" && $0.count > 1 }
            .map { $0.dropFirst().map { placeholders[$0] ?? $0 } }
        #expect(lines.count >= 25)
        // A span that is a command's name and no more only names it.
        for words in lines where CommandTable.rehearse.command(at: words) == nil {
            if case .invalid(let problems) = ArgumentParser().parse(words).request {
                Issue.record("`rehearse \(words.joined(separator: " "))`: \(problems.map(\.message))")
            }
        }
    }

    /// The words of a line of shell: quotes hold together, a comment ends it.
    private static func words(_ line: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in line {
            switch (character, quote) {
            case (let end, let open?) where end == open: quote = nil
            case (_, .some): word = (word ?? "") + String(character)
            case ("'", nil), ("\"", nil):
                quote = character
                word = word ?? ""
            case ("#", nil) where word == nil: return words
            case (" ", nil):
                words += word.map { [$0] } ?? []
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        return words + (word.map { [$0] } ?? [])
    }
}
