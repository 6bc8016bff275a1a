import Diagnostics
import TestSupport
import Testing
import YAML

@Suite struct `Being read by others` {
    @Test(.enabled(if: Python.hasPyYAML, "python3 cannot import yaml (PyYAML)"))
    func `PyYAML, which reads YAML 1.1, sees the same values`() throws {
        #expect(try Python.run(Self.script("yaml.safe_load"), input: Self.cases(600)) == "600 cases\n")
    }

    @Test(.enabled(if: Python.hasRuamel, "python3 cannot import ruamel.yaml"))
    func `ruamel, which reads YAML 1.2, sees the same values`() throws {
        let load = "(lambda text: ruamel.yaml.YAML(typ='safe', pure=True).load(text))"
        #expect(try Python.run(Self.script(load), input: Self.cases(200)) == "200 cases\n")
    }

    /// Lines of JSON: what we wrote as YAML, and the tree as JSON, which Python reads by itself.
    private static func cases(_ count: Int) -> String {
        var trees = RandomTree(seed: 12)
        var lines = ""
        for index in 0..<count {
            let tree =
                index == 0
                ? Node.sequence(RandomTree.awkward.map { text in .mapping([(text, .string(text))]) }) : trees.next()
            lines +=
                JSONWriter.line(
                    .mapping([("yaml", .string(YAMLWriter.text(of: tree))), ("json", .string(JSONWriter.line(tree)))]))
                + "\n"
        }
        return lines
    }

    /// Compares types too: in Python `1`, `1.0` and `True` are equal.
    private static func script(_ load: String) -> String {
        """
        import json, sys
        try: import yaml
        except ImportError: pass
        try: import ruamel.yaml
        except ImportError: pass

        def same(a, b):
            if type(a) is not type(b): return False
            if isinstance(a, dict): return list(a) == list(b) and all(same(a[k], b[k]) for k in a)
            if isinstance(a, list): return len(a) == len(b) and all(map(same, a, b))
            return a == b

        count = 0
        for line in sys.stdin.buffer.read().decode().split("\\n"):
            if not line: continue
            case = json.loads(line)
            count += 1
            try: found = \(load)(case["yaml"])
            except Exception as error: found = error
            if not same(json.loads(case["json"]), found):
                print("differs:", ascii(case["yaml"])[:2000], "expected", case["json"].encode()[:2000], "found", ascii(found)[:2000])
        print(count, "cases")
        """
    }
}
