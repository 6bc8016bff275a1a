import Diagnostics
import YAML

/// Removes what a later item of a list replaces: the later one takes the earlier one's place.
struct Unique {
    let problems: Problems

    /// - Parameter path: where the list stands, for messages.
    func items(_ items: [Node], by identity: Shape.ItemIdentity, at path: @autoclosure () -> String) -> [Node] {
        guard items.count > 1 || Self.checksOne(identity) else { return items }
        var result: [Node] = []
        var positions: [String: Int] = [:]
        result.reserveCapacity(items.count)
        for item in items {
            guard let key = key(of: item, identity, path) else {
                result.append(item)
                continue
            }
            if let position = positions[key] {
                result[position] = item
            } else {
                positions[key] = result.count
                result.append(item)
            }
        }
        return result
    }

    private static func checksOne(_ identity: Shape.ItemIdentity) -> Bool {
        switch identity {
        case .volumeTarget, .port, .spelling: true
        default: false
        }
    }

    /// `nil` when the item has none, which the type check will say, or has said.
    func key(of item: Node, _ identity: Shape.ItemIdentity, _ path: () -> String) -> String? {
        switch identity {
        case .key: return item.string.map { String($0.prefix { $0 != "=" }) }
        case .spelling: return item.scalar.flatMap { ComposeScalar($0).spelling }
        case .volumeTarget:
            if let short = item.string { return VolumeSyntax.target(short) }
            guard item.mapping != nil else { return nil }
            guard let target = item["target"]?.string else {
                problems.error("the volume has no `target`", at: item.range, expected: "a path in the container")
                return nil
            }
            return target
        case .deviceTarget:
            if let short = item.string {
                let parts = short.split(separator: ":", omittingEmptySubsequences: false)
                return String(parts.count == 1 ? parts[0] : parts[1])
            }
            guard item.mapping != nil else { return nil }
            guard let target = item["target"]?.string else {
                problems.error("the device has no `target`", at: item.range, expected: "a path in the container")
                return nil
            }
            return target
        case .port: return PortSyntax.key(of: item, problems: problems)
        case .mount(let folder):
            if let name = item.string { return "\(folder)/\(name)" }
            guard item.mapping != nil else { return nil }
            return item["target"]?.string ?? "\(folder)/\(item["source"]?.spelling ?? "")"
        case .envFile:
            return item.string ?? item["path"]?.string
        }
    }
}
