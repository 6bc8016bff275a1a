import Host
import Synchronization
import Testing

@Suite struct `The machine's cores` {
    @Test(arguments: [0, 1, 2, 1_000])
    func `do each piece of work exactly once`(times: Int) {
        let done = Mutex([Int](repeating: 0, count: times))
        Cores.live.perform(times) { number in done.withLock { $0[number] += 1 } }
        #expect(done.withLock { $0 } == [Int](repeating: 1, count: times))
    }

    @Test func `may be asked again from inside a piece of work`() {
        let sum = Mutex(0)
        Cores.live.perform(4) { outer in
            Cores.live.perform(3) { inner in sum.withLock { $0 += outer * 10 + inner } }
        }
        #expect(sum.withLock { $0 } == (0 + 10 + 20 + 30) * 3 + (0 + 1 + 2) * 4)
    }

    @Test func `are at least one`() { #expect(Cores.live.count >= 1) }
}
