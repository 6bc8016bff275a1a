import Deployment
import Diagnostics
import Testing

@Suite struct `Interpolating a text` {
    static let values = ["A": "a", "EMPTY": "", "N": "8080", "DOLLAR": "$A"]

    @Test(arguments: [
        ("", ""),
        ("plain", "plain"),
        ("$A", "a"),
        ("${A}", "a"),
        ("v$A.", "va."),
        ("$Ab", nil),
        ("${A}b", "ab"),
        ("$$A", "$A"),
        ("$$$$", "$$"),
        ("$$${A}", "$a"),
        ("5$", "5$"),
        ("$1 $- $ x", "$1 $- $ x"),
        ("${A-d}", "a"),
        ("${EMPTY-d}", ""),
        ("${EMPTY:-d}", "d"),
        ("${NONE-d}", "d"),
        ("${NONE:-d}", "d"),
        ("${NONE:-}", ""),
        ("${NONE:-${A}}", "a"),
        ("${NONE:-${NONE:-${A}x}y}", "axy"),
        ("${NONE:-$A} and ${A}", "a and a"),
        ("${NONE:-{\"k\": 1}}", "{\"k\": 1}"),
        ("${NONE:-a:b-c?d+e}", "a:b-c?d+e"),
        ("${NONE:-$$A}", "$A"),
        ("${A+r}", "r"),
        ("${EMPTY+r}", "r"),
        ("${EMPTY:+r}", ""),
        ("${NONE+r}", ""),
        ("${NONE:+r}", ""),
        ("${A:+$N}", "8080"),
        ("${A?m}", "a"),
        ("${EMPTY?m}", ""),
        ("${A:?m}", "a"),
        ("$DOLLAR", "$A"),
        ("ü${A}€", "üa€"),
        ("http://$A:$N/", "http://a:8080/"),
    ])
    func `puts values in`(template: String, expected: String?) throws {
        let text = try Interpolation.parse(template).get()
        let result = text.resolved { Self.values[$0.name] }
        #expect((try? result.get()) == expected)
    }

    @Test(arguments: [
        ("${", 0, 2), ("x ${} y", 2, 3), ("${1}", 0, 4), ("${A", 0, 3), ("${A!x}", 0, 6), ("ä${A:x} y", 1, 6),
        ("${A:-x\ny}", 0, 6), ("${ A}", 0, 2),
    ])
    func `names the place of a malformed variable`(template: String, offset: Int, length: Int) {
        guard case .failure(let problems) = Interpolation.parse(template) else {
            Issue.record("`\(template)` was accepted")
            return
        }
        #expect(problems.all == [InterpolationProblem(.malformed, offset: offset, length: length)])
    }

    @Test func `reports every malformed variable of a text`() {
        guard case .failure(let problems) = Interpolation.parse("${1} ${A} ${2}") else {
            Issue.record("accepted")
            return
        }
        #expect(problems.all.map(\.offset) == [0, 10])
    }

    @Test func `reports every name without a value at once`() throws {
        let text = try Interpolation.parse("$X ${A} ${Y} ${Z:?set it in the manifest}").get()
        guard case .failure(let problems) = text.resolved(lookup: { Self.values[$0.name] }) else {
            Issue.record("resolved")
            return
        }
        #expect(
            problems.all == [
                InterpolationProblem(.unknown("X"), offset: 0, length: 2),
                InterpolationProblem(.unknown("Y"), offset: 8, length: 4),
                InterpolationProblem(.required("Z", reason: "set it in the manifest"), offset: 13, length: 28),
            ])
        #expect(problems.all[2].message == "`Z` must have a value: set it in the manifest")
    }

    @Test func `a required variable that is empty fails only with a colon`() throws {
        #expect(throws: InterpolationProblems.self) {
            try Interpolation.parse("${EMPTY:?}").get().resolved { Self.values[$0.name] }.get()
        }
        #expect(try Interpolation.parse("${EMPTY?}").get().resolved { Self.values[$0.name] }.get() == "")
    }

    @Test func `an unneeded default fails only where Compose's way is asked for`() throws {
        let text = try Interpolation.parse("${A:-${NONE:?}}").get()
        #expect(try text.resolved { Self.values[$0.name] }.get() == "a")
        #expect(throws: InterpolationProblems.self) {
            try text.resolved(unused: .resolved) { Self.values[$0.name] }.get()
        }
    }

    @Test func `a name without value can become something else than a problem`() throws {
        let text = try Interpolation.parse("[$NONE]").get()
        #expect(try text.resolved(unset: { _ in "" }, lookup: { _ in nil }).get() == "[]")
    }

    @Test func `lists references with those inside defaults`() throws {
        let text = try Interpolation.parse("$A ${B:-${C:?x}} ${D+$E}").get()
        #expect(text.references.map(\.name) == ["A", "B", "C", "D", "E"])
        #expect(text.references.map(\.hasDefault) == [false, true, false, true, false])
        #expect(text.references[1].operation == .defaultWhenEmpty)
    }

    @Test func `a text without variables is literal`() throws {
        #expect(try Interpolation.parse("a$$b").get().literal == "a$b")
        #expect(try Interpolation.parse("").get().literal == "")
        #expect(try Interpolation.parse("$A").get().literal == nil)
    }

    @Test func `nesting is bounded`() {
        let deep = String(repeating: "${A:-", count: 200) + String(repeating: "}", count: 200)
        guard case .failure(let problems) = Interpolation.parse(deep) else {
            Issue.record("accepted")
            return
        }
        #expect(problems.all.first?.cause == .tooDeep)
        #expect(problems.all.first?.message == "variables are nested too deeply here")
        #expect(problems.all.first?.expected == "at most 64 levels")
    }

    @Test(arguments: ["", "a", "$", "$$", "a$b$", "${A}"])
    func `an escaped text comes back unchanged`(text: String) throws {
        #expect(try Interpolation.parse(Interpolation.escaped(text)).get().literal == text)
    }
}

@Suite struct `Placing a variable in its file` {
    private func scalar(columns: Int) -> SourceRange {
        SourceRange(
            file: FileID(index: 0), start: SourcePosition(line: 3, column: 10),
            end: SourcePosition(line: 3, column: 10 + columns))
    }

    @Test func `in a plain scalar the columns are exact`() {
        let range = VariablePlace.range(offset: 2, length: 4, in: "a:${B}", of: scalar(columns: 6))
        #expect(range.start.column == 12)
        #expect(range.end.column == 16)
    }

    @Test func `in a quoted scalar the quote is counted`() {
        let range = VariablePlace.range(offset: 2, length: 4, in: "a:${B}", of: scalar(columns: 8))
        #expect(range.start.column == 13)
    }

    @Test func `with escapes the whole scalar is named`() {
        let whole = scalar(columns: 11)
        #expect(VariablePlace.range(offset: 2, length: 4, in: "a:${B}", of: whole) == whole)
    }

    @Test func `a problem knows its range`() {
        let problem = InterpolationProblem(.unknown("B"), offset: 2, length: 4)
        #expect(problem.range(in: "a:${B}", of: scalar(columns: 6)).start.column == 12)
    }
}
