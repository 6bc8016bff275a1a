import YAML

/// The JSON Schema (draft 2020-12) of `diff --format json`.
///
/// Says what readers may rely on. Keys that are not named may follow in later versions; none of these changes its meaning.
enum DiffSchema {
    static let document: Node = SchemaText.document(text)

    private static let text = #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "A comparison of two operands",
          "type": "object",
          "required": ["schema", "left", "right", "differences", "stale_rules", "rules_for_others", "overlaps",
            "reordered", "summary"],
          "properties": {
            "schema": {"const": 1},
            "left": {"type": "string", "description": "the operand as it was named"},
            "right": {"type": "string", "description": "the operand as it was named"},
            "differences": {"type": "array", "items": {"$ref": "#/$defs/difference"},
              "description": "in the order of their paths"},
            "stale_rules": {"type": "array", "items": {"type": "string"},
              "description": "rules about these two that matched nothing"},
            "rules_for_others": {"type": "array", "items": {"type": "string"},
              "description": "rules about two other environments"},
            "overlaps": {"type": "array", "items": {"type": "object", "required": ["decides", "over", "path"],
              "properties": {"decides": {"type": "string"}, "over": {"type": "string"}, "path": {"type": "string"}}}},
            "reordered": {"type": "array", "items": {"type": "string"},
              "description": "lists with the same items in another order, where nothing says whether that matters"},
            "summary": {"type": "object", "required": ["compared", "equal", "accepted", "expired", "drift"],
              "properties": {
                "compared": {"$ref": "#/$defs/count"}, "equal": {"$ref": "#/$defs/count"},
                "accepted": {"$ref": "#/$defs/count"}, "expired": {"$ref": "#/$defs/count"},
                "drift": {"$ref": "#/$defs/count"},
                "known": {"$ref": "#/$defs/count", "description": "with --since: drift that was there before"}}}
          },
          "$defs": {
            "count": {"type": "integer", "minimum": 0},
            "orNull": {"type": ["string", "null"]},
            "place": {"type": ["string", "null"], "description": "file:line:column; null where there is none"},
            "difference": {"type": "object",
              "required": ["path", "kind", "type_only", "left", "right", "left_at", "right_at", "verdict", "rule",
                "reason", "owner", "until", "why", "renamed"],
              "properties": {
                "path": {"type": "string"},
                "kind": {"enum": ["changed", "added", "removed"]},
                "type_only": {"type": "boolean", "description": "the same value as another type: 4 and \"4\""},
                "left": {"description": "the value with its type; null also on the side that has none"},
                "right": {"description": "the value with its type; null also on the side that has none"},
                "left_at": {"$ref": "#/$defs/place"}, "right_at": {"$ref": "#/$defs/place"},
                "verdict": {"enum": ["accepted", "expired", "drift"]},
                "rule": {"$ref": "#/$defs/orNull", "description": "the rule that accepts it, or did"},
                "reason": {"$ref": "#/$defs/orNull"}, "owner": {"$ref": "#/$defs/orNull"},
                "until": {"$ref": "#/$defs/orNull"},
                "why": {"$ref": "#/$defs/orNull", "description": "why a rule about it does not accept it"},
                "renamed": {"$ref": "#/$defs/orNull", "description": "where the same value probably went to or came from"}
              }}
          }
        }
        """#
}
