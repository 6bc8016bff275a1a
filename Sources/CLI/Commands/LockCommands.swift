import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// `lock status [ENV]`: who has which environment to himself.
struct LockStatusCommand {
    let context: CommandContext
    /// Only this environment.
    let wanted: String?

    func run() throws -> ExitCode {
        let project = try context.project()
        var places = try SharedPlaces(context: context, project: project).all()
        if let wanted {
            places = places.filter { $0.environments.contains(wanted) }
            guard !places.isEmpty else {
                throw CommandFailure(
                    .invalid,
                    [
                        Diagnostic(
                            "`\(ShownText.line(wanted))` shares no lock",
                            label: Wording.didYouMean(wanted, project.environmentNames),
                            expected: "an environment with `history: {remote: NAME}`")
                    ])
            }
        }
        var locks: [SharedLock] = []
        for place in places {
            do throws(SharingFailure) {
                locks += try HistoryClient(project, place.settings).currentLocks().filter { lock in
                    wanted.map { $0 == lock.note.environment } ?? place.environments.contains(lock.note.environment)
                }
            } catch {
                throw CommandFailure(error.exit, [error.diagnostic])
            }
        }
        if context.isJSON {
            context.print(JSONWriter.document(LockText.document(locks, now: context.host.clock.now())))
        } else {
            for lock in locks { context.print(LockText.text(lock, now: context.host.clock.now())) }
            if locks.isEmpty { context.tell("nobody holds \(wanted.map { "the lock of \($0)" } ?? "a lock")\n") }
        }
        return locks.isEmpty ? .done : .no
    }
}

/// `lock break ID --reason WHY`
struct LockBreakCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let project = try context.project()
        let id = context.arguments.requiredWord(for: .lock)
        let reason = context.arguments.text(of: .reason) ?? ""
        var held: [SharedLock] = []
        for place in try SharedPlaces(context: context, project: project).all() {
            do throws(SharingFailure) {
                let client = try HistoryClient(project, place.settings)
                if ObjectName.isValid(id), let lock = try client.breakLock(id, reason: reason) {
                    if context.isJSON {
                        context.print(JSONWriter.document(LockText.document([lock], now: context.host.clock.now())))
                    } else {
                        context.tell("broke the lock of \(lock.note.environment): it was \(lock.words)\n")
                        context.tell("what its run has left: rehearse history show \(lock.note.run)\n")
                    }
                    return .done
                }
                held += try client.currentLocks()
            } catch {
                throw CommandFailure(error.exit, [error.diagnostic])
            }
        }
        throw CommandFailure(
            .locked,
            [
                Diagnostic(
                    "there is no lock `\(ShownText.line(id))`",
                    label: held.isEmpty
                        ? "nobody holds any"
                        : held.map { "`\($0.note.environment)` has \($0.id), \($0.words)" }.joined(separator: "; "),
                    expected: "the exact id of a lock that is held", retry: "safe: no lock was changed",
                    next: "rehearse lock status")
            ])
    }
}

/// Locks for people and as JSON.
enum LockText {
    static func text(_ lock: SharedLock, now: Timestamp) -> String {
        let age = lock.age(now).map { ", \(Wording.duration(milliseconds: $0)) ago" } ?? ""
        return """
            \(ShownText.line(lock.note.environment)): \(lock.words)\(age)
              id: \(lock.id)
              to take it from a dead run: \(lock.breakCommand)

            """
    }

    static func document(_ locks: [SharedLock], now: Timestamp) -> Node {
        let nodes = locks.map { lock in
            Node.mapping([
                ("environment", .string(lock.note.environment)), ("id", .string(lock.id)),
                ("run", .string(lock.note.run)), ("purpose", .string(lock.note.purpose)),
                ("user", .string(lock.note.user)), ("host", .string(lock.note.host)),
                ("pid", .integer(Int(lock.note.pid))), ("started_at", .string(lock.note.startedAt)),
                ("age_ms", .integer(orNull: lock.age(now))), ("break", .string(lock.breakCommand)),
            ])
        }
        return .mapping([("schema", .integer(1)), ("locks", .sequence(nodes))])
    }
}
