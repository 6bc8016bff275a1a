import Glibc

/// Finds the program of a command as the child would: by the child's `PATH` and from the child's folder.
///
/// `posix_spawnp` would search our own `PATH`.
struct ProgramLookup {
    /// Where `execvp` looks when there is no `PATH`.
    private static let defaultPath = "/bin:/usr/bin"

    let command: Command
    /// The child's folder, open.
    let folder: Int32

    /// A path to execute, relative to the child's folder or absolute. One that was given is not looked at before it fails.
    func path() throws(SpawnFailure) -> String {
        let program = command.arguments[0]
        if program.isEmpty { throw SpawnFailure(.programNotFound, subject: program) }
        if program.utf8.contains(UInt8(ascii: "/")) { return program }
        var isSomewhere = false
        let search = command.environment["PATH"] ?? Self.defaultPath
        for entry in search.split(separator: ":", omittingEmptySubsequences: false) {
            // An empty entry is the working folder (POSIX, "Other Environment Variables").
            let candidate = entry.isEmpty ? "./" + program : "\(entry)/\(program)"
            switch standing(of: candidate) {
            case .executable: return candidate
            case .notExecutable: isSomewhere = true
            case .missing: break
            }
        }
        throw SpawnFailure(isSomewhere ? .notExecutable : .programNotFound, subject: program)
    }

    /// What is wrong with a path that could not be executed; `nil` when it is none of the path's fault.
    func problem(with path: String) -> SpawnFailure? {
        switch standing(of: path) {
        case .executable: nil
        case .notExecutable: SpawnFailure(.notExecutable, subject: command.arguments[0])
        case .missing: SpawnFailure(.programNotFound, subject: command.arguments[0])
        }
    }

    private enum Standing { case executable, notExecutable, missing }

    private func standing(of path: String) -> Standing {
        var status = stat()
        guard unsafe fstatat(folder, path, &status, 0) == 0 else { return errno == EACCES ? .notExecutable : .missing }
        let isExecutable = unsafe faccessat(folder, path, X_OK, AT_EACCESS) == 0
        return status.st_mode & S_IFMT == S_IFREG && isExecutable ? .executable : .notExecutable
    }
}
