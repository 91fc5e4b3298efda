import Charts
import Configuration
import Diagnostics
import Rules
import SourceText

/// What is to be linted, and how.
package struct LintRequest: Sendable {
  /// Charts, files and folders; `-` is standard input.
  package var paths: [String]
  /// Apply to every chart; without values files also on top of a configuration's environments.
  package var values = ValuesArguments()
  /// Every chart is linted under each of them; they beat a configuration's.
  package var environments: [LintEnvironment] = []
  package var options = ReleaseOptions()
  package var control = LintControl()
  /// Files and folders with CustomResourceDefinitions, by which custom resources are judged.
  package var definitionPaths: [String] = []

  package init(paths: [String]) { self.paths = paths }
}

extension LintRequest {
  /// The version of Kubernetes for an input: the command line's, else the configuration's.
  func kubeVersion(_ configuration: Configuration) throws(LintStop) -> KubeVersion {
    guard !control.hasKubeVersion, let version = configuration.kubeVersion else { return options.kubeVersion }
    do throws(ChartError) {
      return try KubeVersion(ByteString(version.text))
    } catch {
      throw LintStop(diagnostics: [EngineDiagnostics.unknown(error.message.string, at: version.place)])
    }
  }
}

/// How a run ends.
package enum Verdict: Hashable, Sendable {
  case clean
  /// Something is at or above the level that fails.
  case findings
  /// Slipway could not do its work.
  case failure
}

/// What a lint says.
package struct LintResult: Sendable {
  /// In the order of a report; those that were suppressed or are in a baseline are among them.
  package var diagnostics: [Diagnostic] = []
  package var tally = LintTally()
  /// What Helm logs while it renders.
  package var log: [LogLine] = []
  /// The names of the environments, where there are several.
  package var environments: [String] = []
  /// Entries of baselines that no finding matches any more, each with the path of its baseline.
  package var staleEntries: [(path: String, entry: Baseline.Entry)] = []
  package var verdict: Verdict = .clean

  /// The suppressions in what was read.
  var suppressions: [Suppression] = []
  /// The places of annotations that suppressed something.
  var used: Set<PlaceKey> = []
  /// Rules that could not be decided for some subject.
  var undecidedRules: Set<String> = []
  /// Something did not render, so it is not known what would have been found.
  var hasUnrendered = false

  mutating func add(_ other: LintResult) {
    diagnostics += other.diagnostics
    tally.add(other.tally)
    addRest(of: other)
  }

  /// Adds what was found under further values: the same objects seen again.
  mutating func unite(_ environment: LintResult) {
    diagnostics += environment.diagnostics
    tally.unite(environment.tally)
    addRest(of: environment)
  }

  private mutating func addRest(of other: LintResult) {
    log += other.log
    for name in other.environments where !environments.contains(name) { environments.append(name) }
    suppressions += other.suppressions
    used.formUnion(other.used)
    undecidedRules.formUnion(other.undecidedRules)
    hasUnrendered = hasUnrendered || other.hasUnrendered
  }

  package var summary: Summary { tally.summary }
  /// What is missing for a decision, with the number of checks that miss it.
  package var undecided: [(reason: String, count: Int)] { tally.undecided }

  /// Says of all that was found in which environment it was.
  mutating func name(environment: String) {
    for index in diagnostics.indices { diagnostics[index].environments = [environment] }
  }
}
