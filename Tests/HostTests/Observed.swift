import Host

/// What became of a real program: its outcome and everything that was observed, in order.
struct Observed {
    var outcome = ProcessOutcome(ending: .exited(-1), duration: .zero)
    var started: [ProcessIdentity] = []
    var output: [UInt8] = []
    var error: [UInt8] = []
    var ticks = 0

    var outputText: String { String(decoding: output, as: UTF8.self) }
    var errorText: String { String(decoding: error, as: UTF8.self) }

    /// How many leftovers there are whose command line holds this text; a shell's does until it has executed it.
    func leftovers(_ text: String) -> Int { outcome.leftovers.count { $0.commandLine.contains(text) } }

    /// A script for `/bin/sh`, seeing nothing but `PATH`.
    static func shell(_ script: String, _ limits: ProcessLimits = .brief) -> Observed {
        run(Command(["/bin/sh", "-c", script], environment: standardPath, directory: "/"), limits)
    }

    static func run(_ command: Command, _ limits: ProcessLimits = .brief) -> Observed {
        var observed = Observed()
        observed.outcome = Host.live().processes.run(command, limits) { event in
            switch event {
            case .started(let identity): observed.started.append(identity)
            case .output(.standardOutput, let bytes): observed.output += bytes
            case .output(.standardError, let bytes): observed.error += bytes
            case .tick: observed.ticks += 1
            }
        }
        return observed
    }
}

/// Where the programs are that these tests start.
let standardPath = ["PATH": "/usr/local/bin:/usr/bin:/bin"]

extension ProcessLimits {
    /// Ends a test that hangs.
    static let brief = ProcessLimits(timeout: .seconds(30), grace: .milliseconds(200), drain: .milliseconds(300))

    /// Long enough for a shell to get going, short enough to wait for.
    static let soonOver = ProcessLimits(
        timeout: .milliseconds(600), grace: .milliseconds(200), drain: .milliseconds(300))
}

extension Processes {
    /// The living descendants of the test process whose command line holds this text.
    func descendants(running text: String) -> [ProcessIdentity] {
        descendants().filter { $0.commandLine.contains(text) }
    }
}
