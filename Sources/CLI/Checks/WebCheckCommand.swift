import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// `check http`, `check measure` and their kin: a check by itself, outside of any run.
struct WebCheckCommand {
    let context: CommandContext
    let kind: CheckKind

    private static let limit = Duration.seconds(600)

    func run() throws -> ExitCode {
        let problems = Problems()
        var sources = SourceTable()
        let words = CheckWords(arguments: context.arguments)
        let environment = try environment(problems, &sources)
        var rules: [String: Node] = [:]
        var node: Node
        switch kind {
        case .http: node = words.http()
        case .loggedIn: node = words.loggedIn()
        case .purge: node = words.purge()
        case .measure: node = words.measure()
        case .security: node = words.security()
        case .cache:
            let path = context.arguments.requiredWord(for: .cacheFile)
            rules[path] = try cacheRules(path, problems, &sources)
            node = .mapping([("file", .string(path))] + words.connection)
        }
        node = absoluteAuthorities(node)
        let planner = CheckPlanner(environment: environment, cacheRules: rules, problems: problems)
        let made = planner.plan(kind, CheckSettings(node), at: .none, sources)
        let explained = try explainedAddress(environment, problems)
        guard let made, !problems.hasErrors else { throw failure(problems, sources) }
        let world = try world(made.check, environment, problems, sources)
        if case .cache(let check) = made.check, let explained {
            explain(explained, CacheCheckRun(world: world, check: check))
            return .done
        }
        let report = world.run(made.check)
        if let missing = report.missingLibrary {
            throw CommandFailure(
                .invalid,
                [
                    Diagnostic(
                        "libcurl cannot be used: \(missing)", expected: "the library that checks over HTTP need",
                        next: "apt-get install libcurl4")
                ])
        }
        deliver(report, world, files: sources.files.map(\.path))
        if let signal = context.host.signals.received()?.first { return .signal(signal) }
        return report.hasPassed ? .done : .no
    }

    private func failure(_ problems: Problems, _ sources: SourceTable) -> CommandFailure {
        CommandFailure(.invalid, problems.all.filter { $0.severity == .error }, sources: sources)
    }

    // MARK: - What it is made of

    private func environment(_ problems: Problems, _ sources: inout SourceTable) throws -> EnvironmentManifest? {
        guard let name = context.arguments.text(of: .environment) else { return nil }
        let loader = ProjectLoader(try context.project())
        let environment = loader.environment(name)
        sources = loader.sources
        problems.add(loader.problems.all)
        guard environment != nil else { throw failure(problems, sources) }
        return environment
    }

    private func cacheRules(_ path: String, _ problems: Problems, _ sources: inout SourceTable) throws -> Node {
        let full = RelativePath.absolute(path, from: context.host.surroundings.workingDirectory)
        let bytes: [UInt8]
        do throws(FileFailure) {
            bytes = try context.host.files.read(full, 8 << 20)
        } catch {
            throw CommandFailure(
                .invalid, [Diagnostic("cannot read \(path): \(error.reason)", expected: "a file of cache rules")])
        }
        let file = SourceFile(path: path, bytes: bytes)
        let id = sources.add(file)
        var found: [Diagnostic] = []
        let node = Loading.document(file, id: id, problems: &found)
        problems.add(found)
        if let node { _ = CheckReader(problems: problems, isResolved: false).cacheFile(node) }
        guard let node, !problems.hasErrors else {
            if !problems.hasErrors { problems.error("\(path) is empty", at: .none, expected: "a file of cache rules") }
            throw failure(problems, sources)
        }
        return node
    }

    /// A file named at a shell is meant from where the shell is.
    private func absoluteAuthorities(_ node: Node) -> Node {
        guard case .mapping(let mapping) = node.value else { return node }
        return Node(
            .mapping(
                mapping.mapValues { entry in
                    guard entry.key == "ca", let path = entry.value.string else { return entry.value }
                    return .string(RelativePath.absolute(path, from: context.host.surroundings.workingDirectory))
                }))
    }

    private func explainedAddress(_ environment: EnvironmentManifest?, _ problems: Problems) throws -> WebAddress? {
        guard kind == .cache, let text = context.arguments.text(of: .explainURL) else { return nil }
        do throws(WebAddress.Problem) {
            return try WebAddress(text, from: environment?.url.flatMap { try? WebAddress($0) })
        } catch {
            problems.error("the URL of `--explain` \(error.wording)", at: .none, expected: error.expected)
            return nil
        }
    }

