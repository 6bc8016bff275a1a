import Deployment
import Diagnostics
import Engine
import Host
import TestSupport
import Testing

extension GitProject {
    func request(
        _ name: String? = "v1.0.0", remote: String? = "origin", branch: String? = nil, isSigned: Bool = false,
        run: String = "run-1"
    ) -> TagRequest {
        TagRequest(name: name, remote: remote, requiredBranch: branch, isSigned: isSigned, run: run)
    }

    /// The messages of a preflight, warnings included.
    func preflight(_ request: TagRequest) -> [String] {
        releasing.preflight(request).problems.map(\.message)
    }

    /// Prepares a tag, which must succeed.
    func prepare(_ request: TagRequest, since sighting: TagSighting? = nil) throws -> PreparedTag {
        let preparation = releasing.prepare(
            request, message: "What is new\n\n- uploads", scratch: runFolder, since: sighting)
        guard case .ready(let prepared) = preparation else {
            Issue.record("refused: \(preparation)")
            throw Refused()
        }
        return prepared
    }

    struct Refused: Error {}

    /// The messages of a preparation that must be refused.
    func refusal(_ request: TagRequest, since sighting: TagSighting? = nil) -> [String] {
        let preparation = releasing.prepare(request, message: "New", scratch: runFolder, since: sighting)
        guard case .refused(let refusal) = preparation else {
            Issue.record("not refused: \(preparation)")
            return []
        }
        return refusal.problems.map(\.message)
    }

    /// Performs commands as the engine does: in order, giving up at the first that fails. Returns that one's output.
    @discardableResult
    func perform(_ prepared: PreparedTag, first count: Int = .max) -> CapturedOutput? {
        for command in prepared.commands.prefix(count) {
            let output = run(command.commandLine, in: prepared.directory, environment: prepared.environment)
            if !output.succeeded { return output }
        }
        return nil
    }

    /// Preflight, preparation, commands and confirmation, all of which must succeed.
    @discardableResult
    func release(_ name: String = "v1.0.0", remote: String? = "origin", run: String = "run-1") throws -> PreparedTag {
        let request = request(name, remote: remote, run: run)
        let preflight = releasing.preflight(request)
        #expect(!preflight.problems.hasErrors, "\(preflight.problems.map(\.message))")
        let prepared = try prepare(request, since: preflight.sighting)
        let failed = perform(prepared)
        #expect(failed == nil, "\(failed?.trimmedErrorText ?? "")")
        #expect(releasing.confirm(prepared) == [])
        return prepared
    }

    /// Runs a recorded way back as the engine does, or a person who pastes it.
    func undo(_ prepared: PreparedTag, in folder: String? = nil) -> CapturedOutput {
        run(prepared.rollback.commandLine, in: folder ?? path)
    }
}
