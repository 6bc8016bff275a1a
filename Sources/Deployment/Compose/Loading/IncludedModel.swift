import Diagnostics
import YAML

/// What an included project becomes before it joins the one that includes it: complete paths, its own variables.
struct IncludedModel {
    /// What its relative paths are seen from.
    let folder: String
    let scope: VariableScope
    let loader: ComposeLoader

    /// `nil` after an error.
    func completed(_ model: Node) -> Node? {
        let before = loader.problems.errorCount
        let withDefaults = Defaults.project(model)
        ResourceCheck(problems: loader.problems).check(withDefaults)
        guard loader.problems.errorCount == before else { return nil }
        let completed = PathCompletion(folder: folder, home: loader.home).project(withDefaults)
        return completed.changing { key, value in
            key == "services"
                ? value.changing { _, service in
                    service.changing { key, value in key == "environment" ? passedOn(value) : nil }
                } : nil
        }
    }

    /// `- NAME` takes its value from the included project's variables.
    private func passedOn(_ node: Node) -> Node? {
        guard node.sequence != nil else { return nil }
        return node.changingItems { item in
            guard let name = item.string, !name.utf8.contains(UInt8(ascii: "=")),
                let value = scope.passedOn(name, at: item.range)
            else { return nil }
            var node = Node.string("\(name)=\(value)")
            node.range = item.range
            return node
        }
    }
}
