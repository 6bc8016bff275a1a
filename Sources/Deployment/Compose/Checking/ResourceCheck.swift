import Diagnostics
import YAML

/// What must hold inside a single resource or mount, besides its types.
struct ResourceCheck {
    let problems: Problems

    func check(_ project: Node) {
        for (name, volume) in Self.entries(project["volumes"]) { checkExternal(volume, "volumes.\(name)") }
        for (name, config) in Self.entries(project["configs"]) {
            checkContent(config, "configs.\(name)", ["file", "environment", "content"])
        }
        for (name, secret) in Self.entries(project["secrets"]) {
            checkContent(secret, "secrets.\(name)", ["file", "environment"])
        }
        for (name, service) in Self.entries(project["services"]) { check(service: service, "services.\(name)") }
    }

    func check(service: Node, _ path: @autoclosure () -> String) {
        guard let fields = service.mapping else { return }
        for entry in fields.entries {
            switch entry.key {
            case "ports": for port in entry.value.sequence ?? [] { checkAddress(port, path()) }
            case "develop": for rule in entry.value["watch"]?.sequence ?? [] { checkWatch(rule, path()) }
            case "gpus": for request in entry.value.sequence ?? [] { checkDevices(request, path()) }
            case "deploy":
                let devices = entry.value["resources"]?["reservations"]?["devices"]?.sequence
                for request in devices ?? [] { checkDevices(request, path()) }
            default: break
            }
        }
    }

    private func checkExternal(_ node: Node, _ path: @autoclosure () -> String) {
        guard let mapping = node.mapping, mapping["external"]?.boolean == true else { return }
        for entry in mapping.entries
        where entry.key != "name" && entry.key != "external" && !Shape.isExtension(entry.key) {
            problems.error(
                "`\(path())` is external and cannot have `\(entry.key)`", at: entry.keyRange,
                expected: "only `name` beside `external: true`")
        }
    }

    private func checkContent(_ node: Node, _ path: @autoclosure () -> String, _ keys: [String]) {
        guard let mapping = node.mapping else {
            problems.error("`\(path())` cannot be \(node.kindName)", at: node.range, expected: "a map")
            return
        }
        let present = keys.compactMap { mapping.entry($0) }
        if present.count > 1 {
            problems.error(
                "`\(path())` has both `\(present[0].key)` and `\(present[1].key)`", at: present[1].keyRange,
                related: [Diagnostic.Related(range: present[0].keyRange, label: "the other one")],
                expected: "only one of \(Wording.list(keys))")
        } else if present.isEmpty, mapping["driver"] == nil, mapping["external"] == nil {
            problems.error(
                "`\(path())` does not say where its content comes from",
                at: mapping.entries.first?.keyRange ?? node.range, expected: Wording.list(keys + ["external"]))
        }
    }

    private func checkAddress(_ port: Node, _ path: @autoclosure () -> String) {
        guard let address = port["host_ip"], let text = address.string, !IPAddress.isValid(text) else { return }
        problems.error("`\(path()).ports` cannot use `\(text)`", at: address.range, expected: "an IP address")
    }

    private func checkWatch(_ rule: Node, _ path: @autoclosure () -> String) {
        guard let watched = rule["path"], watched.string == "" else { return }
        problems.error("`\(path()).develop.watch` has an empty `path`", at: watched.range, expected: "a path")
    }

    private func checkDevices(_ request: Node, _ path: @autoclosure () -> String) {
        guard let count = request.mapping?.entry("count"), let ids = request.mapping?.entry("device_ids") else {
            return
        }
        problems.error(
            "a device request of `\(path())` has both `count` and `device_ids`", at: ids.keyRange,
            related: [Diagnostic.Related(range: count.keyRange, label: "the other one")], expected: "only one of them")
    }

    static func entries(_ node: Node?) -> [(name: String, value: Node)] {
        node?.mapping?.entries.map { ($0.key, $0.value) } ?? []
    }
}
