import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// What `render` prints for a question instead of the file.
struct RenderAnswer {
    let question: RenderQuestion
    let rendering: Rendering
    let context: CommandContext

    /// - Returns: lines, each ended; for `--variables` with `--format` a document.
    /// - Throws: `CommandFailure` with all that keeps it from an answer.
    func text(_ loader: ProjectLoader) throws -> String {
        switch question {
        case .services: lines(rendering.serviceNames)
        case .images: lines(rendering.images)
        case .networks: lines(rendering.networkNames)
        case .volumes: lines(rendering.volumeNames)
        case .models: lines(rendering.models)
        case .profiles: lines(rendering.profileNames)
        case .printEnvironment: lines(rendering.variableAssignments)
        case .variables: try variables(loader)
        case .hash: lines(try hashes())
        }
    }

    private func lines(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }

    private func variables(_ loader: ProjectLoader) throws -> String {
        let problems = Problems()
        let variables = TemplateVariables(of: rendering.document, problems: problems)
        guard !problems.hasErrors else { throw CommandFailure(.invalid, problems.all, sources: loader.sources) }
        if !context.globals.isFormatGiven { return variables.table }
        return context.isJSON ? variables.json : variables.yaml
    }

    // MARK: - Hashes

    private func hashes() throws -> [String] {
        let asked = context.arguments.text(of: RenderQuestion.hash.flag) ?? "*"
        let names = rendering.serviceNames.sorted()
        let services =
            asked == "*"
            ? names : asked.split(separator: ",", omittingEmptySubsequences: false).map(String.init).sorted()
        var problems: [Diagnostic] = []
        var lines: [String] = []
        for service in services {
            do throws(Rendering.NoHash) {
                let text = try rendering.hashedText(ofService: service)
                lines.append("\(service) \(context.host.digest.sha256(Array(text.utf8)))")
            } catch {
                problems.append(Self.diagnostic(error, service, names))
            }
        }
        guard problems.isEmpty else { throw CommandFailure(.invalid, problems) }
        return lines
    }

    private static func diagnostic(_ reason: Rendering.NoHash, _ service: String, _ names: [String]) -> Diagnostic {
        switch reason {
        case .unknown:
            Diagnostic(
                "there is no service `\(service)`", label: Wording.didYouMean(service, names),
                expected: names.isEmpty ? "a service of the project" : "one of \(Wording.list(names))")
        case .disabled:
            Diagnostic(
                "the service `\(service)` is in no enabled profile", expected: "a service that is enabled",
                next: "enable one of its profiles: `--profile '*'` enables all")
        case .platform(let platform, let isDefault):
            Diagnostic(
                "the service `\(service)` is not built for `\(platform)`"
                    + (isDefault ? ", which `DOCKER_DEFAULT_PLATFORM` asks for" : ""),
                expected: "a platform that `build.platforms` of the service has")
        }
    }
}
