import Host
import Testing

extension `Real processes` {
    @Suite struct `Reading output` {
        @Test func `much on both streams at once is neither lost nor a deadlock`() {
            var counts: [OutputStream: Int] = [:]
            let command = Command(
                ["sh", "-c", "head -c 30000000 /dev/zero >&2 & head -c 40000000 /dev/zero; wait"],
                environment: standardPath, directory: "/")
            let outcome = Processes.live.run(command, .brief) { event in
                if case .output(let stream, let bytes) = event { counts[stream, default: 0] += bytes.count }
            }
            #expect(outcome.ending == .exited(0))
            #expect(counts == [.standardOutput: 40_000_000, .standardError: 30_000_000])
        }

        @Test func `each stream keeps its order`() {
            let observed = Observed.shell("seq 1 100000 >&2 & seq 1 100000; wait")
            let expected = (1...100_000).map { "\($0)\n" }.joined()
            #expect(observed.outputText == expected)
            #expect(observed.errorText == expected)
        }

        @Test func `a piece is never longer than a pipe holds`() {
            var longest = 0
            let command = Command(["head", "-c", "5000000", "/dev/zero"], environment: standardPath, directory: "/")
            _ = Processes.live.run(command, .brief) { event in
                if case .output(_, let bytes) = event { longest = max(longest, bytes.count) }
            }
            #expect(longest > 0)
            #expect(longest <= 65_536)
        }

        @Test func `bytes that are no text arrive unchanged`() {
            #expect(Observed.shell(#"printf '\377\000\200x'"#).output == [0xFF, 0x00, 0x80, 0x78])
        }
    }
}
