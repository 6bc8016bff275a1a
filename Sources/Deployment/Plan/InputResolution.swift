import Diagnostics

/// What was said for each declared input, its default where nothing was.
struct InputResolution {
    let problems: Problems

    func resolve(
        _ declared: [InputDeclaration], given: [(name: String, value: String)], runbook: String
    ) -> [String: String] {
        var result: [String: String] = [:]
        for (name, value) in given {
            guard let input = declared.first(where: { $0.name == name }) else {
                unknown(name, declared, runbook)
                continue
            }
            guard result[name] == nil else {
                problems.add(Diagnostic("the input `\(name)` is given twice", expected: "each input once"))
                continue
            }
            if value.unicodeScalars.contains(where: { $0.value == 0 }) {
                problems.add(Diagnostic("the input `\(name)` has a zero byte", expected: "a text"))
            } else if let pattern = input.pattern, !Pattern.matchesWhole(value, pattern) {
                problems.add(
                    Diagnostic(
                        "the input `\(name)` cannot be `\(value)`", at: input.range, label: "declared here",
                        expected: "a value that matches `\(pattern)`", next: "--input \(name)=…"))
            }
            result[name] = value
        }
        for input in declared where result[input.name] == nil {
            if let value = input.defaultValue {
                result[input.name] = value
            } else if input.isRequired {
                // Without a value, every field that uses it would be reported as well.
                result[input.name] = ""
                let what = input.description.map { ": \($0)" } ?? ""
                problems.add(
                    Diagnostic(
                        "the input `\(input.name)` is missing", at: input.range, label: "declared here",
                        expected: "`--input \(input.name)=VALUE`\(what)", next: "--input \(input.name)=…"))
            }
        }
        return result
    }

    private func unknown(_ name: String, _ declared: [InputDeclaration], _ runbook: String) {
        let names = declared.map(\.name)
        problems.add(
            Diagnostic(
                "the runbook `\(runbook)` has no input `\(name)`", label: Wording.didYouMean(name, names),
                expected: names.isEmpty ? "no inputs" : "one of \(Wording.list(names))"))
    }
}
