import Compiler
import Diagnostics
import SourceText
import TemplateLanguage
import Values

/// Renders one template with a handful of functions: enough to follow origins through the real evaluator without
/// loading a chart.
struct SmallRender {
  let origins: OriginTable
  /// `_h.tpl` comes from `helpers`.
  let template: SourceFile
  let helpers: SourceFile
  let values: MapValue

  init(_ template: String, helpers: String = "", values: MapValue = MapValue()) {
    origins = OriginTable(isTracking: true)
    self.template = SourceFile(path: "web/templates/a.yaml", text: ByteString(template))
    self.helpers = SourceFile(path: "web/templates/_h.tpl", text: ByteString(helpers))
    self.values = values
  }

  /// The same templates with other values, whose origins are in `render`'s table.
  init(_ values: MapValue, like render: SmallRender) {
    origins = render.origins
    template = render.template
    helpers = render.helpers
    self.values = values
  }

  private static let functions = FunctionTable([
    [
      Function("include", [.string, .any], origins: .join) { evaluator, arguments throws(FunctionError) in
        .string(try evaluator.include(arguments[0].text?.byteString ?? "", data: arguments[1]))
      },
      Function("tpl", [.string, .any], origins: .join) { evaluator, arguments throws(FunctionError) in
        .string(
          try evaluator.expand(arguments[0].text ?? Text(), origin: arguments[0].origin, data: arguments[1]))
      },
      Function("fail", [.string], origins: .none) { _, arguments throws(FunctionError) in
        throw FunctionError(arguments[0].text?.string ?? "", kind: .userMessage)
      },
      Function("sum", [.string], origins: .summary) { _, _ throws(FunctionError) in "abc" },
    ]
  ])

  /// The text, and the templates' names.
  func run() throws(ExecutionError) -> Text {
    let evaluator = Evaluator(
      set: set, functions: Self.functions, origins: origins,
      environment: Environment(now: { (0, 0) }, random: { _ in [] }, timeZone: { _ in nil }))
    return try evaluator.execute("web/templates/a.yaml", data: .map(MapValue(["Values": .map(values)])))
  }

  var set: TemplateSet {
    var set = TemplateSet()
    for file in [helpers, template] {
      set.add(TemplateParser.parse(file: file, name: file.path, functions: Self.functions))
    }
    return set
  }

  /// The failure of the render, explained; nil when there is none.
  func explanation() -> Diagnostic? {
    do {
      _ = try run()
      return nil
    } catch {
      let explanation = RenderExplanation(
        origins: origins.map, values: values, templateNames: set.names.map(\.string))
      return explanation.diagnostic(of: error)
    }
  }
}
