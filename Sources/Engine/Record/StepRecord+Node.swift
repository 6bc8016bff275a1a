import Deployment
package import YAML

extension StepRecord: NodeConvertible {
    package var node: Node {
        .fields(15) {
            $0.put("id", id)
            $0.put("name", name)
            $0.put("owner", owner)
            $0.put("group", group)
            $0.put("expect", expect.node)
            $0.put("action", action.node)
            $0.put("status", status.rawValue)
            $0.put("skipped", skipped)
            $0.put("attempts", .sequence(attempts.map(\.node)))
            $0.put("captures", captures)
            $0.put("outputs", outputs)
            $0.put("metrics", metrics)
            $0.put("log", log?.node)
            $0.put("rollback", rollback.node)
            $0.put("failure", failure?.node)
        }
    }
}

extension StepRecord.Attempt: NodeConvertible {
    package var node: Node {
        .fields(7) {
            $0.put("started_at", startedAt)
            $0.put("ended_at", endedAt)
            $0.put("duration_ms", durationMs)
            $0.put("exit", exit)
            $0.put("signal", signal)
            $0.put("reason", reason?.rawValue)
            $0.put("escalated", escalated)
        }
    }
}

extension StepRecord.LogSummary: NodeConvertible {
    package var node: Node {
        .fields(4) {
            $0.put("path", path)
            $0.put("bytes", bytes)
            $0.put("omitted", omitted)
            $0.put("truncated", truncated)
        }
    }
}

extension StepRecord.Failure: NodeConvertible {
    package var node: Node {
        .fields(4) {
            $0.put("reason", reason.rawValue)
            $0.put("what", what)
            $0.put("expected", expected)
            $0.put("retry", retry)
        }
    }
}

extension StepRecord.RollbackRecord: NodeConvertible {
    package var node: Node {
        .fields(10) {
            $0.put("kind", kind.rawValue)
            $0.put("command", command?.node)
            $0.put("says", says)
            $0.put("verify", verify?.node)
            $0.put("timeout_ms", timeoutMs)
            $0.put("reason", reason)
            $0.put("env", env)
            $0.put("status", status.rawValue)
            $0.put("attempts", .sequence(attempts.map(\.node)))
            $0.put("failure", failure?.node)
        }
    }
}
