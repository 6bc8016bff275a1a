import Deployment
import Diagnostics
import Engine
import Host

/// `run`: everything validated, then every step, recorded.
struct RunCommand {
    let context: CommandContext

    func run() throws -> ExitCode {
        let project = try context.project()
        let made = try PlanMaking(context: context, project: project).make()
        let preflight = try RunPreflight(context: context, project: project, made: made).check()
        let watcher = RunWatcher(context: context, project: project)
        let session: RunSession
        do {
            session = try RunStart(project: project, observe: watcher.observe).begin(preflight.request)
        } catch {
            throw CommandFailure(error)
        }
        let decisions = RunDecisions(
            context: context, made: made, isRehearsal: preflight.request.rehearsal != nil
        ).decisions(sightings: preflight.sightings)
        return try watcher.finish(session, wasRollback: false) { () throws(StateFailure) in
            try RunEngine(session: session, decisions: decisions).run()
        }
    }
}
