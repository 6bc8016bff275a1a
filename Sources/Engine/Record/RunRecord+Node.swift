import Deployment
package import YAML

extension RunRecord: NodeConvertible {
    package var node: Node {
        .fields(29) {
            $0.put("schema", schema)
            $0.put("id", id)
            $0.put("runbook", runbook.node)
            $0.put("environment", environment.node)
            $0.put("git", git?.node)
            $0.put("actor", actor.node)
            $0.put("tool", tool.node)
            $0.put("reason", reason)
            $0.put("inputs", inputs)
            $0.put("status", status.rawValue)
            $0.put("settled", settled)
            $0.put("started_at", startedAt)
            $0.put("ended_at", endedAt)
            $0.put("duration_ms", durationMs)
            $0.put("rehearsal", rehearsal)
            $0.put("rehearsed", rehearsed.map { NodeEncoder.encode($0) })
            $0.put("bindings", bindings.map { NodeEncoder.encode($0) })
            $0.put("gate", gate.map { NodeEncoder.encode($0) })
            $0.put("gate_override", gateOverride)
            $0.put("changes", changes)
            $0.put("files_touched", filesTouched)
            $0.put("steps", .sequence(steps.map(\.node)))
            $0.put("rollback", rollback.map { NodeEncoder.encode($0) })
            $0.put("fingerprint", fingerprint.map { NodeEncoder.encode($0) })
            $0.put("resumed", .sequence(resumed.map { NodeEncoder.encode($0) }))
            $0.put("closed", closed.map { NodeEncoder.encode($0) })
            $0.put("warnings", warnings)
            $0.put("commands", commands.node)
            $0.put("journal", journal.node)
        }
    }
}

extension Actor: NodeConvertible {
    package var node: Node {
        .fields(3) {
            $0.put("user", user)
            $0.put("host", host)
            $0.put("ci", ci)
        }
    }
}

extension Tool: NodeConvertible {
    package var node: Node { .fields(1) { $0.put("version", version) } }
}

extension GitState: NodeConvertible {
    package var node: Node {
        .fields(4) {
            $0.put("commit", commit)
            $0.put("branch", branch)
            $0.put("dirty", dirty)
            $0.put("tag", tag)
        }
    }
}

extension Commands: NodeConvertible {
    package var node: Node {
        .fields(2) {
            $0.put("resume", resume)
            $0.put("rollback", rollback)
        }
    }
}

extension JournalHead: NodeConvertible {
    package var node: Node {
        .fields(2) {
            $0.put("events", events)
            $0.put("head", head)
        }
    }
}
