import ArgumentParser
import Charts
import Compiler
import Diagnostics
import LocalDisk
import Reports
import TemplateLanguage

/// `slipway why`: where a field of a rendered object comes from.
struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Say where a field of a rendered object comes from.",
    discussion: """
      For example: slipway why . Deployment/web spec.template.spec.containers[0].image
      """)

  @Argument(help: "The chart's folder or archive.", completion: .file())
  var chart: String

  @Argument(help: "Kind and name of the object, as rendered: Deployment/web.")
  var object: String

  @Argument(help: "The field: spec.replicas, spec.template.spec.containers[web].image.")
  var field: String

  @OptionGroup(title: "Values and release")
  var values: ValuesOptions

  @OptionGroup(title: "Limits")
  var limits: LimitOptions

  @OptionGroup(title: "Clock, chance and cluster")
  var world: WorldOptions

  func run() throws {
    var request = ReleaseRequest(chart: chart)
    let environment: Environment
    do throws(CommandFailure) {
      environment = try world.environment()
      request.values = try values.arguments()
      try world.fill(&request.options)
      try values.fill(&request.options)
    } catch {
      error.tell()
      throw ExitCode(ExitStatus.failure)
    }
    let (question, object, field) = (request, object, field)
    let limits = limits.limits(from: RunLimits())
    let status = onLargeStack(limits) {
      Self.answer(question, object: object, field: field, environment: environment, limits.chart, watch: $0)
    }
    if status != ExitStatus.clean { throw ExitCode(status) }
  }

  private static func answer(
    _ request: ReleaseRequest, object: String, field: String, environment: Environment, _ charts: ChartLimits,
    watch: Watch
  ) -> Int32 {
    let explainer = Explainer(
      fileSystem: watch.disk, environment: environment, limits: watch.evaluationLimits, chartLimits: charts)
    let style = Output.style
    do throws(ExplanationFailure) {
      let trace = try explainer.explain(request, object: object, field: field)
      Output.print(TraceReport(style: style).text(of: trace))
      return ExitStatus.clean
    } catch {
      switch error {
      case .unrendered(let diagnostics):
        for diagnostic in diagnostics { Output.tell(TextReport(style: .plain()).text(of: diagnostic)) }
      case .noObject(let names): CommandFailure(missing("object", object, among: names)).tell()
      case .noField(let keys): CommandFailure(missing("field", field, among: keys)).tell()
      }
      return ExitStatus.failure
    }
  }

  private static func missing(_ what: String, _ name: String, among names: [String]) -> String {
    // Of a path the last part is the one that was not found among its neighbours.
    let last = name.split(separator: ".").last.map(String.init) ?? name
    let hint = nearestName(to: what == "field" ? last : name, among: names).map { "; did you mean `\($0)`?" } ?? ""
    let list = names.isEmpty ? "" : "\nThere are: " + names.sorted().joined(separator: ", ")
    return "there is no \(what) `\(name)`\(hint)\(list)"
  }
}
