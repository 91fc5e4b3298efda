import Configuration
import Diagnostics
import Rules
import SourceText

/// A lint on its way: each input is judged by its own configuration, and all of them give one report.
struct LintRun {
  private let files: any FileSystem
  private let control: LintControl
  private var search: ConfigurationSearch
  private var baselines: BaselineUse
  private var result = LintResult()
  /// Entries of configurations that suppressed nothing in the inputs that they are about.
  private var unusedEntries: [PlaceKey: Diagnostic] = [:]
  private var usedEntries: Set<PlaceKey> = []
  /// Configurations whose faults have been reported.
  private var reported: Set<String> = []

  init(files: any FileSystem, request: LintRequest) {
    self.files = files
    control = request.control
    search = ConfigurationSearch(files: files, named: request.control.configuration)
    baselines = BaselineUse(files: files, control: request.control)
  }

  /// Adds what concerns no input in particular.
  mutating func add(_ diagnostic: Diagnostic) {
    result.diagnostics.append(diagnostic)
    conclude([diagnostic], failingOn: control.failOn ?? .warning)
  }

  /// Adds an input. `folder` is where the search for its configuration begins; `lint` does the work.
  mutating func add(input: String, folder: String, _ lint: (Configuration, Settings) -> LintResult) {
    let found = search.configuration(from: folder)
    guard found.faults.isEmpty else {
      // A configuration that is misunderstood would judge wrongly.
      let path = found.configuration.file?.path ?? ""
      if reported.insert(path).inserted {
        for fault in found.faults { add(fault) }
      }
      result.verdict = .failure
      return
    }
    let configuration = found.configuration
    let settings = control.adjusted(self.settings(of: configuration, for: input))
    var part = lint(configuration, settings)
    part.diagnostics = merged(part.diagnostics)
    for index in part.diagnostics.indices { part.diagnostics[index].identity?.input = input }
    suppress(in: &part, of: input, configuration, settings)
    adjustLevels(in: &part, configuration, settings)
    baselines.apply(to: &part.diagnostics, input: input, configuration)
    if let changes = control.changes {
      part.diagnostics.removeAll { !changes.touch($0, absolute: files.absolute) }
    }
    part.diagnostics += undecidedDiagnostics(of: part, configuration)
    conclude(part.diagnostics, failingOn: control.failOn ?? configuration.failOn ?? .warning)
    result.add(part)
  }

  /// The scripts of the input, and those that the configurations of its charts name.
  mutating func scripts(of found: LintInputs) -> [String] {
    var paths = found.scripts
    var known = Set(paths.map(files.absolute))
    for chart in found.charts {
      let configuration = search.configuration(from: Path.isArchive(chart) ? Path.directory(chart) : chart)
        .configuration
      for path in configuration.scriptPaths(in: files) where known.insert(files.absolute(path)).inserted {
        paths.append(path)
      }
    }
    return paths
  }

  mutating func finish() -> LintResult {
    let unused = unusedEntries.filter { !usedEntries.contains($0.key) }.map(\.value)
    for diagnostic in unused { add(diagnostic) }
    result.diagnostics = merged(result.diagnostics)
    result.staleEntries = baselines.stale
    for diagnostic in baselines.faults { add(diagnostic) }
    // Nothing that could be checked is not the same as nothing to report.
    if result.summary.objects > 0, result.summary.checked == 0 { result.verdict = .failure }
    return result
  }

  // MARK: Settings

  private func settings(of configuration: Configuration, for input: String) -> Settings {
    guard !configuration.paths.isEmpty, let path = relative(input, to: configuration) else {
      return configuration.settings(for: "")
    }
    return configuration.settings(forFolder: path)
  }

  /// What `paths` say about single files of an input: the rules that are off there, and the levels.
  private func adjustLevels(in part: inout LintResult, _ configuration: Configuration, _ settings: Settings) {
    guard !configuration.paths.isEmpty else { return }
    part.diagnostics = part.diagnostics.compactMap { diagnostic in
      guard let rule = Catalogue.rule(diagnostic.id.name), let file = diagnostic.primary?.place.file,
        file.kind == .file, let path = relative(file.path, to: configuration)
      else { return diagnostic }
      let local = control.adjusted(configuration.settings(for: path))
      guard local.isEnabled(rule) else { return nil }
      var diagnostic = diagnostic
      if let level = local.rules[rule.id]?.level { diagnostic.level = level }
      return diagnostic
    }
  }

  private func relative(_ path: String, to configuration: Configuration) -> String? {
    relativePath(of: files.absolute(path), to: files.absolute(configuration.folder))
  }

  // MARK: Suppressions

  private mutating func suppress(
    in part: inout LintResult, of input: String, _ configuration: Configuration, _ settings: Settings
  ) {
    var matching = SuppressionMatching(
      part.suppressions + configuration.suppressions, used: part.used, today: control.today,
      absolute: files.absolute)
    matching.apply(to: &part.diagnostics)
    usedEntries.formUnion(matching.used)
    guard !part.hasUnrendered else { return }
    let undecided = part.undecidedRules
    let complaints = matching.complaints { selector in
      Catalogue.rules.contains { selector.selects($0) && settings.isEnabled($0) && !undecided.contains($0.id) }
    }
    for (suppression, complaint) in complaints {
      switch suppression.reach {
      case .span, .annotated: part.diagnostics.append(complaint)
      // The entry may be about another input: whether it is used shows when all have been looked at.
      case .configured(let path, _, _):
        guard let path, let input = relative(input, to: configuration), path.concerns(input) else { continue }
        unusedEntries[PlaceKey(suppression.place)] = complaint
      }
    }
    part.diagnostics += matching.expirations
  }

  private func undecidedDiagnostics(of part: LintResult, _ configuration: Configuration) -> [Diagnostic] {
    guard let level = configuration.unknown else { return [] }
    return part.undecided.map { reason, count in
      Diagnostic(
        id: "undecided", level: level, message: "\(count) check\(count == 1 ? "" : "s") undecided: \(reason)",
        primary: nil)
    }
  }

  // MARK: Verdict

  /// Diagnostics of a stage (`template/…`, `input/…`) say that something could not be looked at.
  private mutating func conclude(_ diagnostics: [Diagnostic], failingOn level: Level) {
    for diagnostic in diagnostics where diagnostic.counts {
      let couldNotLook = diagnostic.level == .error && diagnostic.id.name.contains("/")
      if couldNotLook || diagnostic.id == EngineDiagnostics.unknownConfiguration {
        result.verdict = .failure
      } else if result.verdict == .clean, diagnostic.level >= level {
        result.verdict = .findings
      }
    }
  }
}
