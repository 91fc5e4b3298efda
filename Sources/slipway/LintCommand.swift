import ArgumentParser
import Compiler
import Configuration
import Diagnostics
import LocalDisk
import Reports
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

  @Argument(help: "What to lint.", completion: .file())
  var paths: [String] = ["."]

  @OptionGroup(title: "Values and release")
  var values: ValuesOptions

  @Option(
    help: ArgumentHelp("Files or folders with CustomResourceDefinitions (repeatable).", valueName: "path"))
  var crds: [String] = []

  @OptionGroup(title: "Limits")
  var limits: LimitOptions

  @OptionGroup(title: "Clock, chance and cluster")
  var world: WorldOptions

  @OptionGroup(title: "Environments")
  var environments: EnvironmentOptions

  @OptionGroup(title: "Judging")
  var judging: JudgingOptions

  @OptionGroup(title: "Reports")
  var reports: ReportOptions

  func run() throws {
    let request: LintRequest
    let environment: Environment
    let targets: [ReportTarget]
    do throws(CommandFailure) {
      environment = try world.environment()
      request = try self.request()
      targets = try reports.targets()
    } catch {
      error.tell()
      throw ExitCode(ExitStatus.failure)
    }
    let (judging, format) = (judging, reports.format)
    let limits = limits.limits(from: .ofLint)
    let status = onLargeStack(limits, showingProgress: true) { watch in
      let files = watch.disk
      let linter = Linter(
        fileSystem: files, environment: environment, limits: watch.evaluationLimits, chartLimits: limits.chart,
        workers: .ofThisMachine)
      let result = linter.lint(request)
      let content = result.content(toolVersion: Slipway.version)
      let output = format.bytes(of: content, style: Output.style)
      let written = targets.map { (path: $0.path, bytes: $0.format.bytes(of: content, style: .plain())) }
      watch.end()
      do throws(CommandFailure) {
        for file in written { try Output.file(file.path, file.bytes) }
        try judging.updateBaselines(result, files: files)
      } catch {
        Output.print(output)
        error.tell()
        return ExitStatus.failure
      }
      Output.print(output)
      return judging.status(of: result)
    }
    if status != ExitStatus.clean { throw ExitCode(status) }
  }

  private func request() throws(CommandFailure) -> LintRequest {
    var request = LintRequest(paths: paths)
    request.values = try values.arguments()
    try world.fill(&request.options)
    try values.fill(&request.options)
    request.environments = try environments.environments(on: request.values)
    request.control = try judging.control()
    request.definitionPaths = crds
    request.control.hasKubeVersion = values.kubeVersion != nil
    request.control.keepsTraces = reports.showTraces
    return request
  }
}

extension LintResult {
  /// The result as reports take it.
  fileprivate func content(toolVersion: String) -> ReportContent {
    var content = ReportContent(diagnostics: diagnostics, summary: summary)
    content.environments = environments
    content.undecided = undecided
    content.stale = staleEntries.map(\.entry.description)
    content.catalogue = { RulePage.descriptions }
    content.toolVersion = toolVersion
    return content
  }
}
