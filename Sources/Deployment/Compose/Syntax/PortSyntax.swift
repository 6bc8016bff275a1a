import Diagnostics
import YAML

/// `[[HOST_IP:][PUBLISHED]:]TARGET[/PROTOCOL]`, where both ports may be ranges.
///
/// https://github.com/compose-spec/compose-spec/blob/main/05-services.md#ports
struct PortSyntax: Hashable, Sendable {
    var hostIP: String
    /// A port or a range; empty when the engine chooses.
    var published: String
    var target: Int
    var transport: String

    struct Refusal: Error, Hashable, Sendable {
        let message: String
    }

    /// One mapping for each port of a target range, in the order of `TARGET/PROTOCOL` as text.
    static func parse(_ text: String) throws(Refusal) -> [PortSyntax] {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let (transport, target) = splitProtocol(parts[parts.count - 1])
        var published = parts.count > 1 ? String(parts[parts.count - 2]) : ""
        let address = parts.count > 2 ? try address(parts[0..<(parts.count - 2)].joined(separator: ":")) : ""
        guard !target.isEmpty else { throw Refusal(message: "the port has no number") }
        guard let targets = range(target) else { throw Refusal(message: "`\(target)` is no port of a container") }
        var hosts: ClosedRange<Int>?
        if !published.isEmpty {
            guard let range = range(published[...]) else {
                throw Refusal(message: "`\(published)` is no port of a host")
            }
            hosts = range
            guard range.count == targets.count || targets.count == 1 else {
                throw Refusal(message: "the ranges `\(published)` and `\(target)` are not of the same length")
            }
        }
        guard ["tcp", "udp", "sctp"].contains(transport.lowercased()) else {
            throw Refusal(message: "`\(transport)` is no protocol")
        }
        var mappings: [PortSyntax] = []
        for (index, target) in targets.enumerated() {
            if let hosts {
                published = String(hosts.lowerBound + index)
                if targets.count == 1, hosts.count > 1 { published += "-\(hosts.upperBound)" }
            }
            mappings.append(
                PortSyntax(hostIP: address, published: published, target: target, transport: transport.lowercased()))
        }
        return mappings.sorted { "\($0.target)/\($0.transport)" < "\($1.target)/\($1.transport)" }
    }

    static let expected = "`8080:80`, `127.0.0.1:8080:80`, `8000-8010:8000-8010`, `53:53/udp`, or `80`"

    /// By what ports are told apart: their spelling while short, their parts when long.
    static func key(of item: Node, problems: Problems) -> String? {
        if let scalar = item.scalar { return ComposeScalar(scalar).spelling }
        guard item.mapping != nil else { return nil }
        guard let target = item["target"]?.spelling else {
            problems.error("the port has no `target`", at: item.range, expected: "the container's port")
            return nil
        }
        let host = item["host_ip"]?.spelling ?? "0.0.0.0"
        // Compose takes `published: 8080` and `published: "8080"` for different ports here.
        let published = item["published"].map { ($0.string == nil ? "#" : "") + ($0.spelling ?? "") } ?? ""
        return "\(host):\(published):\(target)/\(item["protocol"]?.spelling ?? "tcp")"
    }

    private static func splitProtocol(_ text: Substring) -> (transport: String, port: Substring) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard !text.isEmpty, !parts[0].isEmpty else { return ("", "") }
        if parts.count == 1 { return ("tcp", text) }
        return (parts[1].isEmpty ? "tcp" : String(parts[1]), parts[0])
    }

    private static func address(_ text: String) throws(Refusal) -> String {
        if text.isEmpty { return "" }
        var address = text
        if text.hasPrefix("[") {
            guard text.hasSuffix("]") else { throw Refusal(message: "`\(text)` is no address") }
            address = String(text.dropFirst().dropLast())
        }
        guard IPAddress.isValid(address) else { throw Refusal(message: "`\(text)` is no address") }
        return address
    }

    private static func range(_ text: Substring) -> ClosedRange<Int>? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = port(parts[0]) else { return nil }
        if parts.count == 1 { return first...first }
        guard let last = port(parts[1]), last >= first else { return nil }
        return first...last
    }

    private static func port(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let port = Int(text), port <= 65_535
        else { return nil }
        return port
    }
}
