import YAML

// Volumes on Swarm.
extension StackService {
    /// `docker stack deploy` reads `tmpfs` and `shm_size` and ignores them, the first without a word; a volume of type
    /// `tmpfs` is the same folder.
    mutating func moveMemoryFolders() {
        if let entry = take("tmpfs") {
            for item in entry.value.sequence ?? [] { mountMemory(item, of: entry) }
            notes.rewritten(path("tmpfs"), entry, "a volume of type `tmpfs`")
        }
        if let entry = take("shm_size") {
            mount("/dev/shm", size: entry.value.spelling.flatMap(Int.init), from: entry.value)
            notes.rewritten(path("shm_size"), entry, "a volume of type `tmpfs` on `/dev/shm`")
        }
    }

    /// `/run`, or `/run:size=64m,mode=1770`.
    private mutating func mountMemory(_ item: Node, of entry: Mapping.Entry) {
        guard let text = item.string else { return }
        let parts = text.split(separator: ":", maxSplits: 1)
        var size: Int?
        var lost: [String] = []
        for option in parts.dropFirst().flatMap({ $0.split(separator: ",") }) {
            if option.hasPrefix("size="), let bytes = ByteSize.parse(String(option.dropFirst("size=".count))) {
                size = bytes
            } else if option != "rw", option != "mode=1777" {
                lost.append(String(option))
            }
        }
        mount(parts.first.map(String.init) ?? text, size: size, from: item)
        guard !lost.isEmpty else { return }
        let written = Mapping.Entry(key: entry.key, keyRange: item.range, value: item)
        notes.dropped(path("tmpfs"), written, "the size is all that Swarm takes, not `\(lost.joined(separator: ","))`")
    }

    private mutating func mount(_ target: String, size: Int?, from node: Node) {
        let volumes = fields["volumes"]?.sequence ?? []
        guard !volumes.contains(where: { $0["target"]?.string == target }) else { return }
        var entries: [Mapping.Entry] = [
            .text("type", "tmpfs", at: node.range), .text("target", target, at: node.range),
        ]
        if let size {
            let options = Mapping([.init(key: "size", keyRange: node.range, value: node.becoming(integer: size))])
            entries.append(.init(key: "tmpfs", keyRange: node.range, value: Node(.mapping(options), range: node.range)))
        }
        fields["volumes"] = Node(
            .sequence(volumes + [Node(.mapping(Mapping(entries)), range: node.range)]),
            range: fields["volumes"]?.range ?? node.range)
    }

    mutating func fitMounts() {
        changeItems(of: "volumes") { service, index, volume in
            let written = Mapping.Entry(key: "volumes", keyRange: volume.range, value: volume)
            let path = service.path("volumes[\(index)]")
            switch volume["type"]?.string {
            case "image":
                service.notes.dropped(
                    path, written, "Swarm mounts no images", next: "copy the files into the service's image")
                return nil
            case "bind":
                guard volume["bind"]?["create_host_path"]?.boolean == true else { return volume }
                service.notes.warn(
                    "the source of `\(path)` has to be there on every node that runs `\(service.name)`: Swarm neither makes nor copies it",
                    written)
                return volume.changing { key, value in
                    key == "bind" ? value.without("create_host_path") : nil
                }
            default: return volume
            }
        }
    }
}

extension Node {
    func without(_ key: String) -> Node {
        guard var mapping else { return self }
        mapping[key] = nil
        return Node(.mapping(mapping), range: range, tag: tag)
    }
}
