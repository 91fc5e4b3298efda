import Diagnostics
import SourceText
import TemplateLanguage
import Values

/// Explains a failed render: where the template asked for what is not there, through which includes it came to that,
/// and which key was probably meant.
///
/// Made from the structured error of a render that tracked origins; Helm's own text is never read.
package struct RenderExplanation {
  private let origins: OriginMap
  private let values: MapValue?
  private let templateNames: [String]

  /// `values` are the root chart's, `templateNames` all named templates of the render.
  package init(origins: OriginMap, values: MapValue?, templateNames: [String] = []) {
    self.origins = origins
    self.values = values
    self.templateNames = templateNames
  }

  package func diagnostic(of error: ExecutionError) -> Diagnostic {
    let links = error.chain
    let innermost = links[links.count - 1]
    var places = links.compactMap { $0.place.map { origins.written($0.range) } }
    // A text that `tpl` cannot parse is at fault itself, where it is written.
    if let syntax = innermost.syntaxFault { places.append(origins.written(syntax.place)) }
    let hint = hint(for: innermost, in: links[0].place)
    let outer = places.dropLast().reversed().map { Label($0, "included from here") }
    return Diagnostic(
      id: DiagnosticID(Self.id(of: innermost)), level: .error, message: Self.message(of: innermost),
      primary: places.last.map { Label($0, hint.label) }, related: outer + hint.related, notes: hint.notes)
  }

  // MARK: What failed

  private static func id(of error: ExecutionError) -> String {
    if let syntax = error.syntaxFault { return syntax.code.rawValue }
    return switch error.reason {
    case .complaint: "template/execution"
    case .call(_, let cause): cause.kind == .userMessage ? "template/refused" : "template/failed-call"
    case .missingTemplate, .undefinedTemplate: "template/missing-template"
    case .limit: "template/limit"
    }
  }

  private static func message(of error: ExecutionError) -> String {
    if let syntax = error.syntaxFault { return syntax.message.string }
    return switch error.reason {
    case .complaint where !error.nilPath.isEmpty: "cannot read a key of `\(name(of: error.nilPath))`, which is not set"
    case .complaint(let text), .limit(let text): text.string
    case .call(_, let cause) where cause.kind == .userMessage: cause.message.string
    case .call(let function, let cause): "`\(function)` failed: \(cause.message)"
    case .missingTemplate(let name), .undefinedTemplate(let name): "no template is named `\(name)`"
    }
  }

  private static func name(of path: [ByteString]) -> String { "." + path.map(\.string).joined(separator: ".") }

  // MARK: What was meant

  private struct Hint {
    /// Stands beside the carets.
    var label = ""
    var related: [Label] = []
    var notes: [Note] = []
  }

  private func hint(for error: ExecutionError, in file: ExecutionError.Place?) -> Hint {
    switch error.reason {
    case .missingTemplate(let name), .undefinedTemplate(let name): return missingTemplate(name.string)
    case .complaint where !error.nilPath.isEmpty: return missingKey(error.nilPath, in: file)
    case .complaint, .call, .limit: return Hint()
    }
  }

  private func missingTemplate(_ name: String) -> Hint {
    guard let near = nearestName(to: name, among: templateNames) else { return Hint(label: "not defined") }
    return Hint(label: "not defined", notes: [Note(.fix, "did you mean `\(near)`?")])
  }

  private func missingKey(_ path: [ByteString], in file: ExecutionError.Place?) -> Hint {
    var hint = Hint(label: "`\(Self.name(of: path))` is not set")
    guard path.first == "Values", let values = chartValues(of: file) else { return hint }
    let keys = path.dropFirst().map(\.string)
    guard let missing = ValueSearch.firstMissing(keys, in: values) else { return hint }
    let wanted = missing.path.joined(separator: ".")
    guard let near = nearestName(to: missing.key, among: missing.map.entries.map(\.key.string)) else {
      hint.notes.append(Note(.fix, "set `\((missing.path + [missing.key]).joined(separator: "."))` in the values"))
      return hint
    }
    let found = wanted.isEmpty ? near : wanted + "." + near
    hint.notes.append(Note(.fix, "did you mean `.Values.\(found)`?"))
    if let place = missing.map.entry(at: ByteString(near)).flatMap(place(of:)) {
      hint.related.append(Label(place, "this key exists"))
    }
    return hint
  }

  private func place(of entry: MapValue.Entry) -> SourceRange? {
    switch origins[entry.keyOrigin] {
    case .leaf(let place), .argument(let place): place
    case .unknown, .constant, .builtIn, .derived: nil
    }
  }

  /// The values as the chart of a template file sees them: `web/charts/db/templates/a.yaml` sees those under `db`.
  private func chartValues(of place: ExecutionError.Place?) -> MapValue? {
    guard let place, var map = values else { return nil }
    let steps = place.table.parseName.split(separator: "/")
    var index = 1
    while index + 1 < steps.count, steps[index] == "charts" {
      guard let inner = map[ByteString(String(steps[index + 1]))]?.asMap else { return nil }
      map = inner
      index += 2
    }
    return map
  }
}

/// Looks a chain of keys up in values.
enum ValueSearch {
  /// The first key of a chain that is not there (or null): its name, the way to it, and the map that lacks it.
  static func firstMissing(_ keys: [String], in values: MapValue) -> (key: String, path: [String], map: MapValue)? {
    var map = values
    for (index, key) in keys.enumerated() {
      guard let value = map[ByteString(key)], !value.isNone else { return (key, Array(keys[..<index]), map) }
      guard let inner = value.asMap else { return nil }
      map = inner
    }
    return nil
  }
}

extension ExecutionError {
  /// The fault of a text that `tpl` was to run.
  fileprivate var syntaxFault: ParseFailure? {
    guard case .call(_, let error) = reason else { return nil }
    return error.cause as? ParseFailure
  }
}
