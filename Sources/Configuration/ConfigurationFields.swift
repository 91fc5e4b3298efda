import Diagnostics
import JSON
import Rules
import SourceText
import Values
import YAML

/// One key that a mapping of the configuration may have: how it is read, and what its schema says.
struct ConfigurationField<Target>: Sendable {
  let name: String
  let documentation: String
  let schema: @Sendable () -> Value
  let read: @Sendable (YAMLNode, inout Target, inout ConfigurationFaults) -> Void

  init(
    _ name: String, _ documentation: String, schema: @escaping @Sendable () -> Value,
    read: @escaping @Sendable (YAMLNode, inout Target, inout ConfigurationFaults) -> Void
  ) {
    self.name = name
    self.documentation = documentation
    self.schema = schema
    self.read = read
  }
}

/// The keys of `.slipway.yaml`, one row each; the reader and the JSON Schema are made from them.
enum ConfigurationFields {
  static let top: [ConfigurationField<Configuration>] = [
    ConfigurationField(
      "profile", "Which rules run: those for every project, all of them, or only those named under `rules`",
      schema: { Schema.words(Profile.allCases.map(\.rawValue)) },
      read: { $2.word($0, of: Profile.self).store(&$1, \.profile) }),
    ConfigurationField(
      "kubeVersion", "The version of Kubernetes that manifests are for; that of Helm's capabilities unless it is given",
      schema: { Schema.string },
      read: { node, target, faults in
        if let text = faults.text(node) { target.kubeVersion = (text, faults.place(node)) }
      }),
    ConfigurationField(
      "failOn", "The lowest level that fails a run", schema: { Schema.words(Level.allCases.map(\.rawValue)) },
      read: { $2.word($0, of: Level.self).store(&$1, \.failOn) }),
    ConfigurationField(
      "unknown", "The level at which checks that cannot be decided are reported",
      schema: { Schema.words(["ignore"] + Level.allCases.map(\.rawValue)) },
      read: { node, target, faults in
        if node.text != "ignore" { target.unknown = faults.word(node, of: Level.self, besides: ["ignore"]) }
      }),
    ConfigurationField(
      "environments",
      "Sets of values; every rule runs for each, and one report names those in which it found something",
      schema: { Schema.map(of: Schema.object(environment)) },
      read: { node, target, faults in
        faults.eachEntry(of: node) { name, entry, faults in
          var made = ConfiguredEnvironment(name: name)
          faults.read(entry, environment, into: &made)
          target.environments.append(made)
        }
      }),
    ConfigurationField(
      "rules", "Settings of single rules: off, a level, or a mapping of `level` and `options`",
      schema: { RuleFields.schema }, read: { $1.rules = RuleFields.read($0, &$2) }),
    ConfigurationField(
      "paths", "Other settings for the files that match; of several entries the first that names a rule wins",
      schema: { Schema.list(of: Schema.object(path, required: ["match"])) },
      read: { node, target, faults in
        for item in faults.items(of: node) {
          var made = PathSettings()
          faults.read(item, path, into: &made)
          target.paths.append(made)
        }
      }),
    ConfigurationField(
      "external", "Objects that live outside the input, as Kind/name", schema: { Schema.list(of: Schema.string) },
      read: { node, target, faults in
        for item in faults.items(of: node) {
          guard let text = faults.text(item) else { continue }
          if text.split(separator: "/").count == 2 {
            target.external.insert(text)
          } else {
            faults.add("`\(text)` is no object, as `Secret/shop-db` is", at: item)
          }
        }
      }),
    ConfigurationField(
      "scripts", "Scripts and CI files that deliver the objects; patterns relative to this file",
      schema: { Schema.list(of: Schema.string) }, read: { $1.scripts = $2.texts($0).map(PathGlob.init) }),
    ConfigurationField(
      "ecr", "Lifecycle policies of registries; patterns relative to this file",
      schema: { Schema.list(of: Schema.string) }, read: { $1.ecr = $2.texts($0).map(PathGlob.init) }),
    ConfigurationField(
      "baseline", "The file of findings that are known and do not fail", schema: { Schema.string },
      read: { $1.baseline = $2.text($0) }),
    ConfigurationField(
      "ignore", "Findings to live with",
      schema: { Schema.list(of: Schema.object(ignore, required: ["rule", "reason"])) },
      read: { node, target, faults in
        for item in faults.items(of: node) {
          var made = IgnoreEntry()
          faults.read(item, ignore, into: &made)
          if let suppression = made.suppression(item, &faults) { target.suppressions.append(suppression) }
        }
      }),
    ConfigurationField(
      "vendorDefaults", "Whether images that come whole from a subchart's own values are judged",
      schema: { Schema.words(VendorDefaults.allCases.map(\.rawValue)) },
      read: { node, target, faults in
        target.ignoresVendorDefaults = faults.word(node, of: VendorDefaults.self) == .ignore
      }),
    ConfigurationField(
      "workloadKinds", "Further kinds to treat as Deployments, as group/Kind",
      schema: { Schema.list(of: Schema.string) },
      read: { $1.workloadKinds = Set($2.texts($0)) }),
  ]

