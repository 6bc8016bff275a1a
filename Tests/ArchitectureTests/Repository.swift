import Host

/// The repository that these tests were built from.
enum Repository {
    /// Absolute; three levels above this file.
    static let root = String(#filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" })

    static func text(_ path: String) throws -> String {
        String(decoding: try Files.live.read("\(root)/\(path)", 1 << 24), as: UTF8.self)
    }

    /// The names in a folder, sorted.
    static func names(in folder: String) throws -> [String] { try Files.live.list("\(root)/\(folder)") }

    /// Paths of all Swift files below a folder, relative to the repository.
    static func swiftFiles(below folder: String) throws -> [String] {
        try names(in: folder).flatMap { name -> [String] in
            let path = "\(folder)/\(name)"
            switch try Files.live.status("\(root)/\(path)")?.kind {
            case .directory: return try swiftFiles(below: path)
            case .file where name.hasSuffix(".swift"): return [path]
            default: return []
            }
        }
    }
}
