import Deployment
package import Diagnostics
package import Engine
package import Host

/// Shows a run on standard error while it goes on.
///
/// Told every event in order (`handle`); whoever else writes to the terminal meanwhile calls `leave` first, and `finish`
/// comes last.
package struct ProgressDisplay {
    /// Between two drawings that only output brings about, in nanoseconds.
    private static let shortestPause = 50_000_000

    private let console: Console
    private let clock: HostClock
    private let randomBytes: @Sendable (_ count: Int) -> [UInt8]
    private let style: ProgressStyle
    private let palette: Palette
    /// Columns that `COLUMNS` asks for.
    private let columns: Int?
    /// GitHub's runner reads what is written, whatever the style.
    private let isGitHub: Bool
    private var state: ProgressState
    private var region = LiveRegion()
    private var github = GitHubProgress()
    private var lastDrawn = Int.min

    package init(
        console: Console, clock: HostClock, randomBytes: @escaping @Sendable (_ count: Int) -> [UInt8],
        style: ProgressStyle, palette: Palette, columns: Int? = nil, isGitHub: Bool? = nil
    ) {
        self.console = console
        self.clock = clock
        self.randomBytes = randomBytes
        self.style = style
        self.palette = palette
        self.columns = columns
        self.isGitHub = isGitHub ?? (style == .github)
        state = ProgressState(keepsColours: palette.isColoured && style != .live)
    }

    package init(_ context: CommandContext) {
        let host = context.host
        let variables = host.surroundings.variables
        self.init(
            console: host.console, clock: host.clock, randomBytes: host.randomBytes,
            style: ProgressStyle.chosen(
                isTerminal: host.console.isErrorTerminal && variables["TERM"] != "dumb",
                isQuiet: context.globals.isQuiet, isVerbose: context.globals.isVerbose,
                isGitHubActions: context.isGitHubActions, isJSON: context.isJSON),
            palette: context.errorPalette, columns: variables["COLUMNS"].flatMap { Int($0) },
            isGitHub: context.isGitHubActions)
    }

    /// By step: the last lines of what failed, where this display has not shown them; for the summary.
    package var unshownLines: [String: [String]] { style == .live || style == .silent ? state.failures : [:] }

    package mutating func handle(_ progress: RunProgress) {
        guard let progress = shown(progress), !isPassedOver(progress) else { return }
        let now = clock.monotonicNanoseconds()
        let unfinished = endedStep(progress).map { state.unfinishedLines(of: $0) } ?? []
        write(outputLines: unfinished)
        let complete = state.take(progress, now: now)
        switch style {
        case .live: redraw(progress, now)
        case .lines: write(ProgressLines(palette: palette, state: state).lines(progress))
        case .quiet:
            if ProgressLines.isFailure(progress) {
                write(ProgressLines(palette: palette, state: state).lines(progress))
            }
        case .verbose, .github:
            write(outputLines: complete)
            write(eventLines(progress))
        case .silent: break
        }
    }

    /// What changes nothing that is told later, where only failures are told.
    private func isPassedOver(_ progress: RunProgress) -> Bool {
        guard style == .quiet || style == .silent else { return false }
        switch progress {
        case .stepStarted, .rollbackStarted, .tick: return true
        case .stepEnded(let step, _): return step.status == .succeeded && state.failures[step.id] == nil
        default: return false
        }
    }

    /// Bytes of a piece of output of which the list shows the last lines.
    private static let listedBytes = 4_096

    /// Output as far as it is shown: a step may print gigabytes of short lines, and taking them apart costs the more.
    private func shown(_ progress: RunProgress) -> RunProgress? {
        guard case .output(let step, let stream, let bytes) = progress else { return progress }
        switch style {
        case .verbose, .github: return progress
        case .lines, .quiet, .silent: return nil
        case .live:
            guard bytes.count > Self.listedBytes else { return progress }
            let end = bytes.suffix(Self.listedBytes)
            let start = end.firstIndex(of: 0x0A).map { $0 + 1 } ?? end.startIndex
            return .output(step: step, stream, Array(end[start...]))
        }
    }

    /// Lets the list stand as it is: somebody else is going to write below it.
    package mutating func leave() { region.leave() }

    /// The end, however it came about. Nothing on the screen is touched any more.
    package mutating func finish() {
        if style == .github { write(github.finish()) }
        // A list that was too high for the terminal is worth telling whole.
        if style == .live, !LiveList(state: state, now: 0).isWhole(in: size) {
            let list = LiveList(state: state, now: clock.monotonicNanoseconds())
            write(list.lines(in: nil).map { $0.text(palette, columns: size.columns - 1) })
        }
        region.leave()
    }

    /// The end with the closing lines of the run, parted from what came before.
    ///
    /// Quietly, they are only told when the run did not do what it was for. A program that reads the result gets none.
    ///
    /// - Parameter wasRollback: a rollback was asked for, so that a run rolled back is what it was for.
    package mutating func finish(with record: RunRecord, wasRollback: Bool) {
        finish()
        let isWanted = record.status == .succeeded || wasRollback && record.status == .rolledBack
        guard style != .silent, style != .quiet || !isWanted else { return }
        let text = RunSummary.text(
            record, logsRoot: ".rehearse/runs/\(record.id)", lastLines: unshownLines, palette: palette,
            width: size.columns)
        // A command of several lines could begin one of them with a command for GitHub's runner.
        console.writeError("\n" + (isGitHub ? GitHubCommands.neutralized(text) : text))
    }

    // MARK: - Lines

    private mutating func eventLines(_ progress: RunProgress) -> [String] {
        guard style == .github else { return ProgressLines(palette: palette, state: state).lines(progress) }
        return github.lines(progress, state, palette: palette) { randomBytes(16) }
    }

    private func write(outputLines lines: [String]) {
        switch style {
        case .verbose: write(lines.map(ProgressLines(palette: palette, state: state).output))
        case .github:
            // Those that run side by side share a group of the log.
            let isAlone = state.group(of: state.current?.id) == nil
            write(isAlone ? lines : lines.map(ProgressLines(palette: palette, state: state).output))
        case .live, .lines, .quiet, .silent: break
        }
    }

    private func write(_ lines: [String]) {
        // Quiet, but in a job of GitHub's all the same: nothing foreign is a command.
        let lines = isGitHub && style != .github ? lines.map(GitHubCommands.neutralized) : lines
        if !lines.isEmpty { console.writeError(lines.map { $0 + "\n" }.joined()) }
    }

    private func endedStep(_ progress: RunProgress) -> String? {
        switch progress {
        case .stepEnded(let step, _), .rollbackEnded(let step, _): step.id
        default: nil
        }
    }

    // MARK: - The live list

    /// Asked anew for every drawing: a window changes its size.
    private var size: TerminalSize {
        let actual = console.size() ?? TerminalSize(columns: 80, lines: 24)
        return TerminalSize(columns: max(1, columns ?? actual.columns), lines: max(2, actual.lines))
    }

    private mutating func redraw(_ progress: RunProgress, _ now: Int) {
        switch progress {
        case .output, .tick:
            guard state.current != nil, now >= lastDrawn &+ Self.shortestPause || lastDrawn == .min else { return }
        case .warning:
            write([region.erase(in: size) + ProgressLines(palette: palette, state: state).lines(progress).joined()])
        case .rollbackOpened, .rehearsedAgain:
            // The way forward stays on the screen, and maybe a question and its answer below it.
            region.leave()
        default: break
        }
        draw(now)
        // What asks a person writes below the list.
        if case .stepStarted(let step, _) = progress, step.action.kind == "approve" { region.leave() }
    }

    private mutating func draw(_ now: Int) {
        let size = size
        // One column stays free: a full line makes some terminals begin the next one.
        let lines = LiveList(state: state, now: now).lines(in: size).map { line in
            (text: line.text(palette, columns: max(1, size.columns - 1)), columns: min(line.columns, size.columns - 1))
        }
        console.writeError(region.draw(lines, in: size))
        lastDrawn = now
    }
}
