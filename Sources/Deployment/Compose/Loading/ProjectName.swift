import Diagnostics
import YAML

/// The project's name: as asked for, else as the files say, else after the folder.
///
/// https://github.com/compose-spec/compose-spec/blob/main/04-version-and-name.md#name-top-level-element
struct ProjectName {
    let loader: ComposeLoader

    /// - Parameter fallback: the folder's name; `nil` where a name must be given.
    func name(_ asked: String?, files: [String], _ scope: VariableScope, fallback: String?) -> String? {
        if let asked {
            guard Self.normalized(asked) == asked, !asked.isEmpty else {
                loader.problems.error(
                    "`\(asked)` cannot be a project name", at: .none,
                    expected: "lower-case letters, digits, `-` and `_`, beginning with a letter or digit")
                return nil
            }
            return asked
        }
        var written: (text: String, range: SourceRange)?
        for file in files {
            for document in loader.documents(of: file, at: .none, role: "Compose file") ?? [] {
                guard let name = document["name"], let text = name.spelling, !text.isEmpty else { continue }
                written = (text, name.range)
            }
        }
        if let written {
            guard
                let text = loader.switches.interpolates ? scope.resolve(written.text, at: written.range) : written.text
            else { return nil }
            let name = loader.switches.normalizes ? Self.normalized(text) : text
            if !name.isEmpty { return name }
        } else if let fallback {
            let name = Self.normalized(fallback)
            if !name.isEmpty { return name }
        }
        loader.problems.error(
            "the project has no name", at: written?.range ?? .none,
            expected: "`name:` in a Compose file, or a name for the project")
        return nil
    }

    static func normalized(_ text: String) -> String {
        let kept = text.lowercased().unicodeScalars.filter {
            ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "_" || $0 == "-"
        }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: kept.drop { $0 == "_" || $0 == "-" })
        return String(result)
    }
}
