import Diagnostics
import TestSupport
import Testing
import YAML

/// https://yaml.org/spec/1.2.2/#1032-tag-resolution
@Suite struct `Typing plain scalars` {
    @Test(arguments: [
        // Booleans of YAML 1.1 that 1.2 has given up.
        ("no", Scalar.Kind.string), ("on", .string), ("y", .string), ("n", .string), ("yes", .string), ("Off", .string),
        ("true", .boolean), ("True", .boolean), ("FALSE", .boolean), ("tRue", .string), ("truely", .string),
        ("~", .null), ("null", .null), ("Null", .null), ("NULL", .null), ("nULL", .string), ("~~", .string),
        ("012", .integer), ("0o14", .integer), ("0o18", .string), ("0o", .string), ("0x1F", .integer), ("0x", .string),
        ("0X1F", .string), ("0xG", .string), ("-0x1F", .string), ("0b101", .string), ("-12", .integer),
        ("+12", .integer), ("+", .string), ("--1", .string), ("1-", .string), ("0", .integer),
        ("-0", .integer), ("99999999999999999999999999", .integer),
        ("1:30", .string), ("22:22", .string), ("1:30.5", .string), ("1_000", .string), ("2001-01-01", .string),
        ("1e3", .float), ("1E3", .float), ("1e+3", .float), ("1e", .string), ("e3", .string), ("1.", .float),
        (".5", .float), ("-.5", .float), (".", .string), ("..", .string), ("1.5e-7", .float), ("1.2.3", .string),
        ("1.10", .float), ("+1.0", .float), (".e3", .string), ("1.e3", .float),
        (".inf", .float), ("-.Inf", .float), ("+.INF", .float), (".iNF", .string), ("inf", .string), (".nan", .float),
        (".NaN", .float), ("-.nan", .string), ("nan", .string), ("=", .string), ("<<", .string), ("1 2", .string),
        ("0.1.0", .string), ("1,000", .string), ("١٢", .string),
    ])
    func `a plain scalar is what the core schema says`(text: String, kind: Scalar.Kind) throws {
        let scalar = try #require(load("- \(text)\n").sequence?.first?.scalar)
        #expect(scalar == Scalar(text, kind: kind))
    }

    @Test(arguments: ["'1'", "\"true\"", "|-\n  null", ">-\n  1.5", "!!str 1", "! 1", "!!str"])
    func `a quoted, block or tagged scalar is a string`(text: String) throws {
        #expect(try load("a: \(text)\n")["a"]?.scalar?.kind == .string)
    }

    @Test(arguments: ["a:\n", "a: # nothing\n", "a: !!null\n", "a: &x\n", "a: !!null ''\n"])
    func `an empty value is null`(text: String) throws {
        #expect(try load(text)["a"]?.isNull == true)
    }

    @Test(arguments: [
        ("012", 12), ("0o14", 12), ("0x1F", 31), ("-7", -7), ("+7", 7), ("9223372036854775807", Int.max),
        ("9223372036854775808", nil), ("0xFFFFFFFFFFFFFFFF", nil), ("1.0", nil), ("\"1\"", nil),
    ])
    func `an integer is a number when it fits`(text: String, expected: Int?) throws {
        #expect(try load(text).integer == expected)
    }

    @Test(arguments: [
        ("1.5", 1.5), ("1.", 1), (".5", 0.5), ("1.e3", 1000), ("-.inf", -Double.infinity), ("1e3", 1000), ("012", 12),
        ("0xFFFFFFFFFFFFFFFF", 18_446_744_073_709_551_616), ("0o2000000000000000000000", 18_446_744_073_709_551_616),
        ("1e999", .infinity), ("text", nil), ("true", nil),
    ])
    func `any number has a value as a double`(text: String, expected: Double?) throws {
        #expect(try load(text).scalar?.number == expected)
    }

    @Test func `not a number is a number that equals nothing`() throws {
        #expect(try load(".nan").scalar?.number?.isNaN == true)
    }

    @Test(arguments: [("true", true), ("True", true), ("FALSE", false)])
    func `a boolean has a value in each of its spellings`(text: String, expected: Bool) throws {
        #expect(try load(text).boolean == expected)
    }
}

@Suite struct `Reading tags` {
    @Test func `the core schema's own tags are understood`() throws {
        let text =
            "[!!int 3, !!float 3, !!bool true, !!null ~, !!int '4', !!seq [], !!map {}, !<tag:yaml.org,2002:str> 5]"
        #expect(try json(text) == #"[3,3.0,true,null,4,[],{},"5"]"#)
    }

    @Test(arguments: [
        ("!!int x", "an integer"), ("!!int 1.5", "an integer"), ("!!float x", "a number"), ("!!bool no", "a boolean"),
        ("!!null 0", "nothing"),
    ])
    func `a tag that its value does not fit is refused`(text: String, name: String) {
        #expect(problems("- 1️⃣\(text)2️⃣\n") == ["1️⃣2️⃣ this is not \(name)"])
    }

    @Test(arguments: [
        ("1️⃣!!python/object/apply:os.system [ls]", "!!python/object/apply:os.system"),
        ("1️⃣!x y", "!x"), ("1️⃣!x {a: 1}", "!x"), ("1️⃣!!binary aGk=", "!!binary"), ("1️⃣!!set {a}", "!!set"),
        ("1️⃣!!map [a]", "!!map"), ("1️⃣!!seq {a: 1}", "!!seq"), ("1️⃣!reset null", "!reset"),
        ("1️⃣!<x:y> z", "x:y"), ("1️⃣!!timestamp 2001-01-01", "!!timestamp"), ("1️⃣!!seq x", "!!seq"),
    ])
    func `any other tag is refused by name`(marked: String, name: String) {
        #expect(problems(marked) == ["1️⃣ the tag `\(name)` is not allowed here"])
    }

    @Test func `templates know the tags of Compose`() throws {
        let node = try load("a: !reset null\nb: !override\n  - x\nc: !reset\n", options: .template)
        #expect(node["a"]?.tag == .reset)
        #expect(node["b"]?.tag == .override)
        #expect(node["b"]?.sequence?.count == 1)
        #expect(node["c"]?.isNull == true)
        #expect(
            diagnostics(Array("!x y".utf8), options: .template).map(\.expected) == ["no tag, `!reset` or `!override`"])
    }
}
