import Host

/// The repository that these tests were built from.
enum RepositoryFiles {
    /// Absolute; four levels above this file.
    static let root = String(#filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" })

    static func text(_ path: String) throws -> String {
        String(decoding: try Files.live.read("\(root)/\(path)", 1 << 24), as: UTF8.self)
    }

    static func names(in folder: String) throws -> [String] { try Files.live.list("\(root)/\(folder)") }
}
