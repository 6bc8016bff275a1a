import Host
import Testing

/// The table of DESIGN section 12. An arrow only points down.
private let layers: [String: Set<String>] = [
    "Diagnostics": [],
    "YAML": ["CYAML", "Diagnostics"],
    "Host": ["CHost", "CCurl", "Diagnostics"],
    "Deployment": ["YAML", "Diagnostics"],
    "Engine": ["Deployment", "Host", "YAML", "Diagnostics"],
    "CLI": ["Engine", "Deployment", "Host", "YAML", "Diagnostics"],
    "rehearse": ["CLI", "Host"],
]

/// Parts of the toolchain that cost no start-up time.
private let toolchain: Set<String> = ["Synchronization"]

/// Where the system is called.
private let systemFolders = ["Sources/Host/Live/", "Sources/rehearse/"]

@Suite struct `The layers of the program` {
    private static func imports(below folder: String) throws -> [ImportLine] {
        try Repository.swiftFiles(below: folder).flatMap { ImportLine.all(in: try Repository.text($0), file: $0) }
    }

    @Test(arguments: layers.keys.sorted())
    func `a target imports only what lies below it`(target: String) throws {
        let allowed = try #require(layers[target]).union(toolchain)
        let lines = try Self.imports(below: "Sources/\(target)")
        let wrong = lines.filter { !allowed.contains($0.module) && $0.module != "Glibc" }
        #expect(wrong == [])
        #expect(target == "Diagnostics" || !lines.isEmpty, "no import was found, so none was looked at")
    }

    @Test func `only the live host and the main program see the system`() throws {
        let lines = try Self.imports(below: "Sources").filter { $0.module == "Glibc" }
        #expect(lines.filter { line in !systemFolders.contains { line.file.hasPrefix($0) } } == [])
        #expect(lines.contains { $0.file.hasPrefix("Sources/Host/Live/") })
    }

    /// It takes 60 ms to start; not even a test may need it.
    @Test func `Foundation is nowhere`() throws {
        let lines = try Self.imports(below: "Sources") + Self.imports(below: "Tests")
        #expect(lines.filter { $0.module.hasPrefix("Foundation") } == [])
    }

    @Test func `every imported module is a declared dependency of its target`() throws {
        let manifest = PackageManifest(try Repository.text("Package.swift"))
        let own = Set(manifest.dependencies.keys)
        let lines = try Self.imports(below: "Sources") + Self.imports(below: "Tests")
        let undeclared = lines.filter { line in
            own.contains(line.module) && manifest.dependencies[line.target]?.contains(line.module) != true
        }
        #expect(undeclared == [])
    }

    @Test func `the package declares the targets of the table, each with what it may import and no more`() throws {
        let manifest = PackageManifest(try Repository.text("Package.swift"))
        for (target, allowed) in layers {
            let declared = try #require(manifest.dependencies[target], "\(target) is no target")
            #expect(declared.isSubset(of: allowed), "\(target) needs \(declared.subtracting(allowed))")
        }
        let swiftFolders = try Repository.names(in: "Sources").filter {
            try !Repository.swiftFiles(below: "Sources/\($0)").isEmpty
        }
        #expect(swiftFolders == layers.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    @Test func `the package needs no other packages`() throws {
        #expect(!(try Repository.text("Package.swift")).contains(".package("))
    }
}

@Suite struct `Reading import lines` {
    @Test func `every form of an import is seen and words that only look like one are not`() {
        let text = """
            import A
            package import B
            @testable import C
            @preconcurrency public import struct D.Inner
            import func E.run
              import F.Sub // import G
            // import H
            let important = 1
            """
        #expect(ImportLine.all(in: text, file: "Sources/X/Y.swift").map(\.module) == ["A", "B", "C", "D", "E", "F"])
        #expect(ImportLine.all(in: text, file: "Sources/X/Y.swift").map(\.number) == [1, 2, 3, 4, 5, 6])
        #expect(ImportLine.all(in: text, file: "Sources/X/Y.swift").allSatisfy { $0.target == "X" })
    }

    @Test func `dependencies are read whether they stand on one line or on several`() {
        let manifest = PackageManifest(
            """
            .target(name: "A", swiftSettings: x),
            .target(
                name: "B",
                dependencies: ["A", "C"],
                linkerSettings: [.unsafeFlags(["-l"])]
            ),
            .testTarget(name: "T", dependencies: ["B"], exclude: ["python"]),
            """)
        #expect(manifest.dependencies == ["A": [], "B": ["A", "C"], "T": ["B"]])
    }
}
