import Kubernetes
import SourceText
import Testing

@testable import Rules

/// Gives the sources of scalars by their text.
private struct FixedProvenance: Provenance {
  var sources: [String: [(String, ValueSource)]]

  func sources(of node: Node, in range: Range<Int>?) -> [SourcedRange]? {
    guard let pieces = sources[node.scalar ?? ""] else { return [] }
    var start = 0
    let all = pieces.map { text, source in
      defer { start += text.utf8.count }
      return SourcedRange(start..<start + text.utf8.count, source)
    }
    guard let range else { return all }
    return all.compactMap { piece in
      if piece.range.isEmpty { return range.contains(piece.range.lowerBound - 1) ? piece : nil }
      let common = piece.range.clamped(to: range)
      return common.isEmpty ? nil : SourcedRange(common, piece.source)
    }
  }
}

@Suite struct ProvenanceTests {
  private func deployment(image: String, version: String = "x") -> String {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      selector: {matchLabels: {app: web, version: "\(version)"}}
      template:
        metadata: {labels: {app: web, version: "\(version)"}}
        spec: {containers: [{name: web, image: "\(image)"}]}
    """
  }

  private func bytes(_ place: Place) -> String? {
    guard case .bytes(let node, let range) = place else { return nil }
    return node.scalarBytes?[range].string
  }

  private func value(_ key: String) -> ValueSource { .value(key: key, isVendorDefault: false) }

  @Test func theValueThatMakesATagMoveIsToBlame() {
    let provenance = FixedProvenance(sources: [
      "reg/web:latest-main": [("reg/web", value("repository")), (":latest-", .literal), ("main", value("branch"))]
    ])
    let found = inspect(deployment(image: "reg/web:latest-main"), provenance: provenance).findings
    #expect(found.map(\.rule) == ["mutable-image-tag"])
    #expect(bytes(found[0].place) == "main")
    #expect(found[0].related.map { bytes($0.place) } == ["latest-"])
  }

  @Test func theTextThatMakesATagMoveIsToBlame() {
    let provenance = FixedProvenance(sources: ["web:main-x": [("web:main-", .literal), ("x", value("suffix"))]])
    let found = inspect(deployment(image: "web:main-x"), provenance: provenance).findings
    #expect(bytes(found[0].place) == "main-")
  }

  @Test func anEmptyValueIsToBlame() {
    let provenance = FixedProvenance(sources: ["web:latest-": [("web:latest-", .literal), ("", value("branch"))]])
    let found = inspect(deployment(image: "web:latest-"), provenance: provenance).findings
    #expect(bytes(found[0].place) == "")
    #expect(found[0].holes.contains(Hole("reason", "channel word `latest` with an empty value behind it")))
  }

  @Test func theValueWithTheWrongByteIsToBlame() {
    let provenance = FixedProvenance(sources: [
      "web:latest-feature/x": [("web:latest-", .literal), ("feature/x", value("branch"))]
    ])
    let found = inspect(deployment(image: "web:latest-feature/x"), provenance: provenance).findings
    #expect(found.map(\.rule) == ["invalid-image-reference"])
    #expect(bytes(found[0].place) == "feature/x")
  }

  @Test func vendorDefaultsMayBeExcluded() {
    let provenance = FixedProvenance(sources: ["web:latest": [("web:latest", .value(key: "a", isVendorDefault: true))]])
    var scope = scope(deployment(image: "web:latest"))
    #expect(Engine(rules: engineRules).inspect(scope, provenance: provenance).findings.count == 1)
    scope.ignoresVendorDefaults = true
    #expect(Engine(rules: engineRules).inspect(scope, provenance: provenance).findings.isEmpty)
  }

  @Test(arguments: [
    (ValueSource.chart(field: "Version"), "`.Chart.Version`"), (.chart(field: "AppVersion"), "`.Chart.AppVersion`"),
    (.builtIn("Release.Revision"), "`.Release.Revision`"),
    (.derived(function: "randAlphaNum", []), "the function `randAlphaNum`"),
    (.derived(function: "upper", [.derived(function: "now", [])]), "the function `now`"),
    (.argument(key: "image.tag"), "the image tag `image.tag`"),
    (.derived(function: "trunc", [.value(key: "image.tag", isVendorDefault: false)]), "the image tag `image.tag`"),
    (.value(key: "colour", isVendorDefault: false), "the value `colour`"),
  ])
  func varyingSources(_ source: ValueSource, _ name: String) {
    let provenance = FixedProvenance(sources: [
      "7": [("7", source)], "web:1.4.2": [("web:", .literal), ("1.4.2", value("image.tag"))],
    ])
    var scope = scope(deployment(image: "web:1.4.2", version: "7"))
    scope.varyingValues = ["colour"]
    let only = Settings(profile: .off, rules: ["release-varying-selector": .init(isEnabled: true)])
    let found = Engine(settings: only).inspect(scope, provenance: provenance).findings
    #expect(found.map(\.rule) == ["release-varying-selector"])
    #expect(found.first?.holes.last == Hole("source", name))
  }

  @Test(arguments: [
    ValueSource.literal, .chart(field: "Name"), .builtIn("Release.Name"),
    .value(key: "nameOverride", isVendorDefault: false),
    .derived(function: "sha256sum", [.builtIn("Release.Name")]), .derived(function: "derivePassword", []), .unknown,
  ])
  func constantSources(_ source: ValueSource) {
    let provenance = FixedProvenance(sources: ["7": [("7", source)]])
    #expect(inspect(deployment(image: "web:1.4.2", version: "7"), provenance: provenance).findings.isEmpty)
  }
}
