import Host

/// The built program, driven from outside as its users do.
package struct RehearseBinary: Sendable {
    package struct Answer: Sendable, CustomStringConvertible {
        /// What a shell would call `$?`: 128 + n for a program that died of signal n.
        package let status: Int32
        package let output: String
        package let error: String

        package var description: String { "status \(status)\n--- stdout\n\(output)--- stderr\n\(error)---" }
    }

    /// Beside the test program, where the package manager puts every product.
    package static let path: String = {
        let program = CommandLine.arguments[0]
        let host = Host.live()
        let folder = program.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let absolute = program.hasPrefix("/") ? folder : "\(host.surroundings.workingDirectory)/\(folder)"
        return "\(absolute)/rehearse"
    }()

    /// The folder with `Package.swift` above the test program.
    package static let repository: String? = {
        var folder = path
        while let slash = folder.lastIndex(of: "/"), slash != folder.startIndex {
            folder = String(folder[..<slash])
            if (try? Files.live.status("\(folder)/Package.swift")) ?? nil != nil { return folder }
        }
        return nil
    }()

    /// The project to run in.
    package let directory: String
    /// The whole environment of the program.
    package var environment: [String: String]

    /// - Parameter variables: laid over a bare environment: `PATH`, a `HOME` that is the project's own folder, no
    ///   configuration of git from outside, and somebody to commit as.
    package init(in directory: String, _ variables: [String: String] = [:]) {
        _ = OrphanReaper.start
        self.directory = directory
        environment = [
            "PATH": Host.live().surroundings.variables["PATH"] ?? "/usr/bin:/bin",
            "HOME": directory,
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Tester", "GIT_AUTHOR_EMAIL": "tester@example.com",
            "GIT_COMMITTER_NAME": "Tester", "GIT_COMMITTER_EMAIL": "tester@example.com",
            // What a project may have for a secret; in no test it may come out again.
            "CANARY_SOURCE": Canary.value,
        ].merging(variables) { $1 }
    }

    /// Runs it to its end, bounded.
    package func callAsFunction(_ arguments: String..., within limit: Duration = .seconds(60)) -> Answer {
        run([Self.path] + arguments, within: limit)
    }

    /// Runs any program in the project with the same environment, for example `git` or `sh -c`.
    package func run(_ command: [String], within limit: Duration = .seconds(60)) -> Answer {
        let captured = Host.live().processes.capture(
            Command(command, environment: environment, directory: directory), ProcessLimits(timeout: limit),
            keeping: 16 << 20)
        let status: Int32 =
            switch captured.outcome.ending {
            case .exited(let code): code
            case .signalled(let number): 128 + number
            case .notStarted: 127
            }
        return Answer(
            status: captured.outcome.stopped == .timeout ? 124 : status,
            output: String(decoding: captured.standardOutput, as: UTF8.self),
            error: String(decoding: captured.standardError, as: UTF8.self))
    }

    /// Runs a shell text; `$REHEARSE` is the program.
    package func shell(_ text: String, within limit: Duration = .seconds(60)) -> Answer {
        var copy = self
        copy.environment["REHEARSE"] = Self.path
        return copy.run(["/bin/sh", "-euc", text], within: limit)
    }
}
