/// The content of an annotated tag, as git stores it.
///
/// https://git-scm.com/docs/git-mktag#_tag_format
struct TagObject: Hashable, Sendable {
    var commit: String
    var name: String
    /// `Name <address> SECONDS ZONE`.
    var tagger: String
    var message: String

    var text: String {
        "object \(commit)\ntype commit\ntag \(name)\ntagger \(tagger)\n\n\(message)"
    }

    /// A message as it is stored: ending in exactly one line break, after a last paragraph that names the run.
    static func message(_ text: String, name: String, run: String) -> String {
        let isBreak: (Character) -> Bool = { $0 == "\n" || $0 == "\r\n" }
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: isBreak).map { line in
            String(line.reversed().drop { $0.isWhitespace }.reversed())
        }
        let body = lines.drop { $0.isEmpty }.reversed().drop { $0.isEmpty }.reversed().joined(separator: "\n")
        let subject = body.utf8.contains(0) || body.isEmpty ? name : body
        return "\(subject)\n\n\(runMark)\(run)\n"
    }

    /// The run that made a tag; `nil` when rehearse did not make it.
    static func run(inContent content: String) -> String? {
        content.split(whereSeparator: \.isNewline).last { $0.hasPrefix(runMark) }.map {
            String($0.dropFirst(runMark.count))
        }
    }

    static func isSigned(content: String) -> Bool { content.contains("\n-----BEGIN ") }

    private static let runMark = "Rehearse-Run: "
}
