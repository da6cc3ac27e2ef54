// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "EventTriage",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "evtriage", targets: ["evtriage"]),
    .library(name: "EventTriage", targets: ["EventLog", "RuleEngine", "Triage", "Reporting", "ShippedRules"]),
  ],
  dependencies: [
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

    .systemLibrary(
      name: "CLibCrypto", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CPCRE2", pkgConfig: "libpcre2-8",
      providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),
    .systemLibrary(name: "CByteSearch"),
    .systemLibrary(name: "CHeap"),

    .target(
      name: "EventLog",
      dependencies: [
        "CByteSearch", "CLibXML2", "CZlib", .target(name: "CLibCrypto", condition: .when(platforms: [.linux])),
      ]),
    .target(name: "RuleEngine", dependencies: ["CPCRE2", "EventLog", "Yams"]),
    .target(name: "Triage", dependencies: ["EventLog", "RuleEngine"]),
    .target(name: "Reporting", dependencies: ["EventLog", "RuleEngine", "Triage"]),
    .target(name: "ShippedRules", dependencies: ["RuleEngine"], plugins: ["EmbedRules"]),
    .executableTarget(
      name: "evtriage",
      dependencies: [
        "CHeap", "EventLog", "RuleEngine", "Triage", "Reporting", "ShippedRules",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Turns Rules/ into a Swift file at build time, so that the packs travel inside the binary.
    .executableTarget(name: "embed-rules", dependencies: ["RuleEngine"]),
    .plugin(name: "EmbedRules", capability: .buildTool(), dependencies: ["embed-rules"]),

    .target(name: "TestSupport", dependencies: ["EventLog"], path: "Tests/TestSupport"),
    .testTarget(name: "EventLogTests", dependencies: ["EventLog", "TestSupport"]),
    .testTarget(name: "RuleEngineTests", dependencies: ["RuleEngine", "EventLog", "TestSupport"]),
    .testTarget(name: "TriageTests", dependencies: ["Triage", "RuleEngine", "EventLog", "TestSupport"]),
    .testTarget(
      name: "ReportingTests", dependencies: ["Reporting", "Triage", "RuleEngine", "EventLog", "TestSupport"],
      exclude: ["Goldens", "Support/render.py"]),
    .testTarget(
      name: "RulePackTests", dependencies: ["ShippedRules", "RuleEngine", "Triage", "EventLog", "TestSupport"],
      exclude: ["Sigma/PeerDifferences.tsv"]),
    .testTarget(name: "CommandTests", dependencies: ["evtriage", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where ![.system, .plugin, .binary].contains(target.type) {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
      .treatAllWarnings(as: .error),
    ]
}
