import Diagnostics
import Rules
import SourceText

/// What a project says about its lint: a `.slipway.yaml`, or the defaults where there is none.
package struct Configuration: Sendable {
  /// The name that is looked for, in a chart's folder and in those above it.
  package static let fileName = ".slipway.yaml"

  /// The folder that patterns and paths are relative to.
  package var folder = "."
  package var file: SourceFile?
  package var profile: Profile?
  /// The version of Kubernetes as written, and where.
  package var kubeVersion: (text: String, place: SourceRange)?
  package var failOn: Level?
  /// The level at which undecided checks are reported; nil only counts them.
  package var unknown: Level?
  /// In the order of the file.
  package var environments: [ConfiguredEnvironment] = []
  package var rules: [String: Settings.RuleSettings] = [:]
  package var paths: [PathSettings] = []
  /// `Kind/name` of objects that live outside the input.
  package var external: Set<String> = []
  package var scripts: [PathGlob] = []
  /// Lifecycle policies of registries.
  package var ecr: [PathGlob] = []
  /// The path of the baseline, below the folder.
  package var baseline: String?
  package var suppressions: [Suppression] = []
  /// Images that come whole from a subchart's own defaults are not judged.
  package var ignoresVendorDefaults = false
  /// `group/Kind` of kinds to treat as Deployments besides the known ones.
  package var workloadKinds: Set<String> = []

  package init() {}
}

/// An entry of `environments`.
package struct ConfiguredEnvironment: Sendable {
  package var name: String
  package var values: [String] = []
  package var namespace: String?
  package var release: String?

  package init(name: String) { self.name = name }
}

/// An entry of `paths`: what holds for the files that match.
package struct PathSettings: Sendable {
  package var globs: [PathGlob] = []
  package var profile: Profile?
  package var rules: [String: Settings.RuleSettings] = [:]

  package init() {}
}

extension Configuration {
  /// The settings for a path below the folder: of the entries that match it, the first that says something about a
  /// rule wins, and then what holds everywhere.
  package func settings(for path: String) -> Settings {
    settings { $0.globs.contains { $0.matches(path) } }
  }

  /// The settings for all that a folder below the configuration's holds.
  package func settings(forFolder path: String) -> Settings {
    settings { $0.globs.contains { $0.covers(folder: path) } }
  }

  private func settings(where applies: (PathSettings) -> Bool) -> Settings {
    var settings = Settings(profile: profile ?? .default, rules: rules)
    let matching = paths.filter(applies)
    if let profile = matching.lazy.compactMap(\.profile).first { settings.profile = profile }
    for entry in matching.reversed() { settings.rules.merge(entry.rules) { _, new in new } }
    return settings
  }
}
