import YAML

// Networks, ports and host names on Swarm.
extension StackService {
    mutating func moveNetworkMode() {
        guard let entry = fields.entry("network_mode"), let mode = entry.value.string else { return }
        switch mode {
        case "host", "bridge":
            join(
                mode, entry,
                [.flag("external", true, at: entry.value.range), .text("name", mode, at: entry.value.range)])
            notes.rewritten(path("network_mode"), entry, "a network that is the node's own `\(mode)`")
        case "none":
            join("\(name)-alone", entry, [.flag("internal", true, at: entry.value.range)])
            notes.rewritten(path("network_mode"), entry, "an internal network with nothing else in it")
        default: return
        }
        fields["network_mode"] = nil
        if mode == "host", let ports = take("ports") {
            notes.dropped(path("ports"), ports, "on the host's network each port is the host's own")
        }
    }

    private mutating func join(_ network: String, _ entry: Mapping.Entry, _ options: [Mapping.Entry]) {
        fields["networks"] = Node(
            .mapping(Mapping([.init(key: network, keyRange: entry.value.range, value: .null)])),
            range: entry.value.range)
        addedNetworks.append(
            .init(
                key: network, keyRange: entry.value.range,
                value: Node(.mapping(Mapping(options)), range: entry.value.range)))
    }

    /// Swarm publishes on every address of every node; one port of a service answers for all of its replicas.
    mutating func fitPorts() {
        var seen: Set<[String]> = []
        let isRoundRobin = value(at: "deploy", "endpoint_mode")?.string == "dnsrr"
        changeItems(of: "ports") { service, index, port in
            let path = service.path("ports[\(index)]")
            var port = port
            if let address = port.mapping?.entry("host_ip") {
                port = port.without("host_ip")
                if !["0.0.0.0", "::"].contains(address.value.string) { service.warnOpen(path, address) }
            }
            if let published = port.mapping?.entry("published"), let range = published.value.string,
                let first = range.split(separator: "-").first, first.count < range.count
            {
                port = port.changing { key, value in key == "published" ? value.becoming(text: String(first)) : nil }
                service.notes.rewritten("\(path).published", published, "\(first), which answers for every replica")
            }
            if isRoundRobin, port["mode"]?.string != "host" {
                port = port.changing { key, value in key == "mode" ? value.becoming(text: "host") : nil }
                service.notes.rewritten(
                    "\(path).mode", .init(key: "mode", keyRange: port.range, value: port),
                    "`host`, as `endpoint_mode: dnsrr` asks")
            }
            let identity = ["target", "published", "protocol", "mode"].map { port[$0]?.spelling ?? "" }
            return identity[1].isEmpty || seen.insert(identity).inserted ? port : nil
        }
    }

    private func warnOpen(_ path: String, _ address: Mapping.Entry) {
        notes.dropped(
            "\(path).host_ip", address, "Swarm publishes on every address of every node",
            next: "close the port in the nodes' firewall, or reach the service over a network of the stack")
    }

    /// `name:address`, which older Docker takes too.
    mutating func fitHosts() {
        changeItems(of: "extra_hosts") { _, _, host in
            guard let text = host.string, let equals = text.firstIndex(of: "=") else { return host }
            return host.becoming(text: "\(text[..<equals]):\(text[text.index(after: equals)...])")
        }
    }
}
