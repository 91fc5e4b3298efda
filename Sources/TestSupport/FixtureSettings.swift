import Charts
import Compiler
import Kubernetes
import Rules
import SourceText

/// The part of a `.slipway.yaml` that fixtures use: the profile, the options of rules, `vendorDefaults`,
/// `kubeVersion` and `environments`.
struct FixtureSettings {
  private(set) var settings = Settings()
  private(set) var ignoresVendorDefaults = false
  private(set) var environments: [LintEnvironment] = []
  private(set) var kubeVersion: KubeVersion?

  init(_ text: ByteString?) {
    guard let text,
      let root = ManifestReader.documents(of: SourceFile(path: ".slipway.yaml", text: text)).nodes.first
    else { return }
    settings.profile = root["profile"]?.scalar.flatMap(Profile.init) ?? .default
    ignoresVendorDefaults = root["vendorDefaults"]?.scalar == "ignore"
    kubeVersion = root["kubeVersion"]?.scalar.flatMap { try? KubeVersion(ByteString($0)) }
    environments = root["environments"].map { Array($0.children) }?.map(Self.environment) ?? []
    for entry in root["rules"].map({ Array($0.children) }) ?? [] {
      guard let id = entry.key, let rule = Catalogue.rules.first(where: { $0.id == id }) else { continue }
      settings.rules[id] = Settings.RuleSettings(options: Self.options(entry["options"], of: rule))
    }
  }

  private static func environment(_ node: Node) -> LintEnvironment {
    var values = ValuesArguments()
    values.files = node["values"]?.items.compactMap(\.scalar) ?? []
    return LintEnvironment(name: node.key ?? "", values: values)
  }

  private static func options(_ node: Node?, of rule: Rule) -> [String: OptionValue] {
    var options: [String: OptionValue] = [:]
    for entry in node.map({ Array($0.children) }) ?? [] {
      guard let name = entry.key, let option = rule.options.first(where: { $0.name == name }) else { continue }
      let texts =
        entry.isMapping
        ? entry.children.flatMap { [$0.key ?? "", $0.scalar ?? ""] }
        : entry.isSequence ? entry.items.compactMap(\.scalar) : [entry.scalar ?? ""]
      options[name] = try? option.type.read(texts)
    }
    return options
  }
}

extension Settings {
  /// Turns every rule off but these.
  mutating func keepOnly(_ ids: Set<String>) {
    for rule in Catalogue.rules { rules[rule.id, default: RuleSettings()].isEnabled = ids.contains(rule.id) }
  }
}
