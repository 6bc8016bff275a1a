import Deployment
import Host
import TestSupport
import Testing

@testable import Engine

@Suite struct `The newest run on an environment` {
    /// A store with the journals of runs that were on these environments, none of which has ended.
    private static func store(_ runs: [(id: String, environment: String)], _ others: [String] = []) -> RunStore {
        var texts: [String: String] = [:]
        for run in runs {
            var sample = SampleRun(environment: run.environment)
            sample.start("one")
            texts["/p/.rehearse/runs/\(run.id)/journal.jsonl"] = String(decoding: sample.bytes, as: UTF8.self)
        }
        for name in others { texts["/p/.rehearse/runs/\(name)/journal.jsonl"] = "nothing" }
        var host = Host.unexpected
        host.files = InMemoryFiles(texts).files
        host.digest = SampleRun().digest
        host.processes.isAlive = { _ in false }
        return RunStore(folder: StateFolder(project: "/p", host: host), host: host)
    }

    @Test func `is found by its second, and in one second by its suffix`() throws {
        let store = Self.store([
            ("20261121T101310Z-a-prod-ffff", "prod"), ("20261121T101311Z-b-prod-0001", "prod"),
            ("20261121T101311Z-a-prod-0002", "prod"), ("20261121T101309Z-z-prod-ffff", "prod"),
            ("20261121T101312Z-a-staging-0000", "staging"),
        ])
        #expect(try store.last(on: "prod") == "20261121T101311Z-a-prod-0002")
        #expect(try store.past(on: "prod").get().lastToMind?.record.environment.name == "prod")
        #expect(try store.last(on: nil) == "20261121T101312Z-a-staging-0000")
    }

    @Test func `is an older one where all of the newest second were on another, whose name ends alike`() throws {
        let store = Self.store([
            ("20261121T101310Z-a-eu-0001", "eu"), ("20261121T101309Z-a-eu-0001", "eu"),
            ("20261121T101312Z-a-prod-eu-0001", "prod-eu"), ("20261121T101312Z-b-prod-eu-0002", "prod-eu"),
        ])
        #expect(try store.last(on: "eu") == "20261121T101310Z-a-eu-0001")
        #expect(try store.past(on: "eu").get().lastToMind?.record.environment.name == "eu")
        #expect(try store.last(on: "prod-eu") == "20261121T101312Z-b-prod-eu-0002")
    }

    @Test func `is no name that is not a run's, however late it looks`() throws {
        let store = Self.store(
            [("20261121T101310Z-a-prod-0001", "prod")],
            ["zzzzzzzzzzzzzzzz-a-prod-0001", "99991121T1013-prod-0001", "-prod-0001", "x", "20261121T101310Z-prod"])
        #expect(try store.last(on: "prod") == "20261121T101310Z-a-prod-0001")
        #expect(try store.last(on: "test") == nil)
        #expect(try store.past(on: "test").get().lastToMind?.record == nil)
    }

    @Test func `is none in a project that has run nothing`() throws {
        let store = Self.store([])
        #expect(try store.last(on: "prod") == nil)
        #expect(try store.past(on: "prod").get().lastToMind?.record == nil)
    }
}
