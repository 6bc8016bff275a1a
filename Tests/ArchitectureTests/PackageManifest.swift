/// What `Package.swift` says of its targets, read as text.
struct PackageManifest {
    /// The names of the modules that each target declares it needs.
    let dependencies: [String: Set<String>]

    init(_ text: String) {
        var dependencies: [String: Set<String>] = [:]
        // `.target(name: "X", dependencies: ["A", "B"], …`, on one line or on several.
        for piece in text.split(separator: "arget(").dropFirst() {
            guard let name = Self.quoted(in: piece).first else { continue }
            let list = piece.firstRange(of: "dependencies: [").map { piece[$0.upperBound...].prefix { $0 != "]" } }
            dependencies[name] = Set(list.map(Self.quoted) ?? [])
        }
        self.dependencies = dependencies
    }

    private static func quoted(in text: Substring) -> [String] {
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        return parts.indices.filter { $0 % 2 == 1 }.map { String(parts[$0]) }
    }
}
