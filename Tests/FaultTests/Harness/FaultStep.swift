import TestSupport

/// A step that writes down what it did, has the canary for a secret, and looks whether its intent is on record.
///
/// Its commands get `trace WORD`, which appends to the file `trace` of the project, and to `violations` when the journal
/// does not say yet what is being done (invariant I2).
enum FaultStep {
    /// - Parameters:
    ///   - undo: the rollback's command, or a whole mapping in braces.
    ///   - more: further lines of the step.
    static func make(_ id: String, _ run: String, undo: String? = nil, _ more: String...) -> TracedStep {
        let isWhole = undo.map { $0.hasPrefix("{") || $0.hasPrefix("[") } ?? false
        return TracedStep(
            id, run.hasPrefix("[") ? run : tracing("step.start") + run,
            undo: isWhole ? undo : tracing("rb.start") + (undo ?? "trace undo-\(id)"),
            (["secrets: [CANARY]"] + more)[...])
    }

    /// A step that writes its own name down, and is undone by writing `undo-` and its name.
    static func traced(_ id: String) -> TracedStep { make(id, "trace \(id)") }

    /// One that also prints its secret, on both streams.
    static func leaking(_ id: String, _ run: String = "true") -> TracedStep {
        make(id, "trace \(id); echo \"out $CANARY\"; echo \"err $CANARY\" >&2; \(run)")
    }

    /// One that tells its process in the file `ready` and then waits for ever.
    static func waiting(_ id: String, _ more: String...) -> TracedStep {
        TracedStep(
            id, tracing("step.start") + "trace \(id); echo $$ >ready; exec sleep 7400",
            undo: tracing("rb.start") + "trace undo-\(id)", (["secrets: [CANARY]"] + more)[...])
    }

    private static func tracing(_ event: String) -> String {
        """
        trace() { grep -qs "\\"ev\\":\\"\(event)\\",\\"step\\":\\"$REHEARSE_STEP\\"" \
        ".rehearse/runs/$REHEARSE_RUN/journal.jsonl" || echo "$REHEARSE_STEP $1" >>violations; \
        echo "$1" >>trace; }; 
        """
    }
}
