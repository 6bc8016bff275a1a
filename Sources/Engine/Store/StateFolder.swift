import Deployment
package import Host

/// `.rehearse/`: made, checked and probed before anything is trusted to it.
package struct StateFolder: Sendable {
    package let path: String
    private let host: Host

    package static let name = ".rehearse"
    package static let directoryMode: UInt32 = 0o700
    package static let fileMode: UInt32 = 0o600

    package init(project: String, host: Host) {
        path = "\(project)/\(Self.name)"
        self.host = host
    }

    package var runs: String { "\(path)/runs" }
    package var locks: String { "\(path)/locks" }
    /// What belongs to the history that a team shares; all of it but the outbox can be fetched again.
    package var shared: String { "\(path)/shared" }
    /// What the remote has of a run and could not be brought together with what is here.
    package var refused: String { "\(path)/refused" }
    /// Space kept for the last lines of a run that fills the disk.
    private var reserve: String { "\(path)/reserve" }
    private static let probePrefix = ".probe-"
    private static let reserveSize = 65_536
    package func lock(of environment: String) -> String { "\(locks)/\(environment).lock" }

    /// Makes what is missing and writes a probe, so that a full or read-only disk is found before the first step.
    ///
    /// - Parameter isForNewRun: also keeps space for a run's last lines, which what is to be undone on a disk that is
    ///   nearly full goes without. The run's own folder, made, synchronised and renamed before anything is started, is
    ///   the probe then, and what is left over among the runs is removed by who lists them anyway.
    package func prepare(isForNewRun: Bool = false) throws(StateFailure) {
        try check(path)
        for folder in [path, runs, locks] { try make(folder) }
        for folder in isForNewRun ? [path] : [path, runs] { removeLeftovers(in: folder) }
        do {
            // The folder ignores itself, so that no project has to remember it.
            if try host.files.status("\(path)/.gitignore") == nil {
                try host.files.replace("\(path)/.gitignore", Array("*\n".utf8), Self.fileMode)
            }
            if !isForNewRun {
                // Its own name: others may be doing the same at this moment.
                try host.files.probe("\(path)/\(Self.probePrefix)\(host.surroundings.identity.pid)")
            } else if try host.files.status(reserve)?.size != Self.reserveSize {
                try host.files.replace(reserve, [UInt8](repeating: 0, count: Self.reserveSize), Self.fileMode)
            }
        } catch {
            throw .file(error)
        }
        for folder in [path, runs, locks] { try check(folder) }
    }

    /// Gives the reserve back to the disk; whether there was one. The next run makes a new one.
    func spendReserve() -> Bool {
        do { try host.files.remove(reserve) } catch { return false }
        return true
    }

    /// Removes what writes of dead processes have left. One that cannot be removed is in nobody's way.
    func removeLeftovers(in folder: String) { removeLeftovers((try? host.files.list(folder)) ?? [], in: folder) }

    /// - Parameter names: all that is in the folder.
    func removeLeftovers(_ names: [String], in folder: String) {
        for name in names where name.utf8.first == UInt8(ascii: ".") {
            for prefix in [Files.temporaryNamePrefix, Self.probePrefix] where name.hasPrefix(prefix) {
                guard let pid = Int32(name.dropFirst(prefix.count).prefix { $0.isNumber }),
                    (try? host.files.status("/proc/\(pid)")) == .some(nil)
                else { continue }
                try? host.files.removeTree("\(folder)/\(name)")
            }
        }
    }

    /// The words for a state folder of somebody else's.
    static func takingOver(_ folder: String) -> String {
        "make it yours: sudo chown -R \"$(id -un)\" \(ShellQuoting.quoted(folder))"
    }

    /// Refuses a folder that others could have put something into.
    package func check(_ folder: String) throws(StateFailure) {
        let status: FileStatus?
        do { status = try host.files.status(folder) } catch { throw .file(error) }
        guard let status else { return }
        let place = ShellQuoting.quoted(folder)
        switch status.kind {
        case .symbolicLink:
            throw .untrusted(path: folder, why: "is a symbolic link", remedy: "put a real folder in its place")
        case .file, .other:
            throw .untrusted(path: folder, why: "is not a folder", remedy: "move it away: mv \(place) \(place).old")
        case .directory: break
        }
        guard status.owner == host.surroundings.userID else {
            throw .untrusted(
                path: folder, why: "belongs to another user", remedy: Self.takingOver(folder))
        }
        guard status.mode & 0o022 == 0 else {
            throw .untrusted(path: folder, why: "can be written by others", remedy: "chmod -R go-rwx \(place)")
        }
    }

    /// Makes one folder, unless it is there.
    func make(_ folder: String) throws(StateFailure) {
        do {
            try host.files.makeDirectory(folder, Self.directoryMode)
        } catch {
            guard error.cause == .exists else { throw .file(error) }
        }
    }
}
