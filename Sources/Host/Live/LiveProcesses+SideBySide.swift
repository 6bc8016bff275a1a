import CHost
import Glibc

extension LiveProcesses {
    /// A thread for each body, of which one runs at a time: it hands over where it waits for a program or for time.
    static func sideBySide(_ bodies: [() -> Void]) {
        precondition(!chost_has_turn(), "what runs side by side does not part again")
        var threads: [pthread_t] = []
        var left: [() -> Void] = []
        for body in bodies {
            let lane = unsafe Unmanaged.passRetained(Lane(body))
            var thread = pthread_t()
            let code = unsafe pthread_create(
                &thread, nil,
                { context in
                    guard let context = unsafe context else { preconditionFailure("every thread gets its lane") }
                    let lane = unsafe Unmanaged<Lane>.fromOpaque(context).takeRetainedValue()
                    chost_take_turn()
                    lane.body()
                    chost_give_turn()
                    return nil
                }, unsafe lane.toOpaque())
            if code == 0 {
                threads.append(thread)
            } else {
                left.append(body)
                unsafe lane.release()
            }
        }
        for thread in threads { pthread_join(thread, nil) }
        // The system gave no more threads: one after the other, then.
        for body in left { body() }
    }
}

/// What a thread is to do.
private final class Lane {
    let body: () -> Void

    init(_ body: @escaping () -> Void) { self.body = body }
}

/// Who of those that run side by side may touch what they share.
enum Turns {
    /// Lets the others go on while this one waits; nothing special where nothing runs side by side.
    static func handedOver<Result>(_ wait: () -> Result) -> Result {
        guard chost_has_turn() else { return wait() }
        chost_give_turn()
        defer { chost_take_turn() }
        return wait()
    }
}
