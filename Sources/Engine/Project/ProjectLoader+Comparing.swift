package import Deployment
import Diagnostics
import Host
import Synchronization

extension ProjectLoader {
    /// The renderings of environments that are to be compared, in their order: each worked out on a thread of its own.
    ///
    /// `nil` where an environment has no Compose files, or where they are not valid. No text is made of them, so nobody
    /// proves one or takes its digest.
    package func renderings(toCompare environments: [EnvironmentManifest]) -> [Rendering?] {
        let requests = environments.map { environment in
            request(for: environment, outputFolder: ".").map(Self.forTheTree)
        }
        guard requests.count(where: { $0 != nil }) > 1, recorder == nil, sources.prefix.isEmpty else {
            return requests.map { $0.flatMap(render) }
        }
        // The files that both are made of have one number each, whoever reads them first.
        for path in requests.compactMap(\.?.files).joined() {
            // What cannot be read is told by the rendering.
            if let bytes = try? reader.bytes(path) { _ = sources.add(SourceFile(path: path, bytes: bytes)) }
        }
        let attempts = requests.map { $0.map { RenderingAttempt($0, reader: reader, sources: sources) } }
        let work = attempts.compactMap(\.self)
        project.host.cores.perform(work.count) { number in work[number].run() }
        return attempts.map { $0.flatMap(taken) }
    }

    private static func forTheTree(_ request: RenderRequest) -> RenderRequest {
        var request = request
        request.switches.provesText = false
        if case .environment(var environment) = request.mode {
            environment.digest = nil
            request.mode = .environment(environment)
        }
        return request
    }

    /// What an attempt came to, its texts and problems told with this loader's.
    private func taken(_ attempt: RenderingAttempt) -> Rendering? {
        guard let result = attempt.result else { preconditionFailure("every attempt has been run") }
        let keepsNumbers = result.sources.files.enumerated().allSatisfy { number, file in
            sources.add(file) == FileID(index: Int32(number))
        }
        // Another environment includes other files, and the numbers in this one's ranges mean those: it is done again.
        guard keepsNumbers else { return render(attempt.request) }
        problems.add(result.problems)
        return result.rendering
    }
}

/// One rendering with a table of texts and a list of problems of its own, so that it shares nothing with another.
private final class RenderingAttempt: Sendable {
    struct Result: Sendable {
        let rendering: Rendering?
        let sources: SourceTable
        let problems: [Diagnostic]
    }

    let request: RenderRequest
    private let reader: SourceReader
    private let sources: SourceTable
    private let outcome = Mutex<Result?>(nil)

    init(_ request: RenderRequest, reader: SourceReader, sources: SourceTable) {
        self.request = request
        self.reader = reader
        self.sources = sources
    }

    /// `nil` before `run`.
    var result: Result? { outcome.withLock { $0 } }

    func run() {
        var sources = sources
        let problems = Problems()
        let rendering = ComposeRenderer.render(request, reader: reader, sources: &sources, problems: problems)
        let result = Result(rendering: rendering, sources: sources, problems: problems.all)
        outcome.withLock { $0 = result }
    }
}
