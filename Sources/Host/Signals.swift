/// The signals that ask us to stop: SIGHUP (1), SIGINT (2), SIGTERM (15).
package struct Signals: Sendable {
    /// The first one that came since the start, and how many came in all; `nil` while none did.
    package var received: @Sendable () -> (first: Int32, count: Int)?

    package init(received: @escaping @Sendable () -> (first: Int32, count: Int)?) {
        self.received = received
    }
}
