import Deployment
package import Diagnostics
package import Host

/// The state folder cannot be written, read or trusted.
package indirect enum StateFailure: Error, Hashable, Sendable {
    case file(FileFailure)
    /// Others may write into the folder, or own it.
    case untrusted(path: String, why: String, remedy: String)
    case damaged(run: String, Journal.Damage)
    /// A newer version's; `isShowable`: with a record that this one can show.
    case newerSchema(run: String, version: Int, isShowable: Bool)
    /// The journal is not there, and `run.json` is.
    case journalMissing(run: String)
    /// The journal was deleted while it was being written.
    case gone(path: String)
    /// All is in the journal, and the readable copy of it could not be written.
    case notCopied(run: String, StateFailure)
    /// The lock's file was removed or replaced while the run was going on: it excludes nobody any more.
    case lockLost(run: String, path: String)
    /// The lock that all machines share is another's, or nobody's.
    case sharedLockLost(run: String, SharingFailure)
    /// What the shared history has of a run is not what is here, or not what its writer left; `why` tells. Both are kept.
    case refused(run: String, why: String)
    /// A line of the journal could not be written, and what that means. `copy` is a file with all that is known.
    case unrecorded(run: String, what: String, StateFailure, copy: String?)

    /// What a person reads; exit code 5.
    package var diagnostic: Diagnostic {
        switch self {
        case .file(let failure):
            return Diagnostic(
                "cannot \(failure.operation) \(failure.path): \(failure.reason)", expected: failure.expectation,
                retry: "after repair", next: failure.remedy)
        case .untrusted(let path, let why, let remedy):
            return Diagnostic(
                "\(path) \(why)", expected: "a folder that only you can write to", retry: "after repair", next: remedy)
        case .damaged(let run, let damage):
            let folder = "\(StateFolder.name)/runs/\(run)"
            return Diagnostic(
                "the journal of \(run) is damaged: \(damage.wording)", expected: "the lines as they were written",
                retry: "no: resume and rollback are refused, nothing was changed",
                // A record that was complete is as good as it ever was; that is for a person to say.
                next:
                    "rehearse history verify \(run)\n        or: mv \(folder)/journal.jsonl \(folder)/journal.damaged && "
                    + "rehearse rollback \(run) --from-record")
        case .newerSchema(let run, let version, let isShowable):
            return Diagnostic(
                "\(run) was written by a newer rehearse (schema \(version))", expected: "schema \(JournalLine.version)",
                retry: "with that version of rehearse" + (isShowable ? "; this one can only show it" : ""),
                next: isShowable
                    ? "rehearse history show \(run)" : "cat \(StateFolder.name)/runs/\(run)/journal.jsonl")
        case .journalMissing(let run):
            return Diagnostic(
                "the journal of \(run) is missing; what is left is its record, run.json",
                expected: "journal.jsonl beside it", retry: "no: nothing but the record says what was done",
                next: "rehearse history show \(run)\n        or: rehearse rollback \(run) --from-record")
        case .gone(let path):
            return Diagnostic(
                "\(path) was deleted while the run was writing to it", expected: "the state folder left in place",
                retry: "no: look at what the steps did, then start again")
        case .notCopied(let run, let cause):
            let plain = cause.diagnostic
            let rebuild = "rehearse history rebuild \(run)"
            return Diagnostic(
                "\(run) is on record to its end, but not its readable copy: \(plain.message)", expected: plain.expected,
                retry: "not needed: nothing of the run is lost",
                next: plain.next.map { "\($0); then: \(rebuild)" } ?? rebuild)
        case .lockLost(let run, let path):
            return Diagnostic(
                "\(path) was removed while \(run) was going on: its lock excludes nobody any more",
                expected: "the lock left in place until the run has ended",
                retry: "no: nothing more was started; another run may be at work",
                next: "rehearse history, then: rehearse rollback \(run)\n        or: rehearse resume \(run)")
        case .sharedLockLost(let run, let failure):
            var diagnostic = failure.diagnostic
            diagnostic.next = "rehearse history sync, then: rehearse history show \(run)"
            return diagnostic
        case .refused(let run, let why):
            return Diagnostic(
                "the shared history's copy of \(run) cannot be trusted: \(why)",
                label: "it is kept in .rehearse/refused/\(run)", expected: "the record as it was written",
                retry: "no: nothing was run; find out who changed it",
                next: "rehearse history verify \(run)\n        or, where the shared one is right: "
                    + "mv .rehearse/runs/\(run) .rehearse/refused/\(run)/ours, then: rehearse history sync")
        case .unrecorded(let run, let what, let cause, let copy):
            let plain = cause.diagnostic
            var ways = "rehearse rollback \(run)\n        or: rehearse resume \(run)"
            // Without its folder there is no such run; the copy can take its place.
            if case .gone = cause, let copy {
                let folder = "\(StateFolder.name)/runs/\(run)"
                ways =
                    "mkdir -p -m 700 \(StateFolder.name) \(StateFolder.name)/runs \(folder) && "
                    + "cp \(ShellQuoting.quoted(copy)) \(folder)/run.json && rehearse rollback \(run) --from-record"
            }
            return Diagnostic(
                "\(what): \(plain.message)",
                label: copy.map { "what is known of this run was kept in \($0)" }, expected: plain.expected,
                retry: "no: nothing more was started; look at what the last step did",
                next: plain.next.map { "\($0); then: \(ways)" } ?? ways)
        }
    }
}

