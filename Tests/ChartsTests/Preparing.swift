import JSON
import SourceText
import Values

@testable import Charts

/// What preparing a chart gives, as text: JSON, or Helm's error.
struct Prepared {
  var values = ""
  var templates: [TemplateInput] = []
  var error: String?
  var log: [String] = []
  var origins = OriginTable(isTracking: true)
  var root: MapValue?

  init(_ disk: MemoryDisk, change: (inout ReleaseRequest) -> Void = { _ in }) {
    var request = ReleaseRequest(chart: "/c")
    request.options.name = "rel"
    change(&request)
    var preparation = ReleasePreparation(fileSystem: disk, origins: origins)
    do throws(ChartError) {
      let (chart, given) = try preparation.load(request)
      let input = try preparation.prepare(chart, values: given, options: request.options)
      values = Self.json(.map(input.values))
      templates = input.templates
      root = input.values
    } catch {
      self.error = error.message.string
    }
    log = preparation.log.map(\.text.string)
  }

  static func json(_ value: Value) -> String {
    (try? JSONWriter.text(of: value, tracking: false).string) ?? "not JSON"
  }

  /// The `.Values` of the template with this name.
  func values(of template: ByteString) -> String? {
    guard let data = templates.first(where: { $0.name == template })?.bind().asMap else { return nil }
    return data["Values"].map(Self.json)
  }
}
