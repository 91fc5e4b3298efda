import Diagnostics

/// One entry of the catalogue: `rules/<category>/<id>.yaml`, with the Swift that its `check` names.
package struct Rule: Sendable {
  /// Kebab-case; names the fault; never reused.
  package let id: String
  package let category: String
  /// Ids that the rule had before.
  package let aliases: [String]
  package let summary: String
  /// The levels that the check may give, the gravest first.
  package let levels: [Level]
  package let profile: Membership
  /// The version of Slipway that first had the rule.
  package let since: String
  package let subject: Subject
  package let options: [OptionSpecification]
  package let message: MessageTemplate
  package let why: MessageTemplate
  package let remedy: MessageTemplate
  package let fix: String
  package let references: [String]
  /// Checks of other tools that ask the same, as `tool:check`.
  package let peers: [String]
  package let examples: Examples
  package let clauses: Clauses
  package let check: Check

  /// The profiles that a rule belongs to.
  package enum Membership: String, Hashable, Sendable {
    /// In default, and so in strict.
    case inDefault = "default"
    case strictOnly = "strict"
    /// In default, with branches that only strict has.
    case defaultAndStrict = "default/strict"
  }

  /// What a rule looks at, once for each.
  package enum Subject: String, Hashable, Sendable, CaseIterable {
    case image, container, pod, workload, service, ingress, autoscaler, budget, policy, account, role, config, object
    case revision, template, values, chart, lifecycle, repository, run
  }

  /// Minimal inputs for the page, run as tests.
  package struct Examples: Sendable {
    package let bad: [String]
    package let good: [String]
    package init(bad: [String], good: [String]) {
      self.bad = bad
      self.good = good
    }
  }

  /// A case in which the rule fires or must stay silent: its name, which its fixtures' folder has too, and a sentence.
  package struct Clause: Hashable, Sendable {
    package let name: String
    package let text: String
    package init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  package struct Clauses: Sendable {
    package let fires: [Clause]
    package let silent: [Clause]
    package init(fires: [Clause], silent: [Clause]) {
      self.fires = fires
      self.silent = silent
    }
  }

  package init(
    id: String, category: String, aliases: [String] = [], summary: String, levels: [Level], profile: Membership,
    since: String, subject: Subject, options: [OptionSpecification] = [], message: MessageTemplate,
    why: MessageTemplate,
    remedy: MessageTemplate, fix: String, references: [String] = [], peers: [String] = [], examples: Examples,
    clauses: Clauses, check: Check
  ) {
    self.id = id
    self.category = category
    self.aliases = aliases
    self.summary = summary
    self.levels = levels
    self.profile = profile
    self.since = since
    self.subject = subject
    self.options = options
    self.message = message
    self.why = why
    self.remedy = remedy
    self.fix = fix
    self.references = references
    self.peers = peers
    self.examples = examples
    self.clauses = clauses
    self.check = check
  }
}

/// A set of rules to run.
package enum Profile: String, Hashable, Sendable, CaseIterable {
  case `default`
  case strict
  /// Nothing but what a configuration turns on.
  case off
}
