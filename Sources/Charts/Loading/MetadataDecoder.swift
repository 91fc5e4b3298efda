import SourceText
import Values
import YAML

/// Decodes Chart.yaml as Go's libraries do: YAML to JSON, then JSON into a struct, with their type errors.
///
/// Keys match a field in any case; where two match, the bytewise later key wins. Nulls leave a field as it is.
/// Decoding goes over what is there already, as `requirements.yaml` is read over Chart.yaml.
struct MetadataDecoder {
  let file: SourceFile
  let origins = OriginTable(isTracking: true)
  /// The first type error; decoding goes on behind it, but the error stands.
  private var failure: ChartError?

  init(_ file: SourceFile) { self.file = file }

  /// The value of the file, or why it is not YAML.
  func value() throws(ChartError) -> Value {
    do {
      return try YAMLReader.value(of: file, origins: origins)
    } catch {
      throw ChartError(
        ByteString(error.unmarshalMessage),
        at: SourceRange(file, ByteRange(error.offset, error.offset)))
    }
  }

  /// `apiVersion` alone, read as its own small struct before anything else is.
  mutating func apiVersion(in value: Value) throws(ChartError) -> ByteString {
    var version = MetadataText()
    guard let map = root(value, type: "loader.chartBase") else { throw takeFailure() ?? ChartError("") }
    for entry in map.entries where Self.matches(entry.key, "apiVersion") {
      decode(entry.value, path: "apiVersion", into: &version)
    }
    if let failure = takeFailure() { throw failure }
    return version.text
  }

  mutating func decode(_ value: Value, into metadata: inout ChartMetadata) throws(ChartError) {
    if let map = root(value, type: "v2.Metadata") {
      for entry in map.entries { decodeField(entry.key, entry.value, into: &metadata) }
    }
    if let failure = takeFailure() { throw failure }
  }

  /// Checks the kinds in a lock file; its content is not used by a render.
  mutating func checkLock(_ value: Value) throws(ChartError) {
    var digest = MetadataText()
    if let map = root(value, type: "v2.Lock") {
      for entry in map.entries {
        if Self.matches(entry.key, "digest") {
          decode(entry.value, path: entry.key.string, into: &digest)
        } else if Self.matches(entry.key, "dependencies") {
          _ = decodeDependencies(entry.value, path: entry.key.string, over: nil)
        }
      }
    }
    if let failure = takeFailure() { throw failure }
  }

  // MARK: Fields

  private mutating func decodeField(_ key: ByteString, _ value: Value, into metadata: inout ChartMetadata) {
    if let field = Self.texts.first(where: { Self.matches(key, $0.name) }) {
      decode(value, path: key.string, into: &metadata[keyPath: field.field])
    } else if Self.matches(key, "sources") {
      decode(value, path: key.string, into: &metadata.sources)
    } else if Self.matches(key, "keywords") {
      decode(value, path: key.string, into: &metadata.keywords)
    } else if Self.matches(key, "deprecated") {
      decode(value, path: key.string, into: &metadata.isDeprecated)
    } else if Self.matches(key, "annotations") {
      decodeAnnotations(value, path: key.string, into: &metadata)
    } else if Self.matches(key, "maintainers") {
      decodeMaintainers(value, path: key.string, into: &metadata)
    } else if Self.matches(key, "dependencies") {
      metadata.dependencies = decodeDependencies(value, path: key.string, over: metadata.dependencies)
    }
  }

  private static let texts: [(name: String, field: WritableKeyPath<ChartMetadata, MetadataText> & Sendable)] = [
    ("name", \.name), ("home", \.home), ("version", \.version), ("description", \.description),
    ("icon", \.icon), ("apiVersion", \.apiVersion), ("condition", \.condition), ("tags", \.tags),
    ("appVersion", \.appVersion), ("kubeVersion", \.kubeVersion), ("type", \.type),
  ]

