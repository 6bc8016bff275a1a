import Diagnostics
import Engine
import Host
import YAML

/// `selftest redaction`: plants secrets, runs everything that writes, and searches every byte that was written.
struct RedactionSelfTest {
    /// A place that was searched.
    struct Sink {
        let name: String
        var bytes: Int
        var leaks: [SentinelSearch.Leak]
        /// Why the search proves nothing; `nil` when it does.
        var problem: String?

        var isSound: Bool { leaks.isEmpty && problem == nil }
    }

    let context: CommandContext

    func run() throws -> ExitCode {
        guard !context.host.surroundings.executable.isEmpty else {
            throw CommandFailure(
                .state, [Diagnostic("where this program lies is not known", expected: "/proc", next: "mount /proc")])
        }
        let project = SelfTestProject(host: context.host)
        defer { project.remove() }
        do throws(FileFailure) { try project.make() } catch { throw CommandFailure(StateFailure.file(error)) }
        let search = SentinelSearch(project.sentinels)
        var sinks = calls(project).map { call(project, search, $0.words, $0.exits, $0.variables) }
        do throws(FileFailure) {
            sinks += try files(project, search)
        } catch {
            throw CommandFailure(StateFailure.file(error))
        }
        let isSound = sinks.allSatisfy(\.isSound)
        context.print(context.isJSON ? JSONWriter.document(node(sinks, isSound)) : text(sinks, isSound))
        return isSound ? .done : .no
    }

    // MARK: - What is run

    private typealias Call = (words: [String], exits: Int32, variables: [String: String])

    private func calls(_ project: SelfTestProject) -> [Call] {
        func call(_ line: String, _ exits: Int32, _ variables: [String: String] = [:]) -> Call {
            (line.split(separator: " ").map(String.init), exits, variables)
        }
        let value = project.sentinels[0].value
        let github = ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": project.summary, "CI": "true"]
        var calls: [Call] = [
            call("check", 0), call("plan good -e test", 0), call("plan good -e test --format json", 0),
            call("run good -e test -v", 0), call("rollback last --plan", 0), call("rollback last --yes -v", 0),
            call("run good -e test --format json", 0), call("rollback last --yes --format json --twice", 0),
            call("run fail -e test --on-failure stop", 1), call("resume last --assume rerun --on-failure stop", 1),
            call("rollback last --yes", 4), call("history show last", 0),
            call("history close last --reason done", 0), call("run timeout -e test", 1, github),
            call("run spawn -e test", 1, github), call("run capture -e test", 1),
            call("run failing-capture -e test", 1),
            call("run output -e test", 4), call("rollback last --yes", 4), call("rollback last --plan", 0),
            call("history close last --reason done", 0), call("run verify -e test", 1, github),
            call("run skip -e test", 0), call("run good -e test --rehearsal --twice -v", 0),
            call("run back -e test --rehearsal", 4, github), call("history show last --certificate", 0),
            call("history show last", 0), call("history close last --reason done", 0),
        ]
        calls.append((["run", "good", "-e", "test", "--input", "NOTE=\(value)"], 2, [:]))
        calls.append((["run", "good", "-e", "test", "--reason", "because of \(value)"], 0, [:]))
        // Whatever reports there are.
        for name in CommandTable.rehearse.command(at: ["report"])?.formats ?? [] {
            calls.append((["report", "last", "--format", name], 0, [:]))
        }
        return calls + [
            call("notes last", 0), call("history", 0), call("history --format json", 0),
            call("history show last --format json", 0), call("history log last", 0), call("history verify", 0),
        ]
    }

