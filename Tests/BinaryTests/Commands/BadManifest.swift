import Diagnostics
import Host
import TestSupport
import Testing
import YAML

/// A project in which one file cannot be right, and what `check` says about it.
struct BadManifest: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let path: String
    let text: MarkedText
    /// For each error its place (a mark, or `file:line:column` in another file) and its message, in order.
    let errors: [String]

    /// - Parameter text: with marks at the places that `errors` name.
    init(_ what: String, in path: String, _ text: String, _ errors: String...) {
        testDescription = what
        self.path = path
        self.text = MarkedText(text)
        self.errors = errors
    }

    /// An environment `staging`; it begins with its name and owner.
    static func environment(_ what: String, _ rest: String, _ errors: [String]) -> BadManifest {
        BadManifest(
            what, in: "environments/staging.yaml", "environment: staging\nowner: platform\n\(rest)\n", errors: errors)
    }

    /// A runbook `release` with one input and these steps.
    static func steps(_ what: String, _ steps: String, _ errors: [String]) -> BadManifest {
        BadManifest(
            what, in: "runbooks/release.yaml",
            "runbook: release\nowner: platform\ninputs: {VERSION: {}}\nsteps:\n\(steps)\n", errors: errors)
    }

    /// A runbook with one step that is sound but for the lines given, which replace its own of the same key.
    static func step(_ what: String, _ lines: String, without: Set<String> = [], _ errors: [String]) -> BadManifest {
        let given = Set(lines.split(separator: "\n").compactMap { key(of: $0) })
        let own = [
            ("id", "one"), ("name", "One"), ("owner", "backend"), ("run", "echo one"), ("expect", "it works"),
            ("rollback", "{none: prints only}"),
        ].filter { !given.contains($0.0) && !without.contains($0.0) }.map { "\($0.0): \($0.1)" }
        let all = own + lines.split(separator: "\n").map(String.init)
        return steps(what, "  - " + all.joined(separator: "\n    "), errors)
    }

    private init(_ what: String, in path: String, _ text: String, errors: [String]) {
        testDescription = what
        self.path = path
        self.text = MarkedText(text)
        self.errors = errors
    }

    private static func key(of line: Substring) -> String? {
        // Without the marks, which stand before a key.
        let letters = line.filter { $0.isASCII }
        return letters.first == " " ? nil : letters.split(separator: ":").first.map(String.init)
    }

    /// What the errors of a `check --format json` say, written as `errors` is.
    func summary(of document: Node) -> [String] {
        (document["errors"]?.sequence ?? []).map { error in
            let message = error["message"]?.string ?? ""
            guard let file = error["file"]?.string, let line = error["line"]?.integer,
                let column = error["column"]?.integer
            else { return message }
            guard file == path else { return "\(file):\(line):\(column) \(message)" }
            return "\(text.name(of: .init(line: line, column: column))) \(message)"
        }
    }
}
