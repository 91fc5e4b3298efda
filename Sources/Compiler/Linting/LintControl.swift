import Configuration
import Diagnostics
import Rules

/// What the command line says about how a lint judges. It beats what configurations say.
package struct LintControl: Sendable {
  /// A configuration to use in place of those that stand beside the inputs.
  package var configuration: String?
  package var profile: Profile?
  package var failOn: Level?
  /// Only these rules run, whatever the profile; empty leaves the choice to the profile.
  package var only: [RuleSelector] = []
  /// These rules do not run.
  package var ignored: [RuleSelector] = []
  /// The path of a baseline; beats the configurations'.
  package var baseline: String?
  /// Judge without any baseline: to write a new one.
  package var ignoresBaselines = false
  /// Findings that touch nothing of this are left out; nil keeps all.
  package var changes: ChangedRanges?
  /// The day that decides what has expired; nil when nothing does.
  package var today: Day?
  /// Images that come whole from a subchart's own defaults are not judged; nil leaves it to the configurations.
  package var ignoresVendorDefaults: Bool?
  /// The version of Kubernetes was given.
  package var hasKubeVersion = false
  /// Every diagnostic keeps where the bytes of its field came from.
  package var keepsTraces = false

  package init() {}

  /// The settings of a configuration under these flags.
  func adjusted(_ settings: Settings) -> Settings {
    var settings = settings
    if let profile { settings.profile = profile }
    for rule in Catalogue.rules {
      if !only.isEmpty {
        settings.rules[rule.id, default: Settings.RuleSettings()].isEnabled = only.contains { $0.selects(rule) }
      }
      if ignored.contains(where: { $0.selects(rule) }) {
        settings.rules[rule.id, default: Settings.RuleSettings()].isEnabled = false
      }
    }
    return settings
  }
}