  private mutating func decodeAnnotations(_ value: Value, path: String, into metadata: inout ChartMetadata) {
    guard !value.isNone else {
      metadata.annotations = nil
      return
    }
    guard let map = value.asMap else { return fail(value, path: path, type: "map[string]string") }
    var merged = metadata.annotations ?? []
    for entry in map.entries {
      var text = MetadataText()
      decode(entry.value, path: "\(path).\(entry.key)", into: &text)
      merged.removeAll { $0.key == entry.key }
      merged.append((entry.key, text))
    }
    metadata.annotations = merged.sorted { $0.key < $1.key }
  }

  private mutating func decodeMaintainers(_ value: Value, path: String, into metadata: inout ChartMetadata) {
    guard let elements = list(value, path: path, type: "[]*v2.Maintainer") else {
      if value.isNone { metadata.maintainers = [] }
      return
    }
    var result: [Maintainer?] = []
    for (index, element) in elements.enumerated() {
      let path = "\(path).\(index)"
      let existing = index < metadata.maintainers.count ? metadata.maintainers[index] : nil
      guard !element.isNone else {
        result.append(nil)
        continue
      }
      var maintainer = existing ?? Maintainer()
      if let map = object(element, path: path, type: "v2.Maintainer") {
        for entry in map.entries {
          if Self.matches(entry.key, "name") {
            decode(entry.value, path: "\(path).\(entry.key)", into: &maintainer.name)
          } else if Self.matches(entry.key, "email") {
            decode(entry.value, path: "\(path).\(entry.key)", into: &maintainer.email)
          } else if Self.matches(entry.key, "url") {
            decode(entry.value, path: "\(path).\(entry.key)", into: &maintainer.url)
          }
        }
      }
      result.append(maintainer)
    }
    metadata.maintainers = result
  }

  private mutating func decodeDependencies(
    _ value: Value, path: String, over existing: [ChartDependency?]?
  ) -> [ChartDependency?]? {
    guard let elements = list(value, path: path, type: "[]*v2.Dependency") else {
      return value.isNone ? nil : existing
    }
    var result: [ChartDependency?] = []
    for (index, element) in elements.enumerated() {
      let path = "\(path).\(index)"
      guard !element.isNone else {
        result.append(nil)
        continue
      }
      var dependency = existing.flatMap { index < $0.count ? $0[index] : nil } ?? ChartDependency()
      if let map = object(element, path: path, type: "v2.Dependency") {
        for entry in map.entries { decodeDependencyField(entry.key, entry.value, path: path, into: &dependency) }
      }
      result.append(dependency)
    }
    return result
  }

  private mutating func decodeDependencyField(
    _ key: ByteString, _ value: Value, path: String, into dependency: inout ChartDependency
  ) {
    if Self.matches(key, "name") {
      decode(value, path: "\(path).\(key)", into: &dependency.name)
    } else if Self.matches(key, "version") {
      decode(value, path: "\(path).\(key)", into: &dependency.version)
    } else if Self.matches(key, "repository") {
      decode(value, path: "\(path).\(key)", into: &dependency.repository)
    } else if Self.matches(key, "condition") {
      decode(value, path: "\(path).\(key)", into: &dependency.condition)
    } else if Self.matches(key, "tags") {
      decode(value, path: "\(path).\(key)", into: &dependency.tags)
    } else if Self.matches(key, "enabled") {
      decode(value, path: "\(path).\(key)", into: &dependency.isEnabled)
    } else if Self.matches(key, "alias") {
      decode(value, path: "\(path).\(key)", into: &dependency.alias)
    } else if Self.matches(key, "import-values") {
      guard let elements = list(value, path: "\(path).\(key)", type: "[]interface {}") else {
        if value.isNone { dependency.importValues = [] }
        return
      }
      dependency.importValues = elements.map(Self.importItem)
    }
  }

  private static func importItem(_ value: Value) -> ChartDependency.ImportItem {
    switch value.datum {
    case .string(let text): .export(text.byteString)
    case .map(let map):
      .paths(
        child: GoPrinting.plain(map["child"] ?? .none), parent: GoPrinting.plain(map["parent"] ?? .none))
    default: .other
    }
  }

