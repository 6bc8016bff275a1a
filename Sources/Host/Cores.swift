/// The machine's cores, for computing alone: what runs on them touches nothing of the outside world.
package struct Cores: Sendable {
    /// At least 1.
    package var count: Int
    /// Calls the body once for each number from 0 on, below `times`, on any thread and in any order; returns when all
    /// calls have returned.
    package var perform: @Sendable (_ times: Int, _ body: @Sendable (Int) -> Void) -> Void

    package init(count: Int, perform: @escaping @Sendable (_ times: Int, _ body: @Sendable (Int) -> Void) -> Void) {
        self.count = count
        self.perform = perform
    }

    /// The caller's own thread alone.
    package static let one = Cores(count: 1) { times, body in for number in 0..<times { body(number) } }
}
