import ArgumentParser
import Charts
import Compiler
import Configuration
import Diagnostics
import LocalDisk
import Reports
import Rules
import SourceText

/// `--env`: all environments in one run.
struct EnvironmentOptions: ParsableArguments {
  @Option(
    name: .customLong("env"),
    help: ArgumentHelp(
      "An environment and its values files; one report tells which findings belong to which (repeatable).",
      valueName: "name=file,file"))
  var entries: [String] = []

  /// Each environment has its own files and all the other values flags.
  func environments(on values: ValuesArguments) throws(CommandFailure) -> [LintEnvironment] {
    var result: [LintEnvironment] = []
    for entry in entries {
      guard let equals = entry.firstIndex(of: "="), equals > entry.startIndex else {
        throw CommandFailure("--env \(entry): write it as name=values.yaml,values-name.yaml")
      }
      let name = String(entry[..<equals])
      guard !result.contains(where: { $0.name == name }) else {
        throw CommandFailure("--env \(entry): there is an environment `\(name)` already")
      }
      var environment = LintEnvironment(name: name, values: values)
      environment.values.files += entry[entry.index(after: equals)...].split(separator: ",").map(String.init)
      result.append(environment)
    }
    return result
  }
}

/// What decides which findings there are and which of them fail the run.
struct JudgingOptions: ParsableArguments {
  @Option(help: "Which rules run: default, strict or off.")
  var profile: Profile?

  @Option(help: "The lowest level that fails the run: error, warning (the default) or note.")
  var failOn: Level?

  @Option(
    help: ArgumentHelp("Run only this rule, or a category with its slash: image/ (repeatable).", valueName: "rule"),
    completion: .list(RulePage.identifiers))
  var rule: [String] = []

  @Option(
    help: ArgumentHelp("Do not run this rule or category (repeatable).", valueName: "rule"),
    completion: .list(RulePage.identifiers))
  var ignore: [String] = []

  @Option(help: ArgumentHelp("A configuration to use in place of the nearest .slipway.yaml.", valueName: "file"))
  var config: String?

  @Option(help: ArgumentHelp("Whether images that only a subchart's own values name are judged: judge or ignore."))
  var vendorDefaults: VendorDefaults?

  @Option(help: ArgumentHelp("Findings in this file are known and do not fail.", valueName: "file"))
  var baseline: String?

  @Option(help: ArgumentHelp("Write all findings to a baseline.", valueName: "file"))
  var writeBaseline: String?

  @Flag(help: "Take the entries out of the baseline that match nothing any more.")
  var pruneBaseline = false

  @Option(
    help: ArgumentHelp("Report only findings that touch lines changed since a Git revision.", valueName: "revision"))
  var changedSince: String?

  @Option(
    help: ArgumentHelp("The day on which suppressions are judged (default: today, in UTC).", valueName: "yyyy-mm-dd"))
  var today: String?

  func control() throws(CommandFailure) -> LintControl {
    var control = LintControl()
    control.configuration = config
    control.profile = profile
    control.failOn = failOn
    control.only = try Self.selectors(rule, flag: "--rule")
    control.ignored = try Self.selectors(ignore, flag: "--ignore")
    control.baseline = baseline
    control.ignoresBaselines = writeBaseline != nil
    control.ignoresVendorDefaults = vendorDefaults.map { $0 == .ignore }
    control.today = try day()
    if let changedSince { control.changes = try Git.changes(since: changedSince) }
    return control
  }

  private static func selectors(_ names: [String], flag: String) throws(CommandFailure) -> [RuleSelector] {
    var selectors: [RuleSelector] = []
    for name in names.flatMap({ $0.split(separator: ",") }) {
      do throws(RuleSelector.Unknown) {
        selectors.append(try RuleSelector(String(name)))
      } catch {
        throw CommandFailure("\(flag) \(name): \(error.message)\n`slipway rules` lists them all")
      }
    }
    return selectors
  }

  private func day() throws(CommandFailure) -> Day {
    guard let today else { return Day(secondsSince1970: World.now().seconds) }
    guard let day = Day(today) else { throw CommandFailure("--today \(today): write it as 2027-03-31") }
    return day
  }

  // MARK: After the run

  /// Writes or prunes baselines, as the flags ask.
  func updateBaselines(_ result: LintResult, files: any FileSystem) throws(CommandFailure) {
    if let writeBaseline {
      let baseline = result.baseline(at: writeBaseline, files: files)
      try Output.file(writeBaseline, baseline.text.bytes)
      Output.tell("\(writeBaseline): \(baseline.entries.count) findings")
    }
    guard pruneBaseline else { return }
    for path in Set(result.staleEntries.map(\.path)).sorted() {
      let stale = Set(result.staleEntries.filter { $0.path == path }.map(\.entry))
      guard let text = try? files.read(path), var baseline = try? Baseline(SourceFile(path: path, text: text)) else {
        continue
      }
      baseline.entries.removeAll { stale.contains($0) }
      try Output.file(path, baseline.text.bytes)
      Output.tell("\(path): \(stale.count) entries taken out, \(baseline.entries.count) left")
    }
  }

  /// Once the findings are written down as known they do not fail.
  func status(of result: LintResult) -> Int32 {
    switch result.verdict {
    case .clean: ExitStatus.clean
    case .findings: writeBaseline == nil ? ExitStatus.findings : ExitStatus.clean
    case .failure: ExitStatus.failure
    }
  }
}

/// A file that a report goes to.
struct ReportTarget: Sendable {
  var format: ReportFormat
  var path: String
}

/// How findings are printed, and where else they go.
struct ReportOptions: ParsableArguments {
  @Option(help: "How findings are printed: \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format: ReportFormat = .text

  @Option(help: ArgumentHelp("Also write a report to a file: sarif=out.sarif (repeatable).", valueName: "format=file"))
  var report: [String] = []

  /// True when some report shows where the bytes of a field came from.
  var showTraces: Bool { format == .html || report.contains { $0.hasPrefix("html=") } }

  func targets() throws(CommandFailure) -> [ReportTarget] {
    var targets: [ReportTarget] = []
    for text in report {
      guard let equals = text.firstIndex(of: "="), let format = ReportFormat(rawValue: String(text[..<equals])),
        text.index(after: equals) < text.endIndex
      else {
        let formats = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
        throw CommandFailure("--report \(text): write it as format=file; the formats are \(formats)")
      }
      targets.append(ReportTarget(format: format, path: String(text[text.index(after: equals)...])))
    }
    return targets
  }
}

extension ReportFormat: ExpressibleByArgument {}
extension Profile: ExpressibleByArgument {}
extension Level: ExpressibleByArgument {}
extension VendorDefaults: ExpressibleByArgument {}
