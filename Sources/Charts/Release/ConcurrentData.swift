import SourceText
import Values

/// The data of templates that run at the same time.
///
/// Helm gives all templates of a chart one map and writes the current template into it, so that a parent even sees,
/// in `.Subcharts`, which template of a subchart ran last. Templates that run side by side get a map each, which
/// shows what the one map would have shown at their turn.
package struct ConcurrentData {
  private let templates: [TemplateInput]
  /// What `.Subcharts` shows at each template's turn, where its chart has any; empty when no chart has.
  private var subcharts: [Value?] = []
  /// How many maps may still be copied.
  private var remainingCopies = 10_000

  /// Nil where making the maps costs more than they save. Nothing may change the data of `templates` from here on,
  /// but what functions do that ask `Evaluator.willChange`.
  ///
  /// - Parameter templates: those that run, in Helm's order.
  package init?(_ templates: [TemplateInput]) {
    self.templates = templates
    var hasSubcharts = false
    var previous: MapValue?
    for template in templates where template.data !== previous {
      previous = template.data
      template.data.share()
      if template.data[Self.subcharts]?.asMap?.isEmpty == false { hasSubcharts = true }
    }
    if hasSubcharts, !followSubcharts() { return nil }
  }

  private static let subcharts: ByteString = "Subcharts"
  private static let template: ByteString = "Template"

  /// The dot of a template. May be asked for on any thread.
  package func dot(of index: Int) -> Value {
    let dot = templates[index].data.shallowCopy()
    if !subcharts.isEmpty, let known = subcharts[index] { dot[Self.subcharts] = known }
    dot[Self.template] = templates[index].current
    dot.share()
    return .map(dot)
  }

  /// Notes what subcharts look like at the turn of each template; false when that takes too many copies.
  private mutating func followSubcharts() -> Bool {
    defer { forgetTemplates() }
    var previous: (data: MapValue, subcharts: Value?)?
    for template in templates {
      // While templates of one chart follow each other, its subcharts stay as they are.
      let present = previous?.data === template.data ? previous?.subcharts : copyOfSubcharts(of: template.data)
      guard remainingCopies > 0 else { return false }
      present?.asMap?.share()
      subcharts.append(present)
      previous = (template.data, present)
      template.bind()
    }
    return true
  }

  /// The subcharts' data as it is now; nil without subcharts.
  private mutating func copyOfSubcharts(of data: MapValue) -> Value? {
    guard let subcharts = data[Self.subcharts]?.asMap, !subcharts.isEmpty else { return nil }
    let copy = subcharts.shallowCopy()
    for entry in subcharts.entries {
      remainingCopies -= 1
      guard remainingCopies > 0, let data = entry.value.asMap else { break }
      let inner = data.shallowCopy()
      if let deeper = copyOfSubcharts(of: data) { inner[Self.subcharts] = deeper }
      copy[entry.key] = .map(inner)
    }
    return .map(copy)
  }

  /// The templates' own maps as they were before any ran.
  private func forgetTemplates() {
    for template in templates { template.data[Self.template] = nil }
  }

  /// Brings the templates' own maps to where they are when the first `count` have run, if others are to follow.
  package func advance(to count: Int) {
    if count == templates.count { return }
    for template in templates[..<count] { template.bind() }
  }
}
