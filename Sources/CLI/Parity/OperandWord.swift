import Deployment

/// What a word of `diff` asks for, before anything is read.
enum OperandWord: Hashable {
    case environment(String)
    /// As the last successful run left it.
    case deployed(String)
    case run(environment: String, reference: String)
    case revision(environment: String, revision: String)
    case file(String)
    case standardInput

    /// The name of an environment comes first, then a file's, then what only `@` can mean.
    ///
    /// - Parameters:
    ///   - environments: those of the project; none without one.
    ///   - isFile: whether something stands at a path.
    init(_ word: String, environments: [String], isFile: (String) -> Bool) {
        if word == "-" {
            self = .standardInput
        } else if environments.contains(word) {
            self = .environment(word)
        } else if let parts = Self.parts(word), environments.contains(parts.name) || !isFile(word) {
            let (name, moment) = parts
            if moment == "deployed" {
                self = .deployed(name)
            } else if moment.hasPrefix("git:") {
                self = .revision(environment: name, revision: String(moment.dropFirst(4)))
            } else {
                self = .run(environment: name, reference: moment)
            }
        } else {
            self = .file(word)
        }
    }

    private static func parts(_ word: String) -> (name: String, moment: String)? {
        guard let at = word.firstIndex(of: "@"), EnvironmentName.isValid(String(word[..<at])) else { return nil }
        return (String(word[..<at]), String(word[word.index(after: at)...]))
    }
}
