package import Diagnostics
package import YAML

/// Makes a check's settings ready for a plan: files put in place, variables filled in, everything valid.
package struct CheckPlanner {
    let environment: EnvironmentManifest?
    let inputs: [String: String]
    /// The rules of the files that `cache` steps name, by path.
    let cacheRules: [String: Node]
    let problems: Problems

    package init(
        environment: EnvironmentManifest?, inputs: [String: String] = [:], cacheRules: [String: Node] = [:],
        problems: Problems
    ) {
        self.environment = environment
        self.inputs = inputs
        self.cacheRules = cacheRules
        self.problems = problems
    }

    /// - Returns: the check and the settings that it was read from; `nil` when something is wrong, which is in
    ///   `problems`.
    package func plan(
        _ kind: CheckKind, _ settings: CheckSettings, at range: SourceRange, _ sources: SourceTable? = nil
    ) -> (check: Check, settings: CheckSettings)? {
        var node = settings.node
        if kind == .cache, let file = CheckReader.cacheFile(node) {
            // What was wrong with the file was told when it was read.
            guard let rules = cacheRules[file.value] else { return nil }
            node = CheckReader.cacheSettings(node, rules: rules)
        }
        if node.mapping == nil, node.string != nil {
            node = Node(.mapping(Mapping([.init(key: "url", value: node)])), range: node.range)
        }
        let errors = problems.all.count
        node = CheckInterpolation(inputs: inputs, environment: environment, problems: problems).resolve(node)
        let reader = CheckReader(problems: problems, base: base(at: range), isResolved: true)
        let check = reader.check(kind, node, sources)
        for name in (check?.secrets ?? []).sorted() where environment?.secret(name) == nil {
            let names = environment?.secrets.map(\.name) ?? []
            problems.error(
                "the check wants the secret `\(name)`, and "
                    + (environment.map { "\($0.name) has none of that name" } ?? "no environment is named"),
                at: range, label: Wording.didYouMean(name, names),
                expected: names.isEmpty
                    ? "a secret under `secrets:` of an environment" : "one of \(Wording.list(names))")
        }
        guard let check, !problems.all.dropFirst(errors).contains(where: { $0.severity == .error }) else { return nil }
        return (check, CheckSettings(node))
    }

    private func base(at range: SourceRange) -> WebAddress? {
        guard let url = environment?.url else { return nil }
        do throws(WebAddress.Problem) {
            return try WebAddress(url)
        } catch {
            problems.error(
                "the environment's `url` \(error.wording)", at: environment?.tree["url"]?.range ?? range,
                expected: error.expected)
            return nil
        }
    }
}
