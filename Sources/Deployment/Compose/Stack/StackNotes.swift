import Diagnostics
import YAML

/// What has to be said while a project is made fit for Swarm, and the format that the result needs.
///
/// A class, because every part of the pass adds to it; it never leaves the thread that renders.
final class StackNotes {
    let problems: Problems
    private(set) var format = StackFormat.oldest

    init(_ problems: Problems) {
        self.problems = problems
    }

    /// - Parameter entry: what is left out. Nothing is said of what nobody wrote: it was a default.
    func dropped(_ path: String, _ entry: Mapping.Entry, _ why: String, next: String? = nil) {
        warn("`\(path)` is left out: \(why)", entry, next: next)
    }

    func rewritten(_ path: String, _ entry: Mapping.Entry, _ result: String, next: String? = nil) {
        warn("`\(path)` becomes \(result)", entry, next: next)
    }

    func warn(_ message: String, _ entry: Mapping.Entry, next: String? = nil) {
        guard let place = entry.place else { return }
        problems.warning(message, at: place, next: next)
    }

    /// The result has something that only later formats have.
    func need(_ needed: StackFormat, for path: String, _ entry: Mapping.Entry) {
        if needed > format { format = needed }
        warn("`\(path)` needs Docker \(needed.docker) where the stack is deployed", entry)
    }
}

extension Mapping.Entry {
    /// Where the key was written, or else its value; `nil` for a default.
    var place: SourceRange? {
        if !keyRange.isNone { return keyRange }
        return value.range.isNone ? nil : value.range
    }
}
