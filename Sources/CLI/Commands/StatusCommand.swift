import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// `status ENV`: up? slow? jobs failing? did the last deployment change anything?
struct StatusCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let project = try context.project()
        let loader = ProjectLoader(project)
        let environment = loader.environment(context.arguments.requiredWord(for: .statusEnvironment))
        guard let environment, !loader.problems.hasErrors else {
            throw CommandFailure(
                .invalid, loader.problems.all.filter { $0.severity == .error }, sources: loader.sources)
        }
        let probe = StatusProbe(project: project, environment: environment)
        guard context.arguments.has(.watch) else {
            let status = probe.run()
            context.print(context.isJSON ? JSONWriter.document(StatusText.node(status)) : text(status))
            return status.isHealthy ? .done : .no
        }
        return watch(probe)
    }

    private func text(_ status: EnvironmentStatus) -> String {
        StatusText(palette: context.outputPalette, width: context.width).lines(status).joined(separator: "\n") + "\n"
    }

    /// Again and again until a signal comes or the reader goes away.
    private func watch(_ probe: StatusProbe) -> ExitCode {
        let pause = context.arguments.duration(of: .every) ?? .seconds(10)
        let isScreen = context.host.console.isOutputTerminal && !context.isJSON
        while true {
            let status = probe.run()
            if context.isJSON {
                context.print(JSONWriter.line(StatusText.node(status)) + "\n")
            } else {
                let now = context.host.clock.now()
                // A screen of its own, redrawn from its first line; elsewhere one text after the other.
                context.print(
                    (isScreen ? "\u{1B}[H\u{1B}[2J" : "") + "\(now)\n" + text(status) + (isScreen ? "" : "\n"))
            }
            if let signal = context.host.signals.received()?.first { return .signal(signal) }
            guard context.host.console.outputState() == .sound else { return status.isHealthy ? .done : .no }
            context.host.clock.sleep(pause)
            if let signal = context.host.signals.received()?.first { return .signal(signal) }
        }
    }
}
