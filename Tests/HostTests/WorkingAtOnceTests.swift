import Glibc
import Host
import Synchronization
import Testing

extension `Real processes` {
    @Suite struct `Working at once` {
        private final class Notes: Sendable {
            let threads = Mutex<[Int: pthread_t]>([:])
            let sums = Mutex<[Int: Int]>([:])
        }

        @Test func `every body is done when the call returns, each on a thread of its own`() {
            let notes = Notes()
            Host.live().atOnce(
                (0..<5).map { number in
                    { @Sendable in
                        notes.threads.withLock { $0[number] = pthread_self() }
                        notes.sums.withLock { $0[number] = (0...number).reduce(0, +) }
                    }
                })
            #expect(notes.sums.withLock { $0 } == [0: 0, 1: 1, 2: 3, 3: 6, 4: 10])
            // The caller waits in one of them, and a thread that has ended may lend its number to the next.
            #expect(notes.threads.withLock { $0 }.count == 5)
        }

        @Test func `they run at the same time`() {
            // Each waits for the other: one after the other would never end.
            let arrived = Notes()
            let meet = { @Sendable (own: Int, other: Int) in
                arrived.sums.withLock { $0[own] = 1 }
                for _ in 0..<10_000 where arrived.sums.withLock({ $0[other] }) == nil { usleep(1_000) }
                if arrived.sums.withLock({ $0[other] }) != nil { arrived.sums.withLock { $0[own] = 2 } }
            }
            Host.live().atOnce([{ meet(0, 1) }, { meet(1, 0) }])
            #expect(arrived.sums.withLock { $0 } == [0: 2, 1: 2])
        }

        @Test func `a tree may be walked as deep as on the first thread`() {
            let notes = Notes()
            @Sendable func descend(_ rest: Int) -> Int {
                var room = [UInt8](repeating: 1, count: 64)
                room[rest % 64] = 0
                return rest == 0 ? 0 : descend(rest - 1) + 1 - Int(room[rest % 64])
            }
            Host.live().atOnce([{}, { notes.sums.withLock { $0[0] = descend(10_000) } }])
            #expect(notes.sums.withLock { $0[0] } == 10_000)
        }

        @Test func `nothing to do is nothing done`() { Host.live().atOnce([]) }
    }
}
