import Configuration
import Diagnostics
import Rules
import SourceText
import Testing

@Suite struct ConfigurationReaderTests {
  private func read(_ text: String) -> (Configuration, [Diagnostic]) {
    ConfigurationReader.read(SourceFile(path: ".slipway.yaml", text: ByteString(text)), folder: ".")
  }

  @Test func readsEveryKey() throws {
    let (configuration, faults) = read(
      """
      profile: strict
      kubeVersion: "1.33"
      failOn: error
      unknown: note
      environments:
        prod: {values: [values.yaml, values-prod.yaml], namespace: shop, release: shop}
        dev: {values: [values.yaml]}
      rules:
        mutable-image-tag: {level: warning, options: {mutablePatterns: ["^candidate$"]}}
        missing-liveness-probe: off
        unknown-field: note
      paths:
        - match: ["charts/vendor/**"]
          profile: off
        - match: ["charts/*/templates/migrate*.yaml"]
          rules: {unknown-field: off}
      external: [Secret/shop-db, Service/gateway]
      scripts: [".github/workflows/**", "deploy/*.sh"]
      ecr: ["infra/ecr/*.json"]
      baseline: .slipway-baseline.json
      ignore:
        - {rule: probe/, path: "charts/a/**", object: "Deployment/*", reason: "an internal tool", until: 2027-03-31}
      vendorDefaults: ignore
      workloadKinds: [example.com/Rollout]
      """)
    #expect(faults.isEmpty, "\(faults.map(\.message))")
    #expect(configuration.profile == .strict)
    #expect(configuration.kubeVersion?.text == "1.33")
    #expect(configuration.failOn == .error)
    #expect(configuration.unknown == .note)
    #expect(configuration.environments.map(\.name) == ["prod", "dev"])
    #expect(configuration.environments[0].values == ["values.yaml", "values-prod.yaml"])
    #expect(configuration.environments[0].namespace == "shop")
    #expect(configuration.environments[1].release == nil)
    #expect(configuration.rules["mutable-image-tag"]?.level == .warning)
    #expect(configuration.rules["missing-liveness-probe"]?.isEnabled == false)
    #expect(configuration.rules["unknown-field"]?.level == .note)
    #expect(configuration.external == ["Secret/shop-db", "Service/gateway"])
    #expect(configuration.scripts.map(\.pattern) == [".github/workflows/**", "deploy/*.sh"])
    #expect(configuration.baseline == ".slipway-baseline.json")
    #expect(configuration.ignoresVendorDefaults)
    #expect(configuration.workloadKinds == ["example.com/Rollout"])
    let suppression = try #require(configuration.suppressions.first)
    #expect(suppression.rules == [.category("probe")])
    #expect(suppression.until == Day("2027-03-31"))
  }

  @Test func takesTheFirstPathThatMatches() {
    let (configuration, _) = read(
      """
      rules: {unknown-field: warning}
      paths:
        - {match: ["a/**"], rules: {mutable-image-tag: off}}
        - {match: ["a/b/**"], profile: strict, rules: {mutable-image-tag: error, unknown-field: off}}
      """)
    let settings = configuration.settings(forFolder: "a/b/c")
    #expect(settings.profile == .strict)
    #expect(settings.rules["mutable-image-tag"]?.isEnabled == false)
    #expect(settings.rules["unknown-field"]?.isEnabled == false)
    #expect(configuration.settings(for: "x").rules["unknown-field"]?.level == .warning)
  }

  /// The text between `«` and `»` is where the fault stands.
  @Test(arguments: [
    ("«profil»: strict", "there is no key `profil` here; did you mean `profile`"),
    ("profile: «strikt»", "`strikt` is not one of default, strict, off; did you mean `strict`"),
    ("rules:\n  «mutable-image-tags»: off", "there is no rule `mutable-image-tags`; did you mean `mutable-image-tag`"),
    (
      "rules: {mutable-image-tag: {options: {«mutablePattern»: [a]}}}",
      "rule `mutable-image-tag` has no option `mutablePattern`; did you mean `mutablePatterns`"
    ),
    (
      "rules: {mutable-image-tag: {options: {twoPartVersions: «maybe»}}}",
      "option `twoPartVersions`: `maybe` is not one of mutable, immutable"
    ),
    ("environments: «[dev]»", "this must be a mapping"), ("external: «Secret/a»", "this must be a list"),
    ("external: [«shop-db»]", "`shop-db` is no object, as `Secret/shop-db` is"),
    ("failOn: error\n«failOn»: note", "`failOn` stands here twice"),
    ("environments: {dev: {«value»: [a]}}", "there is no key `value` here; did you mean `values`"),
  ])
  func saysWhatIsWrongAndWhere(_ marked: String, _ message: String) {
    let parts = marked.split { $0 == "«" || $0 == "»" }.map(String.init)
    let text = parts.joined()
    let start = marked.hasPrefix("«") ? 0 : parts[0].utf8.count
    let length = (marked.hasPrefix("«") ? parts[0] : parts[1]).utf8.count
    let (_, faults) = read(text)
    #expect(faults.map(\.message) == [message])
    #expect(faults.map(\.id) == ["unknown-configuration"])
    #expect(faults.first?.primary?.place.range == ByteRange(start, start + length))
  }

  @Test(arguments: [
    "ignore: [{path: a}]", "ignore: [{rule: unknown-field}]", "ignore: [{rule: unknown-field, reason: short}]",
    "ignore: [{rule: unknown-field, reason: a long enough reason, until: tomorrow}]",
  ])
  func anEntryNeedsRuleAndReason(_ text: String) {
    #expect(read(text).1.map(\.id) == ["malformed-suppression"])
  }

  @Test(arguments: ["", "---\n", "# nothing\n", "profile:", "null"])
  func emptyIsTheDefault(_ text: String) {
    let (configuration, _) = read(text)
    #expect(configuration.profile == nil)
    #expect(configuration.environments.isEmpty)
  }

  @Test(arguments: [
    "a: [", "\u{0}", "- 1", "{{", "&a [*a]", "rules: &a {b: *a}", "profile: default\n---\nprofile: strict",
  ])
  func whateverTheTextIsThereIsAnAnswer(_ text: String) {
    #expect(!read(text).1.isEmpty)
  }
}
