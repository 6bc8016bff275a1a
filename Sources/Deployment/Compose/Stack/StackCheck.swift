import Diagnostics
import YAML

/// What Swarm refuses and nothing can be made of.
struct StackCheck {
    let projectName: String
    let problems: Problems

    /// - Parameter services: as they are on Swarm.
    func check(_ services: [Mapping.Entry]) {
        if services.isEmpty {
            problems.error(
                "there is no service to deploy", at: .none, expected: "at least one whose profile is enabled")
        }
        var published: [[String]: (place: SourceRange, isHost: Bool, service: String)] = [:]
        for service in services {
            checkImage(service)
            checkName(service)
            for port in service.value["ports"]?.sequence ?? [] { checkPort(port, of: service.key, &published) }
        }
    }

    private func checkImage(_ service: Mapping.Entry) {
        guard service.value["image"]?.string?.isEmpty ?? true else { return }
        problems.error(
            "`services.\(service.key)` has no `image`, and Swarm builds none", at: service.place ?? .none,
            expected: "`image:` with the name under which it is built and pushed")
    }

    /// swarmkit, `manager/controlapi/common.go`: a name of a DNS host in at most 63 bytes, the stack's name included.
    private func checkName(_ service: Mapping.Entry) {
        let name = service.key
        let isHost = name.utf8.allSatisfy { $0 != UInt8(ascii: ".") } && name.utf8.last.map(Self.isAlphanumeric) == true
        if !isHost {
            problems.error(
                "Swarm cannot have a service named `\(name)`", at: service.place ?? .none,
                expected: "letters, digits, dashes and underscores, a letter or digit last")
        } else if projectName.utf8.count + 1 + name.utf8.count > 63 {
            problems.error(
                "the name `\(projectName)_\(name)` is too long for Swarm", at: service.place ?? .none,
                expected: "at most 63 bytes")
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    /// A port is published once in a swarm; only those of the nodes themselves may repeat, on different nodes.
    private func checkPort(
        _ port: Node, of service: String,
        _ published: inout [[String]: (place: SourceRange, isHost: Bool, service: String)]
    ) {
        guard let number = port["published"]?.spelling, number != "0" else { return }
        let transport = port["protocol"]?.string ?? "tcp"
        let isHost = port["mode"]?.string == "host"
        guard let first = published[[number, transport]] else {
            published[[number, transport]] = (port.range, isHost, service)
            return
        }
        if isHost, first.isHost, first.service != service { return }
        problems.error(
            "port \(number)/\(transport) is published twice, and a swarm has it once", at: port.range,
            related: [.init(range: first.place, label: "here first")], expected: "two different ports")
    }
}
