import YAML

/// The JSON Schema (draft 2020-12) of `run.json`.
///
/// Says what readers may rely on. Keys that are not named may follow in later versions; none of these changes its meaning.
enum RecordSchema {
    static let document: Node = SchemaText.document(text)

    private static let text = #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "The record of a run",
          "type": "object",
          "required": ["schema", "id", "runbook", "environment", "actor", "tool", "inputs", "status", "settled",
            "started_at", "rehearsal", "files_touched", "steps", "commands", "journal"],
          "properties": {
            "schema": {"const": 1},
            "id": {"type": "string", "pattern": "^[0-9]{8}T[0-9]{6}Z-.+-[0-9a-f]{4}$"},
            "runbook": {"type": "object", "required": ["name", "path", "sha256"], "properties": {
              "name": {"type": "string"}, "path": {"type": "string"}, "sha256": {"$ref": "#/$defs/sha256"}}},
            "environment": {"type": "object", "required": ["name", "sha256"], "properties": {
              "name": {"type": "string"}, "sha256": {"$ref": "#/$defs/sha256"},
              "compose_sha256": {"$ref": "#/$defs/sha256"}}},
            "git": {"type": "object", "required": ["commit", "dirty"], "properties": {
              "commit": {"type": "string"}, "branch": {"type": "string"}, "dirty": {"type": "boolean"},
              "tag": {"type": "string"}}},
            "actor": {"$ref": "#/$defs/actor"},
            "tool": {"type": "object", "required": ["version"], "properties": {"version": {"type": "string"}}},
            "reason": {"type": "string", "description": "why the run was started"},
            "inputs": {"$ref": "#/$defs/strings"},
            "status": {"enum": ["running", "succeeded", "failed", "interrupted", "crashed", "rolled_back",
              "rollback_incomplete", "closed"]},
            "settled": {"type": "boolean", "description": "nothing that the run did is left to finish or undo"},
            "started_at": {"$ref": "#/$defs/time"},
            "ended_at": {"$ref": "#/$defs/time"},
            "duration_ms": {"type": "integer", "minimum": 0},
            "rehearsal": {"type": "boolean"},
            "rehearsed": {"type": "object", "required": ["phase", "twice", "held", "steps", "unproven"],
              "description": "what a rehearsal has shown; `rehearse schema certificate` has its steps", "properties": {
              "phase": {"enum": ["forward", "back", "again"]}, "twice": {"type": "boolean"},
              "held": {"type": "boolean"}, "problem": {"type": "string"}, "steps": {"type": "array"},
              "fingerprint": {"type": "object"}, "unproven": {"type": "array", "items": {"type": "string"}}}},
            "bindings": {"type": "object", "description": "what a rehearsal is bound to"},
            "gate": {"type": "array", "description": "what the environment's gate found when the run began", "items": {
              "type": "object", "required": ["name", "held", "found"], "properties": {
              "name": {"type": "string"}, "held": {"type": "boolean"}, "found": {"type": "string"},
              "open_with": {"type": "string"}}}},
            "gate_override": {"type": "string", "description": "why a closed gate was passed"},
            "changes": {"type": "array", "items": {"type": "string"},
              "description": "subject lines of the commits that the run carries, newest first"},
            "files_touched": {"type": "array", "items": {"type": "string"}},
            "steps": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/step"}},
            "rollback": {"type": "object", "required": ["started_at", "by", "automatic"], "properties": {
              "started_at": {"$ref": "#/$defs/time"}, "ended_at": {"$ref": "#/$defs/time"},
              "by": {"$ref": "#/$defs/actor"}, "automatic": {"type": "boolean"}, "reason": {"type": "string"},
              "rehearsal": {"const": true, "description": "the way back of a rehearsal"},
              "use": {"const": "current", "description": "by the runbook of that day instead of the record"},
              "problem": {"type": "string", "description": "why the rollback is incomplete"}}},
            "fingerprint": {"type": "object", "required": ["before"], "properties": {
              "before": {"$ref": "#/$defs/strings"}, "after": {"$ref": "#/$defs/strings"}}},
            "resumed": {"type": "array", "items": {"$ref": "#/$defs/intervention"}},
            "closed": {"$ref": "#/$defs/intervention"},
            "warnings": {"type": "array", "items": {"type": "string"}},
            "commands": {"type": "object", "properties": {
              "resume": {"type": "string"}, "rollback": {"type": "string"}}},
            "journal": {"type": "object", "required": ["events", "head"], "properties": {
              "events": {"type": "integer", "minimum": 1}, "head": {"$ref": "#/$defs/sha256"}}}
          },
          "$defs": {
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "time": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"},
            "strings": {"type": "object", "additionalProperties": {"type": "string"}},
            "command": {"oneOf": [{"type": "string", "description": "for /bin/sh -eu"},
              {"type": "array", "minItems": 1, "items": {"type": "string"}, "description": "executed without a shell"}]},
            "actor": {"type": "object", "required": ["user", "host", "ci"], "properties": {
              "user": {"type": "string"}, "host": {"type": "string"}, "ci": {"type": "boolean"}}},
            "intervention": {"type": "object", "required": ["at", "by"], "properties": {
              "at": {"$ref": "#/$defs/time"}, "by": {"$ref": "#/$defs/actor"}, "reason": {"type": "string"}}},
            "reason": {"enum": ["exit", "signal", "timeout", "spawn", "check", "verify"]},
            "failure": {"type": "object", "required": ["reason", "what", "expected", "retry"], "properties": {
              "reason": {"$ref": "#/$defs/reason"}, "what": {"type": "string"}, "expected": {"type": "string"},
              "retry": {"type": "string"}}},
            "attempt": {"type": "object", "required": ["started_at"], "properties": {
              "started_at": {"$ref": "#/$defs/time"}, "ended_at": {"$ref": "#/$defs/time"},
              "duration_ms": {"type": "integer", "minimum": 0}, "exit": {"type": "integer"},
              "signal": {"type": "string"}, "reason": {"$ref": "#/$defs/reason"}, "escalated": {"type": "boolean"}}},
            "step": {"type": "object",
              "required": ["id", "name", "owner", "expect", "action", "status", "attempts", "captures", "outputs",
                "metrics", "rollback"],
              "properties": {
                "id": {"type": "string"}, "name": {"type": "string"}, "owner": {"type": "string"},
                "group": {"type": "string", "description": "the `parallel` step that it stands in"},
                "expect": {"oneOf": [{"type": "string"}, {"type": "object", "required": ["says"]}]},
                "action": {"type": "object", "required": ["kind", "env"], "properties": {
                  "kind": {"type": "string"}, "command": {"$ref": "#/$defs/command"}, "dir": {"type": "string"},
                  "env": {"$ref": "#/$defs/strings"},
                  "check": {"type": "object", "description": "the settings of a check, secrets by name"}}},
                "status": {"enum": ["pending", "running", "succeeded", "failed", "interrupted", "skipped", "satisfied",
                  "unknown"]},
                "skipped": {"type": "string", "description": "why the step did not run"},
                "attempts": {"type": "array", "items": {"$ref": "#/$defs/attempt"}},
                "captures": {"$ref": "#/$defs/strings"},
                "outputs": {"$ref": "#/$defs/strings"},
                "metrics": {"$ref": "#/$defs/strings"},
                "log": {"type": "object", "required": ["path", "bytes", "omitted", "truncated"], "properties": {
                  "path": {"type": "string", "description": "relative to the run's folder"},
                  "bytes": {"type": "integer"}, "omitted": {"type": "integer"}, "truncated": {"type": "boolean"}}},
                "rollback": {"type": "object", "required": ["kind", "env", "status", "attempts"], "properties": {
                  "kind": {"enum": ["command", "none", "irreversible", "automatic"]},
                  "command": {"$ref": "#/$defs/command"}, "says": {"type": "string"},
                  "verify": {"$ref": "#/$defs/command"},
                  "timeout_ms": {"type": "integer"}, "reason": {"type": "string"}, "env": {"$ref": "#/$defs/strings"},
                  "status": {"enum": ["pending", "running", "done", "failed", "unknown", "none", "waived"]},
                  "attempts": {"type": "array", "items": {"$ref": "#/$defs/attempt"}},
                  "failure": {"$ref": "#/$defs/failure"}}},
                "failure": {"$ref": "#/$defs/failure"}
              }}
          }
        }
        """#
}