  // MARK: Kinds

  private mutating func decode(
    _ value: Value, path: String, isElement: Bool = false, into text: inout MetadataText
  ) {
    switch value.datum {
    case .none: break
    case .string(let string): text = MetadataText(string.byteString, at: place(of: value))
    case .bool(let flag): text = MetadataText(flag ? "true" : "false", at: place(of: value))
    case .float(let number):
      text = MetadataText(YAMLNumber.text(number, written: place(of: value)?.text), at: place(of: value))
    default: fail(value, path: path, type: "string", isElement: isElement)
    }
  }

  private mutating func decode(_ value: Value, path: String, into flag: inout Bool) {
    switch value.datum {
    case .none: break
    case .bool(let value): flag = value
    default: fail(value, path: path, type: "bool")
    }
  }

  private mutating func decode(_ value: Value, path: String, into texts: inout [MetadataText]) {
    guard let elements = list(value, path: path, type: "[]string") else {
      if value.isNone { texts = [] }
      return
    }
    var result: [MetadataText] = []
    for (index, element) in elements.enumerated() {
      var text = index < texts.count ? texts[index] : MetadataText()
      decode(element, path: "\(path).\(index)", isElement: true, into: &text)
      result.append(text)
    }
    texts = result
  }

  private mutating func list(_ value: Value, path: String, type: String) -> [Value]? {
    switch value.datum {
    case .list(let list): return list.elements
    case .none: return nil
    default:
      fail(value, path: path, type: type)
      return nil
    }
  }

  private mutating func object(_ value: Value, path: String, type: String) -> MapValue? {
    if let map = value.asMap { return map }
    fail(value, path: path, type: type, isElement: true)
    return nil
  }

  /// The top of the document; a null is an empty one.
  private mutating func root(_ value: Value, type: String) -> MapValue? {
    switch value.datum {
    case .map(let map): return map
    case .none: return MapValue()
    default:
      fail(value, path: "", type: type)
      return nil
    }
  }

  // MARK: Errors

  /// Go names the field when the path ends in one, and leaves the words "Go struct field" out behind a list index.
  private mutating func fail(_ value: Value, path: String, type: String, isElement: Bool = false) {
    guard failure == nil else { return }
    let into: String
    if path.isEmpty {
      into = "Go value"
    } else if isElement {
      into = ".\(path)"
    } else {
      into = "Go struct field .\(path)"
    }
    failure = ChartError(
      ByteString(
        "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal \(Self.jsonKind(value)) into \(into)"
          + " of type \(type)"), at: place(of: value))
  }

  private mutating func takeFailure() -> ChartError? {
    let failure = failure
    self.failure = nil
    return failure
  }

  private static func jsonKind(_ value: Value) -> String {
    switch value.datum {
    case .none: "null"
    case .bool: "bool"
    case .integer, .float: "number"
    case .string, .bytes: "string"
    case .list: "array"
    case .map, .object: "object"
    }
  }

  private func place(of value: Value) -> SourceRange? {
    if case .leaf(let place) = origins[value.origin] { return place }
    return nil
  }

  /// encoding/json compares field names under simple case folding; only ASCII letters matter for these names,
  /// besides the two non-ASCII characters that fold to `s` and `k`.
  static func matches(_ key: ByteString, _ name: String) -> Bool {
    if key.count == name.utf8.count {
      return zip(key.bytes, name.utf8).allSatisfy { lowercase($0) == lowercase($1) }
    }
    guard key.bytes.contains(where: { $0 >= 0x80 }) else { return false }
    let folded = key.string.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar {
      case "\u{17F}": "s"
      case "\u{212A}": "k"
      default: scalar
      }
    }
    let text = GoText.text(folded)
    return text.count == name.utf8.count && zip(text.bytes, name.utf8).allSatisfy { lowercase($0) == lowercase($1) }
  }

  private static func lowercase(_ byte: UInt8) -> UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
  }
}
