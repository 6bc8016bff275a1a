import Host
import Testing

@testable import CLI

@Suite struct `Drawing in place` {
    @Test func `a terminal that has become narrower is cleared whole`() {
        var region = LiveRegion()
        let wide = TerminalSize(columns: 40, lines: 10)
        let narrow = TerminalSize(columns: 20, lines: 10)
        _ = region.draw([("x", 30), ("y", 10)], in: wide)
        // The first line takes two rows now.
        #expect(region.draw([("x", 10)], in: narrow) == "\r\u{1B}[3Ax\u{1B}[K\n\u{1B}[J")
    }

    @Test func `nothing is moved before the first drawing or after leaving`() {
        var region = LiveRegion()
        let size = TerminalSize(columns: 40, lines: 10)
        #expect(region.draw([("x", 1)], in: size) == "\rx\u{1B}[K\n\u{1B}[J")
        region.leave()
        #expect(region.draw([("y", 1)], in: size) == "\ry\u{1B}[K\n\u{1B}[J")
        #expect(region.erase(in: size) == "\r\u{1B}[1A\u{1B}[J")
        #expect(region.erase(in: size).isEmpty)
    }
}
