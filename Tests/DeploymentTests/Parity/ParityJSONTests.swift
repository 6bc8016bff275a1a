import Deployment
import Diagnostics
import Testing
import YAML

@Suite struct `Parity as JSON` {
    private func document(
        _ left: String, _ right: String, rules: String = ""
    ) throws -> Node {
        ParityJSON.document(try ParityFixture.report(left, right, rules: rules), sources: SourceTable())
    }

    @Test func `the document has the keys that other programs rely on`() throws {
        let (report, sources) = try ParityExample.report()
        let document = ParityJSON.document(report, sources: sources)
        #expect(
            document.mapping?.keys == [
                "schema", "left", "right", "differences", "stale_rules", "rules_for_others", "overlaps", "reordered",
                "summary",
            ])
        #expect(document["schema"]?.integer == 1)
        #expect(document["left"]?.string == "staging")
        #expect(document["right"]?.string == "production")
        #expect(JSONWriter.line(try #require(document["stale_rules"])) == #"["old-cache"]"#)
        #expect(
            JSONWriter.line(try #require(document["summary"]))
                == #"{"compared":21,"equal":10,"accepted":3,"expired":1,"drift":7}"#)
        let differences = try #require(document["differences"]?.sequence)
        #expect(differences.count == 11)
        #expect(
            JSONWriter.line(differences[0])
                == #"{"path":"compose.services.web.deploy.replicas","kind":"changed","type_only":false,"left":1,"#
                + #""right":4,"left_at":"environments/staging.yaml:26:26","#
                + #""right_at":"environments/production.yaml:26:26","verdict":"accepted","rule":"fewer-replicas","#
                + #""reason":"One replica is enough to rehearse with","owner":"platform","until":"2027-06-30","#
                + #""why":null,"renamed":null}"#)
        #expect(
            JSONWriter.line(differences[10])
                == #"{"path":"values.WORKERS","kind":"changed","type_only":true,"left":4,"right":"4","#
                + #""left_at":"environments/staging.yaml:4:12","right_at":"environments/production.yaml:4:12","#
                + #""verdict":"drift","rule":null,"reason":null,"owner":null,"until":null,"why":null,"renamed":null}"#)
    }

    @Test func `the text of the document is JSON and reads back the same`() throws {
        let (report, sources) = try ParityExample.report()
        let document = ParityJSON.document(report, sources: sources)
        let text = JSONWriter.document(document)
        #expect(try JSONReader.read(Array(text.utf8)).hasSameContent(as: document))
    }

    @Test func `no difference is an empty list`() throws {
        #expect(
            JSONWriter.line(try document("a: 1", "a: 1"))
                == #"{"schema":1,"left":"staging","right":"production","differences":[],"stale_rules":[],"#
                + #""rules_for_others":[],"overlaps":[],"reordered":[],"#
                + #""summary":{"compared":1,"equal":1,"accepted":0,"expired":0,"drift":0}}"#)
    }

    @Test func `values keep their types, and an absent side is null without a place`() throws {
        let differences = try #require(
            try document("a: {b: 1.5, c: true}\nx: []", "d: null\nx: {}")["differences"]?.sequence)
        #expect(differences.map { $0["kind"]?.string } == ["removed", "added", "changed"])
        #expect(JSONWriter.line(try #require(differences[0]["left"])) == #"{"b":1.5,"c":true}"#)
        #expect(differences[0]["right"]?.isNull == true)
        #expect(differences[0]["right_at"]?.isNull == true)
        #expect(differences[1]["right"]?.isNull == true)
        #expect(JSONWriter.line(try #require(differences[2]["left"])) == "[]")
        #expect(JSONWriter.line(try #require(differences[2]["right"])) == "{}")
    }

    @Test func `two spellings that JSON would write alike are given as texts`() throws {
        let values = try #require(
            try document("values: {A: True, B: 0x10}", "values: {A: true, B: 16}")["differences"]?.sequence)
        #expect(values.map { $0["left"]?.string } == ["True", "0x10"])
        #expect(values.map { $0["right"]?.string } == ["true", "16"])
    }

    @Test func `overlaps, other orders and known drift are told`() throws {
        let rules = ParityFixture.rule("a", name: "narrow") + ParityFixture.rule("'*'", "allow: changed", name: "all")
        let report = try ParityFixture.report("a: 1\nl: [x, y]\nb: 1", "a: 2\nl: [y, x]\nb: 1", rules: rules)
        let document = ParityJSON.document(report, sources: SourceTable())
        #expect(
            JSONWriter.line(try #require(document["overlaps"])) == #"[{"decides":"narrow","over":"all","path":"a"}]"#)
        #expect(JSONWriter.line(try #require(document["reordered"])) == #"["l"]"#)
        let drift = try ParityFixture.report("a: 1", "a: 2")
        let known = ParityJSON.document(drift.since(drift), sources: SourceTable())
        #expect(known["summary"]?["known"]?.integer == 1)
        #expect(known["differences"]?.sequence?.isEmpty == true)
    }
}
