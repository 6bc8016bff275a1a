import Glibc

/// Finds everything that comes from one child, also what left its group, its session or its parents.
struct Offspring {
    private let child: ProcessTable.Entry
    /// What lived below us before the child was started: of earlier children, and none of its business.
    private let before: Set<ProcessTable.Entry.Key>
    /// Once seen below the child, known by that for good.
    private var known: Set<ProcessTable.Entry.Key> = []

    /// What lives below us now, to be taken before a child is started.
    static func present() -> Set<ProcessTable.Entry.Key> {
        Set(ChildRegistry.shared.reapAdopted().flatMap { [$0] + ProcessTable.descendants(of: $0.pid) }.map(\.key))
    }

    init(of child: ProcessTable.Entry, before: Set<ProcessTable.Entry.Key>) {
        self.child = child
        self.before = before
    }

    /// The living ones without the child itself, oldest first. Adopted ones that have ended are reaped on the way.
    ///
    /// - Parameter isReaped: the child itself is gone for good: what was below it is ours now, and its number another's.
    ///
    /// An orphan is adopted by us, who are its nearest subreaper. Nothing tells whose it was, but that it is younger
    /// than the child; while other children of ours are running, only those are counted that can be proved.
    mutating func living(isReaped: Bool = false) -> [ProcessTable.Entry] {
        let isOnly = ChildRegistry.shared.isOnly(child.pid)
        var found = isReaped ? [] : ProcessTable.descendants(of: child.pid)
        known.formUnion(found.map(\.key))
        for orphan in ChildRegistry.shared.reapAdopted() where isOurs(orphan, isOnly) {
            let below = ProcessTable.descendants(of: orphan.pid)
            found += [orphan] + below
            known.formUnion([orphan.key] + below.map(\.key))
        }
        return Set(found.filter { !$0.isEnded && !before.contains($0.key) }).sorted { $0.key < $1.key }
    }

    private func isOurs(_ orphan: ProcessTable.Entry, _ isOnly: Bool) -> Bool {
        orphan.startTime >= child.startTime
            && (isOnly || orphan.group == child.pid || known.contains(orphan.key))
    }
}

extension ProcessTable.Entry {
    /// What makes a process itself; in the order of their start.
    struct Key: Hashable, Comparable {
        let startTime: UInt64
        let pid: Int32

        static func < (left: Key, right: Key) -> Bool {
            (left.startTime, left.pid) < (right.startTime, right.pid)
        }
    }

    var key: Key { Key(startTime: startTime, pid: pid) }
}
