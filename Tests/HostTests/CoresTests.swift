import Glibc
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
        #expect(sum.withLock { $0 } == 192)
    }

    @Test func `walk a tree as deep as the first thread does`() {
        @Sendable func descend(_ rest: Int) -> Int {
            var room = [UInt8](repeating: 1, count: 64)
            room[rest % 64] = 0
            return rest == 0 ? 0 : descend(rest - 1) + 1 - Int(room[rest % 64])
        }
        let depths = Mutex<[Int]>([])
        Cores.live.perform(8) { _ in
            let depth = descend(10_000)
            depths.withLock { $0.append(depth) }
        }
        #expect(depths.withLock { $0 } == [Int](repeating: 10_000, count: 8))
    }

    @Test(arguments: [0, 1, 9, 10, 11, 1_000])
    func `give the results of a list's parts in its order, whoever is done first`(count: Int) {
        let items = Array(0..<count)
        let backwards = Cores(count: 3) { times, body in for number in (0..<times).reversed() { body(number) } }
        for cores in [Cores.one, .live, backwards] {
            let odd = cores.map(items, fewest: 10) { part in part.filter { $0 % 2 == 1 }.map { $0 * 3 } }
            #expect(odd == items.filter { $0 % 2 == 1 }.map { $0 * 3 })
        }
    }

    @Test func `look at something while the caller's own thread works, and have both when they return`() {
        for cores in [Cores.one, .live] {
            let caller = pthread_self()
            let (found, isSame) = cores.beside({ [1, 2, 3].reduce(0, +) }) {
                pthread_equal(caller, pthread_self()) != 0
            }
            #expect(found == 6)
            #expect(isSame)
        }
    }

    @Test func `look beside the work and not before it, where there are two`() throws {
        guard Cores.live.count > 1 else { return }
        let isWorking = Atomic(false)
        let met = Cores.live.beside({
            for _ in 0..<5_000 where !isWorking.load(ordering: .acquiring) { usleep(1_000) }
            return isWorking.load(ordering: .acquiring)
        }) { isWorking.store(true, ordering: .releasing) }
        #expect(met.found)
    }

    @Test func `are at least one`() { #expect(Cores.live.count >= 1) }
}
