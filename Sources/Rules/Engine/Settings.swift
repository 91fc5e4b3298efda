import Diagnostics

/// Which rules run, and how: a profile and what a configuration says about single rules.
package struct Settings: Sendable {
  package struct RuleSettings: Sendable {
    /// False turns the rule off; true turns it on whatever the profile; nil leaves it to the profile.
    package var isEnabled: Bool?
    /// Replaces the level that the check gives.
    package var level: Level?
    package var options: [String: OptionValue]

    package init(isEnabled: Bool? = nil, level: Level? = nil, options: [String: OptionValue] = [:]) {
      self.isEnabled = isEnabled
      self.level = level
      self.options = options
    }
  }

  package var profile: Profile
  /// By rule id.
  package var rules: [String: RuleSettings]

  package init(profile: Profile = .default, rules: [String: RuleSettings] = [:]) {
    self.profile = profile
    self.rules = rules
  }

  package func isEnabled(_ rule: Rule) -> Bool {
    if let isEnabled = rules[rule.id]?.isEnabled { return isEnabled }
    switch profile {
    case .off: return false
    case .strict: return true
    case .default: return rule.profile != .strictOnly
    }
  }
}
