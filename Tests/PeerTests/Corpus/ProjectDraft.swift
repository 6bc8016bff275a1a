/// A project of several files that is being made, and how it is called.
struct ProjectDraft {
    /// Compose files by path, relative to the project, each of one or more documents.
    var documents: [(path: String, documents: [Draft])] = []
    /// All other files by path.
    var texts: [String: String] = [:]
    /// What stands before `config`, or behind `render`.
    var arguments: [String] = []
    var environment: [String: String] = ProjectDraft.environment
    /// What was broken on purpose.
    var defect: String?

    /// The main file, which has the services.
    var main: Draft {
        get { documents[0].documents[0] }
        set { documents[0].documents[0] = newValue }
    }

    subscript(path: String) -> Draft? {
        get { documents.first { $0.path == path }?.documents[0] }
        set {
            documents.removeAll { $0.path == path }
            if let newValue { documents.append((path, [newValue])) }
        }
    }

    /// `NONE`, `OTHER` and the like are never set.
    static let environment = [
        "PATH": "/usr/bin:/bin", "HOME": "/home/someone", "TAG": "1.2", "NINE": "9", "PORT": "8088", "YES": "true",
        "BYTES": "64m", "SPAN": "1m5s", "PLACE": "./place", "REGISTRY": "r.example", "BLANK": "", "TOKEN": "s3cret",
    ]
}

/// A generated project as it lies on disk.
struct ProjectCase: Sendable {
    let number: Int
    let files: [String: String]
    let arguments: [String]
    let environment: [String: String]
    /// What was broken on purpose; `nil` in a case that is meant to be valid.
    let defect: String?
    /// The places of the specification that it uses.
    let fields: Set<String>
}
