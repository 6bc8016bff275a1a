import TestSupport

/// Where rehearse and docker compose 2.40.3 are meant to differ; everything else that differs is a fault.
struct KnownDifference: Sendable {
    let name: String
    let reason: String
    /// A `compose.yaml` that shows it.
    let example: String
    /// What the one that refuses says.
    let refuser: Refuser

    enum Refuser: Sendable {
        /// docker compose refuses, its error ending in one of these.
        case compose([String])
        /// rehearse refuses, and everything it says is one of these.
        case rehearse([String])
    }

    func covers(_ theirs: RehearseBinary.Answer, _ ours: RehearseBinary.Answer) -> Bool {
        switch refuser {
        case .compose(let words):
            let last = theirs.error.split(separator: "\n").last ?? ""
            return theirs.status != 0 && ours.status == 0 && words.contains { last.contains($0) }
        case .rehearse(let words):
            let messages = ours.error.split(separator: "\n").filter {
                $0.hasPrefix("error: ") || $0.contains("\"message\": ")
            }
            return theirs.status == 0 && ours.status == 2 && !messages.isEmpty
                && messages.allSatisfy { message in words.contains { message.contains($0) } }
        }
    }

    /// Of a round trip: what is rendered is the same document as docker compose's own YAML, which it does not read back.
    static let ownOutput = KnownDifference(
        name: "what docker compose does not read back either",
        reason: "a hook without a command, `memswap_limit: -1`, a `count` of 0, an empty build context",
        example: "services: {a: {image: x, memswap_limit: -1}}", refuser: .compose([]))

    static let all = [
        KnownDifference(
            name: "fields newer than docker compose 2.40.3",
            reason: "the specification has `pre_start` and `build.no_cache_filter` since; rehearse knows them",
            example: "services: {a: {image: x, pre_start: [{command: [a]}]}}",
            refuser: .compose([
                "additional properties 'pre_start' not allowed", "additional properties 'no_cache_filter' not allowed",
            ])),
        KnownDifference(
            name: "SSH keys with a path",
            reason: "docker compose cannot print them as JSON, only as YAML",
            example: "services: {a: {build: {context: ., ssh: [key=./id]}}}",
            refuser: .compose(["error calling MarshalJSON for type types.SSHKey"])),
        KnownDifference(
            name: "an included config from a variable",
            reason: "docker compose gives it content and then refuses content beside `environment`",
            example: "include: [inner.yaml]",
            refuser: .compose(["configs.inner: file|environment|content attributes are mutually exclusive"])),
        KnownDifference(
            name: "tags of others",
            reason: "`!anything` is ignored by docker compose; only `!reset` and `!override` mean something",
            example: "services: {a: {image: !other x}}",
            refuser: .rehearse(["the tag `!"])),
        KnownDifference(
            name: "U+0085 and U+2028",
            reason: "readers of YAML disagree on whether they end a line; write `\\N` and `\\L`",
            example: "services: {a: {image: x, labels: {a: \"b\u{2028}c\"}}}",
            refuser: .rehearse(["the character U+2028 is not allowed", "the character U+0085 is not allowed"])),
    ]
}