    private func call(
        _ project: SelfTestProject, _ search: SentinelSearch, _ words: [String], _ exits: Int32,
        _ variables: [String: String]
    ) -> Sink {
        let host = context.host
        var environment = ["PATH": host.surroundings.variables["PATH"] ?? "/usr/bin:/bin", "HOME": project.project]
        environment[SelfTestProject.variable] = project.sentinels[0].value
        let captured = host.processes.capture(
            Command(
                [host.surroundings.executable] + words, environment: environment.merging(variables) { $1 },
                directory: project.project),
            ProcessLimits(timeout: .seconds(60)), keeping: 16 << 20)
        let output = captured.standardOutput + [0x0A] + captured.standardError
        // The value itself stands in two of the lines that are typed here.
        let name = words.map { $0.contains(project.sentinels[0].value) ? "SECRET" : $0 }.joined(separator: " ")
        return Sink(
            name: "rehearse \(name)", bytes: output.count - 1, leaks: search.leaks(in: output),
            problem: captured.outcome.ending == .exited(exits)
                ? nil : "\(EndingWords.describe(captured.outcome)), expected exit \(exits)")
    }

    // MARK: - What was written

    private func files(_ project: SelfTestProject, _ search: SentinelSearch) throws(FileFailure) -> [Sink] {
        var records = Sink(name: "journals and records", bytes: 0, leaks: [])
        var logs = Sink(name: "logs of steps", bytes: 0, leaks: [])
        var others = Sink(name: "all other files", bytes: 0, leaks: [])
        var hidden: Set<String> = []
        for path in try paths(below: project.project) {
            let bytes = try context.host.files.read(path, 64 << 20)
            let leaks = search.leaks(in: bytes)
            if path.hasSuffix(".log") {
                logs.add(bytes.count, leaks)
                let text = String(decoding: bytes, as: UTF8.self)
                hidden.formUnion(project.sentinels.map(\.name).filter { text.contains("[secret \($0)]") })
            } else if path.hasSuffix("journal.jsonl") || path.hasSuffix("run.json") {
                records.add(bytes.count, leaks)
            } else {
                others.add(bytes.count, leaks)
            }
        }
        let missing = project.sentinels.map(\.name).filter { !hidden.contains($0) }
        if !missing.isEmpty { logs.problem = "\(Wording.list(missing, "and")) was never printed, so nothing is proved" }
        return [records, logs, others]
    }

    private func paths(below folder: String) throws(FileFailure) -> [String] {
        var found: [String] = []
        for name in try context.host.files.list(folder) {
            let path = "\(folder)/\(name)"
            switch try context.host.files.status(path)?.kind {
            case .directory: found += try paths(below: path)
            case .file: found.append(path)
            default: break
            }
        }
        return found
    }

    // MARK: - What is told

    private func text(_ sinks: [Sink], _ isSound: Bool) -> String {
        let palette = context.outputPalette
        let lines = sinks.map { sink -> String in
            let word = sink.isSound ? palette.green("ok   ") : palette.red("LEAKS")
            let forms = sink.leaks.map { "\($0.secret) \($0.form)" } + [sink.problem].compactMap(\.self)
            let why = forms.isEmpty ? "" : "  \(forms.joined(separator: ", "))"
            return "\(sink.problem != nil && sink.leaks.isEmpty ? palette.red("WRONG") : word)  "
                + Wording.column("\(sink.bytes) bytes", 14) + "  \(sink.name)\(why)\n"
        }
        let bytes = sinks.reduce(0) { $0 + $1.bytes }
        let end =
            isSound
            ? "no secret in \(Wording.bytes(bytes)): plain, base64, percent, JSON, shell, split, line by line\n"
            : "secrets got out, or the test could not be carried out\n"
        return lines.joined() + end
    }

    private func node(_ sinks: [Sink], _ isSound: Bool) -> Node {
        .mapping([
            ("schema", .integer(1)), ("sound", .boolean(isSound)),
            (
                "sinks",
                .sequence(
                    sinks.map { sink in
                        .mapping([
                            ("name", .string(sink.name)), ("bytes", .integer(sink.bytes)),
                            ("leaks", .strings(sink.leaks.map { "\($0.secret) \($0.form)" })),
                            ("problem", .string(orNull: sink.problem)),
                        ])
                    })
            ),
        ])
    }
}

extension RedactionSelfTest.Sink {
    fileprivate mutating func add(_ count: Int, _ more: [SentinelSearch.Leak]) {
        bytes += count
        for leak in more where !leaks.contains(leak) { leaks.append(leak) }
    }
}
