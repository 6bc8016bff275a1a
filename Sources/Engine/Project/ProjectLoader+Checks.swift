package import Deployment
import Diagnostics
package import YAML

extension ProjectLoader {
    /// The rules of every file that `cache` steps of these runbooks name, by path; what is wrong with one is in
    /// `problems`.
    package func cacheRules(of runbooks: some Sequence<Runbook>) -> [String: Node] {
        var rules: [String: Node] = [:]
        var asked: Set<String> = []
        for step in runbooks.flatMap(\.allSteps) {
            guard case .check(.cache, let settings) = step.action, let file = CheckReader.cacheFile(settings.node),
                asked.insert(file.value).inserted, let node = cacheRules(file)
            else { continue }
            rules[file.value] = node
        }
        return rules
    }

    /// A file of cache rules, relative to the project; `nil` when it is not there or not valid.
    package func cacheRules(_ file: Located<String>) -> Node? {
        let bytes: [UInt8]
        do {
            bytes = try reader.bytes(file.value)
        } catch {
            problems.error("\(file.value) \(error.wording)", at: file.range, expected: "a file of cache rules")
            return nil
        }
        let errors = problems.all.count
        guard let node = document(bytes, path: file.value) else { return nil }
        _ = CheckReader(problems: problems, isResolved: false).cacheFile(node)
        return problems.all.dropFirst(errors).contains { $0.severity == .error } ? nil : node
    }
}
