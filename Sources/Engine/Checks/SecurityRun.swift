import Deployment
import Diagnostics
import Host

/// Goes through the checklist of what an attacker looks at first.
struct SecurityRun {
    let world: CheckWorld
    let check: SecurityCheck

    func run() -> CheckReport {
        var list = SecurityChecklist(world: world)
        PageSecurity(world: world, check: check).run(&list)
        EncryptionSecurity(world: world, check: check).run(&list)
        if let rules = check.upload { UploadSecurity(world: world, check: check, rules: rules).run(&list) }
        FileSecurity(world: world, check: check).run(&list)
        if check.searchesSecrets { ProjectSecrets(world: world).run(&list) }
        if !check.logs.isEmpty { LogSecrets(world: world, check: check).run(&list) }
        list.report.metrics["checked"] = String(list.report.checked)
        list.report.metrics["held"] = String(list.report.checked - list.failures)
        return list.report
    }
}

/// What was looked at so far: a line for each thing, and a finding for each that is not as it should be.
struct SecurityChecklist {
    let world: CheckWorld
    private(set) var failures = 0
    var report = CheckReport()

    init(world: CheckWorld) { self.world = world }

    mutating func held(_ name: String, _ found: String) {
        report.checked += 1
        world.tell("held: \(name): \(found)")
    }

    mutating func failed(
        _ name: String, _ found: String, expected: String, _ exchanges: [Exchange] = [], again: String? = nil
    ) {
        report.checked += 1
        failures += 1
        world.tell("NOT held: \(name): \(found)")
        report.find(name, found, expected: expected, exchanges, again: again)
    }

    mutating func note(_ line: String) { world.tell("note: \(line)") }

    mutating func send(_ request: CheckRequest) -> Exchange {
        report.requests += 1
        return world.send(request)
    }
}
