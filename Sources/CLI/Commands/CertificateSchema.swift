import YAML

/// The JSON Schema (draft 2020-12) of `history show RUN --certificate`.
///
/// Says what readers may rely on. Keys that are not named may follow in later versions; none of these changes its meaning.
enum CertificateSchema {
    static let document: Node = SchemaText.document(text)

    private static let text = #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "What a rehearsal proves, and what that is bound to",
          "type": "object",
          "required": ["schema", "run", "valid", "held", "runbook", "environment", "inputs", "rehearsed_at", "by", "tool",
            "twice", "steps", "not_rehearsed", "unproven", "way_back_ms", "invalidated_by", "journal"],
          "properties": {
            "schema": {"const": 1},
            "run": {"type": "string"},
            "valid": {"type": "boolean",
              "description": "it held, was made from a commit, and nothing that it is bound to has changed since"},
            "held": {"type": "boolean", "description": "forward, back to the world as it was, and forward again"},
            "problem": {"type": "string", "description": "why it does not hold"},
            "runbook": {"type": "object", "required": ["name", "path", "sha256"]},
            "environment": {"type": "object", "required": ["name", "sha256"]},
            "inputs": {"$ref": "#/$defs/strings"},
            "rehearsed_at": {"type": "string"},
            "duration_ms": {"type": "integer", "minimum": 0},
            "by": {"type": "object", "required": ["user", "host", "ci"]},
            "tool": {"type": "object", "required": ["version"]},
            "git": {"type": "object", "required": ["commit", "dirty"]},
            "bound_to": {"type": "object", "required": ["runbook", "compared"], "properties": {
              "tree": {"type": "string"}, "runbook": {"$ref": "#/$defs/sha256"}, "steps": {"$ref": "#/$defs/sha256"},
              "rollbacks": {"$ref": "#/$defs/sha256"}, "templates": {"$ref": "#/$defs/sha256"},
              "compared": {"type": "object", "additionalProperties": {"$ref": "#/$defs/sha256"},
                "description": "by environment"}}},
            "twice": {"type": "boolean", "description": "every undo ran two times"},
            "fingerprint": {"type": "object", "required": ["before"], "properties": {
              "before": {"$ref": "#/$defs/strings"}, "after": {"$ref": "#/$defs/strings"}}},
            "steps": {"type": "array", "items": {"type": "object", "required": ["id"], "properties": {
              "id": {"type": "string"}, "not_rehearsed": {"type": "string"},
              "forward": {"$ref": "#/$defs/pass"}, "again": {"$ref": "#/$defs/pass"},
              "back": {"type": "object", "required": ["status", "times", "captures", "differences"], "properties": {
                "status": {"type": "string"}, "duration_ms": {"type": "integer", "minimum": 0},
                "times": {"type": "integer", "minimum": 0}, "verified": {"type": "boolean"},
                "captures": {"$ref": "#/$defs/strings"}, "still_done": {"type": "boolean"},
                "differences": {"type": "array", "items": {"type": "string"}}}}}}},
            "not_rehearsed": {"type": "array", "items": {"type": "object", "required": ["id", "why"]}},
            "unproven": {"type": "array", "items": {"type": "string"},
              "description": "steps of which nothing says that their undo undid"},
            "way_back_ms": {"type": "integer", "minimum": 0, "description": "all undos together"},
            "invalidated_by": {"type": "array", "items": {"type": "object", "required": ["what"], "properties": {
              "what": {"type": "string"}, "from": {"type": "string"}, "to": {"type": "string"}}}},
            "journal": {"type": "object", "required": ["events", "head"]}
          },
          "$defs": {
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "strings": {"type": "object", "additionalProperties": {"type": "string"}},
            "pass": {"type": "object", "required": ["status", "attempts"], "properties": {
              "status": {"type": "string"}, "duration_ms": {"type": "integer", "minimum": 0},
              "attempts": {"type": "integer", "minimum": 0}, "log": {"type": "string"}}}
          }
        }
        """#
}
