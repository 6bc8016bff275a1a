import Testing

@Suite struct `Comparing scalars` {
    @Test(arguments: cases)
    func `gives exactly the expected differences`(_ comparison: ComparisonCase) throws { try comparison.check() }

    static let cases: [ComparisonCase] = [
        ComparisonCase(
            // dyff's first use: two manifests, one changed value.
            "a changed value is one difference with both values",
            "a: 1\nb: x", "a: 1\nb: y", [#"~ b: "x" -> "y""#]),
        ComparisonCase(
            // openshift/release#79813: `4` against `"4"` was reported as if the value had drifted.
            "a number against the same text is a difference of type only",
            "replicas: 4", "replicas: \"4\"", [#"= replicas: 4 -> "4""#]),
        ComparisonCase(
            // homeport/dyff#238: accidental type changes are worth a kind of their own.
            "a boolean against the same text is a difference of type only",
            "debug: true", "debug: 'true'", [#"= debug: true -> "true""#]),
        ComparisonCase(
            // qlustered/deepdiff#485: 1 and 1.0 were the same inside a list, and different outside.
            "an integer against the same decimal is a difference of type only",
            "a: 1", "a: 1.0", ["= a: 1 -> 1.0"]),
        ComparisonCase(
            // qlustered/deepdiff#605: [2] against [2.0] reported nothing at all.
            "an integer against the same decimal differs in a list too",
            "a: [2]", "a: [2.0]", ["= a[0]: 2 -> 2.0"]),
        ComparisonCase(
            // The version 1.10 that YAML readers take for 1.1.
            "decimals keep their spelling, which is what a template gets",
            "values: {TAG: 1.10}", "values: {TAG: 1.1}", ["~ values.TAG: 1.10 -> 1.1"]),
        ComparisonCase(
            "a text that looks like another version is another text",
            "tag: \"1.10\"", "tag: \"1.1\"", [#"~ tag: "1.10" -> "1.1""#]),
        ComparisonCase(
            // mikefarah/yq and others compare styles; people compare values.
            "quotes, blocks and flow style are no difference",
            "a: text\nb: [1, 2]\nc: \"x\\ny\\n\"", "a: 'text'\nb:\n  - 1\n  - 2\nc: |\n  x\n  y\n", []),
        ComparisonCase(
            "yes and no are texts as in YAML 1.2, and so differ from booleans in value",
            "a: no", "a: false", [#"~ a: "no" -> false"#]),
        ComparisonCase(
            "a boolean means the same however it is written",
            "config: {debug: True}", "config: {debug: true}", []),
        ComparisonCase(
            // A template or a command gets `True` or `true`, and some programs know only one of them.
            "in values, where commands get the spelling, a boolean's spelling counts",
            "values: {DEBUG: True}", "values: {DEBUG: true}", ["~ values.DEBUG: True -> true"]),
        ComparisonCase(
            "every way to write nothing is nothing",
            "a: ~\nb:\nc: null", "a: null\nb: Null\nc:", []),
        ComparisonCase(
            // helm-diff users: a key set to null is how a default is taken away.
            "nothing under a key is not the absence of the key",
            "a: 1\nb:", "a: 1", ["- b: null"]),
        ComparisonCase(
            "nothing is not an empty text, though both are spelled alike",
            "a:", "a: \"\"", [#"= a: null -> """#]),
        ComparisonCase(
            "an empty list is not nothing",
            "a: []", "a:", ["~ a: [] -> null"]),
        ComparisonCase(
            // dyff --ignore-whitespace-changes exists because blanks at the end matter to some and not to others.
            "a blank at the end of a text is a difference",
            "a: \"x\"", "a: \"x \"", [#"~ a: "x" -> "x ""#]),
        ComparisonCase(
            "texts with the same look and other bytes differ, as they do for the program that gets them",
            "a: \"caf\\u00e9\"", "a: \"cafe\\u0301\"", ["~ a: \"caf\u{E9}\" -> \"cafe\u{301}\""]),
        ComparisonCase(
            "emoji, wide characters and right-to-left texts are compared like any other",
            "a: \"部署 🚀\"\nb: שלום", "a: \"部署 🛬\"\nb: שלום", [#"~ a: "部署 🚀" -> "部署 🛬""#]),
        ComparisonCase(
            "one document that is a single value",
            "x", "y", [#"~ .: "x" -> "y""#]),
        ComparisonCase(
            "an empty file against one with values",
            "", "a: 1", [#"~ .: null -> {"a":1}"#]),
        ComparisonCase(
            "large numbers are compared by their digits",
            "a: 9007199254740993", "a: 9007199254740992", ["~ a: 9007199254740993 -> 9007199254740992"]),
    ]
}
