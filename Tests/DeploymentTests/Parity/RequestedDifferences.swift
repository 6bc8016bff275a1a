import Deployment
import Testing

/// What a user of a diff tool asked for or complained about: two documents and the differences they should have.
///
/// The documents are ours, made as small as the need allows; the thread is where the need was told.
struct RequestedDifferences: Sendable, CustomTestStringConvertible {
    /// `owner/repository#number` on GitHub.
    let thread: String
    let need: String
    let left: String
    let right: String
    /// As `ParityFixture.describe` writes them.
    let expected: [String]
    var reordered: [String] = []
    var options = ComparisonOptions()

    init(
        _ thread: String, _ need: String, _ left: String, _ right: String, _ expected: [String] = [],
        reordered: [String] = [], by keys: [String] = [], areStreams: Bool = false
    ) {
        self.thread = thread
        self.need = need
        self.left = left
        self.right = right
        self.expected = expected
        self.reordered = reordered
        options = ComparisonOptions(identifyBy: keys, areStreams: areStreams)
    }

    var testDescription: String { "\(thread): \(need)" }
}

extension RequestedDifferences {
    /// An item that went in or out must not make the rest look changed.
    static let insertions: [RequestedDifferences] = [
        .init("josephburnett/jd#10", "the first item is gone", "[1, 2, 3, 4]", "[2, 3, 4]", ["- [0]: 1"]),
        .init("benjamine/jsondiffpatch#11", "one more in front", "[1, 2, 3]", "[0, 1, 2, 3]", ["+ [0]: 0"]),
        .init(
            "mattphillips/deep-object-diff#86", "one more in between", "[a, c, d, e]", "[a, b, c, d, e]",
            [#"+ [1]: "b""#]),
        .init(
            "flitbit/diff#37", "one more in front of repeated items", "[h, a, p, p, y]", "[c, h, a, p, p, y]",
            [#"+ [0]: "c""#]),
        .init(
            "qlustered/deepdiff#209", "a map in between, without anything that names it",
            "us: [{uid: 15206}, {uid: 22019}]", "us: [{uid: 15206}, {uid: 17799}, {uid: 22019}]",
            [#"+ us[1]: {"uid":17799}"#]),
        .init(
            "inveniosoftware/dictdiffer#131", "a map in between that shares values with its neighbours",
            "[{prefix: a, n: 1}, {prefix: c, n: 1}]", "[{prefix: a, n: 1}, {prefix: b, n: 1}, {prefix: c, n: 1}]",
            [#"+ [1]: {"prefix":"b","n":1}"#]),
        .init(
            "benjamine/jsondiffpatch#80", "a map in front, without anything that names it", "[{abc: abc}]",
            "[{bcd: bcd}, {abc: abc}]", [#"+ [0]: {"bcd":"bcd"}"#]),
        .init(
            "andreyvit/json-diff#57", "maps before and behind", "[{k: a, v: 12, w: cm}]",
            "[{k: b, v: 1, w: m}, {k: a, v: 12, w: cm}, {k: c, v: 1, w: dm}]",
            [#"+ [0]: {"k":"b","v":1,"w":"m"}"#, #"+ [2]: {"k":"c","v":1,"w":"dm"}"#]),
        .init(
            "andreyvit/json-diff#18", "a new map in front of one that was edited", "[{key: v1, foo: old, bar: old}]",
            "[{key: v2, foo: new, bar: new}, {key: v2, foo: old, bar: old}]",
            [#"+ [0]: {"key":"v2","foo":"new","bar":"new"}"#, #"~ [0].key: "v1" -> "v2""#]),
        .init(
            "benjamine/jsondiffpatch#95", "a named map in between", "item: [{id: 1, name: a}, {id: 3, name: c}]",
            "item: [{id: 1, name: a}, {id: 2, name: b}, {id: 3, name: c}]",
            [#"+ item[name=b]: {"id":2,"name":"b"}"#]),
        .init(
            "benjamine/jsondiffpatch#16", "a map in front of one that was edited", "a: [{id: 3, title: Third}]",
            "a: [{id: 1, title: First}, {id: 3, title: Third updated}]",
            [#"+ a[id=1]: {"id":1,"title":"First"}"#, #"~ a[id=3].title: "Third" -> "Third updated""#]),
        .init(
            "benjamine/jsondiffpatch#269", "one gone and the next one edited", "[{id: 1, v: 1}, {id: 2, v: 2}]",
            "[{id: 2, v: 2.1}]", [#"- [id=1]: {"id":1,"v":1}"#, "~ [id=2].v: 2 -> 2.1"]),
        .init(
            "zgrossbart/jdd#11", "one of several gone, in the middle",
            "modules: [{id: 454, c: a}, {id: 456, c: b}, {id: 457, c: c}]",
            "modules: [{id: 454, c: a}, {id: 457, c: c}]", [#"- modules[id=456]: {"id":456,"c":"b"}"#]),
        .init(
            "homeport/dyff#117", "one item gone deep inside, although the outer list has a second item",
            "[{hosts: localhost, vars: [{work_dir: /tmp}, {env: stage}]}, {gather_facts: no}]",
            "[{hosts: localhost, vars: [{work_dir: /tmp}]}, {gather_facts: no}]",
            [#"- [0].vars[1]: {"env":"stage"}"#]),
        .init(
            "benjamine/jsondiffpatch#27", "a copy of a list has nothing new", "t: {l: [{a: 1}, {a: 2}, {a: 3}]}",
            "t: {l: [{a: 1}, {a: 2}, {a: 3}]}"),
    ]

    /// The same items at other places.
    static let orders: [RequestedDifferences] = [
        .init(
            "homeport/dyff#109", "another order is told and is no change", "tags: [a, b, c]", "tags: [c, a, b]",
            reordered: ["tags"]),
        .init(
            "homeport/dyff#38", "names that are not unique do not make an order",
            "jobs: [{name: x, addr: 1}, {name: x, addr: 2}]", "jobs: [{name: x, addr: 2}, {name: x, addr: 1}]"),
        .init("qlustered/deepdiff#8", "maps without a name", "[{a: 2}, {b: 3}]", "[{b: 3}, {a: 2}]", reordered: ["."]),
        .init(
            "qlustered/deepdiff#102", "maps below a key that is a number", "1: [{2: 2}, {3: 3}]",
            "1: [{3: 3}, {2: 2}]", reordered: ["1"]),
        .init(
            "qlustered/deepdiff#23", "named maps inside maps that only differ in their order",
            "items: [{tags: [{id: 2}, {id: 1}], title: a}, {tags: [{id: 1}, {id: 2}], title: b}]",
            "items: [{tags: [{id: 1}, {id: 2}], title: a}, {tags: [{id: 2}, {id: 1}], title: b}]"),
        .init(
            "qlustered/deepdiff#48", "lists inside of lists", "a: [[{b: 2, c: 4}, {b: 2, c: 3}]]",
            "a: [[{b: 2, c: 3}, {b: 2, c: 4}]]", reordered: ["a[0]"]),
        .init(
            "SQiShER/java-object-diff#199", "deep inside", "a: {b: [{c: [1, 2, 3]}]}", "a: {b: [{c: [3, 2, 1]}]}",
            reordered: ["a.b[0].c"]),
        .init(
            "benjamine/jsondiffpatch#294", "two numbers that changed places", "b: [1, 2, 10, 11, 12, 3, 20, 5]",
            "b: [1, 2, 10, 11, 12, 5, 20, 3]", reordered: ["b"]),
        .init(
            "livoras/list-diff#5", "one gone and one moved", "[a, b, c, d, e]", "[c, d, e, a]", [#"- [1]: "b""#],
            reordered: ["."]),
        .init(
            "benjamine/jsondiffpatch#140", "two widgets that changed places",
            "column: [{id: w1, rows: 2}, {id: w2, rows: 3}]", "column: [{id: w2, rows: 3}, {id: w1, rows: 2}]"),
        .init(
            "argoproj/argo-cd#9803", "what a server gives back in another order every time",
            "finalizers: [b, a]", "finalizers: [a, b]", reordered: ["finalizers"]),
        .init(
            "argoproj/argo-cd#12033", "subjects in another order; nothing is not an empty list",
            "{groupNames: null, subjects: [{kind: Group, name: A}, {kind: User, name: B}]}",
            "{groupNames: [], subjects: [{kind: User, name: B}, {kind: Group, name: A}]}",
            ["~ groupNames: null -> []"]),
        .init(
            "cekit/cekit#207", "keys that are written in another order", "labels: {b: 1, a: 2}\nenvs: {Y: 1, X: 2}",
            "envs: {X: 2, Y: 1}\nlabels: {a: 2, b: 1}"),
    ]

    /// Items that are known by a key which only the user knows.
    static let identities: [RequestedDifferences] = [
        .init(
            "qlustered/deepdiff#145", "order by one key of the items", "[{code: a, v: 1}, {code: b, v: 2}]",
            "[{code: b, v: 3}, {code: a, v: 1}]", ["~ [code=b].v: 2 -> 3"], by: ["code"]),
        .init(
            "qlustered/deepdiff#306", "a key of the inner items",
            "[{id: 5ec, products: [{line: 1, p: 2.39}, {line: 2, p: 4.44}]}]",
            "[{id: 5ec, products: [{line: 2, p: 4.44}, {line: 1, p: 2.40}]}]",
            ["~ [id=5ec].products[line=1].p: 2.39 -> 2.40"], by: ["line"]),
        .init(
            "qlustered/deepdiff#520", "a changed name beside a new item is a changed name",
            "employees: [{name: John, role: ceo}]", "employees: [{name: Johnny, role: ceo}, {name: James, role: cfo}]",
            [
                #"~ employees[role=ceo].name: "John" -> "Johnny""#,
                #"+ employees[role=cfo]: {"name":"James","role":"cfo"}"#,
            ], by: ["role"]),
        .init(
            "josephburnett/jd#12", "a change in an object of a set", "inserts: [{source: abcd, name: English}]",
            "inserts: [{source: abcd, name: English Language}]",
            [#"~ inserts[source=abcd].name: "English" -> "English Language""#], by: ["source"]),
        .init(
            "benjamine/jsondiffpatch#111", "no moves by a key of one's own", "[{sampleid: 1}, {sampleid: 2}]",
            "[{sampleid: 2}, {sampleid: 1}]", by: ["sampleid"]),
        .init(
            "benjamine/jsondiffpatch#254", "an item in front is this item and no other", #"[{code: "1"}, {code: "2"}]"#,
            #"[{code: "3"}, {code: "1"}, {code: "2"}]"#, [#"+ [code=3]: {"code":"3"}"#], by: ["code"]),
        .init(
            "wbish/jsondiffpatch.net#73", "a value that was replaced in a named item",
            "Variables: [{Id: v1, Value: 1}, {Id: v2, Value: 2}]",
            "Variables: [{Id: v1, Value: 1}, {Id: v2, Value: 3}]", ["~ Variables[Id=v2].Value: 2 -> 3"], by: ["Id"]),
        .init(
            "benjamine/jsondiffpatch#154", "the path names the item, not its place",
            "[{Sid: x, v: 1}, {Sid: y, v: 2}]", "[{Sid: z, v: 0}, {Sid: x, v: 1}, {Sid: y, v: 3}]",
            ["~ [Sid=y].v: 2 -> 3", #"+ [Sid=z]: {"Sid":"z","v":0}"#], by: ["Sid"]),
    ]

    /// A number, the same number as a text, and other things that look alike.
    static let types: [RequestedDifferences] = [
        .init("openshift/release#79813", "4 and \"4\" differ in type", "n: 4", #"n: "4""#, [#"= n: 4 -> "4""#]),
        .init("qlustered/deepdiff#180", "the other way round", #"a: "41""#, "a: 41", [#"= a: "41" -> 41"#]),
        .init("qlustered/deepdiff#605", "2 and 2.0 in a list", "[2]", "[2.0]", ["= [0]: 2 -> 2.0"]),
        .init("qlustered/deepdiff#607", "among equal items", "[1, 2, 3]", "[1, 2.0, 3]", ["= [1]: 2 -> 2.0"]),
        .init("qlustered/deepdiff#485", "in a map in a list", "[{a: 1}]", "[{a: 1.0}]", ["= [0].a: 1 -> 1.0"]),
        .init(
            "qlustered/deepdiff#152", "true is not 1", "{a: true, b: 1}", "{a: 1, b: true}",
            ["~ a: true -> 1", "~ b: 1 -> true"]),
        .init(
            "qlustered/deepdiff#275", "true and \"true\"", "default: true", #"default: "true""#,
            [#"= default: true -> "true""#]),
        .init(
            "qlustered/deepdiff#200", "true and \"No\"", "foobar: true", #"foobar: "No""#, [#"~ foobar: true -> "No""#]),
        .init("qlustered/deepdiff#455", "a number that became empty", "ID: 1", #"ID: """#, [#"~ ID: 1 -> """#]),
        .init(
            "qlustered/deepdiff#45", "a date and the same date in quotes are one text", "d: 2016-09-30",
            #"d: "2016-09-30""#),
        .init(
            "argoproj/argo-cd#8833", "a limit of '1' and of 1; a delay of 0 and none",
            #"{resources: {limits: {cpu: "1"}}, probe: {delay: 0}}"#, "{resources: {limits: {cpu: 1}}, probe: {}}",
            ["- probe.delay: 0", #"= resources.limits.cpu: "1" -> 1"#]),
        .init("kbadk/json0-ot-diff#14", "an empty map is no empty list", "a: {}", "a: []", ["~ a: {} -> []"]),
        .init(
            "qlustered/deepdiff#189", "a text that became a map, below a key with underscores",
            "[{name: params, items: {__ref: '#/x'}}]", "[{name: params, items: {__ref: {type: object}}}]",
            [##"~ [name=params].items.__ref: "#/x" -> {"type":"object"}"##]),
        .init(
            "qlustered/deepdiff#214", "nothing on either side", "{a: null, b: 1, c: ~}", "{a: 1, b: null, c: null}",
            ["~ a: null -> 1", "~ b: 1 -> null"]),
    ]

    /// Keys, empty values and texts.
    static let values: [RequestedDifferences] = [
        .init(
            "databus23/helm-diff#1068", "a key without a value is told from no key", "metadata: {labels: , name: x}",
            "metadata: {name: x}", ["- metadata.labels: null"]),
        .init(
            "sters/yaml-diff#27", "what another program added without content, once each",
            "{metadata: {name: n}, containers: [{name: c}]}",
            "{metadata: {name: n, creationTimestamp: null}, containers: [{name: c, resources: {}}], status: {}}",
            ["+ containers[name=c].resources: {}", "+ metadata.creationTimestamp: null", "+ status: {}"]),
        .init(
            "sters/yaml-diff#30", "a zero and an empty text are values", "{a: 0, b: ''}", "{}",
            ["- a: 0", #"- b: """#]),
        .init(
            "argoproj/argo-cd#15898", "defaults that only one side writes", "{path: x}",
            "{path: x, valueFiles: [], skipCrds: false}", ["+ skipCrds: false", "+ valueFiles: []"]),
        .init(
            "aminm-net/JsonDiffer.Netstandard#5", "gone, changed and new in one go",
            "{name: John, age: 30, cars: {car2: BMW, car3: Fiat}}",
            "{name: John, cars: {car2: BMW, car3: Audi, car4: Jaguar}}",
            ["- age: 30", #"~ cars.car3: "Fiat" -> "Audi""#, #"+ cars.car4: "Jaguar""#]),
        .init(
            "qlustered/deepdiff#271", "keys that begin with underscores", "__Result: {b: {c: [foo]}}",
            "__Result: {global: {v: 1}}",
            [#"- __Result.b: {"c":["foo"]}"#, #"+ __Result.global: {"v":1}"#]),
        .init(
            "inveniosoftware/dictdiffer#123", "a key with a dot is one key", #"{a.b: 1, a: {b: 1}}"#,
            #"{a.b: 2, a: {b: 1}}"#, [#"~ "a.b": 1 -> 2"#]),
        .init(
            "qlustered/deepdiff#559", "a value with a blank stays as it is", "a: {b: [{c: [{value: abc pqr}]}]}",
            "a: {b: [{c: [{value: pqr xyz}]}]}", [#"~ a.b[0].c[0].value: "abc pqr" -> "pqr xyz""#]),
        .init(
            "qlustered/deepdiff#120", "one value deep inside, and not the whole item",
            "m: [{timestamp: a, sampled: [{v: 0, unit: Wh}, {v: 0.00, unit: A}]}]",
            "m: [{timestamp: b, sampled: [{v: 0, unit: Wh}, {v: 0.00, unit: A}]}]",
            [#"~ m[0].timestamp: "a" -> "b""#]),
        .init(
            "homeport/dyff#222", "white space alone is a change, and seen", #"a: "x ""#, #"a: "x""#,
            [#"~ a: "x " -> "x""#]),
        .init(
            "szhekpisov/diffyml#74", "an indentation inside a script", "run: |\n  if x\n    y\n",
            "run: |\n  if x\n  y\n",
            [#"~ run: "if x\n  y\n" -> "if x\ny\n""#]),
        .init(
            "homeport/dyff#264", "a text of several lines is one value", "top: |\n  a\n  b\n", "top: |\n  b\n  a\n",
            [#"~ top: "a\nb\n" -> "b\na\n""#]),
        .init(
            "github/octocatalog-diff#78", "a line break at the end is a change", "key: |\n  x\n", "key: |-\n  x\n",
            [#"~ key: "x\n" -> "x""#]),
        .init(
            "dotenv-linter/dotenv-linter#23", "which names another environment lacks", "{A: '1', B: '2', C: ''}",
            "{A: '1', B: '3'}", [#"~ B: "2" -> "3""#, #"- C: """#]),
    ]

    /// Several documents in one file.
    static let documents: [RequestedDifferences] = [
        .init(
            "homeport/dyff#206", "objects of Kubernetes by what names them",
            "[{kind: Service, metadata: {name: a}, p: 1}, {kind: ConfigMap, metadata: {name: a}, d: 1}]",
            "[{kind: ConfigMap, metadata: {name: a}, d: 2}, {kind: Service, metadata: {name: a}, p: 1}]",
            ["~ [kind=ConfigMap,metadata.name=a].d: 1 -> 2"], areStreams: true),
        .init(
            "homeport/dyff#514", "two documents of one name do not differ from themselves",
            "[{kind: PVC, metadata: {name: x}, s: 1}, {kind: PVC, metadata: {name: x}, s: 2}]",
            "[{kind: PVC, metadata: {name: x}, s: 1}, {kind: PVC, metadata: {name: x}, s: 2}]", areStreams: true),
        .init(
            "homeport/dyff#491", "an object whose name is generated, and another number of documents",
            "[{kind: Service, metadata: {name: s}}, {kind: Job, metadata: {generateName: j-}, n: 1}]",
            "[{kind: Job, metadata: {generateName: j-}, n: 2}]",
            [#"- [kind=Service,metadata.name=s]: {"kind":"Service","metadata":{"name":"s"}}"#, "~ [1].n: 1 -> 2"],
            areStreams: true),
        .init(
            "homeport/dyff#409", "a name with another hash is another object",
            "[{kind: ConfigMap, metadata: {name: c-1a}, d: x}]", "[{kind: ConfigMap, metadata: {name: c-2b}, d: x}]",
            [
                #"- [kind=ConfigMap,metadata.name=c-1a]: {"kind":"ConfigMap","metadata":{"name":"c-1a"},"d":"x"}"#,
                #"+ [kind=ConfigMap,metadata.name=c-2b]: {"kind":"ConfigMap","metadata":{"name":"c-2b"},"d":"x"}"#,
            ], areStreams: true),
    ]

    /// What Compose says about its own lists, and secrets.
    static let compose: [RequestedDifferences] = [
        .init(
            "docker/compose#10765", "exposed ports in another order", "services: {a: {expose: ['8080', '8081']}}",
            "services: {a: {expose: ['8081', '8080']}}"),
        .init(
            "docker/compose#5909", "volumes and links in another order",
            "services: {a: {links: [b, c], volumes: [{target: /x, source: x}, {target: /y, source: y}]}}",
            "services: {a: {links: [c, b], volumes: [{target: /y, source: y}, {target: /x, source: z}]}}",
            [#"~ services.a.volumes[target=/x].source: "x" -> "z""#]),
        .init(
            "docker/compose#11589", "variables as a list and as a map",
            "services: {s1: {environment: [VAR=foo, B=1]}}", "services: {s1: {environment: {VAR: bar, B: '1'}}}",
            [#"~ services.s1.environment.VAR: "foo" -> "bar""#]),
        .init(
            "docker/compose#12260", "one more profile", "services: {a: {profiles: [aaa]}}",
            "services: {a: {profiles: [bbb, aaa]}}", [#"+ services.a.profiles[bbb]: "bbb""#]),
        .init(
            "rancher/rancher#7895", "labels in another order and a new one",
            "services: {n: {labels: {b: 1, a: 2}}}", "services: {n: {labels: {c: 3, a: 2, b: 1}}}",
            ["+ services.n.labels.c: 3"]),
        .init(
            "balena-os/balena-supervisor#1060", "the order of variables does not count",
            "services: {a: {environment: {DOG: CAT, CAT: MOUSE}}}",
            "services: {a: {environment: {CAT: MOUSE, DOG: CAT}}}"),
        .init(
            "josephburnett/jd#2", "a list that is a set", "services: {a: {cap_add: [A, B, C]}}",
            "services: {a: {cap_add: [C, B, D]}}",
            [#"- services.a.cap_add[A]: "A""#, #"+ services.a.cap_add[D]: "D""#]),
        .init(
            "databus23/helm-diff#103", "which secrets come, go and change, without their values",
            "secrets: {OLD: {env: OLD}, MOVED: {env: M}, SAME: {file: /s}}",
            "secrets: {NEW: {env: NEW}, MOVED: {file: /m}, SAME: {file: /s}}",
            [
                #"~ secrets.MOVED: {"env":"M"} -> {"file":"/m"}"#, #"+ secrets.NEW: {"env":"NEW"}"#,
                #"- secrets.OLD: {"env":"OLD"}"#,
            ]),
        .init(
            "databus23/helm-diff#235", "a value that changed below a name, the value itself aside",
            "secrets: {A: {env: A, digest: x1}, B: {env: B, digest: x2}}",
            "secrets: {A: {env: A, digest: x3}, B: {file: /b, digest: x2}}",
            [#"~ secrets.A.digest: "x1" -> "x3""#, #"~ secrets.B: {"env":"B"} -> {"file":"/b"}"#]),
    ]

    static let all = insertions + orders + identities + types + values + documents + compose
}

@Suite struct `What users of diff tools asked for` {
    @Test func `is told by at least sixty threads`() {
        #expect(Set(RequestedDifferences.all.map(\.thread)).count >= 60)
    }

    @Test(arguments: RequestedDifferences.all) func `is found`(_ request: RequestedDifferences) throws {
        let result = try ParityFixture.compare(request.left, request.right, options: request.options)
        #expect(result.differences.map(ParityFixture.describe) == request.expected)
        #expect(result.reordered.map(\.description) == request.reordered)
    }

    @Test(arguments: RequestedDifferences.all) func `is found from the other side too`(
        _ request: RequestedDifferences
    ) throws {
        let there = try ParityFixture.compare(request.left, request.right, options: request.options)
        let back = try ParityFixture.compare(request.right, request.left, options: request.options)
        #expect(back.differences == there.differences.map(\.mirrored).sorted())
    }
}
