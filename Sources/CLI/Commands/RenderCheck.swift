import Deployment
import Diagnostics
import Engine
import Host

/// `render --check FILE`: whether a file that was rendered earlier is what rendering gives now.
struct RenderCheck {
    let context: CommandContext
    /// Absolute.
    let file: String
    /// As messages call it.
    let name: String
    /// What is rendered: `staging`, or the files.
    let subject: String

    private static let largestFile = 64 << 20

    func run(_ rendering: Rendering, as text: String, _ loader: ProjectLoader) throws -> ExitCode {
        let bytes: [UInt8]
        do throws(FileFailure) {
            bytes = try context.host.files.read(file, Self.largestFile)
        } catch {
            throw unreadable(error)
        }
        let source = SourceFile(path: name, bytes: bytes)
        let id = loader.sources.add(source)
        let comparison = RenderingComparison(source, id: id, with: rendering, as: text)
        guard comparison.verdict != .same else {
            if !context.globals.isQuiet { context.print("\(name) is what rendering \(subject) gives\n") }
            return .done
        }
        throw CommandFailure(.no, diagnostics(of: comparison), sources: loader.sources)
    }

    // MARK: - What is wrong

    private func unreadable(_ failure: FileFailure) -> CommandFailure {
        if failure.cause == .notFound {
            return CommandFailure(
                .no,
                [
                    Diagnostic(
                        "`\(name)` is not there", expected: "what rendering \(subject) gives", retry: Self.afterFixing,
                        next: renewal)
                ])
        }
        return CommandFailure(
            .state,
            [
                Diagnostic(
                    "cannot \(failure.operation) `\(name)`: \(failure.reason)", expected: "a file that can be read",
                    retry: "after repair")
            ])
    }

    private func diagnostics(of comparison: RenderingComparison) -> [Diagnostic] {
        let message = "`\(name)` \(reason(comparison))"
        guard !comparison.differences.isEmpty else {
            return [
                Diagnostic(
                    message, at: comparison.firstLine, label: "the first line that is written otherwise",
                    expected: "what rendering \(subject) gives, byte for byte", retry: Self.afterFixing, next: renewal)
            ]
        }
        let told = comparison.differences.map { difference in
            Diagnostic(
                "\(difference.path.isEmpty ? "all of it" : "`\(difference.path)`") is not what rendering \(subject) gives",
                at: difference.foundAt,
                label: Self.label(difference),
                related: difference.setAt.isNone ? [] : [.init(range: difference.setAt, label: "it comes from here")],
                retry: nil)
        }
        let verdict = Diagnostic(
            message, expected: "what rendering \(subject) gives", retry: Self.afterFixing,
            next: comparison.verdict == .edited ? "make the change where it comes from, then \(renewal)" : renewal)
        let more = comparison.count - told.count
        return [verdict] + told
            + (more > 0 ? [Diagnostic("\(Wording.count(more, "more value")) of `\(name)` differ", retry: nil)] : [])
    }

    private func reason(_ comparison: RenderingComparison) -> String {
        switch comparison.verdict {
        case .same: preconditionFailure("nothing is wrong with a file that is the same")
        case .edited:
            return "was edited by hand, or rendered with other flags or another rehearse: its inputs have not changed"
        case .foreign: return "has no header of a rendering, and is not what rendering \(subject) gives"
        case .different: return "is not what rendering \(subject) gives now"
        case .stale:
            let gone = comparison.goneFiles.isEmpty ? nil : "\(Wording.list(comparison.goneFiles, "and")) went into it"
            let new = comparison.newFiles.isEmpty ? nil : "\(Wording.list(comparison.newFiles, "and")) came since"
            let files = [gone, new].compactMap(\.self)
            return "is stale: its inputs have changed since it was rendered"
                + (files.isEmpty ? "" : " (\(files.joined(separator: "; ")))")
        }
    }

    private static func label(_ difference: RenderingDifference) -> String {
        switch (difference.found, difference.expected) {
        case (_?, let now?): "now \(now)"
        case (_?, nil): "rendering does not give this"
        case (nil, let now): "here it is missing: \(now ?? "")"
        }
    }

    private static let afterFixing = "after fixing what it says"

    // MARK: - The command that renews

    private var renewal: String {
        var words = ["rehearse"] + (context.globals.directory.map { ["-C", $0] } ?? []) + ["render"]
        words += context.arguments.word(for: .renderedEnvironment).map { [$0] } ?? []
        for flag in context.arguments.command.flags where flag != .checkFile && context.arguments.has(flag) {
            guard flag.takesValue else {
                words.append(flag.spelling)
                continue
            }
            for value in context.arguments.texts(of: flag) { words += [flag.spellings[0], value] }
        }
        if context.globals.isFormatGiven { words += ["--format", context.globals.format] }
        return (words + ["-o", name]).map(ShellQuoting.quoted).joined(separator: " ")
    }
}
