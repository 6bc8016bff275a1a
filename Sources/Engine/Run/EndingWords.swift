import Diagnostics
package import Host

/// How a program ended, in words.
package enum EndingWords {
    package static func describe(_ outcome: ProcessOutcome) -> String {
        if outcome.couldNotBeEnded { return describe(outcome.stopped) }
        if outcome.stopped == .timeout { return "it took longer than allowed and was ended" }
        if case .signal(let number) = outcome.stopped { return "it was ended because of \(SignalName.of(number))" }
        if outcome.stopped == .request { return "it was ended because a step beside it did not succeed" }
        switch outcome.ending {
        case .exited(let code): return "exit \(code)"
        case .signalled(let number): return "killed by \(SignalName.of(number))"
        case .notStarted(let failure): return describe(failure)
        }
    }

    /// Why it was told to end, whatever came of that.
    static func describe(_ reason: ProcessOutcome.StopReason?) -> String {
        switch reason {
        case .timeout: "it took longer than allowed"
        case .signal(let number): "it was to be ended because of \(SignalName.of(number))"
        case .request: "it was to be ended because a step beside it did not succeed"
        case nil: "it went on"
        }
    }

    package static func describe(_ failure: SpawnFailure) -> String {
        switch failure.cause {
        case .programNotFound: "the program `\(failure.subject)` is not there"
        case .directoryNotFound: "the folder \(failure.subject) is not there"
        case .notExecutable: "`\(failure.subject)` is not executable"
        case .argumentsTooLong: "the command and its variables are too long"
        case .system(let code): "`\(failure.subject)` could not be started: \(SystemErrorWords.said(code))"
        }
    }
}

extension ProcessOutcome {
    /// We told it to end, and something of it is still there after KILL: what becomes of it nobody knows.
    var couldNotBeEnded: Bool { stopped != nil && !leftovers.isEmpty }

    /// `, and process 4711 (sleep 60) could not be ended`; empty when all were.
    var survivorWords: String {
        guard couldNotBeEnded, let first = leftovers.first else { return "" }
        let name = first.commandLine.isEmpty ? "" : " (\(first.commandLine))"
        return ", and process \(first.pid)\(name) could not be ended"
    }
}

/// Names of signals as `kill -l` prints them, with `SIG` in front.
package enum SignalName {
    private static let names: [Int32: String] = [
        1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE",
        9: "SIGKILL", 10: "SIGUSR1", 11: "SIGSEGV", 12: "SIGUSR2", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM",
        24: "SIGXCPU", 25: "SIGXFSZ", 31: "SIGSYS",
    ]

    package static func of(_ number: Int32) -> String { names[number] ?? "signal \(number)" }
}
