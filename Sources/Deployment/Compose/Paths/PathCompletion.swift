import YAML

/// Makes the relative paths of a tree complete, seen from one folder.
struct PathCompletion {
    /// Complete.
    let folder: String
    /// What `~` stands for; `nil` leaves it.
    let home: String?

    func project(_ node: Node) -> Node {
        node.changing { key, value in
            switch key {
            case "services": value.changing { _, service in self.service(service) }
            case "configs", "secrets":
                value.changing { _, resource in
                    resource.changing { $0 == "file" ? path($1, isMount: true) : nil }
                }
            case "volumes": value.changing { _, volume in self.volume(volume) }
            default: nil
            }
        }
    }

    func service(_ node: Node) -> Node {
        node.changing { key, value in
            switch key {
            case "build": build(value)
            case "env_file": value.changingItems { $0.changing { $0 == "path" ? path($1) : nil } }
            case "label_file": value.changingItems { path($0) }
            case "extends": value.changing { $0 == "file" ? path($1) : nil }
            case "develop":
                value.changing { key, rules in
                    key == "watch" ? rules.changingItems { $0.changing { $0 == "path" ? path($1) : nil } } : nil
                }
            case "volumes": value.changingItems { mount($0) }
            default: nil
            }
        }
    }

    private func build(_ node: Node) -> Node {
        node.changing { key, value in
            switch key {
            case "context": context(value)
            case "additional_contexts": value.changing { _, inner in context(inner) }
            case "ssh": value.changing { _, inner in path(inner, isMount: true) }
            default: nil
            }
        }
    }

    /// Git and HTTP addresses, images and other services stay as they are.
    private func context(_ node: Node) -> Node? {
        guard let text = node.string, !Self.isElsewhere(text) else { return nil }
        return path(node)
    }

    static func isElsewhere(_ text: String) -> Bool {
        text.contains("://") || text.hasPrefix("service:") || text.hasPrefix("github.com/") || text.hasPrefix("git@")
    }

    private func mount(_ node: Node) -> Node? {
        guard node["type"]?.string == "bind", let source = node["source"], source.string != nil else { return nil }
        return node.changing { key, value in key == "source" ? path(value, isMount: true) : nil }
    }

    /// A volume of the local driver that is a mounted folder.
    private func volume(_ node: Node) -> Node? {
        guard node["driver"]?.string == "local", let options = node["driver_opts"], options["o"]?.string == "bind"
        else { return nil }
        return node.changing { key, value in
            key == "driver_opts" ? value.changing { $0 == "device" ? path($1, isMount: true) : nil } : nil
        }
    }

    /// - Parameter isMount: whether Windows paths count as complete, and nothing as the folder itself.
    private func path(_ node: Node, isMount: Bool = false) -> Node? {
        guard let text = node.string else { return nil }
        if text.isEmpty, !isMount { return nil }
        guard let completed = completed(text, isMount) else { return nil }
        return Node(.scalar(Scalar(completed, kind: .string, style: .doubleQuoted)), range: node.range)
    }

    private func completed(_ text: String, _ isMount: Bool) -> String? {
        if text.utf8.first == UInt8(ascii: "~") {
            guard let home else { return nil }
            return ComposePath.clean(home + "/" + text.dropFirst())
        }
        if ComposePath.isComplete(text) || DollarWriting.beginsWithMark(text) { return nil }
        if isMount, ComposePath.isWindowsAbsolute(text) { return nil }
        return ComposePath.join(folder, text)
    }
}
