import Synchronization

/// Does pieces of work that need nothing of each other at the same time, where the machine has cores for them.
///
/// Rendering is a function of its inputs alone; whoever calls it from a program with threads lends them through this.
package struct Workers: Sendable {
    /// How many pieces may be worked on at the same time; at least 1.
    private let count: Int
    /// Calls the body once for each number from 0 on, below `times`, on any thread and in any order; returns when all
    /// calls have returned.
    private let perform: @Sendable (_ times: Int, _ body: @Sendable (Int) -> Void) -> Void

    package init(
        count: Int, perform: @escaping @Sendable (_ times: Int, _ body: @Sendable (Int) -> Void) -> Void
    ) {
        precondition(count >= 1, "somebody has to do the work")
        self.count = count
        self.perform = perform
    }

    /// One piece after the other, on the caller's own thread.
    package static let one = Workers(count: 1) { times, body in for number in 0..<times { body(number) } }

    /// Cuts a list into parts, works on them at the same time, and gives the results in the order of the parts.
    ///
    /// A short list stays in one part: handing out work costs as much as doing a little of it.
    func map<Item: Sendable, Result: Sendable>(
        _ items: [Item], _ work: @Sendable (ArraySlice<Item>) -> Result
    ) -> [Result] {
        guard count > 1, items.count >= Self.fewestItems else { return items.isEmpty ? [] : [work(items[...])] }
        // More parts than workers, so that one who is kept waiting leaves the rest to the others.
        let parts = count * 4
        let results = Mutex([Result?](repeating: nil, count: parts))
        perform(parts) { number in
            let part = items[(items.count * number / parts)..<(items.count * (number + 1) / parts)]
            let result = work(part)
            results.withLock { $0[number] = result }
        }
        return results.withLock { $0.compactMap(\.self) }
    }

    private static let fewestItems = 64
}
