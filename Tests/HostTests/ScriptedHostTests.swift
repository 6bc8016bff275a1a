import Host
import TestSupport
import Testing

@Suite struct `A host for tests` {
    @Test func `every unexpected call is an issue`() {
        let host = Host.unexpected
        let calls: [@Sendable () throws -> Void] = [
            { _ = try host.files.read("a", 1) },
            { _ = try host.files.list("a") },
            { try host.files.visit("a") { _ in } },
            { _ = try host.files.status("a") },
            { _ = try host.files.resolve("a") },
            { try host.files.makeDirectory("a", 0o700) },
            { try host.files.replace("a", [], 0o600) },
            { _ = try host.files.openForAppending("a", .existing) },
            { try host.files.remove("a") },
            { try host.files.removeTree("a") },
            { _ = try host.files.lock("a", []) },
            { _ = host.processes.run(Command(["a"], environment: [:], directory: "/"), ProcessLimits()) { _ in } },
            { _ = host.processes.descendants() },
            { _ = host.processes.stop([], .zero) },
            { _ = host.processes.isAlive(host.surroundings.identity) },
            { _ = host.signals.received() },
            { _ = host.clock.now() },
            { _ = host.clock.monotonicNanoseconds() },
            { host.clock.sleep(.zero) },
            { host.console.writeOutput("a") },
            { host.console.writeError("a") },
            { _ = host.console.outputState() },
            { _ = host.console.size() },
            { _ = host.console.readLine() },
            { _ = host.digest.sha256([]) },
            { _ = host.randomBytes(1) },
        ]
        for call in calls {
            withKnownIssue {
                try? call()
            } matching: {
                $0.description.contains("unexpected call")
            }
        }
    }

    @Test func `files in memory behave like those on disk`() throws {
        let scratch = try ScratchDirectory()
        let onDisk = try Self.story(Files.live, scratch.path)
        let inMemory = try Self.story(InMemoryFiles(["/base/.keep": ""]).files, "/base")
        #expect(inMemory == onDisk)
    }

    /// Everything that can be told apart, as text without the base folder's path.
    private static func story(_ files: Files, _ base: String) throws -> [String] {
        var story: [String] = []
        func tell(_ what: () throws -> Any) {
            do {
                story.append("\(try what())")
            } catch let failure as FileFailure {
                story.append("\(failure.cause) \(failure.path.dropFirst(base.utf8.count))")
            } catch {
                story.append("\(error)")
            }
        }
        tell { try files.read("\(base)/none", 10) }
        tell { try files.makeDirectory("\(base)/folder", 0o700) }
        tell { try files.makeDirectory("\(base)/folder", 0o700) }
        tell { try files.makeDirectory("\(base)/none/folder", 0o700) }
        tell { try files.replace("\(base)/folder/b", [1, 2, 3], 0o640) }
        tell { try files.replace("\(base)/folder", [1, 2, 3], 0o640) }
        tell { try files.replace("\(base)/none/b", [1, 2, 3], 0o640) }
        tell { try files.read("\(base)/folder/b", 3) }
        tell { try files.read("\(base)/folder/b", 2) }
        tell { try files.read("\(base)/folder", 2) }
        tell { try files.status("\(base)/folder/b")?.mode as Any }
        tell { try files.status("\(base)/none") as Any }
        let file = try files.openForAppending("\(base)/folder/a", .exclusive(mode: 0o600))
        tell { try file.append([4, 5]) }
        tell { try file.synchronize() }
        tell { try files.read("\(base)/folder/a", 10) }
        tell { try files.openForAppending("\(base)/folder/a", .exclusive(mode: 0o600)) }
        tell { try files.openForAppending("\(base)/none", .existing) }
        tell { try files.list("\(base)/folder") }
        tell { try files.list("\(base)/none") }
        tell {
            var names: [[UInt8]] = []
            try files.visit("\(base)/folder") { names.append($0) }
            return names.map { String(decoding: $0, as: UTF8.self) }.sorted()
        }
        tell { try files.visit("\(base)/none") { _ in } }
        tell { try files.resolve("\(base)/none") }
        if case .acquired(let lock) = try files.lock("\(base)/lock", [9]) {
            if case .held(let note) = try files.lock("\(base)/lock", [8]) { tell { note } }
            lock.release()
        }
        if case .acquired = try files.lock("\(base)/lock", [9]) { tell { "free again" } }
        tell { try files.remove("\(base)/folder/a") }
        tell { file.isLinked() }
        tell { try files.remove("\(base)/folder/a") }
        tell { try files.removeTree("\(base)/folder") }
        tell { try files.list("\(base)/folder") }
        tell { try files.removeTree("\(base)/folder") }
        return story
    }
}
