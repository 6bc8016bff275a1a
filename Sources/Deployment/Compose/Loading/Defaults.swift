import YAML

/// What Compose adds when a field is not there.
enum Defaults {
    static func project(_ node: Node) -> Node {
        node.changing { key, value in
            key == "services" ? value.changing { _, service in self.service(service) } : nil
        }
    }

    static func service(_ node: Node) -> Node {
        node.changing { key, value in field(key, value) }
    }

    /// A field of a service with its defaults; `nil` when none is missing.
    static func field(_ key: String, _ value: Node) -> Node? {
        switch key {
        case "build": return adding(value, "context", .string("."))
        case "secrets":
            return value.changingItems { secret in
                adding(secret, "target", .string("/run/secrets/\(secret["source"]?.spelling ?? "")"))
            }
        case "ports":
            return value.changingItems { port in
                let withProtocol = adding(port, "protocol", .string("tcp")) ?? port
                return adding(withProtocol, "mode", .string("ingress")) ?? withProtocol
            }
        case "gpus": return value.changingItems(deviceRequest)
        case "deploy":
            return value.changing { key, resources in
                guard key == "resources" else { return nil }
                return resources.changing { key, reservations in
                    guard key == "reservations" else { return nil }
                    return reservations.changing { key, devices in
                        key == "devices" ? devices.changingItems(deviceRequest) : nil
                    }
                }
            }
        default: return nil
        }
    }

    private static func deviceRequest(_ node: Node) -> Node? {
        node["device_ids"] == nil ? adding(node, "count", .string("all")) : nil
    }

    private static func adding(_ node: Node, _ key: String, _ value: Node) -> Node? {
        guard var mapping = node.mapping, mapping.index(of: key) == nil else { return nil }
        var value = value
        value.range = node.range
        mapping.append(.init(key: key, keyRange: node.range, value: value))
        return Node(.mapping(mapping), range: node.range)
    }
}
