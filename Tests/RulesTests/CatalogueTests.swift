import Delivery
import Diagnostics
import Kubernetes
import SourceText
import Testing

@testable import Rules

/// What every rule must have.
@Suite struct CatalogueTests {
  @Test func idsAreUniqueAndKebabCase() {
    let ids = Catalogue.rules.map(\.id) + Catalogue.rules.flatMap(\.aliases)
    #expect(Set(ids).count == ids.count)
    for id in ids { #expect(id.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" }, "\(id)") }
  }

  @Test func everythingIsSaid() {
    for rule in Catalogue.rules {
      #expect(!rule.levels.isEmpty, "\(rule.id)")
      #expect(rule.levels == rule.levels.sorted(by: >), "\(rule.id)")
      #expect(!rule.why.text.isEmpty && !rule.remedy.text.isEmpty && !rule.fix.isEmpty, "\(rule.id)")
      #expect(!rule.message.text.hasSuffix("."), "\(rule.id)")
      #expect(!rule.examples.bad.isEmpty && !rule.examples.good.isEmpty, "\(rule.id)")
      #expect(!rule.clauses.fires.isEmpty && !rule.clauses.silent.isEmpty, "\(rule.id)")
      #expect((rule.clauses.fires + rule.clauses.silent).allSatisfy { !$0.text.isEmpty }, "\(rule.id)")
    }
  }

  @Test func defaultsOfOptionsCanBeRead() {
    for option in Catalogue.rules.flatMap(\.options) {
      #expect(throws: Never.self, "\(option.name)") { try option.type.read(option.defaultTexts) }
    }
  }

  @Test func rulesAreFoundByTheirIds() {
    #expect(Catalogue.rule("unknown-field")?.category == "api")
    #expect(Catalogue.rule("no-such-rule") == nil)
  }

  /// The examples of a rule's page: the bad ones are found, the good ones are not. Those with template actions, and
  /// those of rules that are off until they are configured, are left to the fixtures.
  @Test func examples() {
    for rule in Catalogue.rules where rule.examples.bad.first?.hasPrefix("rules:") != true {
      for text in rule.examples.bad where !text.contains("{{") {
        #expect(findings(of: rule, in: text).contains(rule.id), "\(rule.id): \(text)")
      }
      for text in rule.examples.good where !text.contains("{{") {
        #expect(!findings(of: rule, in: text).contains(rule.id), "\(rule.id): \(text)")
      }
    }
  }

  private func findings(of rule: Rule, in text: String) -> [String] {
    if rule.subject == .run {
      return findings(inScript: text, strictly: rule.profile == .strictOnly)
    }
    let settings = Settings(profile: rule.profile == .strictOnly ? .strict : .default)
    if text.contains("kind:") { return inspect(text, rules: [rule], settings: settings).findings.map(\.rule) }
    let lines = text.contains("image:") && !text.contains("name:") ? "name: web\n" + text : text
    let container = lines.split(separator: "\n").map { "          " + $0 }.joined(separator: "\n")
    let manifest = """
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {selector: {app: web}, ports: [{port: 443, targetPort: 8443}]}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
            -
      \(container)
      """
    return inspect(manifest, rules: [rule], settings: settings).findings.map(\.rule)
  }

  /// A script or workflow; manifests may follow behind a line of three hyphens.
  private func findings(inScript text: String, strictly: Bool) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let end = lines.firstIndex(of: "---") ?? lines.count
    let path = text.hasPrefix("on:") ? ".github/workflows/build.yml" : "deploy.sh"
    let body = ByteString(lines[..<end].joined(separator: "\n"))
    let script = Delivery.read(SourceFile(path: path, text: body)).script
    var scope = Scope(isComplete: true, objects: [], scripts: [script])
    let manifest = SourceFile(path: "web.yaml", text: ByteString(lines[end...].joined(separator: "\n")))
    let objects = ManifestReader.documents(of: manifest).nodes
      .flatMap { KubernetesObject.all(in: $0, releaseNamespace: "default") }
    if !objects.isEmpty { scope.delivered.add(objects, ofFile: "web.yaml") }
    let settings = Settings(profile: strictly ? .strict : .default)
    return Engine(settings: settings).inspect(scope).findings.map(\.rule)
  }
}
