import Synchronization

/// The machine's cores: for computing, and for looking at what nobody changes meanwhile.
package struct Cores: Sendable {
    /// At least 1.
    package var count: Int
    /// Calls the body once for each number from 0 on, below `times`, on any thread and in any order; returns when all
    /// calls have returned.
    package var perform: @Sendable (_ times: Int, _ body: @Sendable (Int) -> Void) -> Void
    /// Calls `look` while `work` is called on the caller's own thread, and returns when both have returned. Where there is
    /// one thread only, `look` comes first.
    package var beside: @Sendable (_ look: @Sendable () -> Void, _ work: () -> Void) -> Void

    package init(
        count: Int,
        perform: @escaping @Sendable (_ times: Int, _ body: @Sendable (Int) -> Void) -> Void,
        beside: @escaping @Sendable (_ look: @Sendable () -> Void, _ work: () -> Void) -> Void = { look, work in
            look()
            work()
        }
    ) {
        self.count = count
        self.perform = perform
        self.beside = beside
    }

    /// The caller's own thread alone.
    package static let one = Cores(count: 1) { times, body in for number in 0..<times { body(number) } }

    /// Works on parts of a list at the same time; the results in the order of the list.
    ///
    /// - Parameter fewest: items that are worth starting a thread; fewer stay in one part.
    package func map<Item: Sendable, Result: Sendable>(
        _ items: [Item], fewest: Int, _ work: @Sendable (ArraySlice<Item>) -> [Result]
    ) -> [Result] {
        guard count > 1, items.count >= fewest else { return work(items[...]) }
        let parts = Mutex([[Result]](repeating: [], count: count))
        perform(count) { number in
            let result = work(items[(items.count * number / count)..<(items.count * (number + 1) / count)])
            parts.withLock { $0[number] = result }
        }
        return parts.withLock { $0.flatMap(\.self) }
    }

    /// What a look finds while work is done on the caller's own thread, and what the work comes to.
    package func beside<Found: Sendable, Result>(
        _ look: @Sendable () -> Found, _ work: () -> Result
    ) -> (found: Found, result: Result) {
        let found = Mutex<Found?>(nil)
        var result: Result?
        beside(
            {
                let value = look()
                found.withLock { $0 = value }
            },
            { result = work() })
        guard let found = found.withLock({ $0 }), let result else { preconditionFailure("both have returned") }
        return (found, result)
    }
}
