import Charts
import SourceText
import Synchronization
import TemplateLanguage

/// Templates that were parsed while their release was still being prepared.
///
/// Which templates a release has, and under which names, is known only once its values are merged: conditions leave
/// charts out, and aliases rename them. Nearly always it is what the charts themselves say.
struct ParsedAhead: Sendable {
  private var parsed: [ObjectIdentifier: ParsedTemplate] = [:]

  /// Parses the templates of `chart` on the workers that are free while `preparation` runs, and no longer.
  mutating func parse(
    _ chart: Chart, functions: FunctionTable, supervision: Supervision?, workers: Workers,
    while preparation: () -> Void
  ) {
    let files = Self.files(of: chart).filter { parsed[ObjectIdentifier($0.source)] == nil }
    let bytes = files.reduce(0) { $0 + $1.source.text.count }
    guard workers.count > 1, bytes >= Workers.worthwhileBytes else {
      preparation()
      return
    }
    var results = [ParsedTemplate?](repeating: nil, count: files.count)
    let next = Atomic(0)
    let limit = Atomic(files.count)
    results.withUnsafeMutableBufferPointer { buffer in
      // Each place is written once, by the worker that took its number; the preparation stays on its thread.
      nonisolated(unsafe) let places = buffer
      nonisolated(unsafe) let preparation = preparation
      workers.each { worker in
        if worker == 0 {
          preparation()
          limit.store(0, ordering: .relaxed)
        } else {
          while let index = next.take(below: limit.load(ordering: .relaxed)) {
            places[index] = TemplateParser.parse(
              file: files[index].source, name: files[index].name, functions: functions, supervision: supervision)
          }
        }
      }
    }
    add(results.compactMap { $0 })
  }

  /// Parses all templates of a chart, so that several renders of it parse none.
  static func all(of chart: Chart, functions: FunctionTable, supervision: Supervision?) -> ParsedAhead {
    var parsed = ParsedAhead()
    parsed.add(
      files(of: chart).map {
        TemplateParser.parse(file: $0.source, name: $0.name, functions: functions, supervision: supervision)
      })
    return parsed
  }

  mutating func add(_ templates: [ParsedTemplate]) {
    for template in templates { parsed[ObjectIdentifier(template.file)] = template }
  }

  /// The file's templates; nil when it was not parsed, or under another name.
  func template(_ file: SourceFile, named name: ByteString) -> ParsedTemplate? {
    guard let template = parsed[ObjectIdentifier(file)], template.main.name == name else { return nil }
    return template
  }

  /// The templates of a chart and all below it, under the names that they have without aliases.
  private static func files(of chart: Chart, below parent: ByteString? = nil) -> [(source: SourceFile, name: String)] {
    let path = parent.map { $0 + "/charts/" + chart.name } ?? chart.name
    let own = chart.templates.map { (source: $0.source, name: GoPath.join(path, $0.name).string) }
    return own + chart.subcharts.flatMap { files(of: $0, below: path) }
  }
}
