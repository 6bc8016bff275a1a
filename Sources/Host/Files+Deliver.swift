extension Files {
    /// Writes what a person asked to be written to a path, as they would expect of it.
    ///
    /// A file is replaced as a whole and keeps its mode, also behind a symbolic link, which stays. A device or a pipe, such
    /// as `/dev/null`, is refused: to put a file in its place would take it from everybody.
    package func deliver(_ bytes: [UInt8], to path: String) throws(FileFailure) {
        var place = path
        var found = try status(path)
        if found?.kind == .symbolicLink {
            place = try resolve(path)
            found = try status(place)
            guard found != nil else { throw FileFailure(.notRegular, path: path, operation: "write") }
        }
        guard found?.kind != .other else { throw FileFailure(.notRegular, path: path, operation: "write") }
        try replace(place, bytes, found?.mode ?? 0o644)
    }
}
