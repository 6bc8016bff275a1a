// swift-tools-version: 6.2
// The targets are the layers of the program, lowest first; an arrow only points down.
// Tests/ArchitectureTests reads every `import` line against this table.

import PackageDescription

let language: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Targets that call C say `unsafe` at every place where they do.
let overC: [SwiftSetting] = language + [.strictMemorySafety()]

let package = Package(
    name: "rehearse",
    products: [.executable(name: "rehearse", targets: ["rehearse"])],
    targets: [
        .target(name: "Diagnostics", swiftSettings: language),
        .systemLibrary(name: "CYAML"),
        // No `link` in the module map: the archive is named here, so that libyaml is inside the binary.
        .target(
            name: "YAML",
            dependencies: ["CYAML", "Diagnostics"],
            swiftSettings: overC,
            linkerSettings: [.unsafeFlags(["-l:libyaml.a"])]
        ),
        .target(name: "CHost", linkerSettings: [.unsafeFlags(["-l:libmd.a"])]),
        // It finds libcurl by itself when a check asks for it, so nothing is linked.
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("dl")]),
        .target(name: "Host", dependencies: ["CHost", "CCurl", "Diagnostics"], swiftSettings: overC),
        .target(name: "Deployment", dependencies: ["YAML", "Diagnostics"], swiftSettings: language),
        .target(
            name: "Engine",
            dependencies: ["Deployment", "Host", "YAML", "Diagnostics"],
            swiftSettings: language
        ),
        .target(
            name: "CLI",
            dependencies: ["Engine", "Deployment", "Host", "YAML", "Diagnostics"],
            swiftSettings: language
        ),
        .executableTarget(name: "rehearse", dependencies: ["CLI", "Host"], swiftSettings: language),

        .target(
            name: "TestSupport",
            dependencies: ["Engine", "Deployment", "Host", "YAML", "Diagnostics"],
            path: "Tests/TestSupport",
            swiftSettings: language
        ),
        .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"], swiftSettings: language),
        .testTarget(name: "YAMLTests", dependencies: ["YAML", "Diagnostics", "TestSupport"], swiftSettings: language),
        .testTarget(
            name: "HostTests",
            dependencies: ["Host", "Diagnostics", "TestSupport"],
            swiftSettings: language
        ),
        .testTarget(
            name: "DeploymentTests",
            dependencies: ["Deployment", "Host", "YAML", "Diagnostics", "TestSupport"],
            swiftSettings: language
        ),
        .testTarget(
            name: "EngineTests",
            dependencies: ["Engine", "Deployment", "Host", "YAML", "Diagnostics", "TestSupport"],
            swiftSettings: language
        ),
        .testTarget(
            name: "CLITests",
            dependencies: ["CLI", "Engine", "Deployment", "Host", "YAML", "Diagnostics", "TestSupport"],
            swiftSettings: language
        ),
        .testTarget(name: "ArchitectureTests", dependencies: ["Host", "TestSupport"], swiftSettings: language),
        .testTarget(
            name: "BinaryTests",
            dependencies: ["rehearse", "CLI", "Engine", "Deployment", "YAML", "Host", "Diagnostics", "TestSupport"],
            exclude: ["Reports/junit.py"],
            swiftSettings: language
        ),
        .testTarget(
            name: "FaultTests",
            dependencies: ["rehearse", "YAML", "Host", "TestSupport"],
            swiftSettings: language
        ),
        .testTarget(
            name: "PeerTests",
            dependencies: ["rehearse", "CLI", "Engine", "Deployment", "YAML", "Host", "Diagnostics", "TestSupport"],
            exclude: ["Browser/drive.py"],
            swiftSettings: language
        ),
    ],
    swiftLanguageModes: [.v6]
)