  static let environment: [ConfigurationField<ConfiguredEnvironment>] = [
    ConfigurationField(
      "values", "Values files, the later winning; looked for beside the chart, then beside this file",
      schema: { Schema.list(of: Schema.string) }, read: { $1.values = $2.texts($0) }),
    ConfigurationField(
      "namespace", "The release's namespace", schema: { Schema.string }, read: { $1.namespace = $2.text($0) }),
    ConfigurationField(
      "release", "The release's name", schema: { Schema.string }, read: { $1.release = $2.text($0) }),
  ]

  static let path: [ConfigurationField<PathSettings>] = [
    ConfigurationField(
      "match", "Patterns relative to this file", schema: { Schema.list(of: Schema.string) },
      read: { $1.globs = $2.texts($0).map(PathGlob.init) }),
    ConfigurationField(
      "profile", "The profile for these files", schema: { Schema.words(Profile.allCases.map(\.rawValue)) },
      read: { $2.word($0, of: Profile.self).store(&$1, \.profile) }),
    ConfigurationField(
      "rules", "Settings of single rules for these files", schema: { RuleFields.schema },
      read: { $1.rules = RuleFields.read($0, &$2) }),
  ]

  static let ignore: [ConfigurationField<IgnoreEntry>] = [
    ConfigurationField(
      "rule", "A rule, or a category with a slash at its end", schema: { Schema.string },
      read: { $1.rule = $2.text($0) }),
    ConfigurationField(
      "path", "A pattern over the files whose findings are meant, relative to this file", schema: { Schema.string },
      read: { node, target, faults in target.path = faults.text(node).map(PathGlob.init) }),
    ConfigurationField(
      "object", "A pattern over the objects that are meant: Deployment/web-*", schema: { Schema.string },
      read: { node, target, faults in target.object = faults.text(node).map(Glob.init) }),
    ConfigurationField(
      "reason", "Why, in ten characters or more", schema: { Schema.string }, read: { $1.reason = $2.text($0) }),
    ConfigurationField(
      "until", "The last day on which the entry is valid: 2027-03-31", schema: { Schema.string },
      read: { $1.until = $2.text($0) }),
  ]
}

/// What becomes of images that a subchart's own values name.
package enum VendorDefaults: String, Sendable, CaseIterable {
  case judge, ignore
}

/// An entry of `ignore` while it is read.
struct IgnoreEntry {
  var rule: String?
  var path: PathGlob?
  var object: Glob?
  var reason: String?
  var until: String?

  func suppression(_ node: YAMLNode, _ faults: inout ConfigurationFaults) -> Suppression? {
    do throws(SuppressionDirective.Malformation) {
      let until = until.map { " until=" + $0 } ?? ""
      let directive = try SuppressionDirective(rules: rule ?? "", reason: (reason ?? "") + until)
      return Suppression(
        rules: directive.rules, reason: directive.reason, until: directive.until, place: faults.place(node),
        reach: .configured(path: path, object: object, folder: faults.folder))
    } catch {
      faults.malformed(error.message, at: node)
      return nil
    }
  }
}

extension Optional {
  /// Stores a value that is there.
  fileprivate func store<Target>(_ target: inout Target, _ path: WritableKeyPath<Target, Wrapped?>) {
    if let self { target[keyPath: path] = self }
  }
}
