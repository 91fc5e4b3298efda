// swift-tools-version: 6.1
import PackageDescription

/// Every room is compiled in Swift 6 mode (the default of these tools), and optimised across rooms in release:
/// the hot path of a render runs through `SourceText`, `Values`, `TemplateLanguage` and `TemplateFunctions`.
let settings: [SwiftSetting] = [
  // Debug builds and tests check exclusive access; release leaves the checks out, 7 % of a render.
  .unsafeFlags(["-cross-module-optimization", "-enforce-exclusivity=unchecked"], .when(configuration: .release))
]

/// `make build` links the program against the static C library too, and says so in the environment: without the dynamic
/// linker and its relocations the program starts in half the time. The linker is LLVM's, which has no complaints about
/// functions that Foundation has and nobody here calls.
let linking: [LinkerSetting] =
  Context.environment["SLIPWAY_STATIC"] == nil
  ? []
  : [
    .unsafeFlags(
      ["-static-executable", "-use-ld=lld"], .when(platforms: [.linux], configuration: .release))
  ]

/// A room of the house: one folder of `Sources/`, and the rooms above it that it may import.
func room(_ name: String, _ imports: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: imports, swiftSettings: settings)
}

/// The tests of one room, in `Tests/<Room>Tests`.
func tests(_ name: String, _ imports: [Target.Dependency]) -> Target {
  .testTarget(name: name + "Tests", dependencies: imports, swiftSettings: settings)
}

let crypto: [Target.Dependency] = [
  .product(name: "Crypto", package: "swift-crypto"),
  .product(name: "CryptoExtras", package: "swift-crypto"),
  .product(name: "X509", package: "swift-certificates"),
  .product(name: "SwiftASN1", package: "swift-asn1"),
]

let package = Package(
  name: "slipway",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "slipway", targets: ["slipway"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(name: "CAllocator"),
    .systemLibrary(name: "CCrypt", pkgConfig: "libcrypt", providers: [.apt(["libcrypt-dev"])]),

    room("SourceText"),
    room("Diagnostics", ["SourceText"]),
    room("LocalDisk", ["SourceText"]),
    room("Values", ["SourceText"]),
    room("RegularExpressions", ["SourceText"]),
    room("SemanticVersions", ["SourceText"]),
    room("Times", ["SourceText", "Values"]),
    room("JSON", ["SourceText", "Values"]),
    room("YAML", ["SourceText", "Diagnostics", "Values", "JSON"]),
    room("TOML", ["SourceText", "Values"]),
    room("JSONSchema", ["SourceText", "Diagnostics", "Values", "JSON", "RegularExpressions"]),
    room("TemplateLanguage", ["SourceText", "Diagnostics", "Values"]),
    room(
      "TemplateFunctions",
      [
        "SourceText", "Values", "TemplateLanguage", "JSON", "YAML", "TOML", "RegularExpressions",
        "SemanticVersions", "Times",
      ]),
    room("Cryptography", ["SourceText", "Values", "TemplateLanguage", "CCrypt"] + crypto),
    room(
      "Charts",
      [
        "SourceText", "Diagnostics", "Values", "JSON", "YAML", "JSONSchema", "SemanticVersions",
        "TemplateLanguage", "CZlib",
      ]),
    room("Kubernetes", ["SourceText", "YAML"]),
    room("Rollouts", ["Kubernetes"]),
    room("Registries", ["SourceText", "Diagnostics", "JSON", "YAML", "RegularExpressions"]),
    room("Delivery", ["SourceText", "Diagnostics", "YAML"]),
    room(
      "Rules",
      ["SourceText", "Diagnostics", "YAML", "Kubernetes", "Rollouts", "Registries", "Delivery", "RegularExpressions"]),
    room("Configuration", ["SourceText", "Diagnostics", "Values", "JSON", "YAML", "Rules"]),
    room(
      "Compiler",
      [
        "SourceText", "Diagnostics", "Values", "JSON", "YAML", "TemplateLanguage", "TemplateFunctions",
        "Cryptography", "Charts", "SemanticVersions", "Kubernetes", "Registries", "Delivery", "Rules", "Configuration",
      ]),
    room("Flags"),
    room("Reports", ["SourceText", "Diagnostics", "JSON", "Values"]),
    .executableTarget(
      name: "slipway",
      dependencies: [
        "SourceText", "Diagnostics", "LocalDisk", "Times", "TemplateLanguage", "Charts", "Rules", "Configuration",
        "Compiler", "Reports", "Flags", "CAllocator",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings,
      linkerSettings: linking),
    .executableTarget(
      name: "slipway-dev",
      dependencies: ["SourceText", "LocalDisk", "Kubernetes"], swiftSettings: settings),
    room(
      "TestSupport",
      [
        "SourceText", "Diagnostics", "TemplateLanguage", "Charts", "Kubernetes", "Rules", "Configuration", "Compiler",
        "Reports",
      ]),

    tests("SourceText", ["SourceText"]),
    tests("Diagnostics", ["Diagnostics", "SourceText"]),
    tests("Values", ["Values", "SourceText"]),
    tests("RegularExpressions", ["RegularExpressions", "SourceText"]),
    tests("SemanticVersions", ["SemanticVersions", "SourceText"]),
    tests("Times", ["Times", "Values", "SourceText"]),
    tests("JSON", ["JSON", "Values", "SourceText"]),
    tests("YAML", ["YAML", "JSON", "Values", "SourceText", "Diagnostics", "CLibYAML"]),
    tests("TOML", ["TOML", "Values", "SourceText"]),
    tests("JSONSchema", ["JSONSchema", "JSON", "YAML", "Values", "SourceText"]),
    tests("TemplateLanguage", ["TemplateLanguage", "Values", "SourceText", "Diagnostics"]),
    tests("TemplateFunctions", ["TemplateFunctions", "TemplateLanguage", "Values", "SourceText", "YAML", "JSON"]),
    tests("Cryptography", ["Cryptography", "TemplateLanguage", "Values", "SourceText"] + crypto),
    tests("Charts", ["Charts", "YAML", "JSON", "Values", "SourceText", "Diagnostics", "TemplateLanguage"]),
    tests("Kubernetes", ["Kubernetes", "YAML", "SourceText"]),
    tests("Rollouts", ["Rollouts", "Kubernetes", "SourceText"]),
    tests("Registries", ["Registries", "RegularExpressions", "YAML", "SourceText"]),
    tests("Delivery", ["Delivery", "YAML", "SourceText", "Diagnostics"]),
    tests("Rules", ["Rules", "Kubernetes", "Registries", "Delivery", "YAML", "Diagnostics", "SourceText"]),
    tests("Configuration", ["Configuration", "Rules", "Diagnostics", "SourceText"]),
    tests(
      "Compiler",
      [
        "Compiler", "Configuration", "Rules", "Kubernetes", "Charts", "TemplateLanguage", "YAML", "Values",
        "Diagnostics", "SourceText",
        "Reports", "TestSupport",
      ]),
    tests("Reports", ["Reports", "Diagnostics", "JSON", "Values", "SourceText"]),
    tests("Flags", ["Flags"]),
    tests("SlipwayDev", ["slipway-dev", "LocalDisk", "TestSupport", "SourceText"]),
    tests("House", []),
    tests("Conformance", ["Compiler", "Charts", "TemplateLanguage", "TestSupport", "SourceText"]),
    tests("EndToEnd", ["Compiler", "Configuration", "Reports", "TestSupport", "Diagnostics", "SourceText"]),
  ]
)