extension Journal.Damage {
    var wording: String {
        switch self {
        case .empty: "it has no whole line"
        case .line(let number, .checksum): "line \(number) does not fit its checksum"
        case .line(let number, .notJSON(let expected)): "line \(number) is not JSON, expected \(expected)"
        case .line(let number, .unknownEvent(let name)): "line \(number) has the unknown event `\(name)`"
        case .line(let number, .misfit(let what)): "line \(number) does not fit: \(what)"
        case .line(let number, .newerVersion(let version)): "line \(number) is of version \(version)"
        case .chain(let number): "line \(number) does not follow the line before it"
        case .newerVersion(let version): "it is of version \(version)"
        }
    }
}

extension FileFailure {
    package var reason: String {
        switch cause {
        case .notFound: "it is not there"
        case .exists: "something is there already"
        case .notPermitted: "not permitted"
        case .notRegular: "it is not a regular file"
        case .tooLarge(let limit): "it is larger than \(Wording.bytes(limit))"
        case .noSpace: "no space is left on the disk"
        case .readOnly: "the file system is read-only"
        case .inputOutput: "the disk reported an error"
        case .system(let code): SystemErrorWords.said(code)
        }
    }

    fileprivate var expectation: String {
        switch cause {
        case .noSpace: "free space"
        case .readOnly, .notPermitted: "a place that can be written"
        case .system where shortage == .locks: "a file system with locks (flock)"
        case .system where shortage == .descriptors: "a few dozen descriptors"
        default: "a readable and writable state folder"
        }
    }

    /// What to type, and what is to be done about what it shows.
    fileprivate var remedy: String {
        // What it is about may be gone by now, or never have been there; the state folder is on the same disk.
        let folder = stateFolder ?? parent
        let place = ShellQuoting.quoted(folder)
        return switch cause {
        case .noSpace: "df -h \(place); df -i \(place); then free some space"
        // Never all of a project: what is not there yet needs a parent that can be written to.
        case .notPermitted where stateFolder == nil: "ls -ld \(place); then make it one that you can write to"
        case .notPermitted: StateFolder.takingOver(folder)
        case .readOnly: "findmnt -T \(place), then: sudo mount -o remount,rw TARGET"
        case .inputOutput: "findmnt -T \(place); sudo dmesg | tail; then repair that disk"
        case .system where shortage == .locks: "findmnt -T \(place), then mount it with locks, or move to a local disk"
        case .system where shortage == .descriptors: "ulimit -n 1024, then the same again"
        case .notFound, .exists, .notRegular, .tooLarge, .system: "ls -la \(place)"
        }
    }

    private var parent: String {
        let above = path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)
        return above.isEmpty ? "/" : String(above)
    }

    /// The state folder that it is in; `nil` where it is in none.
    private var stateFolder: String? {
        path.firstRange(of: "/\(StateFolder.name)/").map { path[..<$0.lowerBound] + "/\(StateFolder.name)" }
    }
}
