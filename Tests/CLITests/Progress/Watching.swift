import CLI
import Diagnostics
import Host
import Synchronization
import TestSupport

@testable import Engine

/// A display with its clock and its terminal in the hands of a test.
final class Watching {
    /// What the closures of a host share.
    private final class World: Sendable {
        let nanoseconds = Mutex(0)
        let written = Mutex("")
        let size: Mutex<TerminalSize>

        init(_ size: TerminalSize) { self.size = Mutex(size) }
    }

    private let world: World
    private(set) var screen: Screen
    private(set) var display: ProgressDisplay
    /// Each write by itself.
    private(set) var writes: [String] = []

    init(_ style: ProgressStyle, columns: Int = 80, lines: Int = 24, palette: Palette = .plain) {
        let world = World(TerminalSize(columns: columns, lines: lines))
        var host = Host.unexpected
        host.console.writeError = { text in world.written.withLock { $0 += text } }
        host.console.size = { world.size.withLock { $0 } }
        host.clock.monotonicNanoseconds = { world.nanoseconds.withLock { $0 } }
        display = ProgressDisplay(
            console: host.console, clock: host.clock, randomBytes: { count in (0..<count).map { UInt8($0) } },
            style: style, palette: palette)
        screen = Screen(columns: columns, height: lines)
        self.world = world
    }

    /// Everything that was written.
    /// The step that printed text is of.
    private var running = ""

    var text: String { writes.joined() }
    var lines: [String] { screen.lines }

    func tell(_ progress: RunProgress, after pause: Double = 0) {
        switch progress {
        case .stepStarted(let step, _), .rollbackStarted(let step): running = step.id
        default: break
        }
        world.nanoseconds.withLock { $0 += Int(pause * 1_000_000_000) }
        display.handle(progress)
        collect()
    }

    func print(_ text: String, after pause: Double = 1) {
        tell(.output(step: running, .standardOutput, Array(text.utf8)), after: pause)
    }

    func finish() {
        display.finish()
        collect()
    }

    func finish(_ record: RunRecord, wasRollback: Bool = false) {
        display.finish(with: record, wasRollback: wasRollback)
        collect()
    }

    func leave() { display.leave() }

    /// Somebody else writes to the terminal.
    func type(_ text: String) { screen.write(text) }

    private func collect() {
        let new = world.written.withLock { text in
            defer { text = "" }
            return text
        }
        guard !new.isEmpty else { return }
        writes.append(new)
        screen.write(new)
    }
}
