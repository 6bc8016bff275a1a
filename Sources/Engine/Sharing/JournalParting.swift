import Host

/// Two journals of one run that begin the same and end otherwise.
///
/// Everything that acts is shared before it acts. So whoever died knows at most how something ended that the others know
/// to have begun; when they have carried the run on, holding its lock, theirs is the run's journal from there.
struct JournalParting {
    private let ours: [RunEvent]
    private let theirs: [RunEvent]

    /// - Parameters:
    ///   - here: whole lines.
    ///   - there: whole lines.
    init(here: [UInt8], there: [UInt8], digest: Digest) {
        // One that cannot be read has no lines of its own, and nothing is taken for granted then.
        let left = (try? Journal.read(here, digest: digest))?.lines ?? []
        let right = (try? Journal.read(there, digest: digest))?.lines ?? []
        let shared = zip(left, right).prefix { $0 == $1 }.count
        ours = left.dropFirst(shared).map(\.event)
        theirs = right.dropFirst(shared).map(\.event)
        begins = shared > 0
    }

    private let begins: Bool

    /// Whether nothing was begun or decided here that is not in their journal.
    var onlyTheirsActed: Bool {
        guard begins, !theirs.isEmpty else { return false }
        return ours.enumerated().allSatisfy { index, event in
            switch event {
            case .stepSpawned, .stepEnded, .stepPassed, .rollbackSpawned, .rollbackEnded, .rollbackClosed, .fingerprint,
                .warned, .ended, .wayBackChecked:
                true
            case .stepStarted(let started): wasWithdrawn(started.step, after: index)
            case .rollbackStarted(let started): wasWithdrawn(started.step, after: index)
            case .opened, .resumed, .rollbackOpened, .rollbackWaived, .rehearsalAdvanced, .closed: false
            }
        }
    }

    /// Announced, and then not begun.
    private func wasWithdrawn(_ step: String, after index: Int) -> Bool {
        ours[(index + 1)...].contains { event in
            switch event {
            case .stepEnded(let ended): ended.step == step && ended.failure?.reason == .spawn
            case .rollbackEnded(let ended): ended.step == step && ended.failure?.reason == .spawn
            default: false
            }
        }
    }
}
