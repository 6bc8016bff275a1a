import Deployment
package import YAML

// The lines of every run. Those of rarer events are encoded as any other value is.

extension RunEvent.Opened: NodeConvertible {
    package var node: Node {
        .fields(16) {
            $0.put("id", id)
            $0.put("plan", plan.node)
            $0.put("plan_sha256", planSha256)
            $0.put("actor", actor.node)
            $0.put("owner", owner.node)
            $0.put("tool", tool.node)
            $0.put("git", git?.node)
            $0.put("reason", reason)
            $0.put("gate_override", gateOverride)
            $0.put("changes", changes)
            $0.put("files_touched", filesTouched)
            $0.put("rehearsal", rehearsal)
            $0.put("lock", lock)
            $0.put("rehearse", rehearse.map { NodeEncoder.encode($0) })
            $0.put("bindings", bindings.map { NodeEncoder.encode($0) })
            $0.put("gate", gate.map { NodeEncoder.encode($0) })
        }
    }
}

extension RunEvent.Owner: NodeConvertible {
    package var node: Node {
        .fields(3) {
            $0.put("pid", Int(pid))
            $0.put("start_time", .number(startTime))
            $0.put("boot_id", bootId)
        }
    }
}

extension RunEvent.StepStarted: NodeConvertible {
    package var node: Node {
        .fields(7) {
            $0.put("step", step)
            $0.put("attempt", attempt)
            $0.put("action", action.node)
            $0.put("captures", captures)
            $0.put("rollback", rollback.node)
            $0.put("idempotency_key", idempotencyKey)
            $0.put("log", log)
        }
    }
}

extension RunEvent.Spawned: NodeConvertible {
    package var node: Node {
        .fields(3) {
            $0.put("step", step)
            $0.put("pid", Int(pid))
            $0.put("start_time", .number(startTime))
        }
    }
}

extension RunEvent.StepEnded: NodeConvertible {
    package var node: Node {
        .fields(11) {
            $0.put("step", step)
            $0.put("status", status.rawValue)
            $0.put("duration_ms", durationMs)
            $0.put("exit", exit)
            $0.put("signal", signal)
            $0.put("escalated", escalated)
            $0.put("outputs", outputs)
            $0.put("metrics", metrics)
            $0.put("log", log?.node)
            $0.put("failure", failure?.node)
            $0.put("assumed", assumed)
        }
    }
}

extension RunEvent.Ended: NodeConvertible {
    package var node: Node { .fields(1) { $0.put("status", status.rawValue) } }
}
