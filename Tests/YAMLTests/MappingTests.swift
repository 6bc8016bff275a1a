import Testing
import YAML

@Suite struct `Keeping keys in order` {
    @Test(arguments: [3, 40])
    func `a mapping finds, replaces, appends and removes`(count: Int) {
        var mapping = Mapping((0..<count).map { Mapping.Entry(key: "k\($0)", value: .integer($0)) })
        #expect(mapping.index(of: "k2") == 2)
        #expect(mapping.index(of: "k") == nil)
        mapping["k1"] = .integer(100)
        #expect(mapping.entries[1].value.integer == 100)
        mapping["new"] = .null
        #expect(mapping.index(of: "new") == count)
        mapping["k0"] = nil
        #expect(mapping.count == count)
        #expect(mapping.index(of: "k0") == nil)
        #expect(mapping.index(of: "k2") == 1)
        #expect(mapping.index(of: "new") == count - 1)
        mapping["missing"] = nil
        #expect(mapping.count == count)
        mapping.put(Mapping.Entry(key: "k2", value: .string("x")))
        #expect(mapping["k2"]?.string == "x")
        mapping.put(Mapping.Entry(key: "last", value: .null))
        #expect(mapping.keys.last == "last")
    }

    @Test func `the index is built when the mapping grows, and still right`() {
        var mapping = Mapping()
        for number in 0..<100 { mapping.append(Mapping.Entry(key: "k\(number)", value: .integer(number))) }
        for number in 0..<100 { #expect(mapping["k\(number)"]?.integer == number) }
    }

    @Test(arguments: [2, 20])
    func `keys are compared by their bytes`(others: Int) {
        var mapping = Mapping((0..<others).map { Mapping.Entry(key: "k\($0)", value: .null) })
        mapping["\u{E9}"] = .integer(1)
        mapping["e\u{301}"] = .integer(2)
        #expect(mapping.count == others + 2)
        #expect(mapping["\u{E9}"]?.integer == 1)
        #expect(mapping["e\u{301}"]?.integer == 2)
    }

    @Test func `sorting is by bytes`() {
        let keys = ["b", "a", "", "é", "e\u{301}", "z", "B", "aa", "\u{FFFD}", "\u{10000}"]
        let sorted = Mapping(keys.map { Mapping.Entry(key: $0, value: .null) }).sorted().keys
        #expect(
            sorted.map { Array($0.utf8) }
                == ["", "B", "a", "aa", "b", "e\u{301}", "z", "é", "\u{FFFD}", "\u{10000}"].map { Array($0.utf8) })
    }

    @Test func `content is compared without order, style or place, and byte by byte`() throws {
        let left = try load("a: 1\nb: [x, \"y\"]\n")
        #expect(left.hasSameContent(as: try load("{\"b\": [x, y], a: 1}")))
        #expect(!left.hasSameContent(as: try load("a: \"1\"\nb: [x, y]")))
        #expect(!left.hasSameContent(as: try load("a: 1\nb: [y, x]")))
        #expect(!left.hasSameContent(as: try load("a: 1")))
        #expect(!Node.string("\u{E9}").hasSameContent(as: .string("e\u{301}")))
        #expect(!Node.integer(1).hasSameContent(as: try load("1.0")))
    }
}
