import ArgumentParser
import Charts
import Compiler
import Diagnostics
import Reports
import Rules
import SourceText
import TemplateLanguage

/// `slipway lint`: finds what would hurt a rollout, and says where to edit.
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Find what would hurt a rollout, at the line to edit.",
    discussion: """
      PATH is a chart, a folder, a manifest, a shell script, a CI file or - for manifests on standard input. Folders \
      are walked for all of these; a file inside a chart stands for its chart, which is linted once.
      """)

  @Argument(help: "What to lint.")
  var paths: [String] = ["."]

  @OptionGroup(title: "Values and release")
  var values: ValuesOptions

  @Option(
    help: ArgumentHelp("Files or folders with CustomResourceDefinitions (repeatable).", valueName: "path"))
  var crds: [String] = []

  @OptionGroup(title: "Clock, chance and cluster")
  var world: WorldOptions

  @Option(help: "Which rules run: default, strict or off.")
  var profile: Profile = .default

  @Option(help: "How findings are printed: text or json.")
  var format: ReportFormat = .text

  @Option(help: "The lowest level that fails the run: error, warning or note.")
  var failOn: Level = .warning

  func run() throws {
    let request: LintRequest
    let environment: Environment
    do throws(CommandFailure) {
      environment = try world.environment()
      request = try self.request()
    } catch {
      error.tell()
      throw ExitCode(ExitStatus.failure)
    }
    let (format, failOn) = (format, failOn)
    let status = onLargeStack { watch in
      let linter = Linter(
        fileSystem: Disk(watch: watch), environment: environment,
        limits: Limits(stackBytes: LargeStack.usableBytes))
      let result = linter.lint(request)
      let text = format.text(of: result)
      watch.end()
      Output.print(text)
      return result.status(failingOn: failOn)
    }
    if status != ExitStatus.clean { throw ExitCode(status) }
  }

  private func request() throws(CommandFailure) -> LintRequest {
    var request = LintRequest(paths: paths)
    request.values = try values.arguments()
    try world.fill(&request.options)
    try values.fill(&request.options)
    request.settings.profile = profile
    request.definitionPaths = crds
    return request
  }
}

/// How findings are printed.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case text
  case json

  func text(of result: LintResult) -> [UInt8] {
    switch self {
    case .json: return JSONReport.text(of: result.diagnostics, summary: result.summary).bytes
    case .text:
      let report = TextReport(style: Output.style).text(of: result.diagnostics, summary: result.summary)
      return Array((report + result.undecidedLines).utf8)
    }
  }
}

extension Profile: ExpressibleByArgument {}
extension Level: ExpressibleByArgument {}

extension LintResult {
  /// What is missing for a decision, once each.
  fileprivate var undecidedLines: String {
    undecided.map { "\($0.count) check\($0.count == 1 ? "" : "s") undecided: \($0.reason)\n" }.joined()
  }

  /// Diagnostics of the engine itself (`template/…`, `input/…`) say that something could not be looked at.
  fileprivate func status(failingOn level: Level) -> Int32 {
    let couldNotLook = diagnostics.contains { $0.level == .error && $0.id.name.contains("/") }
    if couldNotLook || (summary.objects > 0 && summary.checked == 0) { return ExitStatus.failure }
    return diagnostics.contains { $0.level >= level } ? ExitStatus.findings : ExitStatus.clean
  }
}
