import Glibc
import Host
import TestSupport
import Testing

/// Each in a process of its own, whose standard streams it may exchange.
@Suite(.serialized, .timeLimit(.minutes(2))) struct `The standard streams` {
    @Test func `text reaches the file that standard output is`() async {
        await #expect(processExitsWith: .success) {
            let scratch = try ScratchDirectory()
            dup2(open(scratch("out"), O_WRONLY | O_CREAT, 0o600), 1)
            let console = Host.live().console
            console.writeOutput("one ✓\n")
            console.writeOutput(String(repeating: "x", count: 300_000))
            #expect(console.outputState() == .sound)
            #expect(try scratch.text(of: "out") == "one ✓\n" + String(repeating: "x", count: 300_000))
        }
    }

    @Test func `a full disk is lost output`() async {
        await #expect(processExitsWith: .success) {
            dup2(open("/dev/full", O_WRONLY), 1)
            let console = Host.live().console
            console.writeOutput("x")
            #expect(console.outputState() == .lost)
        }
    }

    @Test func `a reader that went away is a quiet end`() async {
        await #expect(processExitsWith: .success) {
            var ends: [Int32] = [0, 0]
            pipe(&ends)
            dup2(ends[1], 1)
            close(ends[0])
            close(ends[1])
            let console = Host.live().console
            console.writeOutput("x")
            console.writeOutput("y")
            #expect(console.outputState() == .closed)
        }
    }

    @Test func `a standard output that was closed at the start is lost output, and no file takes its place`() async {
        await #expect(processExitsWith: .success) {
            close(1)
            let host = Host.live()
            let scratch = try ScratchDirectory()
            let file = try host.files.openForAppending(scratch("journal"), .exclusive(mode: 0o600))
            try file.append(Array("kept\n".utf8))
            host.console.writeOutput("x")
            #expect(host.console.outputState() == .lost)
            #expect(try scratch.text(of: "journal") == "kept\n")
        }
    }

    @Test func `a stream that someone made non-blocking loses nothing`() async {
        await #expect(processExitsWith: .success) {
            var ends: [Int32] = [0, 0]
            pipe(&ends)
            _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
            dup2(ends[1], 1)
            let reading = ends[0]
            let reader = Task.detached {
                var count = 0
                var buffer = [UInt8](repeating: 0, count: 1_024)
                while count < 500_000 { count += read(reading, &buffer, 1_024) }
                return count
            }
            let console = Host.live().console
            console.writeOutput(String(repeating: "x", count: 500_000))
            #expect(console.outputState() == .sound)
            #expect(await reader.value == 500_000)
        }
    }

    @Test func `lines are read without their ends`() async {
        await #expect(processExitsWith: .success) {
            let scratch = try ScratchDirectory()
            try scratch.write("yes\r\n\nlast", to: "in")
            dup2(open(scratch("in"), O_RDONLY), 0)
            let console = Host.live().console
            #expect(console.readLine() == "yes")
            #expect(console.readLine() == "")
            #expect(console.readLine() == "last")
            #expect(console.readLine() == nil)
        }
    }

    @Test func `a line without end is the end of the input`() async {
        await #expect(processExitsWith: .success) {
            dup2(open("/dev/zero", O_RDONLY), 0)
            #expect(Host.live().console.readLine() == nil)
        }
    }

    @Test func `a signal ends the waiting for a line`() async {
        await #expect(processExitsWith: .success) {
            var ends: [Int32] = [0, 0]
            pipe(&ends)
            dup2(ends[0], 0)
            let host = Host.live()
            kill(getpid(), SIGINT)
            #expect(host.console.readLine() == nil)
            #expect(host.signals.received()?.first == SIGINT)
        }
    }

    @Test func `a file or pipe is no terminal`() async {
        await #expect(processExitsWith: .success) {
            for number in 0...2 as ClosedRange<Int32> { dup2(open("/dev/null", O_RDWR), number) }
            let console = Host.live().console
            #expect(!console.isInputTerminal && !console.isOutputTerminal && !console.isErrorTerminal)
            #expect(console.size() == nil)
        }
    }

    @Test func `a terminal is one, and tells its size`() async {
        await #expect(processExitsWith: .success) {
            var ends: (Int32, Int32) = (-1, -1)
            var size = winsize(ws_row: 31, ws_col: 97, ws_xpixel: 0, ws_ypixel: 0)
            try #require(openpty(&ends.0, &ends.1, nil, nil, &size) == 0)
            dup2(ends.1, 2)
            let host = Host.live()
            #expect(host.console.isErrorTerminal)
            #expect(host.console.size() == TerminalSize(columns: 97, lines: 31))
        }
    }
}
