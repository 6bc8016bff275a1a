package import YAML

extension Plan: NodeConvertible {
    package var node: Node {
        .fields(10) {
            $0.put("runbook", runbook.node)
            $0.put("environment", environment.node)
            $0.put("inputs", inputs)
            $0.put("variables", variables)
            $0.put("url", url)
            $0.put("branch", branch)
            $0.put("secrets", .mapping(secrets.sorted { $0.key < $1.key }.map { ($0.key, $0.value.node) }))
            $0.put("fingerprint", .sequence(fingerprint.map(\.node)))
            $0.put("history", history.map { NodeEncoder.encode($0) })
            $0.put("steps", .sequence(steps.map(\.node)))
        }
    }
}

extension Plan.RunbookReference: NodeConvertible {
    package var node: Node {
        .fields(3) {
            $0.put("name", name)
            $0.put("path", path)
            $0.put("sha256", sha256)
        }
    }
}

extension Plan.EnvironmentReference: NodeConvertible {
    package var node: Node {
        .fields(3) {
            $0.put("name", name)
            $0.put("sha256", sha256)
            $0.put("compose_sha256", composeSha256)
        }
    }
}

extension Plan.Probe: NodeConvertible {
    package var node: Node {
        .fields(2) {
            $0.put("name", name)
            $0.put("command", command.node)
        }
    }
}

extension PlannedStep: NodeConvertible {
    package var node: Node {
        .fields(17) {
            $0.put("id", id)
            $0.put("name", name)
            $0.put("owner", owner)
            $0.put("expect", expect.node)
            $0.put("action", action.node)
            $0.put("verify", verify?.node)
            $0.put("capture", .sequence(capture.map(\.node)))
            $0.put("rollback", rollback.node)
            $0.put("timeout_ms", timeoutMs)
            $0.put("grace_ms", graceMs)
            $0.put("retry", retry?.node)
            $0.put("secrets", secrets)
            $0.put("skip_if", skipIf?.node)
            $0.put("idempotent", idempotent)
            $0.put("always", always)
            $0.put("skipped", skipped)
            $0.put("group", group)
        }
    }
}

extension PlannedAction: NodeConvertible {
    package var node: Node {
        .fields(9) {
            $0.put("kind", kind)
            $0.put("command", command?.node)
            $0.put("dir", dir)
            $0.put("env", env)
            $0.put("parity", parity?.node)
            $0.put("tag", tag?.node)
            $0.put("output", output)
            $0.put("question", question)
            $0.put("check", check?.node)
        }
    }
}

extension PlannedAction.Parity: NodeConvertible {
    package var node: Node {
        .fields(2) {
            $0.put("left", left)
            $0.put("right", right)
        }
    }
}

extension PlannedAction.Tag: NodeConvertible {
    package var node: Node {
        .fields(4) {
            $0.put("name", name)
            $0.put("message", message)
            $0.put("push", push)
            $0.put("sign", sign)
        }
    }
}

extension PlannedRollback: NodeConvertible {
    package var node: Node {
        .fields(6) {
            $0.put("kind", kind.rawValue)
            $0.put("command", command?.node)
            $0.put("says", says)
            $0.put("verify", verify?.node)
            $0.put("timeout_ms", timeoutMs)
            $0.put("reason", reason)
        }
    }
}