    private func world(
        _ check: Check, _ environment: EnvironmentManifest?, _ problems: Problems, _ sources: SourceTable
    ) throws -> CheckWorld {
        var values: [String: Secret] = [:]
        let root = context.host.surroundings.workingDirectory
        if !check.secrets.isEmpty, let environment {
            let wanted = environment.secrets.filter { check.secrets.contains($0.name) }
            let resolver = SecretResolver(host: context.host, root: try context.project().root)
            let found = resolver.resolve(
                Dictionary(uniqueKeysWithValues: wanted.map { ($0.name, $0.source) }), problems: problems)
            for secret in found { values[secret.name] = secret.value }
            guard !problems.hasErrors else { throw failure(problems, sources) }
        }
        var world = CheckWorld(host: context.host, secrets: values, root: root, limit: Self.limit) { line in
            if !context.isJSON { context.tell(line + "\n") }
        }
        world.baseline = { baseline($0, environment) }
        return world
    }

    /// What a measurement by itself is compared with: the last good run that measured one of its addresses.
    private func baseline(_ check: MeasureCheck, _ environment: EnvironmentManifest?) -> Measurement.Baseline {
        guard check.baseline == .last else { return .none }
        guard let environment, let project = try? context.project() else {
            return .missing("`--baseline last` needs an environment: -e ENV")
        }
        return MeasureBaselines(project.store).last(
            on: environment.name.text, runbook: nil, step: nil, routes: check.addresses.indices.map(check.route),
            now: context.host.clock.now())
    }

    // MARK: - What it says

    private func deliver(_ report: CheckReport, _ world: CheckWorld, files: [String]) {
        if context.isJSON {
            context.print(
                JSONWriter.document(
                    .mapping([
                        ("schema", .integer(1)), ("kind", .string(kind.rawValue)),
                        ("passed", .boolean(report.hasPassed)), ("files", .strings(files.sorted())),
                        ("errors", .sequence(world.nodes(of: report))),
                        ("notes", .strings(report.notes.map(world.hiding))),
                        ("metrics", .strings(report.metrics.filter { $0.key != MeasureReport.sampleKey })),
                    ])))
            return
        }
        for line in world.lines(of: report) where line != "" || !report.findings.isEmpty { context.print(line + "\n") }
        if context.isGitHubActions {
            for finding in report.findings {
                context.print(GitHubCommands.command("error", [], Wording.visible(world.hiding(finding.line))) + "\n")
            }
        }
        guard !context.globals.isQuiet else { return }
        let asked = "\(Wording.count(report.checked, "check")), \(Wording.count(report.requests, "request"))"
        context.print(
            report.hasPassed
                ? "\(context.outputPalette.green("ok")): \(asked)\n"
                : "\n\(context.outputPalette.red("failed")): \(Wording.count(report.findings.count, "finding")) in \(asked)\n"
        )
    }

    private func explain(_ address: WebAddress, _ run: CacheCheckRun) {
        let (rule, exchanges) = run.explain(address)
        if context.isJSON {
            let seen = exchanges.map { condition, exchange -> Node in
                .mapping([
                    ("condition", .string(orNull: condition)), ("status", .integer(orNull: exchange.status)),
                    ("hit", exchange.cacheUse == .unsaid ? .null : .boolean(exchange.cacheUse == .hit)),
                    ("evidence", .string(orNull: exchange.response.flatMap { CacheAnswer($0.headers).evidence })),
                ])
            }
            context.print(
                JSONWriter.document(
                    .mapping([
                        ("schema", .integer(1)), ("url", .string(address.text)),
                        ("rule", .string(orNull: rule?.name)), ("at", .string(orNull: rule?.place)),
                        ("description", .string(orNull: rule?.description)), ("seen", .sequence(seen)),
                    ])))
            return
        }
        if let rule {
            context.print("\(address.text) is covered by `\(rule.name)`\(rule.place.map { " (\($0))" } ?? "")\n")
            context.print("  \(Wording.visible(rule.description))\n")
        } else {
            context.print("no rule covers \(address.text)\n")
        }
        for (condition, exchange) in exchanges {
            let evidence = exchange.response.map { CacheAnswer($0.headers) }
            let words =
                switch exchange.cacheUse {
                case .hit: "a hit"
                case .miss: "no hit"
                case .unsaid: "nothing says whether a cache was asked"
                }
            let said = evidence?.evidence.map { " (\(Wording.visible($0)))" } ?? ""
            context.print(
                "  \(condition.map { "with \($0): " } ?? "")\(Wording.visible(exchange.ending)): \(words)\(said)\n")
        }
    }
}
