import Testing

@Suite struct `Comparing maps and lists` {
    @Test(arguments: maps)
    func `gives exactly the expected differences of maps`(_ comparison: ComparisonCase) throws {
        try comparison.check()
    }

    @Test(arguments: lists)
    func `gives exactly the expected differences of lists`(_ comparison: ComparisonCase) throws {
        try comparison.check()
    }

    static let maps: [ComparisonCase] = [
        ComparisonCase(
            "the order of keys does not matter",
            "a: 1\nb: {c: 2, d: 3}", "b: {d: 3, c: 2}\na: 1", []),
        ComparisonCase(
            "a key that only one side has is added or removed",
            "a: 1\nb: 2", "a: 1\nc: 3", ["- b: 2", "+ c: 3"]),
        ComparisonCase(
            // homeport/dyff prints an added map once, not each of its values.
            "a map that only one side has is one difference",
            "a: 1", "a: 1\nb: {c: 1, d: {e: 2}}", [#"+ b: {"c":1,"d":{"e":2}}"#]),
        ComparisonCase(
            "a map against a list is one difference",
            "a: {b: 1}", "a: [b]", [#"~ a: {"b":1} -> ["b"]"#]),
        ComparisonCase(
            // Labels such as com.example.team broke paths that are split at dots.
            "a key with dots is one segment",
            "labels: {com.example.team: web}", "labels: {com.example.team: api}",
            [#"~ labels."com.example.team": "web" -> "api""#]),
        ComparisonCase(
            "keys with blanks, quotes, brackets or nothing in them are quoted",
            "{'a b': 1, 'c\"d': 1, 'e[0]': 1, '': 1}", "{'a b': 2, 'c\"d': 2, 'e[0]': 2, '': 2}",
            [#"~ "": 1 -> 2"#, #"~ "a b": 1 -> 2"#, #"~ "c\"d": 1 -> 2"#, #"~ "e[0]": 1 -> 2"#]),
        ComparisonCase(
            "what an anchor repeats is compared where it is used",
            "base: &b {x: 1}\nweb: *b", "base: {x: 1}\nweb: {x: 2}", ["~ web.x: 1 -> 2"]),
        ComparisonCase(
            "a merged key is a key of the map it is merged into",
            "b: &b {x: 1, y: 1}\nweb:\n  <<: *b\n  y: 2", "b: {x: 1, y: 1}\nweb: {x: 1, y: 2}", []),
    ]

    static let lists: [ComparisonCase] = [
        ComparisonCase(
            // homeport/dyff#676: a file compared with itself had a changed order.
            "a list of maps is equal to itself",
            "items:\n- id: \"1\"\n- id: \"2\"", "items:\n- id: \"1\"\n- id: \"2\"", []),
        ComparisonCase(
            // netilon/differify#9: ['a','b'] against ['a','z','b'] should be one item added.
            "an inserted item does not shift the rest",
            "l: [a, b]", "l: [a, z, b]", [#"+ l[1]: "z""#]),
        ComparisonCase(
            // inveniosoftware/dictdiffer#182: removing the first of three read as two changes and a removal.
            "a removed item does not shift the rest",
            "l: [one, two, three]", "l: [two, three]", [#"- l[0]: "one""#]),
        ComparisonCase(
            // mattphillips/deep-object-diff#86.
            "several insertions are several additions",
            "l: [a, c, d, e]", "l: [x, a, b, c, d, e]", [#"+ l[0]: "x""#, #"+ l[2]: "b""#]),
        ComparisonCase(
            // mikefarah/yq#594: the shared element was shown as changed.
            "what both lists have is not reported",
            "l: [gator]", "l: [goat, cat, gator]", [#"+ l[0]: "goat""#, #"+ l[1]: "cat""#]),
        ComparisonCase(
            "an item in place of another one is a change",
            "l: [a, b, c]", "l: [a, x, c]", [#"~ l[1]: "b" -> "x""#]),
        ComparisonCase(
            // homeport/dyff#108: order changes of implicitly unordered lists are noise; but they are told.
            "a moved item is told and is no difference",
            "l: [a, b, c]", "l: [c, a, b]", [], reordered: ["l"]),
        ComparisonCase(
            // qlustered/deepdiff#234: ignoring order, a repeated value was lost.
            "a repeated item counts",
            "l: [b1, b2, b1]", "l: [b1, b2]", [#"- l[2]: "b1""#]),
        ComparisonCase(
            // qlustered/deepdiff#120: one changed timestamp made the whole item removed and added.
            "a list of one map without identity is compared inside",
            "l: [{at: 1, samples: [{v: 0}]}]", "l: [{at: 2, samples: [{v: 0}]}]", ["~ l[0].at: 1 -> 2"]),
        ComparisonCase(
            // homeport/dyff#117: with more than one item the fine difference was lost.
            "a list of several maps without identity is compared inside",
            "- {hosts: local, vars: {dir: /tmp}}\n- {facts: false}",
            "- {hosts: local, vars: {dir: /tmp, env: stage}}\n- {facts: false}", [#"+ [0].vars.env: "stage""#]),
        ComparisonCase(
            // szhekpisov/diffyml#81: nested arrays became removal and addition.
            "deeply nested lists without identity are compared inside",
            "l: [{n: [{k: v, m: [{t: before}]}]}]", "l: [{n: [{k: v, m: [{t: after}]}]}]",
            [#"~ l[0].n[0].m[0].t: "before" -> "after""#]),
        ComparisonCase(
            "a map inserted before an edited one leaves the two apart",
            "l: [{a: 1, b: 1, c: 1}]", "l: [{x: 9}, {a: 1, b: 1, c: 2}]", [#"+ l[0]: {"x":9}"#, "~ l[0].c: 1 -> 2"]),
        ComparisonCase(
            // wallace/yamldiff#14: a list of named things is a map in disguise.
            "maps with a name are matched by it and compared inside",
            "sites: [{name: A, tfa: true}]", "sites: [{name: A, tfa: true, hardware: true}]",
            ["+ sites[name=A].hardware: true"]),
        ComparisonCase(
            // argoproj/argo-cd#16771: a port added by hand was not seen.
            "an added named item is one difference",
            "ports: [{name: http, port: 80}]", "ports: [{name: side, port: 15020}, {name: http, port: 80}]",
            [#"+ ports[name=side]: {"name":"side","port":15020}"#]),
        ComparisonCase(
            // argoproj/argo-cd#6300: reordered ports kept an application out of sync for ever.
            "named items in another order are no difference and need no note",
            "ports: [{name: a, port: 1}, {name: b, port: 2}]", "ports: [{name: b, port: 2}, {name: a, port: 1}]", []),
        ComparisonCase(
            "a moved and edited item is only edited",
            "l: [{id: 1, v: a}, {id: 2, v: b}]", "l: [{id: 2, v: c}, {id: 1, v: a}]",
            [#"~ l[id=2].v: "b" -> "c""#]),
        ComparisonCase(
            "a moved and edited item without identity is only edited",
            "l: [{a: 1, b: 1, c: 1}, {x: 1, y: 1, z: 1}, {p: 1}]",
            "l: [{p: 1}, {x: 1, y: 1, z: 1}, {a: 1, b: 1, c: 2}]",
            ["~ l[0].c: 1 -> 2"], reordered: ["l"]),
        ComparisonCase(
            "two items that were exchanged and edited are only edited",
            "l: [{a: 1, b: 1, c: 1}, {a: 2, b: 2, c: 2}]", "l: [{a: 2, b: 2, c: 3}, {a: 1, b: 1, c: 4}]",
            ["~ l[0].c: 1 -> 4", "~ l[1].c: 2 -> 3"], reordered: ["l"]),
        ComparisonCase(
            "an item that is as much like two others is not taken for either of them",
            "l: [{a: 1, b: 1}, {p: 1}]", "l: [{p: 1}, {a: 1, b: 2}, {a: 1, b: 3}]",
            [#"- l[0]: {"a":1,"b":1}"#, #"+ l[1]: {"a":1,"b":2}"#, #"+ l[2]: {"a":1,"b":3}"#]),
        ComparisonCase(
            "in a command a moved and edited word is another one",
            "compose: {services: {web: {post_start: [{command: a, user: u}, {command: b}]}}}",
            "compose: {services: {web: {post_start: [{command: b}, {command: c, user: u}]}}}",
            [
                #"- compose.services.web.post_start[0]: {"command":"a","user":"u"}"#,
                #"+ compose.services.web.post_start[1]: {"command":"c","user":"u"}"#,
            ]),
        ComparisonCase(
            "the key whose values are distinct identifies, not merely the first",
            "l: [{name: x, id: 1, v: a}, {name: x, id: 2, v: b}]",
            "l: [{name: x, id: 2, v: b}, {name: x, id: 1, v: z}]", [#"~ l[id=1].v: "a" -> "z""#]),
        ComparisonCase(
            // argoproj/argo-cd#24786: duplicates of a key confused the server's difference.
            "several items of one name are matched by content, then in order",
            "l: [{name: x, v: a}, {name: x, v: b}]", "l: [{name: x, v: b}, {name: x, v: c}]",
            [#"~ l[name=x#1].v: "a" -> "c""#]),
        ComparisonCase(
            "a further item of the same name is added",
            "l: [{name: x, v: a}]", "l: [{name: x, v: a}, {name: x, v: b}]",
            [#"+ l[name=x#2]: {"name":"x","v":"b"}"#]),
        ComparisonCase(
            "lists in lists are compared inside",
            "l: [[1, 2], [3]]", "l: [[1, 2], [3, 4]]", ["+ l[1][1]: 4"]),
        ComparisonCase(
            // Wilfred/difftastic#417: an empty list that got its first item showed no change.
            "the first item of an empty list is added",
            "- {list: a, items: []}", "- {list: a, items: [abcd]}", [#"+ [0].items[0]: "abcd""#]),
        ComparisonCase(
            "an identity with dots, slashes and blanks is quoted where it must be",
            "l: [{name: a/b.c, v: 1}, {name: 'd e', v: 1}]", "l: [{name: a/b.c, v: 2}, {name: 'd e', v: 2}]",
            ["~ l[name=a/b.c].v: 1 -> 2", #"~ l[name="d e"].v: 1 -> 2"#]),
    ]
}
