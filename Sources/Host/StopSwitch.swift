import Synchronization

/// Ends programs that run, from beside them: each gets TERM, its grace, then KILL. Never turned off again.
package final class StopSwitch: Sendable {
    private let state = Atomic<Bool>(false)

    package init() {}

    package var isOn: Bool { state.load(ordering: .acquiring) }

    package func turnOn() { state.store(true, ordering: .releasing) }
}

extension StopSwitch: Hashable {
    package static func == (left: StopSwitch, right: StopSwitch) -> Bool { left === right }

    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
