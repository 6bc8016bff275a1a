import Host
import TestSupport
import Testing

extension `Real processes` {
    @Suite struct `Standard input` {
        @Test(arguments: [0, 1, 65_536, 3_000_001])
        func `a program reads what it is given, to its end`(_ count: Int) {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let command = Command(["cat"], environment: standardPath, directory: "/", input: bytes)
            let output = Processes.live.capture(command, ProcessLimits(timeout: .seconds(20)), keeping: 4 << 20)
            #expect(output.succeeded)
            #expect(output.standardOutput == bytes)
        }

        @Test func `a program that does not read ends all the same`() {
            let command = Command(
                ["true"], environment: standardPath, directory: "/", input: [UInt8](repeating: 7, count: 2 << 20))
            #expect(Processes.live.capture(command, ProcessLimits(timeout: .seconds(20))).succeeded)
        }

        @Test func `without input there is nothing to read`() {
            let command = Command(["wc", "-c"], environment: standardPath, directory: "/")
            #expect(Processes.live.capture(command, ProcessLimits(timeout: .seconds(20))).trimmedText == "0")
        }
    }
}
